package org.wengert.linalg.matrix;

import org.ejml.data.DMatrixRMaj;

/**
 * The value of a function of matrices, its gradient, and its Hessian times a direction.
 *
 * @param value    f
 * @param gradient ∂f/∂A for each argument A, of its shape; the caller's own
 * @param product  the derivative of the gradient along the direction, of the same shapes; the caller's own
 */
public record MatrixHvp(double value, DMatrixRMaj[] gradient, DMatrixRMaj[] product) {}
