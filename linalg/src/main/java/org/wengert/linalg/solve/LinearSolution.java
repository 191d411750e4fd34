package org.wengert.linalg.solve;

/**
 * What an iterative method for A·x = b came to.
 *
 * @param x            the last iterate, n entries; the caller's own
 * @param iterations   how many iterations it took
 * @param products     how many products with A or Aᵀ
 * @param residualNorm ‖b - A·x‖₂, computed anew at the end
 * @param reason       why it stopped
 */
public record LinearSolution(double[] x, int iterations, int products, double residualNorm, Reason reason) {

    /** Why an iterative method stopped. */
    public enum Reason {
        /** The residual (of a least-squares problem: the gradient) is as small as was asked for. */
        CONVERGED,
        /** The limit of iterations is reached. */
        TOO_MANY_ITERATIONS,
        /** The method cannot go on: A or the preconditioner is singular, or as good as singular. */
        BREAKDOWN,
        /** A product was infinite or not a number. */
        NOT_FINITE
    }

    /** Whether the residual is as small as was asked for. */
    public boolean converged() {
        return reason == Reason.CONVERGED;
    }

    /**
     * x, or an error that says why there is none.
     *
     * @throws ArithmeticException if the method did not converge
     */
    public double[] orThrow() {
        if (converged()) {
            return x;
        }
        throw new ArithmeticException("the linear solver stopped (" + reason + ") after " + iterations
                + " iterations with a residual of norm " + residualNorm);
    }
}
