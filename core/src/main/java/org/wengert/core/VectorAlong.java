package org.wengert.core;

/**
 * The value of a vector-valued function and its first two derivatives along a direction v, per result.
 *
 * @param value  f(x), m entries; the caller's own
 * @param first  J(x)·v, m entries; the caller's own
 * @param second vᵀ·∇²fᵢ(x)·v, m entries; the caller's own
 */
public record VectorAlong(double[] value, double[] first, double[] second) {}
