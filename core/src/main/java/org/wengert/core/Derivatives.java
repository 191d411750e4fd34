package org.wengert.core;

import java.util.Arrays;
import java.util.Objects;

/**
 * A function of one variable t near t = 0: its value and its derivatives up to some order, as the coefficients
 * of its Taylor polynomial. They are scaled by 1/k!, so that they stay in range where the derivatives themselves
 * would not.
 *
 * @param coefficients yₖ = (1/k!) dᵏy/dtᵏ, one for each k from 0 to the order; the caller's own
 */
public record Derivatives(double[] coefficients) {

    /** Checks that there is a value at least; the array is not copied. */
    public Derivatives {
        if (coefficients.length == 0) {
            throw new IllegalArgumentException("coefficients must be at least 1, but were none");
        }
    }

    /** The highest derivative that is known. */
    public int order() {
        return coefficients.length - 1;
    }

    /** The value at t = 0. */
    public double value() {
        return coefficients[0];
    }

    /**
     * dᵏy/dtᵏ at t = 0: the coefficient times k!. Infinite where that is larger than a double can be.
     *
     * @throws IndexOutOfBoundsException if k is negative or larger than the order
     */
    public double derivative(int k) {
        double d = coefficients[Objects.checkIndex(k, coefficients.length)];
        for (int i = 2; i <= k; i++) {
            d *= i;
        }
        return d;
    }

    /** The value and all derivatives, from order 0 on; the caller's own. */
    public double[] derivatives() {
        double[] d = new double[coefficients.length];
        Arrays.setAll(d, this::derivative);
        return d;
    }

    /** The Taylor polynomial Σₖ yₖ tᵏ at t, by Horner's rule. */
    public double at(double t) {
        double sum = 0;
        for (int k = order(); k >= 0; k--) {
            sum = sum * t + coefficients[k];
        }
        return sum;
    }

    /** Whether all coefficients are the same, by {@link Double#compare}. */
    @Override
    public boolean equals(Object that) {
        return that instanceof Derivatives d && Arrays.equals(coefficients, d.coefficients);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(coefficients);
    }

    @Override
    public String toString() {
        return "Derivatives" + Arrays.toString(derivatives());
    }
}
