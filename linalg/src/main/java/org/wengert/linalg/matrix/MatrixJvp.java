package org.wengert.linalg.matrix;

import org.ejml.data.DMatrixRMaj;

/**
 * The value of a matrix function and its derivative along a direction.
 *
 * @param value   f; the caller's own
 * @param tangent df along the direction, of the same shape; the caller's own
 */
public record MatrixJvp(DMatrixRMaj value, DMatrixRMaj tangent) {}
