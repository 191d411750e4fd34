package org.wengert.core.elementary;

import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * Derivatives of the gamma distribution in its shape a, of any order.
 *
 * <p>Everything is computed with truncated series in ε, for a + ε. The density is g(a) times the exponential of
 * ε (ln x - ψ(a)) - ε²/2! ψ′(a) - …. The distribution function is x g/a times the series Σ xᵏ/((a+1)…(a+k)) where x &lt; a + 1, and
 * one less x g times Legendre's continued fraction elsewhere; in either region the terms of the first derivative have one sign.
 *
 * <p>Source: DLMF 8.7.1, 8.9.2; R. J. Moore, "Algorithm AS 187: derivatives of the incomplete gamma integral", Applied Statistics 31
 * (1982), for the idea.
 */
final class GammaShape {

    private static final int MOST_ORDER = 100;
    private static final int MOST_TERMS = 1_000_000;

    private GammaShape() {}

    /** x^(a-1) e^(-x)/Γ(a). */
    static double density(double a, double x) {
        if (!(a > 0 && x >= 0)) {
            return Double.NaN;
        }
        return x == 0 ? (a < 1 ? Double.POSITIVE_INFINITY : a == 1 ? 1 : 0)
                : x == Double.POSITIVE_INFINITY || a == Double.POSITIVE_INFINITY ? 0
                : RegularizedGamma.P.derivative(a, x);
    }

    /** ∂ⁿ/∂aⁿ x^(a-1) e^(-x)/Γ(a); NaN if n is not one of 0, 1, …, 100. */
    static double density(double n, double a, double x) {
        if (!isOrder(n)) {
            return Double.NaN;
        }
        double g = density(a, x);
        if (n == 0 || g == 0 || !Double.isFinite(g)) {
            return n == 0 || g == 0 ? g : Double.NaN;
        }
        int order = (int) n;
        return g * factorial(order) * exponential(order, a, Math.log(x) - Polygamma.value(0, a))[order];
    }

    /** ∂ⁿ/∂aⁿ P(a, x); NaN if n is not one of 0, 1, …, 100. */
    static double distribution(double n, double a, double x) {
        if (!isOrder(n) || !(a > 0 && x >= 0)) {
            return Double.NaN;
        }
        if (n == 0) {
            return RegularizedGamma.P.value(a, x);
        }
        double g = density(a, x);
        if (x == 0 || g == 0) {
            return 0;
        }
        int order = (int) n;
        double shift = Math.log(x) - Polygamma.value(0, a);
        if (x < a + 1) {
            // ψ(a+1) = ψ(a) + 1/a, and likewise for its derivatives
            double[] power = exponential(order, a + 1, Math.log(x) - Polygamma.value(0, a + 1));
            return g * x / a * factorial(order) * product(power, ascending(order, a, x), order);
        }
        return -g * x * factorial(order) * product(exponential(order, a, shift), fraction(order, a, x), order);
    }

    private static boolean isOrder(double n) {
        return n >= 0 && n <= MOST_ORDER && n == Math.rint(n);
    }

    private static double factorial(int n) {
        double f = 1;
        for (int k = 2; k <= n; k++) {
            f *= k;
        }
        return f;
    }

    /** exp(first ε - ψ′(a) ε²/2! - ψ″(a) ε³/3! - …). */
    private static double[] exponential(int order, double a, double first) {
        double[] s = new double[order + 1];
        double factorial = 1;
        for (int k = 1; k <= order; k++) {
            factorial *= k;
            s[k] = k == 1 ? first : -Polygamma.value(k - 1, a) / factorial;
        }
        double[] e = new double[order + 1];
        e[0] = 1;
        for (int k = 1; k <= order; k++) {
            for (int j = 1; j <= k; j++) {
                e[k] += j * s[j] * e[k - j] / k;
            }
        }
        return e;
    }

    /** Σₖ xᵏ/((a+1+ε)…(a+k+ε)). */
    private static double[] ascending(int order, double a, double x) {
        double[] term = new double[order + 1];
        term[0] = 1;
        double[] sum = term.clone();
        for (int k = 1; k < MOST_TERMS; k++) {
            // divided by a + k + ε, in place
            for (int i = 0; i <= order; i++) {
                term[i] = (x * term[i] - (i == 0 ? 0 : term[i - 1])) / (a + k);
            }
            boolean small = true;
            for (int i = 0; i <= order; i++) {
                sum[i] += term[i];
                small &= Math.abs(term[i]) <= 0x1p-56 * Math.abs(sum[i]);
            }
            if (small) {
                return sum;
            }
        }
        sum[order] = Double.NaN;
        return sum;
    }

    /** 1/(x+1-a-ε - 1(1-a-ε)/(x+3-a-ε - 2(2-a-ε)/(x+5-a-ε - …))), by Lentz's method with series for numbers. */
    private static double[] fraction(int order, double a, double x) {
        double[] b = new double[order + 1];
        double[] numerator = new double[order + 1];
        b[0] = x + 1 - a;
        if (order > 0) {
            b[1] = -1;
        }
        double[] d = reciprocal(b);
        double[] h = d.clone();
        double[] c = new double[order + 1];
        c[0] = 1e300;
        for (int k = 1; k < MOST_TERMS; k++) {
            numerator[0] = -k * (k - a);
            if (order > 0) {
                numerator[1] = k;
            }
            b[0] += 2;
            double[] below = product(numerator, d);
            double[] above = product(numerator, reciprocal(c));
            for (int i = 0; i <= order; i++) {
                below[i] += b[i];
                above[i] += b[i];
            }
            d = reciprocal(below);
            c = above;
            double[] factor = product(c, d);
            h = product(h, factor);
            boolean small = Math.abs(factor[0] - 1) <= 0x1p-53;
            for (int i = 1; i <= order; i++) {
                small &= Math.abs(factor[i] * h[0]) <= 0x1p-54 * Math.abs(h[i]);
            }
            if (small) {
                return h;
            }
        }
        h[order] = Double.NaN;
        return h;
    }

    private static double[] product(double[] a, double[] b) {
        double[] c = new double[a.length];
        for (int k = 0; k < c.length; k++) {
            c[k] = product(a, b, k);
        }
        return c;
    }

    /** The coefficient of εᵏ in a·b. */
    private static double product(double[] a, double[] b, int k) {
        double c = 0;
        for (int j = 0; j <= k; j++) {
            c += a[j] * b[k - j];
        }
        return c;
    }

    private static double[] reciprocal(double[] a) {
        double[] r = new double[a.length];
        r[0] = 1 / a[0];
        for (int k = 1; k < r.length; k++) {
            double s = 0;
            for (int j = 1; j <= k; j++) {
                s += a[j] * r[k - j];
            }
            r[k] = -s / a[0];
        }
        return r;
    }
}
