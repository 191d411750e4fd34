package org.wengert.core.elementary;

import java.util.function.DoubleBinaryOperator;

/**
 * A row for a function z = f(x, y) of two arguments. As in {@link Unary}, the first partial derivatives
 * are stated as {@code double} functions and as formulas (in {@code x}, {@code y} and the result
 * {@code z}).
 *
 * @param name  the name in formulas
 * @param value f(x, y)
 * @param fx    ∂f/∂x, given x, y and z = f(x, y)
 * @param fy    ∂f/∂y
 * @param fxx   ∂²f/∂x²
 * @param fxy   ∂²f/∂x∂y
 * @param fyy   ∂²f/∂y²
 * @param dx    ∂f/∂x as a formula in {@code x}, {@code y} and {@code z}; empty if none is known (user-defined
 *              functions only)
 * @param dy    ∂f/∂y as a formula
 * @param notes what the documentation says of the row
 */
public record Binary(
        String name,
        DoubleBinaryOperator value,
        Partial fx,
        Partial fy,
        Partial fxx,
        Partial fxy,
        Partial fyy,
        String dx,
        String dy,
        Notes notes)
        implements Elementary {

    /** A partial derivative at (x, y), given the value z = f(x, y) too. */
    @FunctionalInterface
    public interface Partial {
        /** The partial derivative at (x, y), given z = f(x, y). */
        double at(double x, double y, double z);
    }

    /**
     * A user-defined function of two arguments with its first partial derivatives. Asking for a second derivative
     * throws an {@link UnsupportedOperationException}.
     *
     * <p>Keep the row in a {@code static final} field. The functions must be pure; they may be called from any
     * thread. Where f(x, y) is NaN, the partial derivatives are not called.
     *
     * @param name  a letter followed by letters, digits and underscores
     * @param value f(x, y)
     * @param fx    ∂f/∂x
     * @param fy    ∂f/∂y
     * @throws IllegalArgumentException if the name cannot stand in a formula
     */
    public static Binary of(
            String name, DoubleBinaryOperator value, DoubleBinaryOperator fx, DoubleBinaryOperator fy) {
        DoubleBinaryOperator none = (x, y) -> {
            throw UserDefined.noSecond(name, "Binary.of(name, f, fx, fy, fxx, fxy, fyy)");
        };
        return of(name, value, fx, fy, none, none, none);
    }

    /**
     * A user-defined function of two arguments with its first and second partial derivatives, as in
     * {@link #of(String, DoubleBinaryOperator, DoubleBinaryOperator, DoubleBinaryOperator)}.
     *
     * @param fxx ∂²f/∂x²
     * @param fxy ∂²f/∂x∂y
     * @param fyy ∂²f/∂y²
     */
    public static Binary of(
            String name,
            DoubleBinaryOperator value,
            DoubleBinaryOperator fx,
            DoubleBinaryOperator fy,
            DoubleBinaryOperator fxx,
            DoubleBinaryOperator fxy,
            DoubleBinaryOperator fyy) {
        return new Binary(
                UserDefined.name(name), UserDefined.given(value, "value"),
                partial(fx, "fx"), partial(fy, "fy"),
                partial(fxx, "fxx"), partial(fxy, "fxy"), partial(fyy, "fyy"),
                "", "", UserDefined.notes(name));
    }

    private static Partial partial(DoubleBinaryOperator f, String what) {
        UserDefined.given(f, what);
        return (x, y, z) -> f.applyAsDouble(x, y);
    }

    /**
     * This row with its first partial derivatives stated as formulas too, so that derivatives of any order can be
     * taken, and programs that contain the function can be differentiated and printed.
     *
     * @param dx ∂f/∂x in {@code x}, {@code y} and {@code z} over known functions
     * @param dy ∂f/∂y
     */
    public Binary withDerivatives(String dx, String dy) {
        return new Binary(name, value, fx, fy, fxx, fxy, fyy,
                UserDefined.given(dx, "dx"), UserDefined.given(dy, "dy"), notes);
    }

    /** f(x, y). */
    public double value(double x, double y) {
        return value.applyAsDouble(x, y);
    }

    /** ∂f/∂x, given z = f(x, y); NaN where the value is NaN. */
    public double fx(double x, double y, double z) {
        return Double.isNaN(z) ? Double.NaN : fx.at(x, y, z);
    }

    /** ∂f/∂y, given z = f(x, y); NaN where the value is NaN. */
    public double fy(double x, double y, double z) {
        return Double.isNaN(z) ? Double.NaN : fy.at(x, y, z);
    }

    /** ∂²f/∂x², given z = f(x, y); NaN where the value is NaN. */
    public double fxx(double x, double y, double z) {
        return Double.isNaN(z) ? Double.NaN : fxx.at(x, y, z);
    }

    /** ∂²f/∂x∂y, given z = f(x, y); NaN where the value is NaN. */
    public double fxy(double x, double y, double z) {
        return Double.isNaN(z) ? Double.NaN : fxy.at(x, y, z);
    }

    /** ∂²f/∂y², given z = f(x, y); NaN where the value is NaN. */
    public double fyy(double x, double y, double z) {
        return Double.isNaN(z) ? Double.NaN : fyy.at(x, y, z);
    }

    @Override
    public String toString() {
        return name;
    }
}
