package org.wengert.linalg.matrix;

import org.ejml.data.DMatrixRMaj;

/**
 * The value of a function of matrices and its gradient.
 *
 * @param value    f
 * @param gradient ∂f/∂A for each argument A, of its shape; the caller's own
 */
public record MatrixGradient(double value, DMatrixRMaj[] gradient) {}
