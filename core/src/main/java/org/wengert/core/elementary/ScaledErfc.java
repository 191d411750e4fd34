package org.wengert.core.elementary;

import org.apache.commons.numbers.gamma.Erfcx;

/**
 * Derivatives Eₙ(x) of the scaled complementary error function E₀(x) = e^(x²) erfc x, which satisfy
 *
 * <pre>
 * E₁ = 2x E₀ - 2/√π,      Eₙ₊₁ = 2x Eₙ + 2n Eₙ₋₁
 * </pre>
 *
 * <p>For x &lt; 1/2 nothing cancels in that recurrence at low orders. For larger x the Eₙ are its minimal solution,
 * so that it has to be run backwards, as a continued fraction for the ratios rₙ of the repeated integrals,
 * Eₙ = -2n rₙ Eₙ₋₁ with rₙ = 1/(2x + 2(n+1) rₙ₊₁).
 *
 * <p>Source: DLMF 7.18(v) and 7.18.13; W. Gautschi, "Computational aspects of three-term recurrence relations",
 * SIAM Review 9 (1967).
 */
final class ScaledErfc {

    private static final double TWO_OVER_ROOT_PI = 1.1283791670955126;

    /** Below it the recurrence is run forwards. */
    private static final double FORWARD = 0.5;

    private ScaledErfc() {}

    /**
     * Eₙ(x), within 12 ulp for n ≤ 4.
     *
     * @param n the order 0, 1, 2, …; the result is NaN for anything else
     */
    static double derivative(double n, double x) {
        if (!(n >= 0) || n != Math.rint(n) || n > Integer.MAX_VALUE) {
            return Double.NaN;
        }
        double e = Erfcx.value(x);
        if (n == 0 || Double.isNaN(x)) {
            return e;
        }
        return x < FORWARD ? forward((int) n, x, e) : backward((int) n, x, e);
    }

    /** E₁(x)/E₀(x). */
    static double logDerivative(double x) {
        return x < FORWARD ? 2 * x - TWO_OVER_ROOT_PI / Erfcx.value(x) : backward(1, x, 1);
    }

    private static double forward(int n, double x, double e) {
        double before = e;
        double last = 2 * x * e - TWO_OVER_ROOT_PI;
        for (int k = 1; k < n; k++) {
            double next = 2 * x * last + 2 * k * before;
            before = last;
            last = next;
        }
        return last;
    }

    /** The tail of the fraction is started where an error in it has shrunk below 2⁻⁵⁶, by e^(-2x√(2N)). */
    private static double backward(int n, double x, double e) {
        double reach = Math.sqrt(2.0 * n) + 20 / x;
        int start = n + 8 + (int) (0.5 * reach * reach);
        double r = (Math.sqrt(x * x + 2.0 * start) - x) / (2.0 * start);
        double product = e;
        for (int k = start - 1; k >= 1; k--) {
            r = 1 / (2 * x + 2 * (k + 1) * r);
            if (k <= n) {
                product *= -2 * k * r;
            }
        }
        return product;
    }
}
