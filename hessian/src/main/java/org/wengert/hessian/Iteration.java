package org.wengert.hessian;

/**
 * One iteration of an optimizer: where it got to, and how. Iteration 0 is the start.
 *
 * @param number      0, 1, 2, …
 * @param point    the parameters after this iteration; a copy, not to be changed. In the history of a {@link Minimizer} with more than
 *                 {@value Minimizer#MOST_KEPT} variables it is empty
 * @param value    the objective there; for least squares the weighted sum of squared residuals
 * @param offset   how far from a minimum: for least squares ‖Qᵀr‖/‖r‖, the cosine of the angle between the residuals
 *                 and the tangent space (Bates and Watts 1981); for a {@link Minimizer} the largest entry of the gradient; 0 at a minimum
 * @param step     the length of the step that led here, relative to the size of the parameters: max |Δxⱼ|/|xⱼ|
 * @param damping  λ of the step that led here; for a {@link Minimizer} the radius of the trust region, the weight of the cube, or the
 *                 length of the line search
 * @param rejected how many steps were tried in vain before it
 * @param evaluations what the run has cost up to here
 */
public record Iteration(
        int number, double[] point, double value, double offset, double step, double damping, int rejected,
        Evaluations evaluations) {}
