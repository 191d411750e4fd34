package org.wengert.linalg.matrix;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: A·V = V·diag(λ).
 *
 * @param values  λ from the smallest to the largest, as a column
 * @param vectors V, orthogonal
 */
public record SymmetricEigen(Matrix values, Matrix vectors) {}
