package org.wengert.testkit.numeric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.core.DD;
import org.wengert.core.numeric.Estimate;

/**
 * Derivatives along a line by central differences whose steps are halved again and again, extrapolated to step 0 by
 * L. F. Richardson's scheme. Beside every entry of the table goes a bound of what the rounding errors of the values make
 * of it, and the entry whose truncation and rounding errors are smallest together is taken:
 *
 * <pre>
 * A(h) = Σᵢ (-1)ⁱ (k over i) g((k/2 - i) h) / hᵏ = g⁽ᵏ⁾(0) + c₁h² + c₂h⁴ + …
 * T(i, 0) = A(hᵢ),  T(i, j) = T(i, j-1) + (T(i, j-1) - T(i-1, j-1)) / (4ʲ - 1)
 * </pre>
 *
 * All of it is computed in double-double arithmetic, so that only the errors of the values count.
 */
public final class Differences {

    /** Extrapolations of a higher order bring nothing more. */
    private static final int COLUMNS = 14;

    /** What is asked for at most: better than any double can be. */
    private static final double ENOUGH = 0x1p-75;

    private Differences() {}

    /** One entry of the table with a bound of its rounding error. */
    private record Entry(DD value, double noise) {}

    /**
     * A derivative at t = 0.
     *
     * @param line   the function
     * @param output which of its outputs
     * @param order  k, at least 1
     * @return the derivative with an estimate of its error; NaN with NaN if nothing can be said
     */
    public static Estimate derivative(Line line, int output, int order) {
        Estimate best = new Estimate(Double.NaN, Double.NaN);
        for (double first : line.steps()) {
            Estimate e = derivative(line, output, order, first);
            if (e.error() < best.error() || Double.isNaN(best.error())) {
                best = e;
            }
            if (best.error() <= ENOUGH * Math.abs(best.value())) {
                break;
            }
        }
        return best;
    }

    private static Estimate derivative(Line line, int output, int order, double first) {
        double noise = line.noise(output);
        List<Entry> row = List.of();
        double value = Double.NaN;
        double error = Double.NaN;
        for (double h = first; h >= first * line.smallest(); h /= 2) {
            Entry a = central(line, output, order, h, noise);
            if (!DoubleDouble.isFinite(a.value)) {
                row = List.of();
                continue;
            }
            if (a.noise > 8 * error) {
                break;
            }
            List<Entry> above = row;
            row = new ArrayList<>();
            row.add(a);
            double power = 1;
            for (int j = 1; j <= Math.min(above.size(), COLUMNS); j++) {
                power *= 4;
                Entry before = row.get(j - 1);
                Entry old = above.get(j - 1);
                DD next = before.value.add(before.value.subtract(old.value).divide(power - 1));
                double nextNoise = before.noise + (before.noise + old.noise) / (power - 1);
                row.add(new Entry(next, nextNoise));
                double claimed = nextNoise + Math.max(
                        Math.abs(next.subtract(before.value).hi()), Math.abs(next.subtract(old.value).hi()));
                if (claimed < error || Double.isNaN(error)) {
                    error = claimed;
                    value = next.hi();
                }
            }
            // Several rows must agree before the table is believed, and a step that is much smaller must confirm it.
            if (row.size() > 3 && error <= ENOUGH * Math.abs(value)) {
                if (isConfirmed(line, output, order, h, value, Math.abs(a.value.subtract(value).hi()))) {
                    break;
                }
                row = List.of();
                value = Double.NaN;
                error = Double.NaN;
            }
        }
        return tested(line, output, order, first, new Estimate(value, error));
    }

    /**
     * The estimate, if a difference with the smallest step that still tells ten digits in base 2 speaks for it, even if noise is a
     * thousand times what it should be. If not, there is a kink or a pole nearer than the steps of the table reached: the difference
     * itself, which may be as far off as the two are apart.
     */
    private static Estimate tested(Line line, int output, int order, double first, Estimate e) {
        double noise = Math.max(line.leastNoise(output), DoubleDoubleArithmetic.NOISE * Math.abs(line.at(0)[output].hi()));
        // A step of the table's kind, so that the points are doubles.
        double least = 2 * Math.pow(0x1p20 * noise / Math.abs(e.value()), 1.0 / order);
        double h = Math.scalb(first, Math.getExponent(Math.max(least / first, line.smallest())) + 1);
        if (!(h > 0 && h < 0x1p-8 * first)) {
            return e;
        }
        Entry fine = central(line, output, order, h, noise);
        double distance = Math.abs(fine.value.hi() - e.value());
        double truncation = scale(line, output, order) * Math.pow(16 * h / first, 2);
        boolean agrees = !(distance > 0x1p-10 * Math.abs(e.value()) + e.error() + truncation);
        return agrees ? e : new Estimate(fine.value.hi(), distance + fine.noise);
    }

