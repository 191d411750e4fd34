package org.wengert.core.elementary;

import java.util.List;
import org.apache.commons.numbers.gamma.Gamma;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/** The gamma function, its logarithm and the derivatives of it, and the gamma distribution. */
public final class GammaFunctions {

    private static final String COMMONS = "value: Apache Commons Numbers";
    private static final String NO_ORDER = "no derivative in the order n: NaN";

    /** Γ(x). */
    public static final Unary GAMMA = new Unary(
            "gamma", GammaFunctions::gamma,
            (x, y) -> y == 0 ? 0 : y * Polygamma.value(0, x),
            (x, y, d) -> y == 0 ? 0 : d * Polygamma.value(0, x) + y * Polygamma.value(1, x),
            "select(abs(y),y*digamma(x),0)",
            new Notes(Family.SPECIAL, "integral of t^(x-1)*exp(-t) from 0", 4, 8, 12,
                    "NaN at -1, -2, ...; derivatives NaN at 0 too", COMMONS));

    /** ln |Γ(x)|. */
    public static final Unary LOG_GAMMA = new Unary(
            "logGamma", GammaFunctions::logGamma,
            (x, y) -> Polygamma.value(0, x),
            (x, y, d) -> Polygamma.value(1, x),
            "digamma(x)",
            new Notes(Family.SPECIAL, "ln(abs(gamma(x)))", 4, 4, 4, "+Inf with NaN derivatives at 0, -1, -2, ...", COMMONS));

    /** ψ(x) = Γ′(x)/Γ(x). */
    public static final Unary DIGAMMA = new Unary(
            "digamma", x -> Polygamma.value(0, x),
            (x, y) -> Polygamma.value(1, x),
            (x, y, d) -> Polygamma.value(2, x),
            "polygamma(1,x)",
            new Notes(Family.SPECIAL, "derivative of ln(gamma(x))", 5, 6, 6, "NaN at 0, -1, -2, ...", "DLMF 5.15"));

    /** The n-th derivative of ψ at y, n = x = 0, 1, 2, …. */
    public static final Binary POLYGAMMA = new Binary(
            "polygamma", Polygamma::value,
            (n, x, z) -> Double.NaN,
            (n, x, z) -> Polygamma.value(n + 1, x),
            (n, x, z) -> Double.NaN, (n, x, z) -> Double.NaN,
            (n, x, z) -> Polygamma.value(n + 2, x),
            "0/0", "polygamma(x+1,y)",
            new Notes(Family.SPECIAL, "n-th derivative of digamma, n = 0, 1, ..., 150", 10, 12, 14, NO_ORDER, "DLMF 5.15"));

    /** The regularized lower incomplete gamma function P(a, x), the distribution function of the gamma distribution. */
    public static final Binary REGULARIZED_GAMMA_P = new Binary(
            "regularizedGammaP", GammaFunctions::lower,
            (a, x, z) -> GammaShape.distribution(1, a, x), (a, x, z) -> GammaShape.density(a, x),
            (a, x, z) -> GammaShape.distribution(2, a, x),
            (a, x, z) -> GammaShape.density(1, a, x),
            GammaFunctions::densitySlope,
            "regularizedGammaPShape(1,x,y)", "gammaDensity(x,y)",
            new Notes(Family.SPECIAL, "P(a,x), a = x > 0, x = y >= 0", 12, 30, 100, "", COMMONS));

    /** The regularized upper incomplete gamma function Q(a, x) = 1 - P(a, x), accurate where it is small. */
    public static final Binary REGULARIZED_GAMMA_Q = new Binary(
            "regularizedGammaQ", GammaFunctions::upper,
            (a, x, z) -> -GammaShape.distribution(1, a, x), (a, x, z) -> -GammaShape.density(a, x),
            (a, x, z) -> -GammaShape.distribution(2, a, x),
            (a, x, z) -> -GammaShape.density(1, a, x),
            (a, x, z) -> -densitySlope(a, x, z),
            "-regularizedGammaPShape(1,x,y)", "-gammaDensity(x,y)",
            new Notes(Family.SPECIAL, "1-P(a,x), a = x > 0, x = y >= 0", 12, 30, 100, "", COMMONS));

    /** The density of the gamma distribution of shape a = x at y, y^(a-1) e^(-y)/Γ(a). */
    public static final Binary GAMMA_DENSITY = new Binary(
            "gammaDensity", GammaShape::density,
            (a, x, z) -> GammaShape.density(1, a, x), GammaFunctions::densitySlope,
            (a, x, z) -> GammaShape.density(2, a, x),
            (a, x, z) -> z == 0 ? 0 : GammaShape.density(1, a, x) * ((a - 1 - x) / x) + z / x,
            (a, x, z) -> z == 0 ? 0 : z * ((a - 1 - x) / x * ((a - 1 - x) / x) - (a - 1) / x / x),
            "z*(log(y)-digamma(x))", "z*((x-1-y)/y)",
            new Notes(Family.SPECIAL, "x^(a-1)*exp(-x)/gamma(a)", 12, 40, 60, "", COMMONS));

