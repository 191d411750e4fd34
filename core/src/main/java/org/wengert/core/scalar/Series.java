package org.wengert.core.scalar;

import static org.wengert.core.scalar.Lanes.absorb;
import static org.wengert.core.scalar.Lanes.cross;

/**
 * Single coefficients of truncated power series x = Σ xₖ tᵏ.
 *
 * <p>Coefficients of order 1 and higher are tangents: where one is zero it stays zero, whatever it is
 * multiplied with.
 *
 * <p>Source: A. Griewank and A. Walther, "Evaluating Derivatives", 2nd ed., SIAM 2008, table 13.1 and 13.2.
 */
final class Series {

    private Series() {}

    /** (x·y)ₖ = Σⱼ xⱼ yₖ₋ⱼ, k ≥ 1. */
    static double times(double[] x, double[] y, int k) {
        double sum = absorb(y[0], x[k]) + absorb(x[0], y[k]);
        for (int j = 1; j < k; j++) {
            sum += cross(x[j], y[k - j]);
        }
        return sum;
    }

    /** (x/y)ₖ = (xₖ - Σⱼ yⱼ zₖ₋ⱼ) / y₀ with z = x/y known below k ≥ 1. */
    static double div(double[] x, double[] y, double[] z, int k) {
        double sum = absorb(z[0], y[k]);
        for (int j = 1; j < k; j++) {
            sum += cross(y[j], z[k - j]);
        }
        return x[k] == sum ? 0 : (x[k] - sum) / y[0];
    }

    /**
     * yₖ of y with y' = d·x', so yₖ = (1/k) Σⱼ j xⱼ dₖ₋ⱼ, k ≥ 1: the chain rule, where d is the series of a partial
     * derivative along x.
     */
    static double chain(double[] x, double[] d, int k) {
        double sum = 0;
        for (int j = 1; j < k; j++) {
            sum += j * cross(x[j], d[k - j]);
        }
        return sum / k + absorb(d[0], x[k]);
    }

    /** (xᵖ)ₖ = Σⱼ (p j - (k - j)) xⱼ zₖ₋ⱼ / (k x₀) with z = xᵖ known below k ≥ 1; for x₀ ≠ 0. From x z' = p z x'. */
    static double power(double[] x, double p, double[] z, int k) {
        double sum = p * k * absorb(z[0], x[k]);
        for (int j = 1; j < k; j++) {
            sum += (p * j - (k - j)) * cross(x[j], z[k - j]);
        }
        return sum / k / x[0];
    }
}
