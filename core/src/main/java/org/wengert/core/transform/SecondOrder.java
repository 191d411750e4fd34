package org.wengert.core.transform;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.wengert.core.program.Program;

/**
 * Second derivatives of a program with one output. Hessian-vector products come in the two orders in
 * which a forward and a reverse sweep can be composed; both take a small multiple of the operations of the program,
 * whatever n is. Hessians are sparse.
 */
public final class SecondOrder {

    private SecondOrder() {}

    /**
     * Value, gradient and Hessian-vector product, forward over reverse: the tangent of the adjoint.
     *
     * @param p n inputs, 1 output
     * @return 2n inputs (x, then v), 1 + 2n outputs (f, ∇f, Hv)
     */
    public static Program hvp(Program p) {
        return hvp(p, Zeros.ABSORBED);
    }

    /** {@link #hvp(Program)}, with a choice of how the rules about zeros are kept. */
    public static Program hvp(Program p, Zeros zeros) {
        int n = p.inputs();
        Program gradient = Adjoint.gradient(one(p), zeros, 0, Linearization.allInputs(p));
        Program both = Tangent.of(gradient, zeros, 1, Linearization.allInputs(p));
        // f, ∇f, then the tangent of f, which ∇f·v would tell, and that of ∇f.
        return both.select(IntStream.concat(IntStream.range(0, 1 + n), IntStream.range(2 + n, 2 + 2 * n)).toArray());
    }

    /**
     * Value, gradient and Hessian-vector product, reverse over forward: the adjoint of the tangent. The gradient comes
     * as the derivative of the tangent by the direction.
     *
     * @param p n inputs, 1 output
     * @return 2n inputs (x, then v), 1 + 2n outputs (f, ∇f, Hv)
     */
    public static Program hvpReverseOverForward(Program p) {
        int n = p.inputs();
        Program tangent = Tangent.of(one(p));
        Program both = Adjoint.gradient(tangent, Zeros.ABSORBED, 1, Linearization.allInputs(tangent));
        // f, its tangent, then the tangent's derivatives by x (which is Hv) and by v (which is ∇f).
        return both.select(IntStream.concat(
                IntStream.of(0), IntStream.concat(IntStream.range(2 + n, 2 + 2 * n), IntStream.range(2, 2 + n))).toArray());
    }

    /**
     * The second derivative along two directions, forward over forward.
     *
     * @param p n inputs, m outputs
     * @return 3n inputs (x, u, v), 4m outputs (y, then its derivatives along u, along v, and along both: uᵀHv)
     */
    public static Program mixed(Program p) {
        Program first = Tangent.of(p);
        return Tangent.of(first, Zeros.ABSORBED, 1, Linearization.allInputs(p));
    }

    /** {@link #hessian(Program, int...)} by all inputs. */
    public static HessianProgram hessian(Program p) {
        return hessian(p, Zeros.ABSORBED, Linearization.allInputs(p));
    }

    /** {@link #hessian(Program, Zeros, int...)} with zeros absorbed. */
    public static HessianProgram hessian(Program p, int... wrt) {
        return hessian(p, Zeros.ABSORBED, wrt);
    }

    /**
     * Value, gradient and sparse Hessian, in one reverse sweep that does symmetric work once.
     *
     * @param p     n inputs, 1 output
     * @param zeros how the rules about zeros are kept
     * @param wrt   the inputs to differentiate by
     */
    public static HessianProgram hessian(Program p, Zeros zeros, int... wrt) {
        return hessian(p, zeros, Long.MAX_VALUE, wrt).orElseThrow();
    }

    /**
     * {@link #hessian(Program, Zeros, int...)}, given up where it turns out to take too much: that a Hessian is sparse does not mean that what
     * is in between is.
     *
     * @param most how many products may be taken to carry second derivatives from operations to their operands
     * @return empty if it takes more
     */
    public static Optional<HessianProgram> hessian(Program p, Zeros zeros, long most, int... wrt) {
        return Optional.ofNullable(EdgePushing.hessian(one(p), zeros, wrt, most));
    }

    /**
     * The Hessian as the Jacobian of the gradient by vertex elimination: forward over reverse, column by column, or
     * another order. For comparison with {@link #hessian(Program)}, which mostly takes fewer operations.
     *
     * @return f, ∇f, and the entries of the lower triangle
     */
    public static HessianProgram hessianByElimination(Program p, Order order) {
        int n = p.inputs();
        Program gradient = Adjoint.gradient(one(p));
        JacobianProgram jacobian = Elimination.jacobian(gradient, order, Zeros.ABSORBED, Linearization.allInputs(p));
        int[] rowStart = new int[n + 1];
        int[] outputs = new int[1 + n + jacobian.pattern().size()];
        int[] columns = new int[jacobian.pattern().size()];
        Arrays.setAll(outputs, i -> i);
        int count = 0;
        for (int i = 0; i < n; i++) {
            for (int k = jacobian.pattern().rowStart()[1 + i]; k < jacobian.pattern().rowStart()[2 + i]; k++) {
                int j = jacobian.pattern().column()[k];
                if (j <= i) {
                    outputs[1 + n + count] = 1 + n + k;
                    columns[count++] = j;
                }
            }
            rowStart[i + 1] = count;
        }
        Program program = jacobian.program().select(Arrays.copyOf(outputs, 1 + n + count));
        return new HessianProgram(
                program, new Pattern(n, n, rowStart, Arrays.copyOf(columns, count)),
                Report.of(p, program, order, java.util.Map.of(order, Report.operations(program))));
    }

    private static Program one(Program p) {
        if (p.outputs() != 1) {
            throw new IllegalArgumentException(
                    "second derivatives need a program of 1 output, but it has " + p.outputs());
        }
        return p;
    }
}
