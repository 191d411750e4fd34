package org.wengert.core.elementary;

/** The rows of arithmetic itself: sum, difference, product, quotient, sign. */
public final class Operations {

    /** x + y. */
    public static final Binary PLUS = new Binary(
            "plus", (x, y) -> x + y,
            (x, y, z) -> 1, (x, y, z) -> 1,
            (x, y, z) -> 0, (x, y, z) -> 0, (x, y, z) -> 0,
            "1", "1",
            new Notes(Family.ARITHMETIC, "x + y", 0.5, 0, 0, "", ""));

    /** x - y. */
    public static final Binary MINUS = new Binary(
            "minus", (x, y) -> x - y,
            (x, y, z) -> 1, (x, y, z) -> -1,
            (x, y, z) -> 0, (x, y, z) -> 0, (x, y, z) -> 0,
            "1", "-1",
            new Notes(Family.ARITHMETIC, "x - y", 0.5, 0, 0, "", ""));

    /** x · y. */
    public static final Binary TIMES = new Binary(
            "times", (x, y) -> x * y,
            (x, y, z) -> y, (x, y, z) -> x,
            (x, y, z) -> 0, (x, y, z) -> 1, (x, y, z) -> 0,
            "y", "x",
            new Notes(Family.ARITHMETIC, "x * y", 0.5, 0, 0, "", ""));

    /** x / y. The partials use 1/y and the quotient itself, so that y² can neither overflow nor underflow. */
    public static final Binary DIV = new Binary(
            "div", (x, y) -> x / y,
            (x, y, z) -> 1 / y, (x, y, z) -> -z / y,
            (x, y, z) -> 0, (x, y, z) -> -1 / y / y, (x, y, z) -> 2 * z / y / y,
            "1/y", "-z/y",
            new Notes(Family.ARITHMETIC, "x / y", 0.5, 1, 2, "", ""));

    /** -x. */
    public static final Unary NEGATE = new Unary(
            "negate", x -> -x, (x, y) -> -1, (x, y, d) -> 0, "-1",
            new Notes(Family.ARITHMETIC, "-x", 0, 0, 0, "", ""));

    private Operations() {}
}
