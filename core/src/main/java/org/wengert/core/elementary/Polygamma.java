package org.wengert.core.elementary;

/**
 * The polygamma functions ψ⁽ⁿ⁾(x), n = 0, 1, 2, …: the derivatives of ln Γ after the first.
 *
 * <p>From x = 15 + n on, the asymptotic series; below, the recurrence ψ⁽ⁿ⁾(x) = ψ⁽ⁿ⁾(x+1) - (-1)ⁿ n!/xⁿ⁺¹, whose terms all
 * have one sign for n ≥ 1. ψ itself changes sign at x₀ = 1.46…; on [1, 2] it is (x - x₀) times a Chebyshev series, so that
 * it keeps its digits around x₀. For x ≤ 0, reflection: ψ⁽ⁿ⁾(x) = (-1)ⁿ ψ⁽ⁿ⁾(1-x) - π dⁿ/dxⁿ cot πx.
 *
 * <p>Source: DLMF 5.15, 5.11(i), 5.5.4. The Chebyshev coefficients were computed for this class with 60 digits.
 */
final class Polygamma {

    /** The order beyond which n! and the series leave the range of doubles. */
    private static final int MOST_ORDER = 150;

    /** B₂ₖ, k = 1, 2, …. */
    private static final double[] BERNOULLI = {
        1 / 6.0, -1 / 30.0, 1 / 42.0, -1 / 30.0, 5 / 66.0, -691 / 2730.0, 7 / 6.0, -3617 / 510.0, 43867 / 798.0,
        -174611 / 330.0, 854513 / 138.0, -236364091 / 2730.0
    };

    /** The zero of ψ, in two parts. */
    private static final double ZERO = 1.4616321449683622;
    private static final double ZERO_LOW = 9.549995429965697e-17;

    /** ψ(x)/(x - x₀) on [1, 2] in Chebyshev polynomials of 2x - 3. */
    private static final double[] CHEBYSHEV = {
        0.983570260441567, -0.2270640863346444, 0.03336889902393011, -0.005320077271596548, 0.0008788656937820505,
        -0.00014773492650606044, 2.5060543468359146e-05, -4.2721034029993324e-06, 7.302769272465923e-07,
        -1.2502886813559594e-07, 2.1425009322359472e-08, -3.673295918565179e-09, 6.299717236108931e-10,
        -1.080593028883266e-10, 1.853735192053638e-11, -3.18023536582553e-12, 5.456147570322795e-13,
        -9.360993131036438e-14, 1.606064636295075e-14, -2.7555431377438815e-15, 4.727736178601912e-16,
        -8.11148420346509e-17
    };

    private Polygamma() {}

    /**
     * ψ⁽ⁿ⁾(x); NaN at the poles 0, -1, -2, ….
     *
     * @param n the order 0, 1, 2, …, 150; the result is NaN for anything else
     */
    static double value(double n, double x) {
        if (!(n >= 0 && n <= MOST_ORDER) || n != Math.rint(n) || Double.isNaN(x) || x <= 0 && x == Math.rint(x)) {
            return Double.NaN;
        }
        int order = (int) n;
        if (x < 0) {
            double mirrored = positive(order, 1 - x);
            return (order % 2 == 0 ? mirrored : -mirrored) - Math.PI * cotangent(order, x);
        }
        return order == 0 ? digamma(x) : positive(order, x);
    }

    private static double digamma(double x) {
        if (x >= 15) {
            return positive(0, x);
        }
        double sum = 0;
        double t = x;
        while (t > 2) {
            t -= 1;
            sum += 1 / t;
        }
        if (t < 1) {
            return chebyshev(1 + t) - 1 / t;
        }
        return chebyshev(t) + sum;
    }

    private static double chebyshev(double x) {
        double twice = 2 * (2 * x - 3);
        double b1 = 0;
        double b2 = 0;
        for (int k = CHEBYSHEV.length - 1; k > 0; k--) {
            double b = CHEBYSHEV[k] + twice * b1 - b2;
            b2 = b1;
            b1 = b;
        }
        return (x - ZERO - ZERO_LOW) * (CHEBYSHEV[0] + 0.5 * twice * b1 - b2);
    }

    private static double positive(int n, double x) {
        double sign = n % 2 == 0 ? -1 : 1;
        double sum = 0;
        double t = x;
        while (t < 15 + n) {
            sum += powerTerm(n, t);
            t += 1;
        }
        return sign * sum + asymptotic(n, t, sign);
    }

    /** n!/xⁿ⁺¹. */
    private static double powerTerm(int n, double x) {
        double term = 1 / x;
        for (int k = 1; k <= n; k++) {
            term *= k / x;
        }
        return term;
    }

    private static double asymptotic(int n, double x, double sign) {
        if (x == Double.POSITIVE_INFINITY) {
            return n == 0 ? x : 0;
        }
        double last = powerTerm(n, x);
        // (2k+n-1)!/((2k)! x^(2k+n)), from k = 1 on
        double factor = last * (n + 1) / (2 * x);
        double series = 0.5 * last;
        for (int k = 1; k <= BERNOULLI.length; k++) {
            series += BERNOULLI[k - 1] * factor;
            factor *= (2.0 * k + n) / (2 * k + 1) * (2.0 * k + n + 1) / (2 * k + 2) / x / x;
        }
        return n == 0 ? Math.log(x) - series : sign * (last * x / n + series);
    }

    /** dⁿ/dxⁿ cot πx, a polynomial in c = cot πx: the derivative of cᵏ is -kπ (cᵏ⁻¹ + cᵏ⁺¹). */
    private static double cotangent(int n, double x) {
        double c = Trigonometry.cosPi(x) / Trigonometry.sinPi(x);
        double[] coefficients = new double[n + 3];
        coefficients[1] = 1;
        for (int m = 0; m < n; m++) {
            double[] next = new double[n + 3];
            for (int k = 1; k <= m + 1; k++) {
                next[k - 1] -= Math.PI * k * coefficients[k];
                next[k + 1] -= Math.PI * k * coefficients[k];
            }
            coefficients = next;
        }
        double sum = 0;
        for (int k = n + 1; k >= 0; k--) {
            sum = sum * c + coefficients[k];
        }
        return sum;
    }
}
