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
 * @param derivative f' as a formula in {@code x} and {@code y}, for example {@code cos(x)}; empty if none is known
 *                   (user-defined functions only)
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

    /**
     * A user-defined function with its first derivative. Asking for a second derivative throws an
     * {@link UnsupportedOperationException}.
     *
     * <p>Keep the row in a {@code static final} field. The functions must be pure; they may be called from any
     * thread. Where f(x) is NaN, f' is not called.
     *
     * @param name  a letter followed by letters, digits and underscores
     * @param value f(x)
     * @param first f'(x)
     * @throws IllegalArgumentException if the name cannot stand in a formula
     */
    public static Unary of(String name, DoubleUnaryOperator value, DoubleUnaryOperator first) {
        DoubleUnaryOperator none = x -> {
            throw UserDefined.noSecond(name, "Unary.of(name, f, f', f'')");
        };
        return of(name, value, first, none);
    }

    /**
     * A user-defined function with its first and second derivatives, as in
     * {@link #of(String, DoubleUnaryOperator, DoubleUnaryOperator)}.
     *
     * @param second f''(x)
     */
    public static Unary of(
            String name, DoubleUnaryOperator value, DoubleUnaryOperator first, DoubleUnaryOperator second) {
        UserDefined.given(first, "first");
        UserDefined.given(second, "second");
        return new Unary(
                UserDefined.name(name), UserDefined.given(value, "value"),
                (x, y) -> first.applyAsDouble(x), (x, y, d) -> second.applyAsDouble(x),
                "", UserDefined.notes(name));
    }

    /**
     * This row with f' stated as a formula too, so that derivatives of any order can be taken, and programs
     * that contain the function can be differentiated and printed.
     *
     * @param formula f' in {@code x} and {@code y} over known functions, for example {@code y*sigmoid(-x)}
     */
    public Unary withDerivative(String formula) {
        return new Unary(name, value, first, second, UserDefined.given(formula, "formula"), notes);
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
