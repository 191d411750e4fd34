package org.wengert.hessian;

import java.util.Arrays;
import org.ejml.data.DMatrixSparseCSC;
import org.wengert.core.transform.Pattern;
import org.wengert.linalg.coloring.Patterns;

/** Where the entries of a lower triangle stand in the compressed columns of the whole symmetric matrix. Immutable. */
final class SymmetricStructure {

    private final Pattern lower;
    private final DMatrixSparseCSC structure;

    /** For each entry of the lower triangle its two places; the same twice on the diagonal. */
    private final int[] place;

    private final int[] mirror;

    SymmetricStructure(Pattern lower) {
        this.lower = lower;
        int n = lower.rows();
        int[] start = lower.rowStart();
        int[] column = lower.column();
        int[] colIdx = new int[n + 1];
        for (int i = 0; i < n; i++) {
            for (int k = start[i]; k < start[i + 1]; k++) {
                colIdx[column[k] + 1]++;
                if (column[k] != i) {
                    colIdx[i + 1]++;
                }
            }
        }
        for (int j = 0; j < n; j++) {
            colIdx[j + 1] = Math.addExact(colIdx[j + 1], colIdx[j]);
        }
        structure = new DMatrixSparseCSC(n, n, colIdx[n]);
        System.arraycopy(colIdx, 0, structure.col_idx, 0, n + 1);
        structure.nz_length = colIdx[n];
        structure.indicesSorted = true;
        place = new int[lower.size()];
        mirror = new int[lower.size()];
        // Row by row: column i gets its entries above the diagonal in row i, those below in later rows, so rows ascend.
        int[] next = colIdx.clone();
        for (int i = 0; i < n; i++) {
            for (int k = start[i]; k < start[i + 1]; k++) {
                int j = column[k];
                if (j != i) {
                    mirror[k] = next[i];
                    structure.nz_rows[next[i]++] = j;
                }
            }
            for (int k = start[i]; k < start[i + 1]; k++) {
                int j = column[k];
                place[k] = next[j];
                structure.nz_rows[next[j]++] = i;
                if (j == i) {
                    mirror[k] = place[k];
                }
            }
        }
    }

    Pattern lower() {
        return lower;
    }

    /** A matrix of the structure, all entries zero. */
    DMatrixSparseCSC newMatrix() {
        return newMatrix(0);
    }

    /** The same, with arrays that have room for more entries. */
    DMatrixSparseCSC newMatrix(int more) {
        return Patterns.newMatrix(structure, more);
    }

    /** The number of entries of the whole matrix. */
    int size() {
        return structure.nz_length;
    }

    /** Where entry k of the lower triangle stands. */
    int place(int k) {
        return place[k];
    }

    /** Where its mirror image stands; the same place on the diagonal. */
    int mirror(int k) {
        return mirror[k];
    }

    boolean fits(DMatrixSparseCSC a) {
        return a.numRows == structure.numRows && a.numCols == structure.numCols && a.nz_length == structure.nz_length
                && Arrays.equals(a.col_idx, 0, a.numCols + 1, structure.col_idx, 0, a.numCols + 1)
                && Arrays.equals(a.nz_rows, 0, a.nz_length, structure.nz_rows, 0, a.nz_length);
    }

    /** Writes the entries of the lower triangle into both of their places. */
    void fill(double[] entries, double[] values) {
        for (int k = 0; k < place.length; k++) {
            values[place[k]] = entries[k];
            values[mirror[k]] = entries[k];
        }
    }

    /** Adds a number to an entry of the lower triangle. */
    void add(double[] values, int k, double amount) {
        values[place[k]] += amount;
        if (mirror[k] != place[k]) {
            values[mirror[k]] += amount;
        }
    }
}
