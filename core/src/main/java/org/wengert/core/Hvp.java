package org.wengert.core;

/**
 * The value of a scalar function, its gradient, and its Hessian times a vector.
 *
 * @param value    f(x)
 * @param gradient ∇f(x), n entries; the caller's own
 * @param product  ∇²f(x)·v, n entries; the caller's own
 */
public record Hvp(double value, double[] gradient, double[] product) {}
