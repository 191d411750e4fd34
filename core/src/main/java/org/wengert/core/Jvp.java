package org.wengert.core;

/**
 * The value of a scalar function and its derivative along a direction.
 *
 * @param value   f(x)
 * @param tangent ∇f(x)·v
 */
public record Jvp(double value, double tangent) {}
