package org.wengert.linalg.matrix;

/**
 * Complex eigenvalues.
 *
 * @param real      the real parts, as a column
 * @param imaginary the imaginary parts, as a column
 */
public record Eigenvalues(Matrix real, Matrix imaginary) {}
