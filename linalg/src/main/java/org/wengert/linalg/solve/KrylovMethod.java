package org.wengert.linalg.solve;

import java.util.Objects;
import org.wengert.linalg.Arguments;
import org.wengert.linalg.LinearOperator;

/** An iterative method for a square system A·x = b that asks for nothing but products with A. */
public sealed interface KrylovMethod permits Gmres, BiCgStab {

    /**
     * Solves A·x = b from x = 0, until ‖b - A·x‖₂ ≤ tolerance · ‖b‖₂.
     *
     * @param a              A, n × n
     * @param b              n entries, all finite; not changed
     * @param preconditioner M⁻¹, an operator near the inverse of A, applied on the right, so that the residual is the true one
     * @param tolerance      relative, positive
     */
    LinearSolution solve(LinearOperator a, double[] b, LinearOperator preconditioner, double tolerance);

    /** {@link #solve(LinearOperator, double[], LinearOperator, double)} without a preconditioner. */
    default LinearSolution solve(LinearOperator a, double[] b, double tolerance) {
        return solve(a, b, LinearOperator.identity(b.length), tolerance);
    }

    /** Checks the arguments of a square system. */
    static void check(LinearOperator a, double[] b, LinearOperator preconditioner, double tolerance) {
        Objects.requireNonNull(a, "a");
        Objects.requireNonNull(preconditioner, "preconditioner");
        if (a.rows() != a.columns()) {
            throw new IllegalArgumentException("a must be square, but is " + Arguments.shape(a.rows(), a.columns()));
        }
        Arguments.finite(b, a.rows(), "b");
        if (preconditioner.rows() != a.rows() || preconditioner.columns() != a.rows()) {
            throw new IllegalArgumentException("preconditioner must be " + Arguments.shape(a.rows(), a.rows())
                    + " like a, but is " + Arguments.shape(preconditioner.rows(), preconditioner.columns()));
        }
        Arguments.positive(tolerance, "tolerance");
    }
}