    /**
     * Whether a difference with another, much smaller step is no farther from the value than one with step h. It is, where steps
     * reach over the periods of a function that repeats itself: halved again and again they may all see the same.
     */
    private static boolean isConfirmed(Line line, int output, int order, double h, double value, double distance) {
        Entry fine = central(line, output, order, h * 0.00537109375, line.noise(output));
        return Math.abs(fine.value.subtract(value).hi()) <= distance + 8 * fine.noise + ENOUGH * Math.abs(value);
    }

    private static Entry central(Line line, int output, int order, double h, double noise) {
        DD sum = DD.ZERO;
        double binomial = 1;
        double size = 0;
        for (int i = 0; i <= order; i++) {
            DD g = line.at((0.5 * order - i) * h)[output];
            sum = sum.add(g.multiply(i % 2 == 0 ? binomial : -binomial));
            size = Math.max(size, Math.abs(g.hi()));
            binomial = binomial * (order - i) / (i + 1);
        }
        double more = Math.scalb(Math.max(noise, DoubleDoubleArithmetic.NOISE * size), order);
        for (int i = 0; i < order; i++) {
            sum = sum.divide(h);
            more /= h;
        }
        return new Entry(sum, more);
    }

    /**
     * How large the derivative could be expected to be, judged by how much the function changes over the first step: what
     * the errors of a derivative near zero are measured by. A change of the function by less than half of its digits counts
     as none.
     */
    public static double scale(Line line, int output, int order) {
        double[] steps = line.steps();
        double h = steps[steps.length - 1] / 8;
        double here = line.at(0)[output].hi();
        double change = Math.max(Math.abs(line.at(h)[output].hi() - here), Math.abs(line.at(-h)[output].hi() - here));
        double visible = Math.max(change, 0x1p-26 * Math.abs(here));
        return Double.isFinite(visible) ? visible / Math.pow(h, order) : 0;
    }

    /**
     * Whether a derivative jumps at t = 0, or so close that no step is smaller.
     *
     * @param line   the function
     * @param output which of its outputs
     * @param order  of the derivative, 1 or 2
     * @return the derivatives on both sides
     */
    public static Optional<Kink> kink(Line line, int output, int order) {
        double noise = line.noise(output);
        double first = line.steps()[line.steps().length - 1];
        double jump = Double.NaN;
        double before = Double.NaN;
        double step = Double.NaN;
        for (double h = first; h >= first * line.smallest(); h /= 16) {
            double left = oneSided(line, output, order, -h);
            double right = oneSided(line, output, order, h);
            double difference = Math.abs(right - left);
            double more = Math.max(noise, DoubleDoubleArithmetic.NOISE * Math.abs(line.at(0)[output].hi()));
            if (!(difference <= Double.MAX_VALUE)) {
                continue;
            }
            if (difference < 64 * order * more / Math.pow(h, order)) {
                // Lost in the noise, or no jump at all: what was seen so far decides.
                break;
            }
            before = jump;
            jump = difference;
            step = h;
        }
        // Where the function is smooth, the difference shrinks 16 times at each step.
        if (!(jump > 0.5 * before) || step > 1e-3 * first) {
            return Optional.empty();
        }
        return Optional.of(new Kink(step, oneSided(line, output, order, -step), oneSided(line, output, order, step)));
    }

    /** (g(h) - g(0)) / h or (g(2h) - 2g(h) + g(0)) / h². */
    private static double oneSided(Line line, int output, int order, double h) {
        DD here = line.at(0)[output];
        DD near = line.at(h)[output];
        if (order == 1) {
            return near.subtract(here).hi() / h;
        }
        return line.at(2 * h)[output].subtract(near).subtract(near.subtract(here)).hi() / h / h;
    }

    /**
     * A jump of a derivative at a point, or nearer than a distance to it.
     *
     * @param distance the smallest step, in units of t, at which the two sides still differ
     * @param left     the derivative for t &lt; 0
     * @param right    the derivative for t &gt; 0
     */
    public record Kink(double distance, double left, double right) {

        /** Whether a number lies between the two, both included, give or take a tolerance. */
        public boolean allows(double derivative, double tolerance) {
            return derivative >= Math.min(left, right) - tolerance && derivative <= Math.max(left, right) + tolerance;
        }
    }
}
