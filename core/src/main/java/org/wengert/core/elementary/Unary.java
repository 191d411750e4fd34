package org.wengert.core.elementary;

import java.util.function.DoubleUnaryOperator;

/**
 * A row for a function y = f(x) of one argument.
 *
 * <p>The derivative is stated twice. {@link #first} and {@link #second} are {@code double} functions that
 * are right to a few ulp over the whole domain, at its ends and at kinks (they may reuse what is already
 * known: y and f'). {@link #derivative} is the same f' as a formula in {@code x} and {@code y} over other
 * rows, which can be evaluated in any arithmetic, printed, and differentiated again. A test holds the two
 * together.
 *
 * @param name       the name in formulas
 * @param value      f(x)
 * @param first      f'(x), given x and y = f(x)
 * @param second     f''(x), given x, y and d = f'(x)
 * @param derivative f' as a formula in {@code x} and {@code y}, for example {@code cos(x)}
 * @param notes      what the documentation says of the row
 */
public record Unary(
        String name, DoubleUnaryOperator value, First first, Second second, String derivative, Notes notes)
        implements Elementary {

    /** f'(x), given x and y = f(x). */
    @FunctionalInterface
    public interface First {
        /** f'(x), given x and y = f(x). */
        double at(double x, double y);
    }

    /** f''(x), given x, y = f(x) and d = f'(x). */
    @FunctionalInterface
    public interface Second {
        /** f''(x), given x, y = f(x) and d = f'(x). */
        double at(double x, double y, double d);
    }

    /** f(x). */
    public double value(double x) {
        return value.applyAsDouble(x);
    }

    /** f'(x), given y = f(x); NaN where the value is NaN. */
    public double first(double x, double y) {
        return Double.isNaN(y) ? Double.NaN : first.at(x, y);
    }

    /** f''(x), given y = f(x) and d = f'(x); NaN where the value is NaN. */
    public double second(double x, double y, double d) {
        return Double.isNaN(y) ? Double.NaN : second.at(x, y, d);
    }

    @Override
    public String toString() {
        return name;
    }
}
