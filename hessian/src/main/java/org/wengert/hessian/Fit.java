package org.wengert.hessian;

import java.util.List;

/**
 * The result of a least-squares fit.
 *
 * @param point       the parameters, n entries; not to be changed
 * @param value       the weighted sum of squared residuals there
 * @param statistics  how well the data determine the parameters
 * @param reason      why the fit stopped
 * @param message     the reason as a sentence, with what is particular to this fit
 * @param history     the start and every step
 * @param evaluations how often the residuals were evaluated
 */
public record Fit(
        double[] point,
        double value,
        Statistics statistics,
        StopReason reason,
        String message,
        List<Iteration> history,
        Evaluations evaluations)
        implements Solution {

    /** The parameters, n entries; not to be changed. */
    public double[] parameters() {
        return point;
    }

    /** Σ wᵢ rᵢ². */
    public double residualSumOfSquares() {
        return value;
    }

    /** The standard errors of the parameters; NaN where there is none, and the notes say why. */
    public double[] standardErrors() {
        return statistics.standardErrors();
    }
}
