package org.wengert.linalg.ode;

import org.wengert.linalg.Arguments;

/**
 * How accurately to integrate, and how far to go. The error of a step is kept below
 * {@code absolute + relative · |yᵢ|} for every state, in the mean square.
 *
 * <p>Steps follow the states alone: tangents are those of the method with these steps, and as accurate as
 * the states where they vary on the same scale.
 *
 * @param relative    relative tolerance, positive
 * @param absolute    absolute tolerance, positive
 * @param initialStep the first step, or 0 to have one chosen
 * @param maxStep     no step is longer; positive
 * @param maxSteps    the limit of steps, at least 1
 */
public record Control(double relative, double absolute, double initialStep, double maxStep, int maxSteps) {

    /** Relative 10⁻⁸, absolute 10⁻¹⁰, a million steps. */
    public static final Control DEFAULT = of(1e-8, 1e-10);

    /** Checks the settings. */
    public Control {
        Arguments.positive(relative, "relative");
        Arguments.positive(absolute, "absolute");
        if (!(initialStep >= 0) || Double.isInfinite(initialStep)) {
            throw new IllegalArgumentException("initialStep must be at least 0 and finite, but was " + initialStep);
        }
        if (!(maxStep > 0)) {
            throw new IllegalArgumentException("maxStep must be positive, but was " + maxStep);
        }
        Arguments.atLeast(maxSteps, 1, "maxSteps");
    }

    /** Tolerances. */
    public static Control of(double relative, double absolute) {
        return new Control(relative, absolute, 0, Double.POSITIVE_INFINITY, 1_000_000);
    }

    /** The same, with the first step and the longest step given. */
    public Control withSteps(double first, double longest) {
        return new Control(relative, absolute, first, longest, maxSteps);
    }

    /** The same, with another limit of steps. */
    public Control withMaxSteps(int limit) {
        return new Control(relative, absolute, initialStep, maxStep, limit);
    }
}
