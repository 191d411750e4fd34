package org.wengert.core.elementary;

/**
 * Activations of machine learning and the stable combinations that statistics needs. Each is exact where the
 * formula of its name overflows, vanishes or cancels.
 */
public final class Learning {

    private static final double LN_2 = 0.6931471805599453;

    /** 1/(1 + e⁻ˣ). Its derivative is σ(x) σ(-x), never σ(x) (1 - σ(x)), which is 0 already at x = 40. */
    public static final Unary SIGMOID = new Unary(
            "sigmoid", Learning::sigmoid,
            (x, y) -> sigmoidFirst(x),
            (x, y, d) -> -d * Math.tanh(0.5 * x),
            "y*sigmoid(-x)",
            new Notes(Family.LEARNING, "1/(1+exp(-x))", 2.5, 4, 6, "", ""));

    /** ln σ(x) = -ln(1 + e⁻ˣ). */
    public static final Unary LOG_SIGMOID = new Unary(
            "logSigmoid", x -> Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))),
            (x, y) -> sigmoid(-x),
            (x, y, d) -> -sigmoidFirst(x),
            "sigmoid(-x)",
            new Notes(Family.LEARNING, "ln(sigmoid(x))", 2.5, 2.5, 4, "", ""));

    /** ln(1 + eˣ). */
    public static final Unary SOFTPLUS = new Unary(
            "softplus", Learning::softplus,
            (x, y) -> sigmoid(x),
            (x, y, d) -> sigmoidFirst(x),
            "sigmoid(x)",
            new Notes(Family.LEARNING, "ln(1+exp(x))", 2.5, 2.5, 4, "", ""));

    /** max(x, 0), with derivative 0 at 0. */
    public static final Unary RELU = new Unary(
            "relu", x -> Math.max(x, 0.0),
            (x, y) -> step(x),
            (x, y, d) -> 0,
            "step(x)",
            new Notes(Family.PIECEWISE, "max(x,0)", 0, 0, 0, "derivative 0 at 0", ""));

    /** 1 for x > 0, else 0; NaN for NaN. Derivative 0 everywhere. */
    public static final Unary STEP = new Unary(
            "step", Learning::step, (x, y) -> 0, (x, y, d) -> 0, "0",
            new Notes(Family.PIECEWISE, "1 for x > 0, else 0", 0, 0, 0, "0 at 0; derivative 0 everywhere", ""));

    /** x for x > 0, else αx with α = y. */
    public static final Binary LEAKY_RELU = new Binary(
            "leakyRelu", (x, a) -> x > 0 ? x : a * x,
            (x, a, z) -> x > 0 ? 1 : a,
            (x, a, z) -> x > 0 ? 0 : x,
            (x, a, z) -> 0,
            (x, a, z) -> x > 0 ? 0 : 1,
            (x, a, z) -> 0,
            "select(x,1,y)", "select(x,0,x)",
            new Notes(Family.LEARNING, "x for x > 0, else alpha*x", 0.5, 0, 0, "derivative alpha at 0", ""));

    /** x for x > 0, else α(eˣ - 1) with α = y. */
    public static final Binary ELU = new Binary(
            "elu", (x, a) -> x > 0 ? x : a * Math.expm1(x),
            (x, a, z) -> x > 0 ? 1 : a * Math.exp(x),
            (x, a, z) -> x > 0 ? 0 : Math.expm1(x),
            (x, a, z) -> x > 0 ? 0 : a * Math.exp(x),
            (x, a, z) -> x > 0 ? 0 : Math.exp(x),
            (x, a, z) -> 0,
            "select(x,1,y*exp(x))", "select(x,0,expm1(x))",
            new Notes(Family.LEARNING, "x for x > 0, else alpha*(exp(x)-1)", 1.5, 1.5, 1.5,
                    "derivatives from the left at 0", ""));

    /** x Φ(x) with the exact normal distribution function. */
    public static final Unary GELU = new Unary(
            "gelu", x -> x == Double.NEGATIVE_INFINITY ? -0.0 : x * ErrorFunctions.normalCdf(x),
            (x, y) -> geluFirst(x),
            (x, y, d) -> geluSecond(x),
            "normalCdf(x)+x*normalDensity(x)",
            new Notes(Family.LEARNING, "x*normalCdf(x)", 5, 6, 6, "", "D. Hendrycks, K. Gimpel (2016)"));

    /** x σ(x), the swish. */
    public static final Unary SILU = new Unary(
            "silu", x -> x == Double.NEGATIVE_INFINITY ? -0.0 : x * sigmoid(x),
            (x, y) -> sigmoid(x) + timesVanishing(x, sigmoidFirst(x)),
            (x, y, d) -> sigmoidFirst(x) * 2 - timesVanishing(x, sigmoidFirst(x)) * Math.tanh(0.5 * x),
            "sigmoid(x)*(1+x*sigmoid(-x))",
            new Notes(Family.LEARNING, "x*sigmoid(x)", 3, 6, 8, "", "S. Elfwing, E. Uchibe, K. Doya (2017)"));

    /** ln cosh x. */
    public static final Unary LOG_COSH = new Unary(
            "logCosh", Learning::logCosh,
            (x, y) -> Math.tanh(x),
            (x, y, d) -> sechSquared(x),
            "tanh(x)",
            new Notes(Family.LEARNING, "ln(cosh(x))", 4, 2.5, 5, "", ""));

    /** x ln x, 0 at 0. */
    public static final Unary XLOGX = new Unary(
            "xlogx", x -> x == 0 ? 0 : x * Math.log(x),
            (x, y) -> Math.log(x) + 1,
            (x, y, d) -> 1 / Math.abs(x),
            "log(x)+1",
            new Notes(Family.LEARNING, "x*ln(x)", 1.5, 1.5, 0.5, "0 at 0", ""));

    /** -x ln x, 0 at 0: the entropy of one outcome of probability x. */
    public static final Unary ENTR = new Unary(
            "entr", x -> x == 0 ? 0 : -x * Math.log(x),
            (x, y) -> -Math.log(x) - 1,
            (x, y, d) -> -1 / Math.abs(x),
            "-log(x)-1",
            new Notes(Family.LEARNING, "-x*ln(x)", 1.5, 1.5, 0.5, "0 at 0; NaN below", ""));

    /** x ln y; 0 where x = 0, unless y is NaN. */
    public static final Binary XLOGY = new Binary(
            "xlogy", (x, y) -> x == 0 ? withNaN(0, y) : x * Math.log(y),
            (x, y, z) -> Math.log(y),
            (x, y, z) -> x == 0 ? 0 : x / Math.abs(y),
            (x, y, z) -> 0,
            (x, y, z) -> y < 0 ? Double.NaN : 1 / Math.abs(y),
            (x, y, z) -> x == 0 ? -0.0 : -x / Math.abs(y) / Math.abs(y),
            "log(y)", "x/y",
            new Notes(Family.LEARNING, "x*ln(y)", 1.5, 1, 1.5, "0 where x = 0, for every y", ""));

    /** x ln(1 + y); 0 where x = 0, unless y is NaN. */
    public static final Binary XLOG1PY = new Binary(
            "xlog1py", (x, y) -> x == 0 ? withNaN(0, y) : x * Math.log1p(y),
            (x, y, z) -> Math.log1p(y),
            (x, y, z) -> x == 0 ? 0 : x / (1 + y),
            (x, y, z) -> 0,
            (x, y, z) -> y < -1 ? Double.NaN : 1 / (1 + y),
            (x, y, z) -> x == 0 ? -0.0 : -x / (1 + y) / (1 + y),
            "log1p(y)", "x/(1+y)",
            new Notes(Family.LEARNING, "x*ln(1+y)", 1.5, 1.5, 2.5, "0 where x = 0, for every y", ""));

    private Learning() {}

    static double sigmoid(double x) {
        if (x >= 0) {
            return 1 / (1 + Math.exp(-x));
        }
        double e = Math.exp(x);
        return e / (1 + e);
    }

    /** σ(x) σ(-x), which is even. */
    static double sigmoidFirst(double x) {
        double e = Math.exp(-Math.abs(x));
        double s = 1 / (1 + e);
        return e * s * s;
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** cosh x - 1 = 2 sinh²(x/2) for small x; ln cosh x = |x| + ln(1 + e^(-2|x|)) - ln 2 for large. */
    private static double logCosh(double x) {
        double a = Math.abs(x);
        if (a < 1) {
            double s = Math.sinh(0.5 * x);
            return Math.log1p(2 * s * s);
        }
        return a + (Math.log1p(Math.exp(-2 * a)) - LN_2);
    }

    /** 1/cosh² x = 4 e^(-2|x|)/(1 + e^(-2|x|))². */
    private static double sechSquared(double x) {
        return 4 * sigmoidFirst(2 * x);
    }

    private static double geluFirst(double x) {
        return ErrorFunctions.normalCdf(x) + timesVanishing(x, ErrorFunctions.normalDensity(x));
    }

    private static double geluSecond(double x) {
        double density = ErrorFunctions.normalDensity(x);
        return 2 * density - timesVanishing(x * x, density);
    }

    /** x · y where y has vanished before x became infinite. */
    private static double timesVanishing(double x, double y) {
        return y == 0 ? 0 : x * y;
    }

    private static double step(double x) {
        return x > 0 ? 1 : withNaN(0, x);
    }

    /** x, or NaN if y is NaN. */
    private static double withNaN(double x, double y) {
        return Double.isNaN(y) ? Double.NaN : x;
    }
}
