package org.wengert.testkit;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wengert.core.numeric.Digits;
import org.wengert.core.numeric.Estimate;
import org.wengert.core.program.PathCache;
import org.wengert.core.program.Program;
import org.wengert.testkit.numeric.Differences;
import org.wengert.testkit.numeric.Line;

/**
 * Looks for the mistake behind a wrong derivative, among those that people make: a sign, a factor, a transposed matrix,
 * entries in the wrong order, a forgotten term, degrees for radians, the branch of another point, state kept between
 * calls, differences where a derivative was promised.
 *
 * @param f     the function
 * @param paths its programs
 * @param x     the point
 * @param along the direction in which each column differentiates, for the search for other branches; may be empty
 * @param again computes the derivative once more, flattened
 */
record Diagnosis(
        Subject f, @Nullable PathCache<Program> paths, double[] x, double[][] along, Supplier<double[]> again) {

    /** A number that is this close is meant to be the same. */
    private static final double SAME = 1e-6;

    /** Factors that mistakes bring, beside 2 and its inverse. */
    private static final double[] FACTORS = {2, 0.5, -2, -0.5, 3, 1.0 / 3, 4, 0.25, Math.PI, 1 / Math.PI};

    String cause(double[] expected, double[] actual, int rows, int columns, double[] tolerance, boolean[] wrong, int worst) {
        for (int k = 0; k < actual.length; k++) {
            if (wrong[k] && !Double.isFinite(actual[k])) {
                return "it is " + actual[k] + " where the derivative is a number: 0 · ∞, ∞ - ∞ or an overflow on the way";
            }
        }
        if (!sameBits(again.get(), actual)) {
            return "state kept between calls: the same call again gives another result";
        }
        String layout = layout(expected, actual, rows, columns, tolerance);
        if (layout != null) {
            return layout;
        }
        String factor = factor(expected, actual, tolerance, wrong);
        if (factor != null) {
            return factor;
        }
        String order = exchanged(expected, actual, tolerance, wrong, columns);
        if (order != null) {
            return order;
        }
        if (actual[worst] == 0) {
            return "it is 0: a forgotten term, or a tangent dropped on the way";
        }
        String branch = branch(expected, actual, columns, worst);
        if (branch != null) {
            return branch;
        }
        double digits = Digits.shared(expected[worst], actual[worst]);
        return digits >= 5 && digits <= 11
                ? String.format(Locale.ROOT, "only %.1f digits are right: cancellation, or differences in place of a derivative", digits)
                : digits > 11
                ? String.format(Locale.ROOT, "%.1f digits are right: rounding errors add up more than they need to", digits)
                : String.format(Locale.ROOT, "it is %s times what it should be, no mistake with a name", ratio(actual[worst], expected[worst]));
    }

    private static String ratio(double a, double b) {
        return String.format(Locale.ROOT, "%.4g", a / b);
    }

    private static boolean sameBits(double[] a, double[] b) {
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            if (Double.compare(a[i], b[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean near(double a, double b, double tolerance) {
        return Math.abs(a - b) <= tolerance + SAME * Math.max(Math.abs(a), Math.abs(b));
    }

    private static @Nullable String layout(double[] expected, double[] actual, int rows, int columns, double[] tolerance) {
        if (rows < 2 || columns < 2) {
            return null;
        }
        boolean transposed = true;
        for (int i = 0; i < rows && transposed; i++) {
            for (int j = 0; j < columns && transposed; j++) {
                // The entry that stands here if columns were written one after the other.
                int k = i * columns + j;
                double other = expected[k % rows * columns + k / rows];
                transposed = near(actual[k], other, tolerance[k]);
            }
        }
        if (!transposed) {
            return null;
        }
        return rows == columns
                ? "the matrix is transposed: entry (i, j) holds what belongs to (j, i)"
                : "the matrix is transposed: its columns are written one after the other, not its rows";
    }

    /** One factor for all that is wrong. */
    private static @Nullable String factor(double[] expected, double[] actual, double[] tolerance, boolean[] wrong) {
        if (all(expected, actual, tolerance, wrong, -1)) {
            return "a sign error: it is minus what it should be";
        }
        for (double c : FACTORS) {
            if (all(expected, actual, tolerance, wrong, c)) {
                return Math.abs(c) == 2 || Math.abs(c) == 0.5
                        ? "a factor of 2" + (c < 0 ? " and the sign" : "") + ": it is " + (Math.abs(c) == 2 ? "twice" : "half") + " what it should be"
                        : "a factor: it is " + String.format(Locale.ROOT, "%.4g", c) + " times what it should be";
            }
        }
        if (all(expected, actual, tolerance, wrong, Math.toRadians(1)) || all(expected, actual, tolerance, wrong, Math.toDegrees(1))) {
            return "degrees where radians belong, or the other way round: it is off by a factor of 180/π";
        }
        return null;
    }

    private static boolean all(double[] expected, double[] actual, double[] tolerance, boolean[] wrong, double c) {
        boolean any = false;
        for (int k = 0; k < actual.length; k++) {
            if (wrong[k]) {
                if (!near(actual[k], c * expected[k], Math.abs(c) * tolerance[k])) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    /** Whether the wrong entries are right ones in the wrong order. */
    private static @Nullable String exchanged(
            double[] expected, double[] actual, double[] tolerance, boolean[] wrong, int columns) {
        int[] places = java.util.stream.IntStream.range(0, wrong.length).filter(k -> wrong[k]).toArray();
        if (places.length < 2) {
            return null;
        }
        double[] a = Arrays.stream(places).mapToDouble(k -> actual[k]).sorted().toArray();
        double[] e = Arrays.stream(places).mapToDouble(k -> expected[k]).sorted().toArray();
        for (int i = 0; i < a.length; i++) {
            if (!near(a[i], e[i], tolerance[places[i]])) {
                return null;
            }
        }
        return "entries in the wrong order: " + (places.length == 2
                ? place(places[0], columns, wrong.length) + " and " + place(places[1], columns, wrong.length) + " are exchanged"
                : "the numbers of the wrong entries are right, but stand elsewhere");
    }

    private static String place(int k, int columns, int size) {
        return size == columns ? Integer.toString(k) : "(" + k / columns + ", " + k % columns + ")";
    }

    /** Whether the number is the derivative on the other side of a kink nearby. */
    private @Nullable String branch(double[] expected, double[] actual, int columns, int worst) {
        if (along.length == 0) {
            return null;
        }
        double[] v = along[worst % columns];
        double wanted = actual[worst];
        double apart = Math.abs(wanted - expected[worst]);
        int output = worst / columns;
        for (Line line : f.lines(paths, x, v)) {
            double first = line.steps()[line.steps().length - 1];
            for (double t = first / 256; t >= first * 0x1p-20; t /= 4) {
                for (int sign = -1; sign <= 1; sign += 2) {
                    double[] moved = x.clone();
                    for (int i = 0; i < moved.length; i++) {
                        moved[i] += sign * t * v[i];
                    }
                    Line there = f.lines(paths, moved, v).getLast();
                    Estimate e = Differences.derivative(there, output, 1);
                    if (Math.abs(e.value() - wanted) <= 1e-2 * apart) {
                        return String.format(Locale.ROOT, "a stale branch: it is the derivative on the other side of a kink, which"
                                + " is %.1e away", t);
                    }
                }
            }
        }
        return null;
    }
}
