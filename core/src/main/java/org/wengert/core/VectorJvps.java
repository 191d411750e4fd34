package org.wengert.core;

/**
 * The value of a vector-valued function and its derivatives along several directions.
 *
 * @param value    f(x), m entries; the caller's own
 * @param tangents J(x)·vₖ in row k, m entries each; the caller's own
 */
public record VectorJvps(double[] value, double[][] tangents) {}
