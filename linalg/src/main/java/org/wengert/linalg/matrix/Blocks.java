package org.wengert.linalg.matrix;

import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/** Blocks of matrices side by side, as {@link Dense} describes them: taking them together and apart. */
final class Blocks {

    private Blocks() {}

    /** The matrices as one block; each must have the shape of a value. */
    static DMatrixRMaj join(DMatrixRMaj value, DMatrixRMaj[] parts, String name) {
        if (parts.length == 0) {
            throw new IllegalArgumentException(name + " must be at least 1, but were 0");
        }
        int n = value.numRows;
        int m = value.numCols;
        DMatrixRMaj block = Dense.matrix(n, parts.length * m);
        for (int i = 0; i < parts.length; i++) {
            DMatrixRMaj x = Objects.requireNonNull(parts[i], name);
            if (x.numRows != n || x.numCols != m) {
                throw new IllegalArgumentException(name + (parts.length > 1 ? "[" + i + "]" : "") + " must be "
                        + Shapes.of(value) + " like value, but is " + Shapes.of(x));
            }
            for (int r = 0; r < n; r++) {
                System.arraycopy(x.data, r * m, block.data, r * block.numCols + i * m, m);
            }
        }
        return block;
    }

    static DMatrixRMaj part(DMatrixRMaj block, int lanes, int lane) {
        int m = block.numCols / lanes;
        return Dense.submatrix(block, 1, 0, Objects.checkIndex(lane, lanes) * m, block.numRows, m);
    }

    static double entry(DMatrixRMaj block, int lanes, int lane, int row, int column) {
        int m = block.numCols / lanes;
        return block.get(row, Objects.checkIndex(lane, lanes) * m + Objects.checkIndex(column, m));
    }
}
