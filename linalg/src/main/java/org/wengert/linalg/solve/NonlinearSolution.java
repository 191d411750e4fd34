package org.wengert.linalg.solve;

/**
 * What a nonlinear solver came to.
 *
 * @param x            the best point, n entries; the caller's own
 * @param residual     F(x), m entries; the caller's own
 * @param residualNorm ‖F(x)‖₂
 * @param iterations   how many steps were taken
 * @param evaluations  how often F was evaluated
 * @param products     how many products with J or Jᵀ; 0 if J was formed
 * @param reason       why the solver stopped
 * @param details      what else is worth knowing, or empty
 */
public record NonlinearSolution(
        double[] x,
        double[] residual,
        double residualNorm,
        int iterations,
        int evaluations,
        long products,
        Stop reason,
        String details) {

    /** Whether the solver stopped because it had what was wanted. */
    public boolean converged() {
        return reason.isSuccess();
    }

    /**
     * x, or an error that says why there is none.
     *
     * @throws ArithmeticException if the solver did not converge
     */
    public double[] orThrow() {
        if (converged()) {
            return x;
        }
        throw new ArithmeticException(message());
    }

    /** Why the solver stopped, and where, as a line for people. */
    public String message() {
        return "stopped after " + iterations + " iterations with ‖F‖ = " + residualNorm + ": " + reason
                + (details.isEmpty() ? "" : " (" + details + ")");
    }
}
