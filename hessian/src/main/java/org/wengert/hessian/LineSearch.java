package org.wengert.hessian;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A line search for the strong conditions of Wolfe: enough decrease, and a slope that is smaller than at the start. By bracketing and cubic
 * interpolation (J. Nocedal and S. J. Wright, "Numerical Optimization", algorithms 3.5 and 3.6); near a minimum the slopes decide alone, since f shows no difference (W. W. Hager
 * and H. Zhang, ACM TOMS 32, 2006).
 */
final class LineSearch {

    private static final double ENOUGH = 1e-4;
    private static final int MOST = 60;

    /** A point on the line. */
    record Point(double t, double[] x, double value, double[] gradient, double slope) {}

    private final MinimizerRun run;
    private final double[] direction;
    private final double slope;
    private final double flat;
    private final double slack;

    private LineSearch(MinimizerRun run, double[] direction, double slope, double flat) {
        this.run = run;
        this.direction = direction;
        this.slope = slope;
        this.flat = flat;
        this.slack = 10 * Math.ulp(1.0) * Math.abs(run.value);
    }

    /**
     * Searches from where the run stands.
     *
     * @param slope ∇f·direction, negative
     * @param first the first step to try
     * @param flat  the part of the slope that may be left: 0.9 for Newton directions, less for others
     * @return null if no step is good enough
     */
    static @Nullable Point along(MinimizerRun run, double[] direction, double slope, double first, double flat) {
        return new LineSearch(run, direction, slope, flat).search(first);
    }

    private Point at(double t) {
        double[] x = MinimizerRun.sum(run.x, t, direction);
        double[] g = new double[x.length];
        double value = run.gradient(x, g);
        if (!MinimizerRun.isFinite(value, g)) {
            return new Point(t, x, Double.POSITIVE_INFINITY, g, Double.NaN);
        }
        return new Point(t, x, value, g, MinimizerRun.dot(g, direction));
    }

    private boolean falls(Point p) {
        return p.value <= run.value + ENOUGH * p.t * slope
                || p.value <= run.value + slack && p.slope <= -(1 - 2 * ENOUGH) * slope;
    }

    private boolean isFlat(Point p) {
        return Math.abs(p.slope) <= -flat * slope;
    }

    private @Nullable Point search(double first) {
        Point before = new Point(0, run.x, run.value, run.gradient, slope);
        double t = first;
        for (int k = 0; k < MOST; k++) {
            Point p = at(t);
            if (Arrays.equals(p.x, run.x)) {
                return null;
            }
            if (!falls(p) || k > 0 && p.value >= before.value + slack) {
                return zoom(before, p);
            }
            if (isFlat(p)) {
                return p;
            }
            if (p.slope >= 0) {
                return zoom(p, before);
            }
            before = p;
            t *= 3;
        }
        return before.t > 0 ? before : null;
    }

    /** Between a point that falls enough, the lowest so far, and one on the other side. */
    private @Nullable Point zoom(Point best, Point other) {
        Point low = best;
        Point high = other;
        for (int k = 0; k < MOST; k++) {
            Point p = at(between(low, high));
            if (p.t == low.t || p.t == high.t || Arrays.equals(p.x, low.x)) {
                break;
            }
            if (!falls(p) || p.value > low.value + slack) {
                high = p;
            } else {
                if (isFlat(p)) {
                    return p;
                }
                if (p.slope * (high.t - low.t) >= 0) {
                    high = low;
                }
                low = p;
            }
            if (run.isInterrupted()) {
                break;
            }
        }
        return low.t > 0 ? low : null;
    }

    /** The minimum of the cubic through both points, kept away from the ends. */
    private static double between(Point a, Point b) {
        double width = b.t - a.t;
        double t = a.t + width / 2;
        if (!Double.isFinite(b.value)) {
            return a.t + width / 10;
        }
        if (Double.isFinite(b.slope)) {
            double d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.t - b.t);
            double square = d1 * d1 - a.slope * b.slope;
            if (square >= 0) {
                double d2 = Math.signum(width) * Math.sqrt(square);
                double cubic = b.t - width * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2);
                t = Double.isFinite(cubic) ? cubic : t;
            }
        }
        double near = a.t + width * 0.05;
        double far = b.t - width * 0.05;
        return width > 0 ? Math.min(Math.max(t, near), far) : Math.max(Math.min(t, near), far);
    }
}