    /** The n-th derivative of P(a, x) in the shape a; the arguments are n, a, x. */
    public static final Nary REGULARIZED_GAMMA_P_SHAPE = new Nary(
            "regularizedGammaPShape", 3, t -> GammaShape.distribution(t[0], t[1], t[2]),
            (t, z, i) -> switch (i) {
                case 0 -> Double.NaN;
                case 1 -> GammaShape.distribution(t[0] + 1, t[1], t[2]);
                default -> GammaShape.density(t[0], t[1], t[2]);
            },
            (t, z, i, j) -> i == 0 || j == 0 ? Double.NaN
                    : i == 1 && j == 1 ? GammaShape.distribution(t[0] + 2, t[1], t[2])
                    : i == 2 && j == 2 ? shapeSlope(t[0], t[1], t[2])
                    : GammaShape.density(t[0] + 1, t[1], t[2]),
            List.of("0/0", "regularizedGammaPShape(x0+1,x1,x2)", "gammaDensityShape(x0,x1,x2)"),
            new Notes(Family.SPECIAL, "n-th derivative of P(a,x) in a; arguments n, a, x", 30, 200, 10000, NO_ORDER, "DLMF 8.7, 8.9"));

    /** The n-th derivative of the gamma density in the shape a; the arguments are n, a, x. */
    public static final Nary GAMMA_DENSITY_SHAPE = new Nary(
            "gammaDensityShape", 3, t -> GammaShape.density(t[0], t[1], t[2]),
            (t, z, i) -> switch (i) {
                case 0 -> Double.NaN;
                case 1 -> GammaShape.density(t[0] + 1, t[1], t[2]);
                default -> shapeSlope(t[0], t[1], t[2]);
            },
            (t, z, i, j) -> i == 0 || j == 0 ? Double.NaN
                    : i == 1 && j == 1 ? GammaShape.density(t[0] + 2, t[1], t[2])
                    : i == 2 && j == 2 ? shapeCurvature(t[0], t[1], t[2])
                    : shapeSlope(t[0] + 1, t[1], t[2]),
            List.of("0/0", "gammaDensityShape(x0+1,x1,x2)",
                    "(x1-1-x2)/x2*z+select(x0,x0/x2*gammaDensityShape(x0-1,x1,x2),0)"),
            new Notes(Family.SPECIAL, "n-th derivative of gammaDensity in a; arguments n, a, x", 30, 100, 200, NO_ORDER, ""));

    private GammaFunctions() {}

    private static double gamma(double x) {
        return x == Double.NEGATIVE_INFINITY ? Double.NaN : x == 0 ? 1 / x : Gamma.value(x);
    }

    private static double logGamma(double x) {
        if (x <= 0 && x == Math.rint(x)) {
            return x == Double.NEGATIVE_INFINITY ? Double.NaN : Double.POSITIVE_INFINITY;
        }
        return x < 0 && x > -20 ? leftLogGamma(x) : LogGamma.value(x);
    }

    /**
     * ln |Γ(x)| = ln Γ(t) - ln |x (x+1) … (t-1)| with t in [1, 2], the product in two parts: both logarithms are small
     * wherever Γ is around 1, so little cancels.
     */
    private static double leftLogGamma(double x) {
        double t = x;
        double product = 1;
        double low = 0;
        while (t < 1) {
            double next = product * t;
            low = low * t + Math.fma(product, t, -next);
            product = next;
            t += 1;
        }
        low *= Math.signum(product);
        product = Math.abs(product);
        double log = product > 0.5 && product < 2 ? Math.log1p(product - 1 + low) : Math.log(product);
        return LogGamma.value(t) - log;
    }

    private static double lower(double a, double x) {
        return isDomain(a, x) ? RegularizedGamma.P.value(a, x) : edge(a, x, 1);
    }

    private static double upper(double a, double x) {
        return isDomain(a, x) ? RegularizedGamma.Q.value(a, x) : edge(a, x, 0);
    }

    private static boolean isDomain(double a, double x) {
        return a > 0 && a <= Double.MAX_VALUE && x >= 0 && x <= Double.MAX_VALUE;
    }

    /** All of the distribution lies below an infinite x, and above every finite one for an infinite a. */
    private static double edge(double a, double x, double atInfinity) {
        return !(a > 0 && x >= 0) || Double.isInfinite(a) && Double.isInfinite(x) ? Double.NaN
                : Double.isInfinite(x) ? atInfinity : 1 - atInfinity;
    }

    /** ∂g/∂x for the density g; one-sided at x = 0. */
    private static double densitySlope(double a, double x, double ignored) {
        double g = GammaShape.density(a, x);
        if (x == 0) {
            return a == 1 ? -1 : a == 2 ? 1 : a > 2 ? 0
                    : a > 1 ? Double.POSITIVE_INFINITY : a > 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
        }
        return g == 0 ? 0 : g * ((a - 1 - x) / x);
    }

    /** ∂/∂x of ∂ⁿg/∂aⁿ: g′ = g (a - 1 - x)/x, differentiated n times in a. */
    private static double shapeSlope(double n, double a, double x) {
        if (n == 0) {
            return densitySlope(a, x, 0);
        }
        return (a - 1 - x) / x * GammaShape.density(n, a, x) + n / x * GammaShape.density(n - 1, a, x);
    }

    private static double shapeCurvature(double n, double a, double x) {
        double slope = shapeSlope(n, a, x);
        double before = n == 0 ? 0 : n / x * (shapeSlope(n - 1, a, x) - GammaShape.density(n - 1, a, x) / x);
        return (a - 1 - x) / x * slope - (a - 1) / x / x * GammaShape.density(n, a, x) + before;
    }
}
