package org.wengert.core.elementary;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * A row for a function z = f(x₀, …, xₙ₋₁) of three or more, or of any number of arguments.
 *
 * @param name    the name in formulas
 * @param arity   the number of arguments; {@link #ANY} for any number from 1
 * @param value   f(x); must not change x
 * @param first   ∂f/∂xᵢ, one by one or {@linkplain First#together all together}
 * @param second  ∂²f/∂xᵢ∂xⱼ, entry by entry or {@linkplain Second#along times a direction}
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

    /** The first partial derivatives. */
    @FunctionalInterface
    public interface First {
        /** ∂f/∂xᵢ at x, given z = f(x). */
        double at(double[] x, double z, int i);

        /** All ∂f/∂xᵢ at x, given z = f(x). */
        default double[] all(double[] x, double z) {
            double[] gradient = new double[x.length];
            Arrays.setAll(gradient, i -> at(x, z, i));
            return gradient;
        }

        /** First partial derivatives that are cheaper together than one by one. */
        static First together(Together all) {
            return new First() {
                @Override
                public double at(double[] x, double z, int i) {
                    return all.at(x, z)[i];
                }

                @Override
                public double[] all(double[] x, double z) {
                    return all.at(x, z);
                }
            };
        }
    }

    /** All first partial derivatives at once. */
    @FunctionalInterface
    public interface Together {
        /** The gradient at x, a new array, given z = f(x). */
        double[] at(double[] x, double z);
    }

    /** The second partial derivatives. */
    @FunctionalInterface
    public interface Second {
        /** ∂²f/∂xᵢ∂xⱼ at x, given z = f(x). */
        double at(double[] x, double z, int i, int j);

        /** The Hessian at x times a direction, given z = f(x). */
        default double[] times(double[] x, double z, double[] direction) {
            double[] product = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < x.length; j++) {
                    if (direction[j] != 0) {
                        product[i] += at(x, z, i, j) * direction[j];
                    }
                }
            }
            return product;
        }

        /** Second partial derivatives whose Hessian is cheaper applied to a direction than entry by entry. */
        static Second along(Along times) {
            return new Second() {
                @Override
                public double at(double[] x, double z, int i, int j) {
                    double[] unit = new double[x.length];
                    unit[j] = 1;
                    return times.at(x, z, unit)[i];
                }

                @Override
                public double[] times(double[] x, double z, double[] direction) {
                    return times.at(x, z, direction);
                }
            };
        }
    }

    /** The Hessian times a direction. */
    @FunctionalInterface
    public interface Along {
        /** H · direction at x, a new array, given z = f(x). */
        double[] at(double[] x, double z, double[] direction);
    }

    /** Checks nothing but keeps the list of partials unmodifiable. */
    public Nary {
        partials = List.copyOf(partials);
    }

    /**
     * A user-defined function of several arguments with its gradient. Asking for a second derivative throws an
     * {@link UnsupportedOperationException}.
     *
     * <p>Keep the row in a {@code static final} field. The functions must be pure and must not change the array
     * they are given; they may be called from any thread. Where f(x) is NaN, the gradient is not called.
     *
     * @param name     a letter followed by letters, digits and underscores
     * @param arity    the number of arguments, or {@link #ANY}
     * @param value    f(x)
     * @param gradient the partial derivatives ∂f/∂xᵢ at x, one for each argument
     * @throws IllegalArgumentException if the name cannot stand in a formula or the arity is neither positive nor ANY
     */
    public static Nary of(
            String name, int arity, ToDoubleFunction<double[]> value, UnaryOperator<double[]> gradient) {
        return of(name, arity, value, gradient, _ -> {
            throw UserDefined.noSecond(name, "Nary.of(name, arity, f, gradient, hessian)");
        });
    }

    /**
     * A user-defined function of several arguments with its gradient and its Hessian, as in
     * {@link #of(String, int, ToDoubleFunction, UnaryOperator)}.
     *
     * @param hessian ∂²f/∂xᵢ∂xⱼ at x, one row for each argument
     */
    public static Nary of(
            String name,
            int arity,
            ToDoubleFunction<double[]> value,
            UnaryOperator<double[]> gradient,
            Function<double[], double[][]> hessian) {
        UserDefined.given(gradient, "gradient");
        UserDefined.given(hessian, "hessian");
        if (arity < 1 && arity != ANY) {
            throw new IllegalArgumentException("arity must be positive or Nary.ANY, but was " + arity);
        }
        return new Nary(
                UserDefined.name(name), arity, UserDefined.given(value, "value"),
                First.together((x, z) -> UserDefined.sized(gradient.apply(x), x.length, name, "gradient")),
                Second.along((x, z, v) -> times(hessian.apply(x), v, name)),
                List.of(), UserDefined.notes(name));
    }

    private static double[] times(double[][] hessian, double[] v, String name) {
        if (UserDefined.given(hessian, "hessian of " + name).length != v.length) {
            throw new IllegalStateException("hessian of " + name + " must have " + v.length
                    + " rows, one for each argument, but had " + hessian.length);
        }
        double[] product = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            double[] row = UserDefined.sized(hessian[i], v.length, name, "row " + i + " of the hessian");
            for (int j = 0; j < v.length; j++) {
                product[i] += v[j] == 0 ? 0 : row[j] * v[j];
            }
        }
        return product;
    }

    /**
     * This row with its first partial derivatives stated as formulas too, so that derivatives of any order can be
     * taken, and programs that contain the function can be differentiated and printed.
     *
     * @param partials one formula for each argument, or one for all if the arity is {@link #ANY}; see {@link Nary}
     * @throws IllegalArgumentException if there are more or fewer
     */
    public Nary withDerivatives(String... partials) {
        int needed = arity == ANY ? 1 : arity;
        if (partials.length != needed) {
            throw new IllegalArgumentException(
                    "partials of " + name + " must be " + needed + ", but were " + partials.length);
        }
        return new Nary(name, arity, value, first, second, List.of(partials), notes);
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

    /** All ∂f/∂xᵢ, a new array, given z = f(x); NaN where the value is NaN. Costs no more than n times the value. */
    public double[] gradient(double[] x, double z) {
        return Double.isNaN(z) ? nans(x.length) : first.all(x, z);
    }

    /**
     * The Hessian times a direction, a new array, given z = f(x); NaN where the value is NaN. Reductions take
     * time linear in the number of arguments.
     */
    public double[] hessianTimes(double[] x, double z, double[] direction) {
        return Double.isNaN(z) ? nans(x.length) : second.times(x, z, direction);
    }

    private static double[] nans(int n) {
        double[] all = new double[n];
        Arrays.fill(all, Double.NaN);
        return all;
    }

    @Override
    public String toString() {
        return name;
    }
}
