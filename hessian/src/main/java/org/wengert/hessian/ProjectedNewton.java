package org.wengert.hessian;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wengert.linalg.LinearOperator;

/** Newton steps of the variables that are free, along a way that is bent at the bounds. */
final class ProjectedNewton {

    private final MinimizerRun run;
    private final Bounds bounds;

    ProjectedNewton(MinimizerRun run, Bounds bounds) {
        this.run = run;
        this.bounds = bounds;
    }

    void go() {
        while (true) {
            boolean[] held = held();
            double[] g = run.gradient.clone();
            for (int i = 0; i < g.length; i++) {
                g[i] = held[i] ? 0 : g[i];
            }
            LinearOperator h = run.hessian();
            LinearOperator free = CurvatureProducts.symmetric(run.n, (v, result) -> {
                h.apply(v, result); // v is zero where variables are held
                for (int i = 0; i < result.length; i++) {
                    result[i] = held[i] ? 0 : result[i];
                }
            });
            double[] d = NewtonCg.direction(free, g);
            for (int i = 0; i < d.length; i++) {
                d[i] = held[i] && !run.isHeld(i) ? -run.gradient[i] : d[i]; // what is near a bound goes to it
            }
            LineSearch.Point p = arc(run, bounds, d, 1);
            if (p == null) {
                // The gradient alone always leads down.
                double[] down = new double[run.n];
                Arrays.setAll(down, i -> -run.gradient[i]);
                p = arc(run, bounds, down, Math.min(1, 1 / Math.max(1e-300, MinimizerRun.norm(run.gradient))));
            }
            if (p == null) {
                run.stuck();
                return;
            }
            if (!run.moveTo(p.x(), p.value(), p.gradient(), p.t())) {
                return;
            }
        }
    }

    /** Variables on a bound, or so near to it that a step would jam there, which the gradient pushes outwards. */
    private boolean[] held() {
        double near = Math.min(1e-3, run.gradientNorm());
        boolean[] held = new boolean[run.n];
        for (int i = 0; i < held.length; i++) {
            held[i] = bounds.least(i) == bounds.most(i)
                    || run.x[i] <= bounds.least(i) + near && run.gradient[i] > 0
                    || run.x[i] >= bounds.most(i) - near && run.gradient[i] < 0;
        }
        return held;
    }

    /** The first of x, clipped to the bounds, at t, t/2, t/4, … that brings enough; null if none does. */
    static LineSearch.@Nullable Point arc(MinimizerRun run, Bounds bounds, double[] direction, double first) {
        double slack = 10 * Math.ulp(1.0) * Math.abs(run.value);
        for (double t = first; t > 1e-18 * first; t /= 2) {
            double[] x = MinimizerRun.sum(run.x, t, direction);
            double slope = 0;
            for (int i = 0; i < x.length; i++) {
                x[i] = bounds.clip(i, x[i]);
                slope += run.gradient[i] * (x[i] - run.x[i]);
            }
            if (Arrays.equals(x, run.x) || !(slope < 0)) {
                return null;
            }
            double[] g = new double[x.length];
            double value = run.gradient(x, g);
            if (MinimizerRun.isFinite(value, g) && value <= run.value + 1e-4 * slope + (-slope < slack ? slack : 0)) {
                return new LineSearch.Point(t, x, value, g, slope);
            }
            run.rejected++;
            if (run.isInterrupted()) {
                return null;
            }
        }
        return null;
    }
}
