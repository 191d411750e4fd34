package org.wengert.core;

/**
 * The value of a scalar function, its gradient, and its Hessian times several vectors.
 *
 * @param value    f(x)
 * @param gradient ∇f(x), n entries; the caller's own
 * @param products ∇²f(x)·vₖ in row k, n entries each; the caller's own
 */
public record Hvps(double value, double[] gradient, double[][] products) {}
