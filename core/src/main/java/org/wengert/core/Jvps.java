package org.wengert.core;

/**
 * The value of a scalar function and its derivatives along several directions.
 *
 * @param value    f(x)
 * @param tangents ∇f(x)·vₖ, one entry per direction; the caller's own
 */
public record Jvps(double value, double[] tangents) {}
