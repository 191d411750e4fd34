package org.wengert.core.elementary;

/** Trigonometric functions and their inverses. */
public final class Trigonometry {

    /** sin x, x in radians. */
    public static final Unary SIN = new Unary(
            "sin", Math::sin, (x, y) -> Math.cos(x), (x, y, d) -> -y, "cos(x)",
            new Notes(Family.TRIGONOMETRIC, "sin x", 1, 1, 1, "", ""));

    /** cos x, x in radians. */
    public static final Unary COS = new Unary(
            "cos", Math::cos, (x, y) -> -Math.sin(x), (x, y, d) -> -y, "-sin(x)",
            new Notes(Family.TRIGONOMETRIC, "cos x", 1, 1, 1, "", ""));

    private Trigonometry() {}
}
