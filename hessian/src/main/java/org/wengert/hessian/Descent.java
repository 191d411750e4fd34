package org.wengert.hessian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.linalg.DampedLeastSquares;

/** One run of {@link LevenbergMarquardt}: where it is, and how it goes on. */
final class Descent {

    /** The damping of the first step, relative to columns of length 1. */
    private static final double FIRST_DAMPING = 1e-3;

    /** The damping beyond which steps are too short to matter. */
    private static final double MOST_DAMPING = 1e30;

    /** The largest bend of a step: 2‖D·a‖/‖D·p‖. */
    private static final double MOST_BEND = 0.75;

    /** The part of the promised decrease that a step must keep. */
    private static final double LEAST_RATIO = 1e-4;

    /** How much of a scale remains, an iteration after the column that gave it has shrunk. */
    private static final double FADING = 0.5;

    private final LevenbergMarquardt method;
    private final LeastSquares problem;
    private final Sweeps sweeps;
    private final List<Iteration> history = new ArrayList<>();

    private double damping = FIRST_DAMPING;

    /** By how much the damping grows at the next refusal; doubles from one to the next (Nielsen 1999). */
    private double growth = 2;

    /** Refused steps since the last one that was taken. */
    private int rejected;

    Descent(LevenbergMarquardt method, LeastSquares problem, Sweeps sweeps) {
        this.method = method;
        this.problem = problem;
        this.sweeps = sweeps;
    }

    /**
     * A point and what is known there.
     *
     * @param scale     D
     * @param steps     the damped steps, with D
     * @param undamped  the Gauss-Newton step
     * @param explained the length of the part of r that a step can remove to first order
     */
    private record Place(
            Linearization at, double[] scale, DampedSteps steps, double[] undamped, double explained, double[] errors) {

        boolean isMinimum(double tolerance) {
            for (int j : steps.free()) {
                if (!(Math.abs(undamped[j]) <= tolerance * Math.max(Math.abs(at.x()[j]), errors[j]))) {
                    return false;
                }
            }
            return true;
        }
    }

    private Place place(@Nullable Place from, Linearization at) {
        double[] scale = at.norms().clone();
        for (int j = 0; from != null && j < scale.length; j++) {
            scale[j] = Math.max(scale[j], FADING * from.scale[j]);
        }
        // The rank is judged with columns of length 1, whatever the history of the scale.
        DampedSteps unscaled = new DampedSteps(at, at.norms(), problem.bounds());
        double[] errors = new double[scale.length];
        int[] free = unscaled.free();
        if (free.length > 0) {
            DampedLeastSquares solver = unscaled.solver();
            int degrees = Math.max(1, problem.effectiveRows() - solver.rank());
            for (int k = 0; k < free.length; k++) {
                errors[free[k]] = Math.sqrt(at.sumOfSquares() / degrees) * solver.deviation(k);
            }
        }
        DampedSteps steps = new DampedSteps(at, scale, problem.bounds());
        return new Place(at, scale, steps, unscaled.step(0), unscaled.explained(), errors);
    }

    Fit run(double[] start) {
        Place here;
        switch (sweeps.linearize(start)) {
            case Sweeps.Linearized.At(var at) -> here = place(null, at);
            case Sweeps.Linearized.NotFinite(var where) -> {
                return new Fit(start, Double.NaN, Statistics.none(problem), StopReason.START_NOT_FINITE,
                        StopReason.START_NOT_FINITE.text() + ": " + where, List.of(), sweeps.evaluations());
            }
        }
        boolean proceed = tell(here, 0);
        while (true) {
            StopReason reason = proceed ? end(here) : StopReason.STOPPED;
            if (reason != null) {
                return finish(here, reason);
            }
            Place there = next(here);
            if (there == null) {
                return finish(here, here.isMinimum(1e-6) ? StopReason.ROUNDING_LIMIT : StopReason.NO_PROGRESS);
            }
            proceed = tell(there, relative(here.at.x(), there.at.x()));
            here = there;
        }
    }

