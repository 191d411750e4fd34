package org.wengert.core;

/**
 * The value of a vector-valued function and a row vector times its Jacobian.
 *
 * @param value   f(x), m entries; the caller's own
 * @param adjoint rᵀ·J(x), n entries; the caller's own
 */
public record Vjp(double[] value, double[] adjoint) {}
