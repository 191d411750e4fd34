package org.wengert.hessian;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.wengert.linalg.DampedLeastSquares;

/**
 * Steps from one linearization that stay within bounds: p minimizes ‖r + J·p‖² + λ‖D·p‖² over the parameters that are
 * free to move.
 *
 * <p>Bounds are kept by an active set. A parameter on a bound rests there if the gradient pushes it outwards. The others
 * take the damped step; those that would leave the box stop at its wall, and the rest is solved again
 * for what remains, at most n times.
 */
final class DampedSteps {

    private final Linearization at;
    private final double[] scale;
    private final Bounds bounds;

    /** The parameters that do not rest on a bound. */
    private final BitSet free = new BitSet();

    private final Map<BitSet, DampedLeastSquares> solvers = new HashMap<>();

    DampedSteps(Linearization at, double[] scale, Bounds bounds) {
        this.at = at;
        this.scale = scale;
        this.bounds = bounds;
        double[] gradient = at.gradient();
        for (int j = 0; j < at.parameters(); j++) {
            double x = at.x()[j];
            boolean rests = bounds.least(j) == bounds.most(j)
                    || x == bounds.least(j) && gradient[j] > 0
                    || x == bounds.most(j) && gradient[j] < 0;
            free.set(j, !rests);
        }
    }

    /** Whether a parameter can move. */
    boolean isFree(int j) {
        return free.get(j);
    }

    int freeCount() {
        return free.cardinality();
    }

    /** The indices of the parameters that can move. */
    int[] free() {
        return free.stream().toArray();
    }

    /** The decomposition for the parameters that can move; there must be one. */
    DampedLeastSquares solver() {
        return solver(free);
    }

    private DampedLeastSquares solver(BitSet moving) {
        return solvers.computeIfAbsent((BitSet) moving.clone(), set -> {
            int[] columns = set.stream().toArray();
            double[] scales = new double[columns.length];
            for (int k = 0; k < columns.length; k++) {
                scales[k] = scale[columns[k]];
            }
            return DampedLeastSquares.of(at.columns(columns), scales);
        });
    }

    /** The length of the part of r that a step can remove to first order; 0 at a minimum. */
    double explained() {
        return free.isEmpty() ? 0 : solver().explained(at.q());
    }

    /** The step for a damping λ; for λ = 0 the Gauss-Newton step, of minimum length if J is rank-deficient. */
    double[] step(double damping) {
        double[] p = new double[at.parameters()];
        BitSet moving = (BitSet) free.clone();
        while (!moving.isEmpty()) {
            double[] rest = new double[p.length];
            for (int j = 0; j < p.length; j++) {
                rest[j] = moving.get(j) ? 0 : p[j];
            }
            double[] b = at.shifted(rest);
            for (int i = 0; i < b.length; i++) {
                b[i] = -b[i];
            }
            double[] part = solver(moving).solve(b, damping);
            boolean hit = false;
            int k = 0;
            for (int j = moving.nextSetBit(0); j >= 0; j = moving.nextSetBit(j + 1), k++) {
                p[j] = part[k];
                double target = at.x()[j] + part[k];
                double clipped = bounds.clip(j, target);
                if (clipped != target) {
                    p[j] = clipped - at.x()[j];
                    moving.clear(j);
                    hit = true;
                }
            }
            if (!hit) {
                break;
            }
        }
        return p;
    }

    /** The geodesic acceleration a = -(JᵀJ + λD²)⁻¹ Jᵀr″ of the parameters that can move, from Jᵀr″. */
    double[] acceleration(double[] bend, double damping) {
        double[] a = new double[at.parameters()];
        int[] columns = free();
        double[] part = new double[columns.length];
        for (int k = 0; k < columns.length; k++) {
            part[k] = -bend[columns[k]];
        }
        part = solver().solveNormal(part, damping);
        for (int k = 0; k < columns.length; k++) {
            a[columns[k]] = part[k];
        }
        return a;
    }

    /** x + p, on a bound exactly where p leads there. */
    double[] moved(double[] p) {
        double[] x = at.x().clone();
        for (int j = 0; j < x.length; j++) {
            if (p[j] != 0) {
                double target = bounds.clip(j, x[j] + p[j]);
                x[j] = p[j] == bounds.least(j) - x[j] ? bounds.least(j)
                        : p[j] == bounds.most(j) - x[j] ? bounds.most(j) : target;
            }
        }
        return x;
    }

    /** ‖D·p‖. */
    double length(double[] p) {
        double sum = 0;
        for (int j = 0; j < p.length; j++) {
            sum = Math.hypot(sum, scale[j] * p[j]);
        }
        return sum;
    }
}
