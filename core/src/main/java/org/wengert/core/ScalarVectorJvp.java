package org.wengert.core;

import org.wengert.core.scalar.Scalar;

/**
 * The value of a vector-valued function and its derivative along a direction, as numbers that may carry tangents of outer differentiations.
 *
 * @param value   f(x), m entries; the caller's own
 * @param tangent J(x)·v, m entries; the caller's own
 */
public record ScalarVectorJvp(Scalar[] value, Scalar[] tangent) {}
