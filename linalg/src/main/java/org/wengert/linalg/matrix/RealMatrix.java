package org.wengert.linalg.matrix;

import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/** A constant matrix. */
public final class RealMatrix implements Matrix {

    private final DMatrixRMaj value;

    /** Keeps the matrix: nobody else may change it. */
    RealMatrix(DMatrixRMaj value) {
        this.value = value;
    }

    /** A constant. The matrix is copied. */
    public static RealMatrix of(DMatrixRMaj value) {
        return new RealMatrix(Objects.requireNonNull(value, "value").copy());
    }

    Mat mat() {
        return Mat.of(value);
    }

    @Override
    public int rows() {
        return value.numRows;
    }

    @Override
    public int columns() {
        return value.numCols;
    }

    @Override
    public DMatrixRMaj value() {
        return value.copy();
    }

    @Override
    public double value(int row, int column) {
        return value.get(row, column);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
