package org.wengert.hessian;

import java.util.Objects;

/**
 * Minimizes the loss of a model over rows of data with Gauss-Newton curvature, of all rows or of a sample drawn anew at each step; gradients are those of all rows.
 *
 * <pre>{@code
 * Minimum m = new GaussNewtonMinimizer(GaussNewtonMethod.KFAC).withMostIterations(200).minimize(f, model.start(1));
 * }</pre>
 *
 * <p>Steps are damped; the damping follows what a step brings compared with what the model of it promised (Levenberg and Marquardt), and a step that raises f is
 * not taken. A run ends as those of a {@link Minimizer} do, with the same reasons; {@link Iteration#damping} is the damping λ. Products are counted one each,
 * however many rows they are taken over.
 *
 * <p>Deterministic for a seed, immutable, thread safe. Interruption of the thread ends a run.
 */
public final class GaussNewtonMinimizer implements Optimizer<DataSum, Minimum> {

    private final GaussNewtonMethod method;
    private final double tolerance;
    private final int mostIterations;
    private final int sample;
    private final long seed;
    private final IterationListener listener;

    /** Tolerance 1e-6, at most 1000 iterations, curvature of all rows. */
    public GaussNewtonMinimizer(GaussNewtonMethod method) {
        this(Objects.requireNonNull(method, "method"), 1e-6, 1000, 0, 0, _ -> true);
    }

    private GaussNewtonMinimizer(
            GaussNewtonMethod method, double tolerance, int mostIterations, int sample, long seed, IterationListener listener) {
        this.method = method;
        this.tolerance = tolerance;
        this.mostIterations = mostIterations;
        this.sample = sample;
        this.seed = seed;
        this.listener = listener;
    }

    /** The same with another tolerance of the largest entry of the gradient, at least 0. */
    public GaussNewtonMinimizer withTolerance(double tolerance) {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("tolerance must be at least 0, but was " + tolerance);
        }
        return new GaussNewtonMinimizer(method, tolerance, mostIterations, sample, seed, listener);
    }

    /** The same with another limit of iterations, at least 0. */
    public GaussNewtonMinimizer withMostIterations(int mostIterations) {
        return new GaussNewtonMinimizer(method, tolerance, Require.atLeast(mostIterations, 0, "mostIterations"), sample, seed, listener);
    }

    /** The same with curvature of k rows, at least 1, drawn anew at each step from a seed; of all rows, if there are no more. */
    public GaussNewtonMinimizer withSample(int k, long seed) {
        return new GaussNewtonMinimizer(method, tolerance, mostIterations, Require.atLeast(k, 1, "k"), seed, listener);
    }

    /** The same with a listener that is told of each iteration and may stop the run. */
    public GaussNewtonMinimizer withListener(IterationListener listener) {
        return new GaussNewtonMinimizer(method, tolerance, mostIterations, sample, seed, Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Minimizes.
     *
     * @param f     the model and its data; for K-FAC its model is a {@link LayeredModel}
     * @param start as many entries as f has parameters, finite; not changed
     * @throws IllegalArgumentException if the start or the model is not so
     */
    @Override
    public Minimum minimize(DataSum f, double... start) {
        Require.finite(Require.length(start, f.inputs(), "start"), "start");
        var run = new MinimizerRun(f, start, tolerance, mostIterations, null, listener);
        Curvature rows = k -> sample == 0 || sample >= f.rows() ? f : f.sample(sample, seed + k);
        if (method == GaussNewtonMethod.KFAC) {
            if (!(f.model() instanceof LayeredModel model)) {
                throw new IllegalArgumentException("the model of f must be a LayeredModel, but is a " + f.model().getClass().getName());
            }
            if (run.begin()) {
                new Kfac(run, f, model, rows).go();
            }
        } else if (run.begin()) {
            new HessianFree(run, rows).go();
        }
        return run.finish();
    }

    /** The rows that step k takes its curvature from. */
    interface Curvature {
        DataSum of(int k);
    }
}
