package org.wengert.core.elementary;

import java.util.List;

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
            "1/y", "-(z*(1/y))",
            new Notes(Family.ARITHMETIC, "x / y", 0.5, 1, 2, "", ""));

    /** -x. */
    public static final Unary NEGATE = new Unary(
            "negate", x -> -x, (x, y) -> -1, (x, y, d) -> 0, "-1",
            new Notes(Family.ARITHMETIC, "-x", 0, 0, 0, "", ""));

    /** 1/x. */
    public static final Unary RECIPROCAL = new Unary(
            "reciprocal", x -> 1 / x, (x, y) -> -y / x, (x, y, d) -> -2 * d / x, "-y/x",
            new Notes(Family.ARITHMETIC, "1/x", 0.5, 1, 1.5, "", ""));

    /** x². */
    public static final Unary SQUARE = new Unary(
            "square", x -> x * x, (x, y) -> 2 * x, (x, y, d) -> 2, "2*x",
            new Notes(Family.ARITHMETIC, "x^2", 0.5, 0, 0, "", ""));

    /** x·y + z, rounded once. */
    public static final Nary FMA = new Nary(
            "fma", 3, x -> Math.fma(x[0], x[1], x[2]),
            (x, z, i) -> i == 2 ? 1 : x[1 - i],
            (x, z, i, j) -> i + j == 1 ? 1 : 0,
            List.of("x1", "x0", "1"),
            new Notes(Family.ARITHMETIC, "x*y + z, rounded once", 0.5, 0, 0, "", ""));

    private Operations() {}
}
