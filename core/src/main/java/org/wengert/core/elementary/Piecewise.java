package org.wengert.core.elementary;

import java.util.List;

/**
 * Functions with kinks and steps. At a kink each makes the choice that its notes state. A partial derivative
 * of zero means here that the result does not depend on the argument at all: what the argument itself was made
 * of, even with an infinite derivative, then does not matter.
 */
public final class Piecewise {

    private static final String QUOTIENT = "-rint((x-z)/y)";

    /** |x|: derivative +1 at +0.0 and -1 at -0.0. In its formula signum, which has no slope, hides from copySign that x moves. */
    public static final Unary ABS = new Unary(
            "abs", Math::abs, (x, y) -> Math.copySign(1, x), (x, y, d) -> 0, "copySign(1,signum(x))",
            new Notes(Family.PIECEWISE, "|x|", 0, 0, 0, "derivative +1 at +0.0, -1 at -0.0", ""));

    /** The lesser of two; NaN if either is. */
    public static final Binary MIN = new Binary(
            "min", Math::min,
            (x, y, z) -> x < y ? 1 : x > y ? 0 : 0.5, (x, y, z) -> y < x ? 1 : y > x ? 0 : 0.5,
            (x, y, z) -> 0, (x, y, z) -> 0, (x, y, z) -> 0,
            "select(y-x,1,select(x-y,0,0.5))", "select(x-y,1,select(y-x,0,0.5))",
            new Notes(Family.PIECEWISE, "min(x, y)", 0, 0, 0, "1/2 each where x = y", ""));

    /** The greater of two; NaN if either is. */
    public static final Binary MAX = new Binary(
            "max", Math::max,
            (x, y, z) -> x > y ? 1 : x < y ? 0 : 0.5, (x, y, z) -> y > x ? 1 : y < x ? 0 : 0.5,
            (x, y, z) -> 0, (x, y, z) -> 0, (x, y, z) -> 0,
            "select(x-y,1,select(y-x,0,0.5))", "select(y-x,1,select(x-y,0,0.5))",
            new Notes(Family.PIECEWISE, "max(x, y)", 0, 0, 0, "1/2 each where x = y", ""));

    /** x, but at least x₁ and at most x₂. The derivative in x is 1 on the closed interval. */
    public static final Nary CLAMP = new Nary(
            "clamp", 3, x -> Math.min(x[2], Math.max(x[0], x[1])),
            (x, z, i) -> switch (i) {
                case 0 -> x[0] >= x[1] && x[0] <= x[2] ? 1 : 0;
                case 1 -> x[0] < x[1] && !(x[1] > x[2]) ? 1 : 0;
                default -> x[0] > x[2] || x[1] > x[2] ? 1 : 0;
            },
            (x, z, i, j) -> 0,
            List.of("select(x1-x0,0,select(x0-x2,0,1))", "select(x1-x0,select(x1-x2,0,1),0)",
                    "select(x0-x2,1,select(x1-x2,1,0))"),
            new Notes(Family.PIECEWISE, "min(high, max(x, low))", 0, 0, 0,
                    "derivative 1 in x at both ends; high where low > high", ""));

    /** a where c > 0, else b: no branch, whichever is taken. */
    public static final Nary SELECT = new Nary(
            "select", 3, x -> x[0] > 0 ? x[1] : x[2],
            (x, z, i) -> i == (x[0] > 0 ? 1 : 2) ? 1 : 0,
            (x, z, i, j) -> 0,
            List.of("0", "select(x0,1,0)", "select(x0,0,1)"),
            new Notes(Family.PIECEWISE, "a where c > 0, else b", 0, 0, 0, "b where c is NaN", ""));

    /** -1, 0 or 1 with the sign of x. */
    public static final Unary SIGNUM = new Unary(
            "signum", Math::signum, (x, y) -> 0, (x, y, d) -> 0, "0",
            new Notes(Family.PIECEWISE, "sign of x", 0, 0, 0, "derivative 0 everywhere", ""));

    /** |x| with the sign of y. */
    public static final Binary COPY_SIGN = new Binary(
            "copySign", Math::copySign,
            (x, y, z) -> Math.copySign(1, x) * Math.copySign(1, y), (x, y, z) -> y == 0 ? Double.NaN : 0,
            (x, y, z) -> 0, (x, y, z) -> y == 0 ? Double.NaN : 0, (x, y, z) -> y == 0 ? Double.NaN : 0,
            "copySign(1,x)*copySign(1,y)", "select(abs(y),0,0/0)",
            new Notes(Family.PIECEWISE, "|x| with the sign of y", 0, 0, 0, "derivative in y NaN at y = 0", ""));

    /** The greatest whole number that is at most x. */
    public static final Unary FLOOR = new Unary(
            "floor", Math::floor, (x, y) -> 0, (x, y, d) -> 0, "0",
            new Notes(Family.PIECEWISE, "floor of x", 0, 0, 0, "derivative 0 everywhere", ""));

    /** The least whole number that is at least x. */
    public static final Unary CEIL = new Unary(
            "ceil", Math::ceil, (x, y) -> 0, (x, y, d) -> 0, "0",
            new Notes(Family.PIECEWISE, "ceiling of x", 0, 0, 0, "derivative 0 everywhere", ""));

    /** The nearest whole number, of two the even one. */
    public static final Unary RINT = new Unary(
            "rint", Math::rint, (x, y) -> 0, (x, y, d) -> 0, "0",
            new Notes(Family.PIECEWISE, "nearest whole number", 0, 0, 0, "derivative 0 everywhere", ""));

    /** The next larger double. */
    public static final Unary NEXT_UP = new Unary(
            "nextUp", Math::nextUp, (x, y) -> 1, (x, y, d) -> 0, "1",
            new Notes(Family.PIECEWISE, "next double above x", 0, 0, 0, "derivative 1", ""));

    /** x % y: the remainder of the quotient rounded towards zero. */
    public static final Binary REM = remainder("rem", (x, y) -> x % y, "x - y*trunc(x/y)");

    /** The remainder of the quotient rounded down; it has the sign of y. */
    public static final Binary FLOOR_MOD = remainder("floorMod", Piecewise::floorMod, "x - y*floor(x/y)");

    /** The remainder of the quotient rounded to nearest. */
    public static final Binary IEEE_REMAINDER =
            remainder("IEEEremainder", Math::IEEEremainder, "x - y*rint(x/y)");

    private Piecewise() {}

    /** z = x - q y with a whole number q = (x - z)/y, which is minus the derivative in y. */
    private static Binary remainder(String name, java.util.function.DoubleBinaryOperator value, String formula) {
        return new Binary(
                name, value,
                (x, y, z) -> 1, (x, y, z) -> -Math.rint((x - z) / y),
                (x, y, z) -> 0, (x, y, z) -> 0, (x, y, z) -> 0,
                "1", QUOTIENT,
                new Notes(Family.PIECEWISE, formula, 0.5, 0, 0, "at jumps as if the quotient stayed", ""));
    }

    private static double floorMod(double x, double y) {
        double r = x % y;
        return r != 0 && r < 0 != y < 0 ? r + y : r;
    }
}
