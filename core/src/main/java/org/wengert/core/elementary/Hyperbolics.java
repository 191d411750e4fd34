package org.wengert.core.elementary;

/**
 * Hyperbolic functions and their inverses.
 *
 * <p>The inverses follow the case distinctions of FDLIBM (Sun Microsystems, 1993).
 */
public final class Hyperbolics {

    private static final double LN_2 = 0.6931471805599453;

    /** From here on x² + 1 is x². */
    private static final double LARGE = 0x1p28;

    /** sinh x. */
    public static final Unary SINH = new Unary(
            "sinh", Math::sinh, (x, y) -> Math.cosh(x), (x, y, d) -> y, "cosh(x)",
            new Notes(Family.HYPERBOLIC, "sinh x", 2.5, 2.5, 2.5, "", ""));

    /** cosh x. */
    public static final Unary COSH = new Unary(
            "cosh", Math::cosh, (x, y) -> Math.sinh(x), (x, y, d) -> y, "sinh(x)",
            new Notes(Family.HYPERBOLIC, "cosh x", 2.5, 2.5, 2.5, "", ""));

    /** tanh x. Its derivative is 1/cosh²x, not 1 - y², which is 0 already at x = 20. */
    public static final Unary TANH = new Unary(
            "tanh", Math::tanh, (x, y) -> sechSquared(x), (x, y, d) -> -2 * y * d, "sechSquared(x)",
            new Notes(Family.HYPERBOLIC, "tanh x", 2.5, 4, 7, "", ""));

    /** 1/cosh²x, the derivative of tanh. */
    public static final Unary SECH_SQUARED = new Unary(
            "sechSquared", Hyperbolics::sechSquared,
            (x, y) -> -2 * Math.tanh(x) * y,
            (x, y, d) -> y * (4 * Math.tanh(x) * Math.tanh(x) - 2 * y),
            "-2*tanh(x)*y",
            new Notes(Family.HYPERBOLIC, "1/cosh(x)^2", 4, 7, 9, "", ""));

    /** arsinh x. */
    public static final Unary ASINH = new Unary(
            "asinh", Hyperbolics::asinh,
            (x, y) -> asinhFirst(x), (x, y, d) -> -(x * d) * d * d, "1/hypot(1,x)",
            new Notes(Family.HYPERBOLIC, "arsinh x", 2.5, 2, 5, "", "FDLIBM s_asinh"));

    /** arcosh x. */
    public static final Unary ACOSH = new Unary(
            "acosh", Hyperbolics::acosh,
            (x, y) -> 1 / (Math.sqrt(x - 1) * Math.sqrt(x + 1)),
            (x, y, d) -> -(x * d) * d * d,
            "1/(sqrt(x-1)*sqrt(x+1))",
            new Notes(Family.HYPERBOLIC, "arcosh x", 2.5, 3, 9, "derivative +Inf at 1", "FDLIBM e_acosh"));

    /** artanh x. */
    public static final Unary ATANH = new Unary(
            "atanh", Hyperbolics::atanh,
            (x, y) -> 1 / ((1 - x) * (1 + x)), (x, y, d) -> 2 * x * d * d, "1/((1-x)*(1+x))",
            new Notes(Family.HYPERBOLIC, "artanh x", 2.5, 2.5, 6, "derivative +Inf at both ends", "FDLIBM e_atanh"));

    private Hyperbolics() {}

    /** 4 e⁻²ˡˣˡ/(1 + e⁻²ˡˣˡ)²: neither overflows nor cancels. */
    private static double sechSquared(double x) {
        double e = Math.exp(-2 * Math.abs(x));
        return 4 * e / ((1 + e) * (1 + e));
    }

    private static double asinhFirst(double x) {
        double a = Math.abs(x);
        return a < LARGE ? 1 / Math.sqrt(1 + x * x) : 1 / a;
    }

    private static double asinh(double x) {
        double a = Math.abs(x);
        if (a < 0x1p-28 || Double.isNaN(x) || Double.isInfinite(x)) {
            return x;
        }
        double y;
        if (a > LARGE) {
            y = Math.log(a) + LN_2;
        } else if (a > 2) {
            y = Math.log(2 * a + 1 / (Math.sqrt(a * a + 1) + a));
        } else {
            y = Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a)));
        }
        return Math.copySign(y, x);
    }

    private static double acosh(double x) {
        if (x > LARGE) {
            return Math.log(x) + LN_2;
        }
        if (x > 2) {
            return Math.log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
        }
        if (x < 1) {
            return Double.NaN; // which the next line does not give where x * x swallows 1
        }
        double t = x - 1;
        return Math.log1p(t + Math.sqrt(2 * t + t * t));
    }

    private static double atanh(double x) {
        double a = Math.abs(x);
        if (a < 0x1p-28) {
            return x;
        }
        double t = 2 * a;
        double y = a < 0.5 ? 0.5 * Math.log1p(t + t * a / (1 - a)) : 0.5 * Math.log1p(t / (1 - a));
        return Math.copySign(y, x);
    }
}
