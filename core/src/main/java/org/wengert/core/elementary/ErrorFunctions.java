package org.wengert.core.elementary;

import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;
import org.apache.commons.numbers.gamma.InverseErf;

/**
 * The error function, its relatives, and the normal distribution.
 *
 * <p>Tails are kept in scaled form: wherever e^(-x²) would vanish or its argument would lose digits, the row
 * goes through erfcx(x) = e^(x²) erfc(x), which varies slowly. All derivatives of erfcx come from
 * {@link #ERFCX_DERIVATIVE} and never from 2x erfcx(x) - 2/√π, which cancels.
 */
public final class ErrorFunctions {

    /** √π. */
    private static final double ROOT_PI = 1.7724538509055160;
    /** 2/√π. */
    private static final double TWO_OVER_ROOT_PI = 1.1283791670955126;
    /** √(2/π). */
    private static final double ROOT_TWO_OVER_PI = 0.7978845608028654;
    /** 1/√(2π). */
    private static final double ONE_OVER_ROOT_TWO_PI = 0.3989422804014327;
    /** 1/√2 and what is missing from it. */
    private static final double ROOT_HALF = 0.7071067811865476;
    private static final double ROOT_HALF_LOW = -4.833646656726457e-17;

    /** e^(-x²). */
    public static final Unary GAUSSIAN = new Unary(
            "gaussian", ErrorFunctions::gaussian,
            (x, y) -> y == 0 ? 0 : -2 * x * y,
            (x, y, d) -> y == 0 ? 0 : (4 * x * x - 2) * y,
            "-2*x*y",
            new Notes(Family.SPECIAL, "exp(-x^2)", 2, 3, 4, "", ""));

    /** erf x = 2/√π ∫₀ˣ e^(-t²) dt. */
    public static final Unary ERF = new Unary(
            "erf", Erf::value,
            (x, y) -> TWO_OVER_ROOT_PI * gaussian(x),
            (x, y, d) -> d == 0 ? 0 : -2 * x * d,
            "2/sqrt(pi)*gaussian(x)",
            new Notes(Family.SPECIAL, "2/sqrt(pi) * integral of exp(-t^2) from 0 to x", 2, 3, 4, "",
                    "value: Apache Commons Numbers"));

    /** erfc x = 1 - erf x, with full relative accuracy for large x. */
    public static final Unary ERFC = new Unary(
            "erfc", Erfc::value,
            (x, y) -> -TWO_OVER_ROOT_PI * gaussian(x),
            (x, y, d) -> d == 0 ? 0 : -2 * x * d,
            "-2/sqrt(pi)*gaussian(x)",
            new Notes(Family.SPECIAL, "1 - erf(x)", 4, 3, 4, "", "value: Apache Commons Numbers"));

    /** The scaled complementary error function e^(x²) erfc x. */
    public static final Unary ERFCX = new Unary(
            "erfcx", Erfcx::value,
            (x, y) -> ScaledErfc.derivative(1, x),
            (x, y, d) -> ScaledErfc.derivative(2, x),
            "erfcxDerivative(1,x)",
            new Notes(Family.SPECIAL, "exp(x^2) * erfc(x)", 3, 6, 10, "", "value: Apache Commons Numbers"));

    /**
     * The n-th derivative of erfcx at y, n = x = 0, 1, 2, …; it is (-2)ⁿ n! e^(y²) iⁿerfc(y) with the repeated
     * integrals iⁿerfc of erfc. NaN for any other x.
     */
    public static final Binary ERFCX_DERIVATIVE = new Binary(
            "erfcxDerivative", ScaledErfc::derivative,
            (n, x, z) -> Double.NaN,
            (n, x, z) -> ScaledErfc.derivative(n + 1, x),
            (n, x, z) -> Double.NaN, (n, x, z) -> Double.NaN,
            (n, x, z) -> ScaledErfc.derivative(n + 2, x),
            "0/0", "erfcxDerivative(x+1,y)",
            new Notes(Family.SPECIAL, "n-th derivative of erfcx, n = 0, 1, 2, ...", 8, 10, 12,
                    "no derivative in the order n: NaN", "DLMF 7.18"));

    /** ln erfc x, also where erfc x underflows. */
    public static final Unary LOG_ERFC = new Unary(
            "logErfc", ErrorFunctions::logErfc,
            (x, y) -> x < 0
                    ? -TWO_OVER_ROOT_PI * gaussian(x) / Erfc.value(x)
                    : -TWO_OVER_ROOT_PI / Erfcx.value(x),
            (x, y, d) -> d == 0 ? 0
                    : x < 0 ? -d * (2 * x + d) : -d * ScaledErfc.derivative(1, x) / Erfcx.value(x),
            "-sqrt(2)*inverseMills(-sqrt(2)*x)",
            new Notes(Family.SPECIAL, "ln(erfc(x))", 4, 5, 10, "", ""));

    /** The inverse of erf on [-1, 1]. */
    public static final Unary ERF_INV = new Unary(
            "erfInv", InverseErf::value,
            (x, y) -> erfInvFirst(x, y),
            (x, y, d) -> 2 * y * d * d,
            "sqrt(pi)/2*exp(y^2)",
            new Notes(Family.SPECIAL, "x with erf(x) given", 3, 5, 12,
                    "+Inf slope at -1 and 1; the formula of the derivative loses up to 70 ulp next to them",
                    "value: Apache Commons Numbers"));

