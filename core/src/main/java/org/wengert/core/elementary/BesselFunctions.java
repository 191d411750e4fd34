package org.wengert.core.elementary;

/** Bessel functions of the first kind of whole order, and the spherical ones, to which sin(x)/x belongs. */
public final class BesselFunctions {

    private static final String NO_ORDER = "no derivative in the order n: NaN";
    private static final String AMPLITUDE = "next to a zero in units of the amplitude sqrt(2/(pi*x))";

    /** J₀(x). */
    public static final Unary BESSEL_J0 = new Unary(
            "besselJ0", x -> Bessel.cylindrical(0, x),
            (x, y) -> -Bessel.cylindrical(1, x),
            (x, y, d) -> 0.5 * (Bessel.cylindrical(2, x) - y),
            "-besselJ1(x)",
            new Notes(Family.SPECIAL, "Bessel function of order 0", 12, 12, 16, AMPLITUDE, "DLMF 10.74"));

    /** J₁(x). */
    public static final Unary BESSEL_J1 = new Unary(
            "besselJ1", x -> Bessel.cylindrical(1, x),
            (x, y) -> 0.5 * (Bessel.cylindrical(0, x) - Bessel.cylindrical(2, x)),
            (x, y, d) -> 0.25 * (Bessel.cylindrical(3, x) - 3 * y),
            "(besselJ0(x)-besselJ(2,x))/2",
            new Notes(Family.SPECIAL, "Bessel function of order 1", 12, 12, 16, AMPLITUDE, "DLMF 10.74"));

    /** Jₙ(y), n = x = 0, ±1, ±2, …. */
    public static final Binary BESSEL_J = new Binary(
            "besselJ", Bessel::cylindrical,
            (n, x, z) -> Double.NaN,
            (n, x, z) -> 0.5 * (Bessel.cylindrical(n - 1, x) - Bessel.cylindrical(n + 1, x)),
            (n, x, z) -> Double.NaN, (n, x, z) -> Double.NaN,
            (n, x, z) -> 0.25 * (Bessel.cylindrical(n - 2, x) - 2 * z + Bessel.cylindrical(n + 2, x)),
            "0/0", "(besselJ(x-1,y)-besselJ(x+1,y))/2",
            new Notes(Family.SPECIAL, "Bessel function of whole order n", 16, 16, 20, NO_ORDER + "; " + AMPLITUDE, "DLMF 10.74"));

    /** sin(x)/x, 1 at 0. */
    public static final Unary SINC = new Unary(
            "sinc", x -> Bessel.spherical(0, x),
            (x, y) -> -Bessel.spherical(1, x),
            (x, y, d) -> (2 * Bessel.spherical(2, x) - y) / 3,
            "-sphericalBesselJ(1,x)",
            new Notes(Family.SPECIAL, "sin(x)/x", 1.5, 6, 8, "1 at 0; next to a zero in units of 1/x", "DLMF 10.51"));

    /** sin(πx)/(πx), 1 at 0 and exactly 0 at all other whole numbers. */
    public static final Unary SINC_PI = new Unary(
            "sincPi", BesselFunctions::sincPi,
            BesselFunctions::sincPiFirst,
            BesselFunctions::sincPiSecond,
            "-pi*sphericalBesselJ(1,pi*x)",
            new Notes(Family.SPECIAL, "sin(pi*x)/(pi*x)", 4, 8, 12, "1 at 0; next to a zero in units of 1/x", "DLMF 10.51"));

    /** The spherical Bessel function jₙ(y), n = x = 0, 1, 2, …; j₀ is sinc. */
    public static final Binary SPHERICAL_BESSEL_J = new Binary(
            "sphericalBesselJ", Bessel::spherical,
            (n, x, z) -> Double.NaN,
            (n, x, z) -> sphericalFirst(n, x),
            (n, x, z) -> Double.NaN, (n, x, z) -> Double.NaN,
            (n, x, z) -> ((n == 0 ? 0 : n * sphericalFirst(n - 1, x)) - (n + 1) * sphericalFirst(n + 1, x)) / (2 * n + 1),
            "0/0", "(select(x,x*sphericalBesselJ(x-1,y),0)-(x+1)*sphericalBesselJ(x+1,y))/(2*x+1)",
            new Notes(Family.SPECIAL, "spherical Bessel function of order n", 16, 16, 20,
                    NO_ORDER + "; next to a zero in units of 1/x", "DLMF 10.51"));

    private BesselFunctions() {}

    private static double sphericalFirst(double n, double x) {
        return ((n == 0 ? 0 : n * Bessel.spherical(n - 1, x)) - (n + 1) * Bessel.spherical(n + 1, x)) / (2 * n + 1);
    }

    private static double sincPi(double x) {
        return x == 0 ? 1 : Double.isInfinite(x) ? 0 : Trigonometry.sinPi(x) / (Math.PI * x);
    }

    private static double sincPiFirst(double x, double y) {
        return Math.abs(x) < 0.25 || Double.isInfinite(x) ? -Math.PI * Bessel.spherical(1, Math.PI * x)
                : (Trigonometry.cosPi(x) - y) / x;
    }

    private static double sincPiSecond(double x, double y, double d) {
        if (Math.abs(x) < 0.5 || Double.isInfinite(x)) {
            return Math.PI * Math.PI / 3 * (2 * Bessel.spherical(2, Math.PI * x) - y);
        }
        return -Math.PI * Math.PI * y - 2 * d / x;
    }
}
