package org.wengert.linalg;

import java.util.Arrays;
import org.ejml.data.DMatrixSparseCSC;
import org.wengert.core.transform.Pattern;
import org.wengert.linalg.coloring.Coloring;
import org.wengert.linalg.coloring.Patterns;

/**
 * Sparse Jacobians by products with sums of unit vectors, a color of columns or of rows each, and their entries read off
 * straight into compressed sparse columns. Immutable.
 */
final class Compression {

    /** How many colors go into one call: a multiple of what sweeps take together. */
    private static final int CHUNK = 16;

    private final Pattern pattern;
    private final Coloring coloring;
    private final DMatrixSparseCSC structure;

    Compression(Coloring coloring) {
        this.pattern = coloring.pattern();
        this.coloring = coloring;
        this.structure = Patterns.matrix(pattern);
    }

    Pattern pattern() {
        return pattern;
    }

    Coloring coloring() {
        return coloring;
    }

    /**
     * A matrix of the pattern, all entries zero; the caller's own. Its arrays have room for as many entries more as there are rows,
     * so that values and entries can be computed in it together.
     */
    DMatrixSparseCSC newMatrix() {
        return Patterns.newMatrix(structure, structure.numRows);
    }

    /** Whether a matrix has the pattern already, so that it is enough to write its values. */
    boolean fits(DMatrixSparseCSC a) {
        if (a.numRows != structure.numRows || a.numCols != structure.numCols || a.nz_length != structure.nz_length) {
            return false;
        }
        return Arrays.equals(a.col_idx, 0, a.numCols + 1, structure.col_idx, 0, a.numCols + 1)
                && Arrays.equals(a.nz_rows, 0, a.nz_length, structure.nz_rows, 0, a.nz_length);
    }

    /** The position in compressed columns of entry k of the pattern, which is stored by rows. */
    private int[] positions() {
        int[] next = Arrays.copyOf(structure.col_idx, structure.numCols + 1);
        int[] position = new int[pattern.size()];
        for (int k = 0; k < position.length; k++) {
            position[k] = next[pattern.column()[k]]++;
        }
        return position;
    }

    /** The positions in compressed columns of the entries of another pattern; -1 where this one has no such entry. */
    int[] places(Pattern of) {
        int[] position = positions();
        int[] place = new int[of.size()];
        for (int i = 0; i < of.rows(); i++) {
            for (int k = of.rowStart()[i]; k < of.rowStart()[i + 1]; k++) {
                int at = pattern.find(i, of.column()[k]);
                place[k] = at < 0 ? -1 : position[at];
            }
        }
        return place;
    }

    /** Writes the entries in the order of compressed columns. */
    void evaluate(Sweeps sweeps, double[] values) {
        for (int first = 0; first < coloring.columnColors(); first += CHUNK) {
            forward(sweeps, first, Math.min(CHUNK, coloring.columnColors() - first), values);
        }
        if (coloring.rowColors() > 0) {
            int[] position = positions();
            for (int first = 0; first < coloring.rowColors(); first += CHUNK) {
                reverse(sweeps, first, Math.min(CHUNK, coloring.rowColors() - first), position, values);
            }
        }
    }

    private void forward(Sweeps sweeps, int first, int k, double[] values) {
        int n = pattern.columns();
        double[] seeds = new double[Math.multiplyExact(n, k)];
        for (int j = 0; j < n; j++) {
            int c = coloring.columnColor(j) - first;
            if (c >= 0 && c < k) {
                seeds[j * k + c] = 1;
            }
        }
        double[] products = new double[Math.multiplyExact(pattern.rows(), k)];
        sweeps.forward(seeds, k, products);
        for (int j = 0; j < n; j++) {
            int c = coloring.columnColor(j) - first;
            for (int q = structure.col_idx[j]; c >= 0 && c < k && q < structure.col_idx[j + 1]; q++) {
                int i = structure.nz_rows[q];
                if (coloring.isByColumn(i, j)) {
                    values[q] = products[i * k + c];
                }
            }
        }
    }

    private void reverse(Sweeps sweeps, int first, int k, int[] position, double[] values) {
        int m = pattern.rows();
        double[] seeds = new double[Math.multiplyExact(m, k)];
        for (int i = 0; i < m; i++) {
            int c = coloring.rowColor(i) - first;
            if (c >= 0 && c < k) {
                seeds[i * k + c] = 1;
            }
        }
        double[] products = new double[Math.multiplyExact(pattern.columns(), k)];
        sweeps.reverse(seeds, k, products);
        for (int i = 0; i < m; i++) {
            int c = coloring.rowColor(i) - first;
            for (int q = pattern.rowStart()[i]; c >= 0 && c < k && q < pattern.rowStart()[i + 1]; q++) {
                int j = pattern.column()[q];
                if (!coloring.isByColumn(i, j)) {
                    values[position[q]] = products[j * k + c];
                }
            }
        }
    }
}