    /** The density of the standard normal distribution, φ(x) = e^(-x²/2)/√(2π). */
    public static final Unary NORMAL_DENSITY = new Unary(
            "normalDensity", ErrorFunctions::normalDensity,
            (x, y) -> y == 0 ? 0 : -x * y,
            (x, y, d) -> y == 0 ? 0 : (x - 1) * (x + 1) * y,
            "-x*y",
            new Notes(Family.SPECIAL, "exp(-x^2/2)/sqrt(2*pi)", 3, 4, 5, "", ""));

    /** The standard normal distribution function, Φ(x) = erfc(-x/√2)/2, accurate in the lower tail too. */
    public static final Unary NORMAL_CDF = new Unary(
            "normalCdf", ErrorFunctions::normalCdf,
            (x, y) -> normalDensity(x),
            (x, y, d) -> d == 0 ? 0 : -x * d,
            "normalDensity(x)",
            new Notes(Family.SPECIAL, "erfc(-x/sqrt(2))/2", 5, 3, 4, "", ""));

    /** ln Φ(x), also where Φ(x) underflows. */
    public static final Unary LOG_NORMAL_CDF = new Unary(
            "logNormalCdf", ErrorFunctions::logNormalCdf,
            (x, y) -> inverseMills(x),
            (x, y, d) -> inverseMillsFirst(x, d),
            "inverseMills(x)",
            new Notes(Family.SPECIAL, "ln(normalCdf(x))", 5, 6, 12, "", ""));

    /** The inverse Mills ratio φ(x)/Φ(x), the derivative of ln Φ(x). */
    public static final Unary INVERSE_MILLS = new Unary(
            "inverseMills", ErrorFunctions::inverseMills,
            (x, y) -> inverseMillsFirst(x, y),
            (x, y, d) -> inverseMillsSecond(x, y, d),
            "-y*(x+y)",
            new Notes(Family.SPECIAL, "normalDensity(x)/normalCdf(x)", 6, 12, 40,
                    "the second derivative and the formula of the first cancel for x < -1: they lose a factor of x^2", ""));

    private ErrorFunctions() {}

    /** e^(-x²): the square is taken to twice the precision, since exp amplifies its error by x². */
    static double gaussian(double x) {
        double s = x * x;
        double y = Math.exp(-s);
        return y == 0 ? 0 : y - y * Math.fma(x, x, -s);
    }

    static double normalDensity(double x) {
        double s = x * x;
        double y = ONE_OVER_ROOT_TWO_PI * Math.exp(-0.5 * s);
        return y == 0 ? 0 : y - y * (0.5 * Math.fma(x, x, -s));
    }

    /** With u the rounded -x/√2 and δ what was rounded off: erfc(u + δ) = erfc u - 2/√π e^(-u²) δ + … */
    static double normalCdf(double x) {
        double u = -x * ROOT_HALF;
        double tail = Erfc.value(u);
        if (Double.isInfinite(u) || tail == 0) {
            return 0.5 * tail;
        }
        double delta = Math.fma(-x, ROOT_HALF, -u) - x * ROOT_HALF_LOW;
        return 0.5 * (tail - TWO_OVER_ROOT_PI * gaussian(u) * delta);
    }

    static double logNormalCdf(double x) {
        return x > 0 ? Math.log1p(-normalCdf(-x))
                : x > -1 ? Math.log(normalCdf(x))
                : Math.log(0.5 * Erfcx.value(-x * ROOT_HALF)) - 0.5 * x * x;
    }

    static double inverseMills(double x) {
        return x < 0 ? ROOT_TWO_OVER_PI / Erfcx.value(-x * ROOT_HALF) : normalDensity(x) / normalCdf(x);
    }

    /** m' = -m (x + m); for x < 0 from the scaled erfc E(u), u = -x/√2: m' = m E'(u)/(√2 E(u)). */
    private static double inverseMillsFirst(double x, double m) {
        double u = -x * ROOT_HALF;
        return x == Double.NEGATIVE_INFINITY ? -1
                : m == 0 ? 0
                : x < 0 ? m * ROOT_HALF * ScaledErfc.logDerivative(u)
                : -m * (x + m);
    }

    private static double inverseMillsSecond(double x, double m, double d) {
        return m == 0 || Double.isInfinite(x) ? 0 : -d * (x + m) - m * (1 + d);
    }

    private static double logErfc(double x) {
        return x < 0.5 ? Math.log1p(-Erf.value(x)) : Math.log(Erfcx.value(x)) - x * x;
    }

    /** erf⁻¹' = √π/2 e^(y²) = √π/2 erfcx(|y|)/erfc(|y|), and erfc(|y|) = 1 - |x| is known exactly. */
    private static double erfInvFirst(double x, double y) {
        return Math.abs(x) < 0.5
                ? 0.5 * ROOT_PI * Math.exp(y * y)
                : Math.abs(x) == 1 ? Double.POSITIVE_INFINITY
                : 0.5 * ROOT_PI * Erfcx.value(Math.abs(y)) / (1 - Math.abs(x));
    }
}
