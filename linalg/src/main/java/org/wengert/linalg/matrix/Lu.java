package org.wengert.linalg.matrix;

/**
 * The factors of P·A = L·U.
 *
 * @param l L, lower triangular with unit diagonal
 * @param u U, upper triangular
 * @param p P, the permutation, a constant
 */
public record Lu(Matrix l, Matrix u, Matrix p) {}
