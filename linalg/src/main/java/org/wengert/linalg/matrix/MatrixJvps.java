package org.wengert.linalg.matrix;

import org.ejml.data.DMatrixRMaj;

/**
 * The value of a matrix function and its derivatives along several directions.
 *
 * @param value    f; the caller's own
 * @param tangents df along each direction, of the same shape; the caller's own
 */
public record MatrixJvps(DMatrixRMaj value, DMatrixRMaj[] tangents) {}
