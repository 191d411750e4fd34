package org.wengert.core.elementary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Values and partial derivatives of every row, compared with those that mpmath computes with 50 digits
 * (src/test/python/row_values.py): they are as near as the notes of the row promise.
 */
class AccuracyTest {

    /** A line of the file; NaN stands for what is not promised. */
    private record Line(double[] x, String value, String[] first, String[] second) {}

    @TestFactory
    Stream<DynamicTest> everyRowKeepsItsPromise() {
        Map<String, List<Line>> lines = lines();
        return ElementaryTable.rows().stream().filter(row -> row != Piecewise.NEXT_UP).map(row -> DynamicTest.dynamicTest(row.name(), () -> {
            double[] worst = new double[3];
            String[] where = {"", "", ""};
            for (Line line : Objects.requireNonNull(lines.get(row.name()), row.name())) {
                compare(row, line, worst, where);
            }
            Notes notes = row.notes();
            double[] promised = {notes.valueUlps(), notes.firstUlps(), notes.secondUlps()};
            List<String> broken = new ArrayList<>();
            for (int k = 0; k < 3; k++) {
                // An exact result may still be rounded; what is correctly rounded is off by half an ulp.
                if (worst[k] > Math.max(promised[k], 0.5001)) {
                    broken.add(List.of("value", "first", "second").get(k) + " off by " + worst[k] + " ulp, not "
                            + promised[k] + where[k]);
                }
            }
            if (!broken.isEmpty()) {
                fail(row.name() + ": " + String.join("; ", broken));
            }
        }));
    }

    private static void compare(Elementary row, Line line, double[] worst, String[] where) {
        double[] x = line.x;
        int n = x.length;
        double z = switch (row) {
            case Unary f -> f.value(x[0]);
            case Binary f -> f.value(x[0], x[1]);
            case Nary f -> f.value().applyAsDouble(x);
        };
        note(0, z, line.value, line, worst, where);
        double[] first = first(row, x, z);
        for (int i = 0, k = 0; i < n; i++) {
            note(1, first[i], line.first[i], line, worst, where);
            for (int j = i; j < n; j++, k++) {
                note(2, second(row, x, z, i, j), line.second[k], line, worst, where);
            }
        }
    }

    private static double[] first(Elementary row, double[] x, double z) {
        return switch (row) {
            case Unary f -> new double[] {f.first(x[0], z)};
            case Binary f -> new double[] {f.fx(x[0], x[1], z), f.fy(x[0], x[1], z)};
            case Nary f -> f.first().all(x, z);
        };
    }

    private static double second(Elementary row, double[] x, double z, int i, int j) {
        return switch (row) {
            case Unary f -> f.second(x[0], z, f.first(x[0], z));
            case Binary f -> i + j == 0 ? f.fxx(x[0], x[1], z) : i + j == 1 ? f.fxy(x[0], x[1], z) : f.fyy(x[0], x[1], z);
            case Nary f -> f.second().at(x, z, i, j);
        };
    }

    private static void note(int kind, double actual, String expected, Line line, double[] worst, String[] where) {
        if (expected.equals("-")) {
            return;
        }
        String[] parts = expected.split("~", -1);
        // What is badly conditioned may be off by as much more.
        double excess = parts.length > 1 ? Double.parseDouble(parts[1]) / 16 : 1;
        double ulps = ulps(actual, new BigDecimal(parts[0])) / excess;
        if (!(ulps <= worst[kind])) {
            worst[kind] = ulps;
            where[kind] = " at " + Arrays.toString(line.x) + ": " + actual + ", should be " + expected;
        }
    }

    /** How far a number is from the exact one, in ulp of it; nothing below the least normal number counts. */
    private static double ulps(double actual, BigDecimal exact) {
        if (!Double.isFinite(actual)) {
            return Math.abs(exact.doubleValue()) == Double.POSITIVE_INFINITY && actual == exact.doubleValue()
                    ? 0 : Double.POSITIVE_INFINITY;
        }
        double unit = Math.max(Math.ulp(exact.doubleValue()), Math.ulp(Double.MIN_NORMAL));
        return new BigDecimal(actual).subtract(exact).abs().divide(new BigDecimal(unit), MathContext.DECIMAL64).doubleValue();
    }

    @Test
    void theFileHasEveryRowOfTheTable() {
        assertEquals(
                ElementaryTable.rows().stream().filter(row -> row != Piecewise.NEXT_UP).map(Elementary::name).collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(lines().keySet()));
    }

    private static Map<String, List<Line>> lines() {
        Map<String, List<Line>> lines = new LinkedHashMap<>();
        try (var in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(AccuracyTest.class.getResourceAsStream("row_values.csv")), StandardCharsets.UTF_8))) {
            in.lines().map(text -> text.split("\\|")).forEach(cells -> lines
                    .computeIfAbsent(cells[0], _ -> new ArrayList<>())
                    .add(new Line(
                            Arrays.stream(cells[1].split(",")).mapToDouble(Double::parseDouble).toArray(),
                            cells[2], cells[3].split(","), cells[4].split(","))));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return lines;
    }
}
