package org.wengert.core;

import org.wengert.core.scalar.Scalar;

/**
 * The value of a function and its derivative along a direction, as numbers that may carry tangents of outer differentiations.
 *
 * @param value   f(x)
 * @param tangent ∇f(x)·v
 */
public record ScalarJvp(Scalar value, Scalar tangent) {}
