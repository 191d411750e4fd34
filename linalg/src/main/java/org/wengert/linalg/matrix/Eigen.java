package org.wengert.linalg.matrix;

/**
 * Complex eigenvalues and eigenvectors: A·V = V·diag(λ).
 *
 * @param values    λ
 * @param real      Re V, n × n
 * @param imaginary Im V, n × n
 */
public record Eigen(Eigenvalues values, Matrix real, Matrix imaginary) {}
