package org.wengert.core.numeric;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * What becomes of finite differences as the step shrinks from 10⁻¹ to 10⁻¹⁶: first they gain digits, then they
 * lose them again to rounding. For a table or a plot; {@link #toString} is the table.
 *
 * @param exact the derivative that they are compared with
 * @param rows  one for each step, the largest first
 */
public record StepSizeStudy(double exact, List<Row> rows) {

    /**
     * The differences for one step.
     *
     * @param step          h
     * @param forward       (f(x+h) - f(x)) / h
     * @param forwardDigits how many digits it shares with the exact derivative
     * @param central       (f(x+h) - f(x-h)) / 2h
     * @param centralDigits how many digits it shares with the exact derivative
     */
    public record Row(double step, double forward, double forwardDigits, double central, double centralDigits) {}

    /** Copies the rows. */
    public StepSizeStudy {
        rows = List.copyOf(rows);
    }

    /**
     * Studies a function at a point; 48 values of f.
     *
     * @param exact f'(x), for example by automatic differentiation
     */
    public static StepSizeStudy of(DoubleUnaryOperator f, double x, double exact) {
        return new StepSizeStudy(exact, IntStream.rangeClosed(1, 16).mapToObj(k -> row(f, x, exact, k)).toList());
    }

    private static Row row(DoubleUnaryOperator f, double x, double exact, int k) {
        double step = Double.parseDouble("1e-" + k);
        double forward = FiniteDifferences.forward(f, x, step);
        double central = FiniteDifferences.central(f, x, step);
        return new Row(step, forward, Digits.shared(forward, exact), central, Digits.shared(central, exact));
    }

    /** The study as a table, one line for each step. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("  step                 forward  digits                 central  digits\n");
        for (Row row : rows) {
            table.append(String.format(Locale.ROOT, "%6.0e %23.16e  %6.1f %23.16e  %6.1f%n",
                    row.step, row.forward, row.forwardDigits, row.central, row.centralDigits));
        }
        return table.append(String.format(Locale.ROOT, " exact %23.16e%n", exact)).toString();
    }
}
