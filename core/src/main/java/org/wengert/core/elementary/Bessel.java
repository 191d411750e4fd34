package org.wengert.core.elementary;

/**
 * Bessel functions Jₙ and jₙ.
 *
 * <p>Small arguments: the power series. Orders above the argument, and moderate arguments: Miller's backward recurrence, made
 * absolute by J₀ + 2J₂ + 2J₄ + … = 1, or by j₀ or j₁. Elsewhere forward recurrence from orders 0 and 1, which are
 * Hankel's asymptotic expansion for Jₙ and sines and cosines for jₙ. Errors are a few ulp of the amplitude.
 *
 * <p>Source: DLMF 10.2.2, 10.17.3, 10.51, 10.53, 10.74(iv); J. C. P. Miller, British Association Mathematical Tables X (1952).
 */
final class Bessel {

    /** Beyond this order nothing is computed. */
    private static final double MOST_ORDER = 10_000;

    /** From here on Hankel's expansion of orders 0 and 1 has terms below 1e-17. */
    private static final double FAR = 25;

    private static final double LARGE = 0x1p500;

    private Bessel() {}

    /** Jₙ(x), n a whole number from -10000 to 10000; NaN for any other n. */
    static double cylindrical(double n, double x) {
        if (n != Math.rint(n) || Math.abs(n) > MOST_ORDER || Double.isNaN(x)) {
            return Double.NaN;
        }
        int order = (int) Math.abs(n);
        double a = Math.abs(x);
        // J₋ₙ(x) = Jₙ(-x) = (-1)ⁿ Jₙ(x)
        double sign = order % 2 == 1 && n < 0 != x < 0 ? -1 : 1;
        if (Double.isInfinite(a)) {
            return 0;
        }
        if (a * a <= 0.25 * (order + 1)) {
            return sign * powers(order, a);
        }
        return sign * (a < FAR || order > a ? backward(order, a) : forward(order, a));
    }

    /** (x/2)ⁿ/n! Σₖ (-x²/4)ᵏ/(k! (n+1)…(n+k)). */
    private static double powers(int n, double x) {
        double term = 1;
        for (int k = 1; k <= n; k++) {
            term *= 0.5 * x / k;
        }
        double sum = 0;
        double factor = 1;
        for (int k = 1; Math.abs(factor) > 0x1p-60 && k < 40; k++) {
            sum += factor;
            factor *= -0.25 * x * x / k / (n + k);
        }
        return term * sum;
    }

    private static double backward(int n, double x) {
        double most = Math.max(n, x);
        int start = 2 * (int) (0.5 * (most + 20 + Math.sqrt(60 * most)));
        double above = 0;
        double here = 1;
        double result = 0;
        double sum = 0;
        for (int k = start; k > 0; k--) {
            if (k == n) {
                result = here;
            }
            if (k % 2 == 0) {
                sum += here;
            }
            double below = 2 * k / x * here - above;
            above = here;
            here = below;
            if (Math.abs(here) > LARGE) {
                here /= LARGE;
                above /= LARGE;
                sum /= LARGE;
                result /= LARGE;
            }
        }
        return (n == 0 ? here : result) / (here + 2 * sum);
    }

    private static double forward(int n, double x) {
        double j0 = hankel(0, x);
        if (n == 0) {
            return j0;
        }
        double j1 = hankel(1, x);
        for (int k = 1; k < n; k++) {
            double j2 = 2 * k / x * j1 - j0;
            j0 = j1;
            j1 = j2;
        }
        return j1;
    }

    /** √(2/(πx)) (P cos χ - Q sin χ) with χ = x - (n/2 + 1/4)π, for n = 0 and 1. */
    private static double hankel(int n, double x) {
        double p = 0;
        double q = 0;
        double term = 1;
        for (int k = 0; k < 40 && Math.abs(term) > 0x1p-58; k += 2) {
            double next = term * coefficient(n, k + 1, x);
            p += term;
            q += next;
            term = -next * coefficient(n, k + 2, x);
        }
        double sin = Math.sin(x);
        double cos = Math.cos(x);
        // √2 cos χ and √2 sin χ
        double c = n == 0 ? cos + sin : sin - cos;
        double s = n == 0 ? sin - cos : -(sin + cos);
        return (p * c - q * s) / Math.sqrt(Math.PI * x);
    }

    private static double coefficient(int n, int k, double x) {
        return (4.0 * n * n - (2.0 * k - 1) * (2 * k - 1)) / (8.0 * k * x);
    }

    /** jₙ(x), n = 0, 1, …, 10000; NaN for any other n. */
    static double spherical(double n, double x) {
        if (!(n >= 0 && n <= MOST_ORDER) || n != Math.rint(n) || Double.isNaN(x)) {
            return Double.NaN;
        }
        int order = (int) n;
        double a = Math.abs(x);
        double sign = order % 2 == 1 && x < 0 ? -1 : 1;
        if (Double.isInfinite(a)) {
            return 0;
        }
        if (order == 0) {
            return x == 0 ? 1 : Math.sin(x) / x;
        }
        if (a * a <= 2 * order + 3) {
            return sign * sphericalPowers(order, a);
        }
        return sign * (order > a ? sphericalBackward(order, a) : sphericalForward(order, a));
    }

    /** xⁿ/(2n+1)!! Σₖ (-x²/2)ᵏ/(k! (2n+3)(2n+5)…(2n+2k+1)). */
    private static double sphericalPowers(int n, double x) {
        double term = 1;
        for (int k = 1; k <= n; k++) {
            term *= x / (2 * k + 1);
        }
        double sum = 0;
        double factor = 1;
        for (int k = 1; Math.abs(factor) > 0x1p-60 && k < 60; k++) {
            sum += factor;
            factor *= -0.5 * x * x / k / (2 * n + 2 * k + 1);
        }
        return term * sum;
    }

    private static double sphericalForward(int n, double x) {
        double j0 = Math.sin(x) / x;
        double j1 = (j0 - Math.cos(x)) / x;
        for (int k = 1; k < n; k++) {
            double j2 = (2 * k + 1) / x * j1 - j0;
            j0 = j1;
            j1 = j2;
        }
        return j1;
    }

    private static double sphericalBackward(int n, double x) {
        int start = (int) (n + 20 + Math.sqrt(60.0 * n));
        double above = 0;
        double here = 1;
        double result = 0;
        for (int k = start; k > 0; k--) {
            if (k == n) {
                result = here;
            }
            double below = (2 * k + 1) / x * here - above;
            above = here;
            here = below;
            if (Math.abs(here) > LARGE) {
                here /= LARGE;
                above /= LARGE;
                result /= LARGE;
            }
        }
        double j0 = Math.sin(x) / x;
        double j1 = (j0 - Math.cos(x)) / x;
        return Math.abs(j0) > Math.abs(j1) ? result / here * j0 : result / above * j1;
    }
}
