package org.wengert.linalg.matrix;

/**
 * The factors of A = U·diag(σ)·Vᵀ, thin.
 *
 * @param u      U, m × min(m, n)
 * @param values σ from the largest to the smallest, as a column
 * @param v      V, n × min(m, n)
 */
public record Svd(Matrix u, Matrix values, Matrix v) {}
