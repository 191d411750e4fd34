package org.wengert.hessian;

import java.util.Objects;

/**
 * The method of Levenberg and Marquardt for nonlinear least squares, with geodesic acceleration and bounds.
 *
 * <p>Each iteration replaces the residuals by r + J·p, J exact, and takes the step that minimizes
 *
 * <pre>
 * ‖r + J·p‖² + λ‖D·p‖²,    D = the norms of J's columns
 * </pre>
 *
 * <p>by a QR factorization of [J | r], streamed over the rows, and a singular value decomposition of the n × n factor; JᵀJ
 * is never formed. D makes the steps independent of the units of the parameters (Moré 1978).
 *
 * <p><b>Geodesic acceleration.</b> The second derivative of the residuals along the step, r″ = pᵀ·∇²r·p, costs one pass with
 * hyper-dual numbers and bends the step: p + a/2 with a = -(JᵀJ + λD²)⁻¹Jᵀr″. Where the bend is not small,
 * 2‖D·a‖ > 0.75·‖D·p‖, the linearization does not reach so far, and the step is refused.
 *
 * <p><b>End.</b> A fit has converged when the undamped step would change no parameter by more than tolerance ·
 * max(|xⱼ|, standard error of xⱼ). Where the decrease that a step promises is less than the rounding errors of the sum of
 * squares, steps are judged by ‖Qᵀr‖ instead, which is 0 at a minimum and keeps its digits; so
 * the last digits of the parameters are reached, not only half of them.
 *
 * <p><b>Trouble.</b> A step to where a residual or derivative is infinite or NaN is refused. If J is
 * rank-deficient, the fit goes on with steps of minimum length, and the result's notes name the
 * parameters that are not determined. Residuals of any size are fine: they are scaled by a power of two.
 *
 * <p><b>Bounds</b> are kept by an active set; see {@link LeastSquares#within}. No point outside is ever evaluated.
 *
 * <p>Memory: O(n²) and a block of rows per thread, and J if it has no more than 4 million entries. Deterministic: the
 * result does not depend on the number of threads. Immutable and thread safe.
 *
 * <p>Sources: J. J. Moré, "The Levenberg-Marquardt algorithm: implementation and theory", LNM 630 (1978); M. K.
 * Transtrum and J. P. Sethna, "Improvements to the Levenberg-Marquardt algorithm for nonlinear least-squares
 * minimization", arXiv:1201.5885 (2012); D. M. Bates and D. G. Watts, "A relative offset orthogonality
 * convergence criterion for nonlinear least squares", Technometrics 23 (1981); H. B. Nielsen, "Damping parameter in
 * Marquardt's method", IMM-REP-1999-05 (1999).
 */
public final class LevenbergMarquardt implements Optimizer<LeastSquares, Fit> {

    private static final IterationListener NOBODY = _ -> true;

    private final double tolerance;
    private final int mostIterations;
    private final boolean accelerated;
    private final int threads;
    private final IterationListener listener;

    /** Tolerance 1e-12, at most 2000 iterations, geodesic acceleration, all processors. */
    public LevenbergMarquardt() {
        this(1e-12, 2000, true, Runtime.getRuntime().availableProcessors(), NOBODY);
    }

    private LevenbergMarquardt(
            double tolerance, int mostIterations, boolean accelerated, int threads, IterationListener listener) {
        this.tolerance = tolerance;
        this.mostIterations = mostIterations;
        this.accelerated = accelerated;
        this.threads = threads;
        this.listener = listener;
    }

    /** The same with another relative tolerance of the parameters, {@code 0 <= tolerance < 1}. */
    public LevenbergMarquardt withTolerance(double tolerance) {
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance must be at least 0 and less than 1, but was " + tolerance);
        }
        return new LevenbergMarquardt(tolerance, mostIterations, accelerated, threads, listener);
    }

    /** The same with another limit of iterations, at least 0. */
    public LevenbergMarquardt withMostIterations(int mostIterations) {
        return new LevenbergMarquardt(
                tolerance, Require.atLeast(mostIterations, 0, "mostIterations"), accelerated, threads, listener);
    }

    /** The same with or without geodesic acceleration. */
    public LevenbergMarquardt withAcceleration(boolean accelerated) {
        return new LevenbergMarquardt(tolerance, mostIterations, accelerated, threads, listener);
    }

    /** The same with at most so many threads, at least 1. */
    public LevenbergMarquardt withThreads(int threads) {
        return new LevenbergMarquardt(
                tolerance, mostIterations, accelerated, Require.atLeast(threads, 1, "threads"), listener);
    }

    /** The same with a listener that is told of each iteration and may stop the fit. */
    public LevenbergMarquardt withListener(IterationListener listener) {
        return new LevenbergMarquardt(
                tolerance, mostIterations, accelerated, threads, Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Fits.
     *
     * @param problem the problem
     * @param start   n entries, finite and within the bounds; not changed
     * @throws IllegalArgumentException if the start is not so
     */
    @Override
    public Fit minimize(LeastSquares problem, double... start) {
        Require.finite(Require.length(start, problem.parameters(), "start"), "start");
        problem.bounds().contains(start, "start");
        try (Sweeps sweeps = new Sweeps(problem, Sweeps.unit(problem, start), threads)) {
            return new Descent(this, problem, sweeps).run(start.clone());
        }
    }

    double tolerance() {
        return tolerance;
    }

    int mostIterations() {
        return mostIterations;
    }

    boolean accelerated() {
        return accelerated;
    }

    IterationListener listener() {
        return listener;
    }
}
