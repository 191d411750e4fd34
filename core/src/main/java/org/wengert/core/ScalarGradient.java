package org.wengert.core;

import org.wengert.core.scalar.Scalar;

/**
 * The value of a function and its gradient, as numbers that may carry tangents of outer differentiations.
 *
 * @param value    f(x)
 * @param gradient ∂f/∂xᵢ, one entry per input; the caller's own
 */
public record ScalarGradient(Scalar value, Scalar[] gradient) {}