    private @Nullable StopReason end(Place here) {
        if (here.at.sumOfSquares() == 0) {
            return StopReason.ZERO_RESIDUAL;
        }
        if (here.isMinimum(method.tolerance())) {
            return StopReason.CONVERGED;
        }
        if (Thread.currentThread().isInterrupted()) {
            return StopReason.INTERRUPTED;
        }
        return history.size() > method.mostIterations() ? StopReason.ITERATION_LIMIT : null;
    }

    /** The place after one step, or null if no step helps. */
    private @Nullable Place next(Place here) {
        rejected = 0;
        // A sum of squares is known to about twice ‖r‖ times the noise of r.
        double unsure = 16 * Math.sqrt(here.at.sumOfSquares()) * here.at.noise();
        for (int polishes = 0; damping < MOST_DAMPING; rejected++) {
            double[] p = here.steps.step(damping);
            double promised = here.at.predictedDecrease(p);
            if (promised > unsure) {
                double[] step = method.accelerated() ? bent(here, p) : p;
                double[] x = step == null ? here.at.x() : here.steps.moved(step);
                if (step != null && Arrays.equals(x, here.at.x())) {
                    return null;
                }
                Place there = step == null ? null : lower(here, x, promised);
                if (there != null) {
                    return there;
                }
                damping *= growth;
                growth *= 2;
            } else {
                double[] x = here.steps.moved(p);
                if (Arrays.equals(x, here.at.x())) {
                    return null;
                }
                if (sweeps.linearize(x) instanceof Sweeps.Linearized.At(var at)) {
                    Place there = place(here, at);
                    if (there.explained < 0.9 * here.explained) {
                        damping /= 10;
                        return there;
                    }
                }
                if (++polishes > 3) {
                    return null;
                }
                damping *= 10;
            }
        }
        return null;
    }

    /** The place x if the sum of squares there keeps enough of what was promised, else null. */
    private @Nullable Place lower(Place here, double[] x, double promised) {
        double ratio = (here.at.sumOfSquares() - sweeps.sumOfSquares(x)) / promised;
        if (ratio > LEAST_RATIO && sweeps.linearize(x) instanceof Sweeps.Linearized.At(var at)) {
            damping *= Math.max(1.0 / 3, 1 - Math.pow(2 * Math.min(ratio, 1) - 1, 3));
            growth = 2;
            return place(here, at);
        }
        return null;
    }

    /** The step p with its geodesic acceleration, or null if it bends too much to be trusted. */
    private double @Nullable [] bent(Place here, double[] p) {
        double[] bend = sweeps.curvature(here.at, p);
        for (double b : bend) {
            if (!Double.isFinite(b)) {
                return p;
            }
        }
        double[] a = here.steps.acceleration(bend, damping);
        if (2 * here.steps.length(a) > MOST_BEND * here.steps.length(p)) {
            return null;
        }
        double[] bent = new double[p.length];
        for (int j = 0; j < p.length; j++) {
            bent[j] = p[j] + a[j] / 2;
        }
        return bent;
    }

    /** max |Δxⱼ|/|xⱼ|. */
    private static double relative(double[] before, double[] after) {
        double most = 0;
        for (int j = 0; j < before.length; j++) {
            double change = Math.abs(after[j] - before[j]);
            most = Math.max(most, change == 0 ? 0 : change / Math.abs(after[j]));
        }
        return most;
    }

    private boolean tell(Place here, double step) {
        double norm = Math.sqrt(here.at.sumOfSquares());
        boolean start = history.isEmpty();
        Iteration iteration = new Iteration(
                history.size(), here.at.x().clone(), value(here), norm == 0 ? 0 : here.explained / norm,
                step, start ? 0 : damping, start ? 0 : rejected, sweeps.evaluations());
        history.add(iteration);
        return method.listener().proceed(iteration);
    }

    private double value(Place here) {
        return here.at.sumOfSquares() / sweeps.unit() / sweeps.unit();
    }

    private Fit finish(Place here, StopReason reason) {
        Statistics statistics = Statistics.of(problem, here.at, sweeps.unit());
        String message = reason.text() + (statistics.notes().isEmpty() ? "" : "; " + String.join("; ", statistics.notes()));
        return new Fit(here.at.x(), value(here), statistics, reason, message, List.copyOf(history), sweeps.evaluations());
    }
}
