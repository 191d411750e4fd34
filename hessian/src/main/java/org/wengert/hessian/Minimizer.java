package org.wengert.hessian;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wengert.core.Differentiable;

/**
 * Minimizes a function of n variables with its exact derivatives.
 *
 * <pre>{@code
 * Minimum m = new Minimizer(MinimizeMethod.TRUST_REGION).minimize(f, -1.2, 1);
 * }</pre>
 *
 * <p><b>End.</b> A point is a minimum when no entry of the gradient is larger than tolerance · max(1, |f|), |f| being taken for no more than at the start; with bounds, of that part of the gradient which
 * does not push against them. (A point where the gradient is zero may be a saddle; only methods that use second derivatives leave
 * it, where they see negative curvature.) Near a minimum, where f shows no difference any more, steps are judged with the rounding errors of f in mind; if
 * none changes x, the result says {@link StopReason#ROUNDING_LIMIT}.
 *
 * <p><b>Trouble.</b> Steps to where f or a derivative is infinite or NaN are refused and shortened. f below -10¹⁰⁰ ends with {@link StopReason#UNBOUNDED}.
 *
 * <p><b>Bounds</b>: with {@link #within}, all second-order methods become a projected Newton method: the variables that rest on a bound are held, the others take a
 * truncated Newton step, and the way is bent along the bounds (D. P. Bertsekas, "Projected Newton methods", SIAM J. Control Optim. 20, 1982). Methods of first order project
 * their steps. No point outside is evaluated.
 *
 * <p>Deterministic, immutable, thread safe. Interruption of the thread ends a run with {@link StopReason#INTERRUPTED}.
 */
public final class Minimizer implements Optimizer<Objective, Minimum> {

    /** Up to so many variables the history keeps every point. */
    public static final int MOST_KEPT = 1000;

    private static final IterationListener NOBODY = _ -> true;

    private final MinimizeMethod method;
    private final double tolerance;
    private final int mostIterations;
    private final double rate;
    private final @Nullable Bounds bounds;
    private final IterationListener listener;

    /** Tolerance 1e-8, at most 10,000 iterations (100,000 of the methods with a fixed rate), no bounds. */
    public Minimizer(MinimizeMethod method) {
        this(Objects.requireNonNull(method, "method"), 1e-8,
                method == MinimizeMethod.MOMENTUM || method == MinimizeMethod.ADAM ? 100_000 : 10_000,
                method == MinimizeMethod.ADAM ? 1e-2 : 1e-4, null, NOBODY);
    }

    /** The trust region, for any number of variables. */
    public Minimizer() {
        this(MinimizeMethod.TRUST_REGION);
    }

    private Minimizer(
            MinimizeMethod method, double tolerance, int mostIterations, double rate, @Nullable Bounds bounds, IterationListener listener) {
        this.method = method;
        this.tolerance = tolerance;
        this.mostIterations = mostIterations;
        this.rate = rate;
        this.bounds = bounds;
        this.listener = listener;
    }

    /** The same with another tolerance of the gradient, at least 0. */
    public Minimizer withTolerance(double tolerance) {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("tolerance must be at least 0, but was " + tolerance);
        }
        return new Minimizer(method, tolerance, mostIterations, rate, bounds, listener);
    }

    /** The same with another limit of iterations, at least 0. */
    public Minimizer withMostIterations(int mostIterations) {
        return new Minimizer(method, tolerance, Require.atLeast(mostIterations, 0, "mostIterations"), rate, bounds, listener);
    }

    /** The same with another rate of {@link MinimizeMethod#MOMENTUM} (1e-4) or {@link MinimizeMethod#ADAM} (1e-2); positive. */
    public Minimizer withRate(double rate) {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate must be positive and finite, but was " + rate);
        }
        return new Minimizer(method, tolerance, mostIterations, rate, bounds, listener);
    }

    /** The same within bounds on the variables. */
    public Minimizer within(Bounds bounds) {
        return new Minimizer(method, tolerance, mostIterations, rate, Objects.requireNonNull(bounds, "bounds"), listener);
    }

    /** The same with a listener that is told of each iteration and may stop the run. */
    public Minimizer withListener(IterationListener listener) {
        return new Minimizer(method, tolerance, mostIterations, rate, bounds, Objects.requireNonNull(listener, "listener"));
    }

    /** Which method it is. */
    public MinimizeMethod method() {
        return method;
    }

    /** Minimizes a function with exact derivatives; see {@link #minimize(Objective, double...)}. */
    public Minimum minimize(Differentiable f, double... start) {
        return minimize(Objective.of(f), start);
    }

    /**
     * Minimizes.
     *
     * @param f     the function
     * @param start n entries, finite and within the bounds; not changed
     * @throws IllegalArgumentException if the start is not so
     */
    @Override
    public Minimum minimize(Objective f, double... start) {
        Objects.requireNonNull(f, "f");
        Require.finite(Require.length(start, f.inputs(), "start"), "start");
        Bounds box = bounds;
        if (box != null) {
            if (box.size() != start.length) {
                throw new IllegalArgumentException("bounds must be those of " + start.length + " variables, but are of " + box.size());
            }
            box.contains(start, "start");
        }
        var run = new MinimizerRun(f, start, tolerance, mostIterations, box, listener);
        if (!run.begin()) {
            return run.finish();
        }
        if (box != null && method.isSecondOrder()) {
            new ProjectedNewton(run, box).go();
        } else {
            switch (method) {
                case NEWTON_CG -> new NewtonCg(run).go();
                case LBFGS -> new LimitedMemory(run).go();
                case MOMENTUM, ADAM -> FixedRate.go(run, rate, method == MinimizeMethod.ADAM);
                case TRUST_REGION, LANCZOS_TRUST_REGION, EXACT_TRUST_REGION, CUBIC -> new TrustRegion(run, method).go();
            }
        }
        return run.finish();
    }
}
