package org.wengert.core.elementary;

/** Trigonometric functions and their inverses, in radians, and those of πx. */
public final class Trigonometry {

    private static final double RADIANS_PER_DEGREE = 0.017453292519943295;
    private static final double DEGREES_PER_RADIAN = 57.29577951308232;

    /** sin x. */
    public static final Unary SIN = new Unary(
            "sin", Math::sin, (x, y) -> Math.cos(x), (x, y, d) -> -y, "cos(x)",
            new Notes(Family.TRIGONOMETRIC, "sin x", 1, 1, 1, "", ""));

    /** cos x. */
    public static final Unary COS = new Unary(
            "cos", Math::cos, (x, y) -> -Math.sin(x), (x, y, d) -> -y, "-sin(x)",
            new Notes(Family.TRIGONOMETRIC, "cos x", 1, 1, 1, "", ""));

    /** tan x. */
    public static final Unary TAN = new Unary(
            "tan", Math::tan, (x, y) -> 1 + y * y, (x, y, d) -> 2 * y * d, "1+square(y)",
            new Notes(Family.TRIGONOMETRIC, "tan x", 1, 3, 5, "", ""));

    /** arcsin x. */
    public static final Unary ASIN = new Unary(
            "asin", Math::asin,
            (x, y) -> 1 / Math.sqrt((1 - x) * (1 + x)),
            (x, y, d) -> x * d / ((1 - x) * (1 + x)),
            "1/sqrt((1-x)*(1+x))",
            new Notes(Family.TRIGONOMETRIC, "arcsin x", 1, 2, 4.5, "derivative +Inf at both ends", ""));

    /** arccos x. */
    public static final Unary ACOS = new Unary(
            "acos", Math::acos,
            (x, y) -> -1 / Math.sqrt((1 - x) * (1 + x)),
            (x, y, d) -> x * d / ((1 - x) * (1 + x)),
            "-1/sqrt((1-x)*(1+x))",
            new Notes(Family.TRIGONOMETRIC, "arccos x", 1, 2, 4.5, "derivative -Inf at both ends", ""));

    /** arctan x. */
    public static final Unary ATAN = new Unary(
            "atan", Math::atan, (x, y) -> atanFirst(x), (x, y, d) -> -2 * (x * d) * d, "1/(1+square(x))",
            new Notes(Family.TRIGONOMETRIC, "arctan x", 1, 2, 5, "", ""));

    /** The angle of the point (y, x), arguments in the order of {@link Math#atan2}: y first. */
    public static final Binary ATAN2 = new Binary(
            "atan2", Math::atan2,
            (y, x, z) -> perRadius(x, y, x), (y, x, z) -> -perRadius(y, y, x),
            (y, x, z) -> -2 * perRadius(x, y, x) * perRadius(y, y, x),
            (y, x, z) -> mixedAngle(y, x),
            (y, x, z) -> 2 * perRadius(x, y, x) * perRadius(y, y, x),
            "y/hypot(x,y)/hypot(x,y)", "-x/hypot(x,y)/hypot(x,y)",
            new Notes(Family.TRIGONOMETRIC, "angle of the point (x, y)", 2, 3, 6, "NaN derivatives at (0, 0)", ""));

    /** sin πx; exact at multiples of 1/2. */
    public static final Unary SIN_PI = new Unary(
            "sinPi", Trigonometry::sinPi,
            (x, y) -> Math.PI * cosPi(x), (x, y, d) -> -Math.PI * Math.PI * y, "pi*cosPi(x)",
            new Notes(Family.TRIGONOMETRIC, "sin(pi*x)", 2.5, 3.5, 5, "", ""));

    /** cos πx; exact at multiples of 1/2. */
    public static final Unary COS_PI = new Unary(
            "cosPi", Trigonometry::cosPi,
            (x, y) -> -Math.PI * sinPi(x), (x, y, d) -> -Math.PI * Math.PI * y, "-pi*sinPi(x)",
            new Notes(Family.TRIGONOMETRIC, "cos(pi*x)", 2.5, 3.5, 5, "", ""));

    /** Degrees to radians. */
    public static final Unary TO_RADIANS = new Unary(
            "toRadians", Math::toRadians, (x, y) -> RADIANS_PER_DEGREE, (x, y, d) -> 0, "0.017453292519943295",
            new Notes(Family.TRIGONOMETRIC, "x*pi/180", 1, 0.5, 0, "", ""));

    /** Radians to degrees. */
    public static final Unary TO_DEGREES = new Unary(
            "toDegrees", Math::toDegrees, (x, y) -> DEGREES_PER_RADIAN, (x, y, d) -> 0, "57.29577951308232",
            new Notes(Family.TRIGONOMETRIC, "x*180/pi", 1, 0.5, 0, "", ""));

    private Trigonometry() {}

    /** 1/(1 + x²), also where x² overflows. */
    private static double atanFirst(double x) {
        if (Math.abs(x) < 0x1p27) {
            return 1 / (1 + x * x);
        }
        double r = 1 / x;
        return r * r;
    }

    /** a/(x² + y²) for a one of x and y, without squares that overflow or underflow. */
    private static double perRadius(double a, double y, double x) {
        double h = Math.hypot(x, y);
        return Double.isInfinite(h) ? (Double.isNaN(x) || Double.isNaN(y) ? Double.NaN : 0) : a / h / h;
    }

    /** (y² - x²)/(x² + y²)². */
    private static double mixedAngle(double y, double x) {
        double h = Math.hypot(x, y);
        return Double.isInfinite(h) ? 0 : (y - x) / h * ((y + x) / h) / h / h;
    }

    static double sinPi(double x) {
        double r = Math.IEEEremainder(x, 2);
        double a = Math.abs(r);
        double s = a <= 0.25 ? Math.sin(Math.PI * a)
                : a < 0.75 ? Math.cos(Math.PI * (0.5 - a)) : Math.sin(Math.PI * (1 - a));
        return Math.copySign(s, a == 0 || a == 1 ? x : r);
    }

    static double cosPi(double x) {
        double a = Math.abs(Math.IEEEremainder(x, 2));
        return a <= 0.25 ? Math.cos(Math.PI * a)
                : a < 0.75 ? Math.sin(Math.PI * (0.5 - a)) : -Math.cos(Math.PI * (1 - a));
    }
}
