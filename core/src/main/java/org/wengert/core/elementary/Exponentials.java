package org.wengert.core.elementary;

/** Exponentials and logarithms. The derivative of a logarithm is +Inf at both zeros. */
public final class Exponentials {

    private static final double LN_2 = 0.6931471805599453;
    private static final double LN_10 = 2.302585092994046;
    private static final double LOG2_E = 1.4426950408889634;
    private static final double LOG10_E = 0.4342944819032518;
    private static final double ROOT_2 = 1.4142135623730951;

    /** eˣ. */
    public static final Unary EXP = new Unary(
            "exp", Math::exp, (x, y) -> y, (x, y, d) -> y, "y",
            new Notes(Family.EXPONENTIAL, "e^x", 1, 1, 1, "", ""));

    /** 2ˣ. */
    public static final Unary EXP2 = new Unary(
            "exp2", x -> Math.pow(2, x), (x, y) -> y * LN_2, (x, y, d) -> d * LN_2, "y*0.6931471805599453",
            new Notes(Family.EXPONENTIAL, "2^x", 1, 2, 3, "", ""));

    /** 10ˣ. */
    public static final Unary EXP10 = new Unary(
            "exp10", x -> Math.pow(10, x), (x, y) -> y * LN_10, (x, y, d) -> d * LN_10, "y*2.302585092994046",
            new Notes(Family.EXPONENTIAL, "10^x", 1, 2, 3, "", ""));

    /** eˣ - 1, exact near 0. Its derivative is eˣ, not y + 1, which cancels. */
    public static final Unary EXPM1 = new Unary(
            "expm1", Math::expm1, (x, y) -> Math.exp(x), (x, y, d) -> d, "exp(x)",
            new Notes(Family.EXPONENTIAL, "e^x - 1", 1, 1, 1, "", ""));

    /** ln x. */
    public static final Unary LOG = new Unary(
            "log", Math::log, (x, y) -> 1 / Math.abs(x), (x, y, d) -> -d / Math.abs(x), "1/(x+0)",
            new Notes(Family.EXPONENTIAL, "ln x", 1, 0.5, 1, "derivative +Inf at both zeros", ""));

    /** The logarithm to base 2; exact for powers of two. */
    public static final Unary LOG2 = new Unary(
            "log2", Exponentials::log2, (x, y) -> LOG2_E / Math.abs(x), (x, y, d) -> -d / Math.abs(x),
            "1.4426950408889634/(x+0)",
            new Notes(Family.EXPONENTIAL, "log2 x", 2, 1, 1.5, "derivative +Inf at both zeros", ""));

    /** The logarithm to base 10. */
    public static final Unary LOG10 = new Unary(
            "log10", Math::log10, (x, y) -> LOG10_E / Math.abs(x), (x, y, d) -> -d / Math.abs(x),
            "0.4342944819032518/(x+0)",
            new Notes(Family.EXPONENTIAL, "log10 x", 1, 1, 1.5, "derivative +Inf at both zeros", ""));

    /** ln(1 + x), exact near 0. */
    public static final Unary LOG1P = new Unary(
            "log1p", Math::log1p, (x, y) -> 1 / (1 + x), (x, y, d) -> -d * d, "1/(1+x)",
            new Notes(Family.EXPONENTIAL, "ln(1 + x)", 1, 1, 2.5, "", ""));

    private Exponentials() {}

    /** log2 x = k + ln(m)/ln 2 with x = m 2ᵏ and m around 1, so that whole logarithms are exact. */
    private static double log2(double x) {
        if (!(x > 0) || x == Double.POSITIVE_INFINITY) {
            return Math.log(x);
        }
        int shift = x < Double.MIN_NORMAL ? 64 : 0;
        double scaled = x * (shift == 0 ? 1 : 0x1p64);
        int k = Math.getExponent(scaled);
        double m = Math.scalb(scaled, -k);
        if (m > ROOT_2) {
            m *= 0.5;
            k++;
        }
        return k - shift + Math.log(m) * LOG2_E;
    }
}
