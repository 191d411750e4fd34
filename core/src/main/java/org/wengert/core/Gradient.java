package org.wengert.core;

/**
 * The value of a scalar function and its gradient.
 *
 * @param value    f(x)
 * @param gradient ∂f/∂xᵢ, one entry per input; the caller's own
 */
public record Gradient(double value, double[] gradient) {}
