package org.wengert.core;

/**
 * The value of a scalar function and its first two derivatives along a direction v.
 *
 * @param value  f(x)
 * @param first  ∇f(x)·v
 * @param second vᵀ·∇²f(x)·v
 */
public record Along(double value, double first, double second) {}
