package org.wengert.linalg.matrix;

/**
 * The factors of A = L·D·Lᵀ.
 *
 * @param l L, lower triangular with unit diagonal
 * @param d the diagonal of D, as a column
 */
public record Ldl(Matrix l, Matrix d) {}
