package org.wengert.core.elementary;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A row for a function z = f(x₀, …, xₙ₋₁) of three or more, or of any number of arguments.
 *
 * @param name    the name in formulas
 * @param arity   the number of arguments; {@link #ANY} for any number from 1
 * @param value   f(x); must not change x
 * @param first   ∂f/∂xᵢ
 * @param second  ∂²f/∂xᵢ∂xⱼ
 * @param partials for a row of fixed arity, ∂f/∂xᵢ as formulas in {@code x0}, {@code x1}, … and the result
 *                {@code z}; for any number of arguments ONE formula, of ∂f/∂xᵢ in {@code x} (the argument
 *                xᵢ), {@code z}, and {@code rest} (f of the other arguments), or empty where none exists
 * @param notes   what the documentation says of the row
 */
public record Nary(
        String name,
        int arity,
        ToDoubleFunction<double[]> value,
        First first,
        Second second,
        List<String> partials,
        Notes notes)
        implements Elementary {

    /** The {@link #arity} of a row that takes any number of arguments. */
    public static final int ANY = -1;

    /** A first partial derivative. */
    @FunctionalInterface
    public interface First {
        /** ∂f/∂xᵢ at x, given z = f(x). */
        double at(double[] x, double z, int i);
    }

    /** A second partial derivative. */
    @FunctionalInterface
    public interface Second {
        /** ∂²f/∂xᵢ∂xⱼ at x, given z = f(x). */
        double at(double[] x, double z, int i, int j);
    }

    /** Checks nothing but keeps the list of partials unmodifiable. */
    public Nary {
        partials = List.copyOf(partials);
    }

    /** f(x). */
    public double value(double[] x) {
        return value.applyAsDouble(x);
    }

    /** ∂f/∂xᵢ, given z = f(x); NaN where the value is NaN. */
    public double first(double[] x, double z, int i) {
        return Double.isNaN(z) ? Double.NaN : first.at(x, z, i);
    }

    /** ∂²f/∂xᵢ∂xⱼ, given z = f(x); NaN where the value is NaN. */
    public double second(double[] x, double z, int i, int j) {
        return Double.isNaN(z) ? Double.NaN : second.at(x, z, i, j);
    }

    @Override
    public String toString() {
        return name;
    }
}
