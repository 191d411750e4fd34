package org.wengert.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wengert.core.numeric.Estimate;
import org.wengert.core.program.PathCache;
import org.wengert.core.program.Program;
import org.wengert.testkit.numeric.Differences;
import org.wengert.testkit.numeric.Line;

/**
 * What one number of a derivative is compared with.
 *
 * @param value     the derivative, by the strongest way that applies
 * @param tolerance how far a right derivative may be from it: what the reference says of its own error, and what rounding
 *                  does to a derivative computed in doubles
 * @param by        by which way
 * @param others    what weaker ways say, one line each
 * @param kink      a jump of the derivative at the point
 * @param obstacle  why nothing can be said, or null
 */
record Reference(
        double value, double tolerance, String by, List<String> others, Differences.@Nullable Kink kink,
        @Nullable String obstacle) {

    /** How many times its own estimate the reference may be off. */
    private static final double TRUST = 8;
    /** How many times the measured spread of rounding errors a derivative may be off. */
    private static final double SPREADS = 16;
    /** Units in the last place that a derivative may be off in any case. */
    private static final double ULPS = 8;
    /** A reference whose error is more than this part of the size of things says nothing. */
    private static final double VAGUE = 1e-3;
    /** Rounding errors of more than this part leave no digit. */
    private static final double HOPELESS = 0.1;

    /** First derivatives along v, one for each output. */
    static Reference[] first(Subject f, @Nullable PathCache<Program> paths, double[] x, double[] v) {
        List<Line> lines = f.lines(paths, x, v);
        double[] spread = Subject.firstSpread(paths, x, v);
        double[] complex = Subject.complexStep(paths, x, v);
        Reference[] references = new Reference[lines.getFirst().outputs()];
        for (int i = 0; i < references.length; i++) {
            List<String> others = new ArrayList<>();
            if (complex != null && Double.isFinite(complex[i])) {
                others.add(complex[i] + " by a complex step");
            }
            references[i] = of(lines, i, 1, spread == null ? Double.NaN : spread[i], others);
        }
        return references;
    }

    /** One derivative of order k along v; {@code spread} NaN if it is not known. */
    static Reference of(List<Line> lines, int output, int order, double spread, List<String> others) {
        Line line = lines.getFirst();
        double here = line.at(0)[output].hi();
        if (!Double.isFinite(here)) {
            return new Reference(Double.NaN, Double.NaN, line.description(), others, null,
                    "the value of the function is " + here + " at the point, for " + line.description());
        }
        Estimate e = Differences.derivative(line, output, order);
        for (Line other : lines.subList(1, lines.size())) {
            Estimate o = Differences.derivative(other, output, order);
            others.add(String.format(Locale.ROOT, "%s ± %.1e by %s", o.value(), o.error(), other.description()));
        }
        double scale = Math.max(Math.abs(e.value()), Differences.scale(line, output, order));
        double rounding = SPREADS * (Double.isNaN(spread) ? plainSpread(line, output, e.value()) : spread);
        double tolerance = TRUST * e.error() + rounding + ULPS * Math.ulp(e.value());
        Optional<Differences.Kink> kink = order <= 2 ? Differences.kink(line, output, order) : Optional.empty();
        return new Reference(e.value(), tolerance, line.description(), others, kink.orElse(null),
                obstacle(e, scale, rounding));
    }

    /** Without a program: rounding errors of a derivative are taken to be as much larger than necessary as those of the values. */
    private static double plainSpread(Line line, int output, double derivative) {
        double value = Math.abs(line.at(0)[output].hi());
        double amplification = value == 0 ? 1 : Math.max(1, line.noise(output) / Math.ulp(value));
        return Math.min(amplification, 1e6) * Math.ulp(derivative);
    }

    private static @Nullable String obstacle(Estimate e, double scale, double rounding) {
        if (!Double.isFinite(e.value()) || !Double.isFinite(e.error())) {
            return "differences do not settle on a number: the derivative is infinite there, or the function has no values"
                    + " on one side of the point";
        }
        if (e.error() > VAGUE * scale) {
            return String.format(Locale.ROOT, "differences only say %s ± %.1e: a kink or a pole is near, or the values are"
                    + " too noisy", e.value(), e.error());
        }
        if (!(rounding <= HOPELESS * scale)) {
            return String.format(Locale.ROOT, "the derivative has no digits in doubles at this point: rounding errors alone"
                    + " move it by %.1e (cancellation)", rounding / SPREADS);
        }
        return null;
    }

    /** uᵀHv of each output, from second derivatives along u + v and u - v, scaled to one another. */
    static Reference[] second(Subject f, @Nullable PathCache<Program> paths, double[] x, double[] u, double[] v) {
        double[] spread = Subject.secondSpread(paths, x, u, v);
        if (Arrays.equals(u, v)) {
            List<Line> lines = f.lines(paths, x, u);
            Reference[] references = new Reference[lines.getFirst().outputs()];
            Arrays.setAll(references, i ->
                    of(lines, i, 2, spread == null ? Double.NaN : spread[i], new ArrayList<>()));
            return references;
        }
        double ratio = size(v, x) == 0 ? 1 : Math.scalb(1.0, Math.getExponent(size(u, x) / size(v, x)));
        double[] sum = new double[u.length];
        double[] difference = new double[u.length];
        for (int i = 0; i < u.length; i++) {
            sum[i] = u[i] + ratio * v[i];
            difference[i] = u[i] - ratio * v[i];
        }
        List<Line> plus = f.lines(paths, x, sum);
        List<Line> minus = f.lines(paths, x, difference);
        Reference[] references = new Reference[plus.getFirst().outputs()];
        Arrays.setAll(references, i -> {
            Reference a = of(plus, i, 2, 0, new ArrayList<>());
            Reference b = of(minus, i, 2, 0, new ArrayList<>());
            double value = (a.value - b.value) / (4 * ratio);
            double rounding = SPREADS * (spread == null
                    ? (plainSpread(plus.getFirst(), i, a.value) + plainSpread(minus.getFirst(), i, b.value)) / (4 * ratio)
                    : spread[i]);
            double tolerance = (a.tolerance + b.tolerance) / (4 * ratio) + rounding;
            String obstacle = a.kink != null || b.kink != null ? "the second derivative jumps at the point"
                    : a.obstacle != null ? a.obstacle : b.obstacle;
            return new Reference(value, tolerance, a.by, List.of(), null, obstacle);
        });
        return references;
    }

    /**
     * How much a derivative of order k along v changes when the point moves by units in the last place, k times over: what
     * rounding does to derivatives of higher order. NaN if there are doubles alone.
     */
    static double sensitivity(
            Subject f, @Nullable PathCache<Program> paths, double[] x, double[] v, int k, List<Line> lines) {
        if (paths == null || lines.size() < 2) {
            return Double.NaN;
        }
        double here = Differences.derivative(lines.getFirst(), 0, k).value();
        // Coefficients of a series are sums that may cancel: their errors are relative to f and its usual distance of change.
        double distance = 4 * lines.getFirst().steps()[0];
        double change = k * Math.ulp(here) + 4 * Math.ulp(lines.getFirst().at(0)[0].hi()) * factorial(k) / Math.pow(distance, k);
        for (int sign = -1; sign <= 1; sign += 2) {
            double[] moved = x.clone();
            for (int i = 0; i < x.length; i++) {
                moved[i] += sign * Math.ulp(x[i]) * (i % 2 == 0 ? 1 : -1);
            }
            change = Math.max(change, k * Math.abs(Differences.derivative(f.lines(paths, moved, v).getFirst(), 0, k).value() - here));
        }
        return change;
    }

    private static double factorial(int k) {
        return k <= 1 ? 1 : k * factorial(k - 1);
    }

    /** What must be met to the last bit. */
    static Reference exact(double value) {
        return new Reference(value, 0, "definition", List.of(), null, null);
    }

    private static double size(double[] v, double[] x) {
        double size = 0;
        for (int i = 0; i < v.length; i++) {
            size = Math.max(size, Math.abs(v[i]) / Math.max(1, Math.abs(x[i])));
        }
        return size;
    }

    /** This reference times a factor: coefficients instead of derivatives. */
    Reference times(double c) {
        return new Reference(value * c, tolerance * Math.abs(c), by, others, kink, obstacle);
    }

    boolean accepts(double actual) {
        return Math.abs(actual - value) <= tolerance;
    }
}
