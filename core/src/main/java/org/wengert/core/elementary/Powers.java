package org.wengert.core.elementary;

/** Powers, roots and the hypotenuse. */
public final class Powers {

    /** √x. The partials are +Inf and -Inf at both zeros. */
    public static final Unary SQRT = new Unary(
            "sqrt", Math::sqrt,
            (x, y) -> 0.5 / Math.abs(y),
            (x, y, d) -> -0.5 * d / Math.abs(x),
            "0.5/(y+0)",
            new Notes(Family.POWER, "square root", 0.5, 1, 2, "derivative +Inf at both zeros", ""));

    /** ∛x, also of negative numbers. */
    public static final Unary CBRT = new Unary(
            "cbrt", Math::cbrt,
            (x, y) -> 1 / (3 * y * y),
            (x, y, d) -> -2 * d / (3 * x),
            "square(1/y)/3",
            new Notes(Family.POWER, "cube root", 1, 3.5, 5, "derivative +Inf at both zeros", ""));

    /** The n-th root, n a whole number: of negative x too where n is odd. n carries no derivative. */
    public static final Binary ROOT_N = new Binary(
            "rootN", Powers::rootN,
            Powers::rootNFirst, (x, n, z) -> Double.NaN,
            (x, n, z) -> n == 1 ? 0 : rootNFirst(x, n, z) * (1 / n - 1) / x,
            (x, n, z) -> Double.NaN, (x, n, z) -> Double.NaN,
            "z/(y*x)", "0/0",
            new Notes(Family.POWER, "x^(1/n)", 2, 4, 6, "n is a whole number and carries no derivative", ""));

    /**
     * xʸ. What holds at the edges: x⁰ is 1 and its derivative in x is 0, whatever x; at x = 0 the
     * derivative in y is 0 for y &gt; 0 and -Inf for y ≤ 0; for x &lt; 0 it is NaN.
     */
    public static final Binary POW = new Binary(
            "pow", Math::pow,
            Powers::powX, Powers::powY,
            Powers::powXX, Powers::powXY, Powers::powYY,
            "powDerivative(x,y)", "powLog(x,y)",
            new Notes(Family.POWER, "x^y", 1, 3, 7,
                    "x^0 has derivative 0 in x; in y: 0 at x = 0 < y, -Inf at x = 0 >= y, NaN at x < 0", ""));

    /** y xʸ⁻¹, the derivative of xʸ in x. */
    public static final Binary POW_DERIVATIVE = new Binary(
            "powDerivative", (x, y) -> powX(x, y, Math.pow(x, y)),
            (x, y, z) -> powXX(x, y, Math.pow(x, y)), (x, y, z) -> powXY(x, y, Math.pow(x, y)),
            (x, y, z) -> y * powXX(x, y - 1, Math.pow(x, y - 1)),
            (x, y, z) -> powX(x, y - 1, Math.pow(x, y - 1)) + y * powXY(x, y - 1, Math.pow(x, y - 1)),
            (x, y, z) -> 2 * powY(x, y - 1, Math.pow(x, y - 1)) + y * powYY(x, y - 1, Math.pow(x, y - 1)),
            "y*powDerivative(x,y-1)", "x^(y-1)+y*powLog(x,y-1)",
            new Notes(Family.POWER, "y*x^(y-1)", 3, 8, 16, "as pow", ""));

    /**
     * xʸ ln x, the derivative of xʸ in y. Its own is z ln x, and z where that would be 0·∞: not at x = 1, where z = ln x = 0
     * has a slope and z ln x has none.
     */
    public static final Binary POW_LOG = new Binary(
            "powLog", (x, y) -> powY(x, y, Math.pow(x, y)),
            (x, y, z) -> powXY(x, y, Math.pow(x, y)), (x, y, z) -> powYY(x, y, Math.pow(x, y)),
            (x, y, z) -> powX(x, y - 1, Math.pow(x, y - 1)) + y * powXY(x, y - 1, Math.pow(x, y - 1)),
            (x, y, z) -> 2 * powY(x, y - 1, Math.pow(x, y - 1)) + y * powYY(x, y - 1, Math.pow(x, y - 1)),
            (x, y, z) -> z == 0 ? 0 : powYY(x, y, Math.pow(x, y)) * Math.log(x),
            "x^(y-1)+y*powLog(x,y-1)", "select(max(abs(z),1-abs(x-1)),select(abs(y)+x,z*log(x),0/0),z)",
            new Notes(Family.POWER, "x^y*ln x", 3, 8, 20, "as pow", ""));

