package org.wengert.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.wengert.core.numeric.ComplexStep;
import org.wengert.core.numeric.Digits;
import org.wengert.core.numeric.FiniteDifferences;
import org.wengert.core.numeric.StepSizeStudy;

/**
 * Exact first derivatives of one output beside independent estimates of them: finite differences, and a complex step where
 * the formula allows it.
 *
 * @param entries one for each derivative
 */
record DerivativeCheck(List<Entry> entries) {

    /** What the estimates are called. */
    private static final List<String> METHODS = List.of("forward", "central", "ridders", "complexStep");

    /**
     * A derivative and the estimates of it.
     *
     * @param name      what it is, for example {@code d/dx}
     * @param exact     the derivative by automatic differentiation
     * @param estimates one for each method, NaN where the method does not apply
     * @param steps     differences for steps from 0.1 down
     */
    record Entry(String name, double exact, List<Double> estimates, StepSizeStudy steps) {

        static Entry of(String name, double exact, DoubleUnaryOperator f, double at, double complexStep) {
            return new Entry(name, exact,
                    List.of(FiniteDifferences.forward(f, at), FiniteDifferences.central(f, at),
                            FiniteDifferences.ridders(f, at).value(), complexStep),
                    StepSizeStudy.of(f, at, exact));
        }

        boolean applies(int method) {
            return !METHODS.get(method).equals("complexStep") || !Double.isNaN(estimates.get(method)) || Double.isNaN(exact);
        }

        double digits(int method) {
            return Digits.shared(exact, estimates.get(method));
        }
    }

    /**
     * Checks an output.
     *
     * @param f        the formulas
     * @param index    the output
     * @param gradient its exact gradient
     * @param along    a direction, or empty
     * @param jvp      the exact derivative along it
     */
    static DerivativeCheck of(DerivedFormula f, int index, double[] gradient, double[] along, double jvp) {
        List<Entry> entries = new ArrayList<>();
        double[] x = f.point();
        for (int j = 0; j < x.length; j++) {
            int moving = j;
            double[] unit = new double[x.length];
            unit[j] = 1;
            entries.add(Entry.of("d/d" + f.wrt().get(j), gradient[j], t -> {
                double[] moved = x.clone();
                moved[moving] = t;
                return f.value(moved)[index];
            }, x[j], complexStep(f, index, unit)));
        }
        if (along.length > 0) {
            entries.add(Entry.of("along", jvp, t -> {
                double[] moved = x.clone();
                for (int j = 0; j < x.length; j++) {
                    moved[j] += along[j] == 0 ? 0 : t * along[j];
                }
                return f.value(moved)[index];
            }, 0, complexStep(f, index, along)));
        }
        return new DerivativeCheck(entries);
    }

    /** NaN if the formula has a function with a kink or no complex form. */
    private static double complexStep(DerivedFormula f, int index, double[] direction) {
        try {
            return ComplexStep.jvp(f.formula().output(index), f.arguments(f.point()), f.padded(direction))[0];
        } catch (IllegalArgumentException _) {
            return Double.NaN;
        }
    }

    /** The tables: each derivative with its estimates, and the digits by step size. */
    String text() {
        TextTable table = new TextTable();
        List<String> head = new ArrayList<>(List.of("check"));
        entries.forEach(entry -> head.addAll(List.of(entry.name, "digits")));
        table.row(head);
        row(table, "exact", entry -> entry.exact, _ -> "");
        for (int m = 0; m < METHODS.size(); m++) {
            int method = m;
            String name = List.of("forward difference", "central difference", "Ridders' method", "complex step").get(m);
            if (entries.stream().anyMatch(entry -> entry.applies(method))) {
                row(table, name, entry -> entry.estimates.get(method), entry -> digits(entry.digits(method)));
            } else {
                table.row(name, "not analytic");
            }
        }
        return table + "\n" + steps();
    }

    private interface Text {
        String of(Entry entry);
    }

    private void row(TextTable table, String name, ToDoubleFunction<Entry> number, Text digits) {
        List<String> row = new ArrayList<>(List.of(name));
        for (Entry entry : entries) {
            row.add(Double.toString(number.applyAsDouble(entry)));
            row.add(digits.of(entry));
        }
        table.row(row);
    }

    private TextTable steps() {
        TextTable table = new TextTable();
        List<String> head = new ArrayList<>(List.of("digits by step"));
        entries.forEach(entry -> head.addAll(List.of(entry.name + " forward", "central")));
        table.row(head);
        for (int k = 0; k < entries.getFirst().steps.rows().size(); k++) {
            List<String> row = new ArrayList<>();
            for (Entry entry : entries) {
                StepSizeStudy.Row differences = entry.steps.rows().get(k);
                if (row.isEmpty()) {
                    row.add(String.format(Locale.ROOT, "%.0e", differences.step()));
                }
                row.add(digits(differences.forwardDigits()));
                row.add(digits(differences.centralDigits()));
            }
            table.row(row);
        }
        return table;
    }

    private static String digits(double digits) {
        return String.format(Locale.ROOT, "%.1f", digits);
    }

    /** For JSON: by derivative, the exact one and each estimate with the digits they share. */
    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("exact", entry.exact);
            for (int m = 0; m < METHODS.size(); m++) {
                if (entry.applies(m)) {
                    Map<String, Object> estimate = new LinkedHashMap<>();
                    estimate.put("value", entry.estimates.get(m));
                    estimate.put("digits", entry.digits(m));
                    one.put(METHODS.get(m), estimate);
                }
            }
            all.put(entry.name, one);
        }
        return all;
    }
}
