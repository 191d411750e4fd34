package org.wengert.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;
import org.wengert.core.numeric.Digits;

/**
 * The comparison of an array of derivatives, a matrix in general, with its references. Says everything that is wrong at
 * once.
 */
final class Check {

    private enum Verdict { RIGHT, WRONG, OPEN }

    private record Entry(int row, int column, double actual, Reference reference, Verdict verdict) {}

    private final String quantity;
    private final int rows;
    private final int columns;
    private final double[] x;
    private final String reproducer;
    private final List<String> directions = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    /**
     * A comparison without entries yet.
     *
     * @param quantity   what is compared, for example "gradient"
     * @param rows       1 for what is no matrix
     * @param columns    how many entries a row has
     * @param x          the point
     * @param reproducer the call that does the comparison again, on one line
     */
    Check(String quantity, int rows, int columns, double[] x, String reproducer) {
        this.quantity = quantity;
        this.rows = rows;
        this.columns = columns;
        this.x = x.clone();
        this.reproducer = reproducer;
    }

    void direction(String name, double[] v) {
        directions.add(name + " = " + Arrays.toString(v));
    }

    void add(int row, int column, double actual, Reference reference) {
        entries.add(new Entry(row, column, actual, reference, verdict(actual, reference)));
    }

    private static Verdict verdict(double actual, Reference r) {
        if (r.kink() != null) {
            // Any number between the two slopes may be what its author wants there; none outside.
            double between = Math.max(r.tolerance(), 1e-3 * (Math.abs(r.kink().left()) + Math.abs(r.kink().right())));
            return r.kink().allows(actual, Double.isFinite(between) ? between : 0) ? Verdict.OPEN : Verdict.WRONG;
        }
        return r.obstacle() != null ? Verdict.OPEN : r.accepts(actual) ? Verdict.RIGHT : Verdict.WRONG;
    }

    /**
     * Ends the comparison.
     *
     * @param diagnosis looks for the cause of what is wrong
     * @throws AssertionFailedError if an entry is wrong
     * @throws TestAbortedException if none is wrong, but of some nothing can be said
     */
    void finish(Diagnosis diagnosis) {
        List<Entry> wrong = entries.stream().filter(e -> e.verdict == Verdict.WRONG).toList();
        if (!wrong.isEmpty()) {
            Entry worst = wrong.getFirst();
            for (Entry e : wrong) {
                worst = excess(e) > excess(worst) ? e : worst;
            }
            String cause = diagnosis.cause(matrix(true), matrix(false), rows, columns, tolerances(), wrongPlaces(wrong),
                    worst.row * columns + worst.column);
            throw new AssertionFailedError(message(worst, wrong, cause), worst.reference.value(), worst.actual);
        }
        List<Entry> open = entries.stream().filter(e -> e.verdict == Verdict.OPEN).toList();
        if (!open.isEmpty()) {
            throw new TestAbortedException(openMessage(open));
        }
    }

    private static double excess(Entry e) {
        double difference = Math.abs(e.actual - e.reference.value());
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference / (e.reference.tolerance() + Double.MIN_NORMAL);
    }

    private double[] matrix(boolean expected) {
        double[] matrix = new double[rows * columns];
        for (Entry e : entries) {
            matrix[e.row * columns + e.column] = expected ? e.reference.value() : e.actual;
        }
        return matrix;
    }

    private double[] tolerances() {
        double[] tolerance = new double[rows * columns];
        for (Entry e : entries) {
            tolerance[e.row * columns + e.column] = e.reference.tolerance();
        }
        return tolerance;
    }

    private boolean[] wrongPlaces(List<Entry> wrong) {
        boolean[] places = new boolean[rows * columns];
        for (Entry e : wrong) {
            places[e.row * columns + e.column] = true;
        }
        return places;
    }

    private String name(Entry e) {
        return rows > 1 ? "entry (" + e.row + ", " + e.column + ")" : columns > 1 ? "entry " + e.column : "the result";
    }

    private String message(Entry e, List<Entry> wrong, String cause) {
        Reference r = e.reference;
        var text = new StringBuilder();
        text.append(quantity).append(": ").append(name(e)).append(" is wrong: ").append(cause).append('\n');
        text.append("  at          x = ").append(Arrays.toString(x)).append('\n');
        directions.forEach(d -> text.append("  along       ").append(d).append('\n'));
        if (r.kink() != null) {
            text.append(String.format(Locale.ROOT, "  a kink      slopes %s and %s on its two sides: a derivative there lies between%n",
                    r.kink().left(), r.kink().right()));
        } else {
            text.append("  expected    ").append(r.value()).append(String.format(Locale.ROOT, " ± %.1e by ", r.tolerance()))
                    .append(r.by()).append('\n');
        }
        text.append("  but was     ").append(e.actual).append('\n');
        text.append(String.format(Locale.ROOT, "  difference  %.3e, tolerance %.1e; %.1f digits shared; %s ulps apart%n",
                Math.abs(e.actual - r.value()), r.tolerance(), Digits.shared(r.value(), e.actual), ulps(r.value(), e.actual)));
        r.others().forEach(o -> text.append("  compare     ").append(o).append('\n'));
        if (wrong.size() > 1) {
            text.append("  in all      ").append(wrong.size()).append(" of ").append(entries.size()).append(" entries are wrong: ")
                    .append(wrong.stream().limit(8).map(this::name).collect(Collectors.joining(", ")))
                    .append(wrong.size() > 8 ? ", …" : "").append('\n');
        }
        return text.append("  reproduce   ").append(reproducer).toString();
    }

    private String openMessage(List<Entry> open) {
        Entry e = open.getFirst();
        Reference r = e.reference;
        String why = r.kink() != null
                ? String.format(Locale.ROOT, "the point lies on a kink: the slopes are %s on one side and %s on the other, and %s"
                        + " is allowed", r.kink().left(), r.kink().right(), e.actual)
                : Objects.requireNonNull(r.obstacle());
        return quantity + ": nothing can be said of " + name(e) + (open.size() > 1 ? " and " + (open.size() - 1) + " more" : "")
                + " at x = " + Arrays.toString(x) + ": " + why + ". Reproduce: " + reproducer;
    }

    /** How many doubles lie between two numbers. */
    private static String ulps(double a, double b) {
        if (!Double.isFinite(a) || !Double.isFinite(b)) {
            return "infinitely many";
        }
        java.math.BigInteger distance = java.math.BigInteger.valueOf(ordinal(a)).subtract(java.math.BigInteger.valueOf(ordinal(b))).abs();
        return distance.bitLength() < 34 ? distance.toString() : String.format(Locale.ROOT, "%.1e", distance.doubleValue());
    }

    private static long ordinal(double x) {
        long bits = Double.doubleToLongBits(x);
        return bits < 0 ? Long.MIN_VALUE - bits : bits;
    }
}
