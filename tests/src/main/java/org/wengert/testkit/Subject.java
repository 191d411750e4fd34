package org.wengert.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.numeric.Complex;
import org.wengert.core.numeric.ComplexArithmetic;
import org.wengert.core.program.PathCache;
import org.wengert.core.program.Program;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.SecondOrder;
import org.wengert.core.transform.Tangent;
import org.wengert.testkit.numeric.Line;
import org.wengert.testkit.numeric.Lines;
import org.wengert.testkit.numeric.Rounding;

/**
 * A function whose derivatives are tested: on doubles, and on numbers of ours if it is written with them.
 *
 * @param inputs  n
 * @param plain   the function of doubles, n numbers to m
 * @param scalars the function of numbers of ours
 */
record Subject(int inputs, UnaryOperator<double[]> plain, @Nullable Function<Scalar[], Scalar[]> scalars) {

    private static final int PATHS = 64;

    /** A step into the complex plane: far below any number but the tiniest. */
    private static final double COMPLEX_STEP = 0x1p-300;

    static Subject of(Differentiable f) {
        return new Subject(f.inputs(), x -> new double[] {f.value(x)}, x -> new Scalar[] {f.value(x)});
    }

    static Subject of(DifferentiableVector f) {
        return new Subject(f.inputs(), f::value, f::value);
    }

    static Subject single(ToDoubleFunction<double[]> f, int inputs) {
        return new Subject(inputs, x -> new double[] {f.applyAsDouble(x)}, null);
    }

    static Subject of(UnaryOperator<double[]> f, int inputs) {
        return new Subject(inputs, f, null);
    }

    /** The function of one output w·f. */
    Subject weighted(double[] w) {
        Function<Scalar[], Scalar[]> f = scalars;
        return new Subject(inputs, x -> new double[] {dot(w, plain.apply(x))}, f == null ? null : x -> {
            Scalar[] y = f.apply(x);
            Scalar sum = Scalar.of(0);
            for (int i = 0; i < y.length; i++) {
                sum = w[i] == 0 ? sum : sum.plus(y[i].times(w[i]));
            }
            return new Scalar[] {sum};
        });
    }

    private static double dot(double[] w, double[] y) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += w[i] == 0 ? 0 : w[i] * y[i];
        }
        return sum;
    }

    @Nullable PathCache<Program> paths() {
        return scalars == null ? null : PathCache.of(inputs, scalars, PATHS);
    }

    /** Lines through a point, the strongest reference first. Functions that cannot be recorded have one of doubles alone. */
    List<Line> lines(@Nullable PathCache<Program> paths, double[] x, double[] v) {
        List<Line> lines = new ArrayList<>();
        if (paths != null) {
            try {
                lines.add(Lines.doubleDoubles(paths, x, v));
            } catch (IllegalArgumentException | IllegalStateException | ArithmeticException | UnsupportedOperationException e) {
                // A row without a double-double form, or a function that cannot be recorded: doubles serve.
                lines.clear();
            }
        }
        lines.add(Lines.doubles(plain, x, v));
        return lines;
    }

    /** What random rounding errors make of first derivatives along v; null if the function cannot be recorded. */
    static double @Nullable [] firstSpread(@Nullable PathCache<Program> paths, double[] x, double[] v) {
        return spread(paths, x, p -> {
            double[] all = Rounding.spread(Tangent.of(p), concatenate(x, v));
            return Arrays.copyOfRange(all, p.outputs(), 2 * p.outputs());
        });
    }

    /** What random rounding errors make of the second derivatives uᵀHv. */
    static double @Nullable [] secondSpread(@Nullable PathCache<Program> paths, double[] x, double[] u, double[] v) {
        return spread(paths, x, p -> {
            double[] all = Rounding.spread(SecondOrder.mixed(p), concatenate(x, u, v));
            return Arrays.copyOfRange(all, 3 * p.outputs(), 4 * p.outputs());
        });
    }

    private static double @Nullable [] spread(
            @Nullable PathCache<Program> paths, double[] x, Function<Program, double[]> of) {
        if (paths == null) {
            return null;
        }
        try {
            return of.apply(paths.at(x));
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** J(x)·v by a complex step; null where that does not apply. */
    static double @Nullable [] complexStep(@Nullable PathCache<Program> paths, double[] x, double[] v) {
        return spread(paths, x, p -> {
            List<Complex> z = new ArrayList<>();
            for (int i = 0; i < x.length; i++) {
                z.add(new Complex(x[i], COMPLEX_STEP * v[i]));
            }
            return p.evaluate(ComplexArithmetic.INSTANCE, z).stream().mapToDouble(y -> y.im() / COMPLEX_STEP).toArray();
        });
    }

    private static double[] concatenate(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }
}
