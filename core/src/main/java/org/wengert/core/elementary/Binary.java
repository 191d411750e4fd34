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
 * @param dx    ∂f/∂x as a formula in {@code x}, {@code y} and {@code z}
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
