package org.wengert.core.elementary;

/** The rows by which derivative programs keep the rules about zeros and NaN; nobody else has a use for them. */
public final class ZeroLaws {

    /**
     * The product of a partial derivative and a tangent, where a tangent of zero stays zero:
     * {@code y == 0 ? 0 : x * y}.
     */
    public static final Binary ABSORB = new Binary(
            "absorb", (x, y) -> y == 0 ? 0 : x * y,
            (x, y, z) -> y, (x, y, z) -> x,
            (x, y, z) -> 0, (x, y, z) -> 1, (x, y, z) -> 0,
            "y", "x",
            new Notes(Family.PIECEWISE, "y == 0 ? 0 : x * y", 0.5, 0, 0, "0 * Inf and 0 * NaN are 0 on the right", ""));

    /**
     * The product of a partial derivative of a piecewise function and a tangent: zero where either is,
     * {@code x == 0 || y == 0 ? 0 : x * y}.
     */
    public static final Binary ABSORB_EITHER = new Binary(
            "absorbEither", (x, y) -> x == 0 || y == 0 ? 0 : x * y,
            (x, y, z) -> y, (x, y, z) -> x,
            (x, y, z) -> 0, (x, y, z) -> 1, (x, y, z) -> 0,
            "y", "x",
            new Notes(Family.PIECEWISE, "x == 0 || y == 0 ? 0 : x * y", 0.5, 0, 0, "0 * Inf and 0 * NaN are 0", ""));

    /** A derivative x of the value y: {@code y is NaN ? NaN : x}. */
    public static final Binary WHERE_NUMBER = new Binary(
            "whereNumber", (x, y) -> Double.isNaN(y) ? Double.NaN : x,
            (x, y, z) -> 1, (x, y, z) -> 0,
            (x, y, z) -> 0, (x, y, z) -> 0, (x, y, z) -> 0,
            "1", "0",
            new Notes(Family.PIECEWISE, "y is NaN ? NaN : x", 0, 0, 0, "", ""));

    private ZeroLaws() {}
}
