package org.wengert.core;

import org.wengert.core.scalar.Scalar;

/**
 * The value of a vector-valued function and its Jacobian, as numbers that may carry tangents of outer differentiations.
 *
 * @param value f(x), m entries; the caller's own
 * @param rows  ∂fᵢ/∂xⱼ at {@code rows[i][j]}, m rows of n entries; the caller's own
 */
public record ScalarJacobian(Scalar[] value, Scalar[][] rows) {}
