package org.wengert.hessian;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.core.program.Program;
import org.wengert.core.program.Workspace;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Pattern;
import org.wengert.core.transform.Report;
import org.wengert.core.transform.SecondOrder;
import org.wengert.core.transform.Sparsity;
import org.wengert.core.transform.Tangent;
import org.wengert.core.transform.Zeros;
import org.wengert.linalg.Arguments;

/**
 * One path of a function through its comparisons, and what was made of it so far. Programs are made with plain products; where
 * one of those is no number, the careful programs are run instead. Safe to share between threads.
 */
final class RecordedPath {

    /** Up to so many operations all orders of differentiation are tried; beyond, making them takes longer than they can save. */
    static final int MOST_COMPARED = 100_000;

    /** The share of the operations of forward over reverse that another order may have. */
    private static final double WORTH_IT = 0.98;

    /** A product, made ready, of one vector and of a block. */
    record Product(Code at, Code along, BlockProduct block, int weights, long operations) {}

    final Program program;
    private final Code value;
    private final Map<HvpMethod, Product> products = new EnumMap<>(HvpMethod.class);
    private @Nullable Code gradient;
    private @Nullable Program carefulGradient;
    private @Nullable Program carefulProduct;
    private @Nullable HvpMethod cheapest;
    private @Nullable Pattern pattern;

    RecordedPath(Program program) {
        this.program = program;
        this.value = new Code(program);
    }

    long operations() {
        return Report.operations(program);
    }

    boolean hasGuards() {
        return !program.guards().isEmpty();
    }

    /** Writes f(x); false if the function takes another path there. */
    boolean value(double[] x, double[] out) {
        return value.run(x, out);
    }

    // ---- gradient ------------------------------------------------------------------------------------

    synchronized Code gradient() {
        if (gradient == null) {
            // Guards that ask whether an output is a number are left out; this class looks.
            Program p = Adjoint.gradient(program, Zeros.GUARDED, 0, all());
            gradient = new Code(SplitProgram.of(p, p.inputs(), p.outputs()).at());
        }
        return gradient;
    }

    /** Writes f(x), ∇f(x); false if the function takes another path there. */
    boolean gradient(double[] x, double[] out) {
        if (!gradient().run(x, out)) {
            return false;
        }
        return isNumber(out) || careful(carefulGradient(), x, out);
    }

    private synchronized Program carefulGradient() {
        if (carefulGradient == null) {
            carefulGradient = Adjoint.gradient(program);
        }
        return carefulGradient;
    }

    private static boolean careful(Program p, double[] in, double[] out) {
        Workspace workspace = p.newWorkspace();
        return p.run(in, out, workspace);
    }

    static boolean isNumber(double[] a) {
        return !Arguments.holdsNaN(a, a.length);
    }

    // ---- products ------------------------------------------------------------------------------------

    /** f, ∇f, H·v from x and v with careful products: right wherever the guards of the function hold. */
    boolean carefulProduct(double[] x, double[] v, double[] out) {
        int n = x.length;
        double[] in = new double[2 * n];
        System.arraycopy(x, 0, in, 0, n);
        System.arraycopy(v, 0, in, n, n);
        return careful(carefulProduct(), in, out);
    }

    private synchronized Program carefulProduct() {
        if (carefulProduct == null) {
            carefulProduct = SecondOrder.hvp(program);
        }
        return carefulProduct;
    }

    synchronized Product product(HvpMethod method) {
        return products.computeIfAbsent(method, m -> {
            SplitProgram split = SplitProgram.of(whole(m), program.inputs(), 1 + program.inputs());
            var along = new Code(split.along());
            return new Product(
                    new Code(split.at()), along, new BlockProduct(along, split.weights()), split.weights(), Report.operations(split.along()));
        });
    }

    /** Operations for one vector, once the point is known. */
    long operations(HvpMethod method) {
        return product(method).operations;
    }

    /** x, v to f, ∇f, H·v. */
    private Program whole(HvpMethod method) {
        int n = program.inputs();
        return switch (method) {
            case FORWARD_OVER_REVERSE -> SecondOrder.hvp(program, Zeros.GUARDED);
            case REVERSE_OVER_FORWARD -> {
                Program tangent = Tangent.of(program, Zeros.GUARDED, 1, all());
                Program both = Adjoint.gradient(tangent, Zeros.GUARDED, 1, IntStream.range(0, 2 * n).toArray());
                // f, its tangent, then the tangent's derivatives by x (which is Hv) and by v (which is ∇f).
                yield both.select(IntStream.concat(
                        IntStream.of(0), IntStream.concat(IntStream.range(2 + n, 2 + 2 * n), IntStream.range(2, 2 + n))).toArray());
            }
            case REVERSE_OVER_REVERSE -> {
                Program gradient = Adjoint.gradient(program, Zeros.GUARDED, 0, all());
                yield ReverseOverReverse.of(gradient, n);
            }
            default -> throw new IllegalArgumentException(method + " is not recorded");
        };
    }

    /** The method with the fewest operations a vector; forward over reverse, whose code walks through memory in order, unless another saves some of them. */
    synchronized HvpMethod cheapest() {
        if (cheapest == null) {
            cheapest = HvpMethod.FORWARD_OVER_REVERSE;
            if (program.operations() <= MOST_COMPARED) {
                for (HvpMethod m : new HvpMethod[] {HvpMethod.REVERSE_OVER_FORWARD, HvpMethod.REVERSE_OVER_REVERSE}) {
                    if (operations(m) < operations(cheapest) && operations(m) < WORTH_IT * operations(HvpMethod.FORWARD_OVER_REVERSE)) {
                        cheapest = m;
                    }
                }
            }
        }
        return cheapest;
    }

    /** The pattern of the Hessian, lower triangle with the diagonal. */
    synchronized Pattern pattern() {
        if (pattern == null) {
            pattern = Sparsity.hessian(program);
        }
        return pattern;
    }

    private int[] all() {
        return IntStream.range(0, program.inputs()).toArray();
    }
}
