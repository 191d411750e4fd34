package org.wengert.hessian;

import java.util.List;

/**
 * What a {@link Minimizer} came to.
 *
 * @param point        the best point found, n entries; not to be changed
 * @param value        f there
 * @param gradient     ∇f there; not to be changed
 * @param gradientNorm its largest entry in absolute value; with bounds, of what the bounds leave of it
 * @param reason       why the minimizer stopped
 * @param message      the reason as a sentence
 * @param history      the start and every step
 * @param evaluations  how often f, ∇f and H·v were computed
 */
public record Minimum(
        double[] point, double value, double[] gradient, double gradientNorm, StopReason reason, String message,
        List<Iteration> history, Evaluations evaluations)
        implements Solution {

    /**
     * The point, or an error that says why there is none.
     *
     * @throws ArithmeticException if the minimizer did not converge
     */
    public double[] orThrow() {
        if (converged()) {
            return point;
        }
        throw new ArithmeticException(message);
    }
}
