package org.wengert.core;

/**
 * The value of a vector-valued function and its derivative along a direction.
 *
 * @param value   f(x), m entries; the caller's own
 * @param tangent J(x)·v, m entries; the caller's own
 */
public record VectorJvp(double[] value, double[] tangent) {}
