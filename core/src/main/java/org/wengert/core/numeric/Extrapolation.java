package org.wengert.core.numeric;

import java.util.ArrayList;
import java.util.List;

/**
 * Estimates A(h) = a + c₁h² + c₂h⁴ + … for shrinking steps h, extrapolated to h = 0 by Neville's scheme:
 * T(i, 0) = A(hᵢ), and T(i, j) = T(i, j-1) + (T(i, j-1) - T(i-1, j-1)) / (r²ʲ - 1), where each step is 1/r of the one before.
 */
final class Extrapolation {

    /** A row whose last entry differs from the one above by this many times the least error is past the best. */
    private static final double WORSE = 2;

    private final double ratioSquared;
    private List<Double> row = new ArrayList<>();
    private Estimate best = new Estimate(Double.NaN, Double.NaN);
    private double lastChange = Double.NaN;

    Extrapolation(double ratio) {
        this.ratioSquared = ratio * ratio;
    }

    /** Adds the estimate for the next smaller step. */
    void add(double estimate) {
        List<Double> above = row;
        row = new ArrayList<>();
        row.add(estimate);
        double power = 1;
        for (int j = 1; j <= above.size(); j++) {
            power *= ratioSquared;
            double before = row.get(j - 1);
            double next = before + (before - above.get(j - 1)) / (power - 1);
            row.add(next);
            double error = Math.max(Math.abs(next - before), Math.abs(next - above.get(j - 1)));
            if (error <= best.error() || Double.isNaN(best.error()) && !Double.isNaN(error)) {
                best = new Estimate(next, error);
            }
        }
        lastChange = above.isEmpty() ? Double.NaN : Math.abs(row.getLast() - above.getLast());
    }

    /** Whether the highest order got worse: rounding errors have taken over. */
    boolean isPastItsBest() {
        return lastChange >= WORSE * best.error();
    }

    /** The entry that claims the smallest error; NaN if there is none. */
    Estimate best() {
        return best;
    }

    /** The entry of the highest order, and its distance from the one before. */
    Estimate last() {
        return new Estimate(row.getLast(), lastChange);
    }
}
