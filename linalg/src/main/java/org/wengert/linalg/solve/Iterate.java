package org.wengert.linalg.solve;

import java.util.Arrays;
import org.wengert.linalg.Linearizer;

/** Where a nonlinear solver stands: x, F(x), what it has cost so far, and the line search that all solvers share. */
final class Iterate {

    /** Armijo's condition: a step must bring at least this part of what the slope promises. */
    private static final double ENOUGH = 1e-4;

    private static final double SHORTEST = 1e-10;

    final Linearizer f;
    final Limits limits;
    double[] x;
    double[] residual;
    double norm;
    int iterations;
    int evaluations;
    long products;

    Iterate(Linearizer f, double[] start, Limits limits) {
        this.f = f;
        this.limits = limits;
        this.x = start.clone();
        this.residual = f.value(x);
        this.norm = Vectors.norm(residual);
        this.evaluations = 1;
    }

    boolean hasSmallResidual() {
        return Vectors.maxNorm(residual) <= limits.residual();
    }

    boolean isFinite() {
        return norm <= Double.MAX_VALUE;
    }

    /**
     * Goes along a direction as far as the residual becomes smaller: the full step, or a shorter one by quadratic
     * interpolation of ‖F‖².
     *
     * @param slope half the derivative of ‖F‖² along the direction, Fᵀ·J·s, negative
     * @return how far, or 0 if nowhere
     */
    double search(double[] direction, double slope) {
        double before = norm * norm / 2;
        // Where the slope promises less than the sum of squares can show, equal to rounding is good enough.
        double slack = -slope < 1e-12 * before ? 4 * Math.ulp(before) : 0;
        for (double t = 1; t >= SHORTEST; ) {
            double[] there = Vectors.sum(x, t, direction);
            double[] value = f.value(there);
            evaluations++;
            double newNorm = Vectors.norm(value);
            double after = newNorm * newNorm / 2;
            if (after <= before + ENOUGH * t * slope + slack && (newNorm < norm || slack > 0)) {
                x = there;
                residual = value;
                norm = newNorm;
                iterations++;
                return t;
            }
            double least = -slope * t * t / (2 * (after - before - slope * t));
            t = least >= 0.1 * t && least <= 0.5 * t ? least : Double.isFinite(after) ? 0.5 * t : 0.1 * t;
        }
        return 0;
    }

    /** Whether a step is too small to change x. */
    boolean isTooSmall(double[] step, double t) {
        for (int i = 0; i < x.length; i++) {
            if (!(Math.abs(t * step[i]) <= limits.step() * Math.max(1, Math.abs(x[i])))) {
                return false;
            }
        }
        return true;
    }

    NonlinearSolution end(Stop reason, String details) {
        return new NonlinearSolution(
                Arrays.copyOf(x, x.length), residual.clone(), norm, iterations, evaluations, products, reason, details);
    }
}