    /** √(x² + y²) without overflow or underflow. */
    public static final Binary HYPOT = new Binary(
            "hypot", Math::hypot,
            (x, y, z) -> share(x, y, z), (x, y, z) -> share(y, x, z),
            (x, y, z) -> curvature(share(y, x, z) * share(y, x, z), z),
            (x, y, z) -> curvature(-share(x, y, z) * share(y, x, z), z),
            (x, y, z) -> curvature(share(x, y, z) * share(x, y, z), z),
            "select(z,x/z,0)", "select(z,y/z,0)",
            new Notes(Family.POWER, "sqrt(x^2 + y^2)", 1, 2, 4, "derivatives 0 at (0, 0), as norm", ""));

    private Powers() {}

    /** Whether z can be divided by x and x once more without losing what pow(x, y - 1) would still have. */
    private static boolean isNormal(double z) {
        double a = Math.abs(z);
        return a >= Double.MIN_NORMAL && a <= Double.MAX_VALUE;
    }

    /** xʸ⁻¹, given z = xʸ. Where possible z/x: the rounding of y - 1 would cost ln x times as much. */
    private static double lower(double x, double y, double z) {
        return x != 0 && isNormal(z) && isNormal(x) ? z / x : Math.pow(x, y - 1);
    }

    private static double powX(double x, double y, double z) {
        return y == 0 ? 0 : y * lower(x, y, z);
    }

    private static double powY(double x, double y, double z) {
        return x < 0 ? Double.NaN : z == 0 ? 0 : z * Math.log(x);
    }

    private static double powXX(double x, double y, double z) {
        if (y == 0 || y == 1) {
            return 0;
        }
        return y * (y - 1) * (x != 0 && isNormal(z) && isNormal(x) ? z / x / x : Math.pow(x, y - 2));
    }

    private static double powXY(double x, double y, double z) {
        if (x < 0) {
            return Double.NaN;
        }
        double t = lower(x, y, z);
        return t == 0 ? 0 : t * (1 + (y == 0 ? 0 : y * Math.log(x)));
    }

    private static double powYY(double x, double y, double z) {
        if (x < 0 || x == 0 && y == 0) {
            return Double.NaN;
        }
        double log = Math.log(x);
        return z == 0 ? 0 : z * log * log;
    }

    private static double curvature(double product, double z) {
        return z == 0 ? 0 : product / z;
    }

    /** x/z for z = hypot(x, y), with its limits where z is infinite, and 0 at the origin. */
    private static double share(double x, double y, double z) {
        if (z == 0) {
            return 0;
        }
        if (!Double.isInfinite(z)) {
            return x / z;
        }
        if (Double.isNaN(x) || Double.isNaN(y) || Double.isInfinite(x) && Double.isInfinite(y)) {
            return Double.NaN;
        }
        return Double.isInfinite(x) ? Math.signum(x) : 0;
    }

    private static double rootN(double x, double n) {
        if (n != Math.rint(n) || n == 0 || Double.isInfinite(n)) {
            return Double.NaN;
        }
        if (n < 0) {
            return 1 / rootN(x, -n);
        }
        if (n == 1) {
            return x;
        }
        if (n == 2) {
            return Math.sqrt(x);
        }
        if (n == 3) {
            return Math.cbrt(x);
        }
        if (n % 2 == 0 && x < 0) {
            return Double.NaN;
        }
        double a = Math.abs(x);
        double root = Math.pow(a, 1 / n);
        // 1/n is rounded, so the power is off by up to ln(a)/n halves of an ulp: one Newton step takes that away.
        double power = Math.pow(root, n - 1);
        if (isNormal(root) && isNormal(power) && isNormal(a)) {
            root -= (root - a / power) / n;
        }
        return n % 2 == 0 ? root : Math.copySign(root, x);
    }

    private static double rootNFirst(double x, double n, double z) {
        if (x == 0) {
            return n == 1 ? 1 : n > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        return z / x / n;
    }
}
