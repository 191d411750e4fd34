package org.wengert.core;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.wengert.core.scalar.Scalar;

/**
 * A function of one variable together with its derivatives.
 *
 * <pre>{@code
 * var f = Univariate.of(x -> exp(x).times(sin(x)));
 * f.derivative(1.0);
 * f.derivatives(1.0, 10).derivative(10);
 * }</pre>
 *
 * <p>Immutable; as safe to share between threads as the function itself.
 */
public final class Univariate {

    private static final double[] UNIT = {1};

    private final Differentiable function;

    private Univariate(UnaryOperator<Scalar> function) {
        this.function = Differentiable.of(1, x -> function.apply(x[0]));
    }

    /**
     * A function of one variable.
     *
     * @param function the function; it must not keep state from call to call
     */
    public static Univariate of(UnaryOperator<Scalar> function) {
        return new Univariate(Objects.requireNonNull(function, "function"));
    }

    /** f(x). */
    public double value(double x) {
        return function.value(x);
    }

    /** f(x) at a point that may carry tangents of outer differentiations. */
    public Scalar value(Scalar x) {
        return function.value(x);
    }

    /** f'(x) at a point that may carry tangents of outer differentiations, as the result then does. */
    public Scalar derivative(Scalar x) {
        return function.jvp(new Scalar[] {x}, new Scalar[] {Scalar.of(1)}).tangent();
    }

    /** f'(x), in one pass. */
    public double derivative(double x) {
        return valueAndDerivative(x).tangent();
    }

    /** f(x) and f'(x), in one pass. */
    public Jvp valueAndDerivative(double x) {
        return function.jvp(new double[] {x}, UNIT);
    }

    /** f''(x), in one pass. */
    public double secondDerivative(double x) {
        return valueAndTwoDerivatives(x).second();
    }

    /** f(x), f'(x) and f''(x), in one pass. */
    public Along valueAndTwoDerivatives(double x) {
        return function.along(new double[] {x}, UNIT);
    }

    /**
     * f and its derivatives at x up to order K, with the Taylor polynomial in t = x' - x; in one pass of O(K²) per
     * operation.
     *
     * @param order K, at least 0
     */
    public Derivatives derivatives(double x, int order) {
        return function.derivatives(new double[] {x}, UNIT, order);
    }

    /** The same function as one of n = 1 variables. */
    public Differentiable differentiable() {
        return function;
    }
}
