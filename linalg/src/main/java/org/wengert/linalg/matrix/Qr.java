package org.wengert.linalg.matrix;

/**
 * The factors of A = Q·R.
 *
 * @param q Q, m × min(m, n), with orthonormal columns
 * @param r R, min(m, n) × n, upper triangular with positive diagonal
 */
public record Qr(Matrix q, Matrix r) {}
