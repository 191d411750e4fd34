package org.wengert.core.elementary;

/** Exponentials and logarithms. */
public final class Exponentials {

    /** eˣ. */
    public static final Unary EXP = new Unary(
            "exp", Math::exp, (x, y) -> y, (x, y, d) -> y, "y",
            new Notes(Family.EXPONENTIAL, "e^x", 1, 1, 1, "", ""));

    /** ln x. */
    public static final Unary LOG = new Unary(
            "log", Math::log, (x, y) -> 1 / Math.abs(x), (x, y, d) -> -d / Math.abs(x), "1/x",
            new Notes(Family.EXPONENTIAL, "ln x", 1, 0.5, 1.5, "+Inf at both zeros", ""));

    private Exponentials() {}
}
