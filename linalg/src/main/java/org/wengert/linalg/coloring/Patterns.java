package org.wengert.linalg.coloring;

import java.util.Arrays;
import org.ejml.data.DMatrixSparseCSC;
import org.wengert.core.transform.Pattern;

/** Patterns of matrices, and matrices of patterns. Stateless. */
public final class Patterns {

    private Patterns() {}

    /**
     * The pattern of the entries given.
     *
     * @param rows    m
     * @param columns n
     * @param entries the columns of each row's entries, m arrays, in any order; a column may come more than once
     * @throws IllegalArgumentException if there are more or fewer rows, or an entry is no column
     */
    public static Pattern of(int rows, int columns, int[]... entries) {
        if (entries.length != rows) {
            throw new IllegalArgumentException("entries must have " + rows + " rows, but has " + entries.length);
        }
        int[] rowStart = new int[rows + 1];
        int[][] sorted = new int[rows][];
        for (int i = 0; i < rows; i++) {
            sorted[i] = Arrays.stream(entries[i]).sorted().distinct().toArray();
            for (int j : sorted[i]) {
                if (j < 0 || j >= columns) {
                    throw new IllegalArgumentException("entries must be columns from 0 to " + (columns - 1)
                            + ", but row " + i + " has " + j);
                }
            }
            rowStart[i + 1] = Math.addExact(rowStart[i], sorted[i].length);
        }
        int[] column = new int[rowStart[rows]];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(sorted[i], 0, column, rowStart[i], sorted[i].length);
        }
        return new Pattern(rows, columns, rowStart, column);
    }

    /** All entries. */
    public static Pattern dense(int rows, int columns) {
        int[] all = new int[columns];
        Arrays.setAll(all, j -> j);
        int[][] entries = new int[rows][];
        Arrays.fill(entries, all);
        return of(rows, columns, entries);
    }

    /** The pattern of the entries that a matrix stores, zeros among them. */
    public static Pattern of(DMatrixSparseCSC a) {
        Hypergraph byRows = Hypergraph.of(
                a.numCols, a.numRows, a.col_idx, Arrays.copyOf(a.nz_rows, a.nz_length)).dual();
        return new Pattern(a.numRows, a.numCols, byRows.memberStart(), byRows.member());
    }

    /** The transposed pattern: its rows are the columns. */
    public static Pattern transpose(Pattern p) {
        Hypergraph h = Hypergraph.of(p.rows(), p.columns(), p.rowStart(), p.column());
        return new Pattern(p.columns(), p.rows(), h.netStart(), h.net());
    }

    /** A matrix of the pattern's entries, all zero, rows ascending in each column. */
    public static DMatrixSparseCSC matrix(Pattern p) {
        Pattern byColumns = transpose(p);
        DMatrixSparseCSC a = new DMatrixSparseCSC(p.rows(), p.columns(), p.size());
        System.arraycopy(byColumns.rowStart(), 0, a.col_idx, 0, p.columns() + 1);
        System.arraycopy(byColumns.column(), 0, a.nz_rows, 0, p.size());
        a.nz_length = p.size();
        a.indicesSorted = true;
        return a;
    }

    /**
     * A matrix of another one's structure, all entries zero; the caller's own.
     *
     * @param more how many numbers its arrays have room for behind the entries
     */
    public static DMatrixSparseCSC newMatrix(DMatrixSparseCSC structure, int more) {
        var a = new DMatrixSparseCSC(structure.numRows, structure.numCols, structure.nz_length + more);
        System.arraycopy(structure.col_idx, 0, a.col_idx, 0, structure.numCols + 1);
        System.arraycopy(structure.nz_rows, 0, a.nz_rows, 0, structure.nz_length);
        a.nz_length = structure.nz_length;
        a.indicesSorted = structure.indicesSorted;
        return a;
    }

    /** The entries of either. */
    public static Pattern union(Pattern a, Pattern b) {
        if (a.rows() != b.rows() || a.columns() != b.columns()) {
            throw new IllegalArgumentException("both patterns must have one shape, but one is "
                    + a.rows() + " x " + a.columns() + ", the other " + b.rows() + " x " + b.columns());
        }
        int[] rowStart = new int[a.rows() + 1];
        int[] column = new int[Math.addExact(a.size(), b.size())];
        int size = 0;
        for (int i = 0; i < a.rows(); i++) {
            int s = a.rowStart()[i];
            int t = b.rowStart()[i];
            while (s < a.rowStart()[i + 1] || t < b.rowStart()[i + 1]) {
                int left = s < a.rowStart()[i + 1] ? a.column()[s] : Integer.MAX_VALUE;
                int right = t < b.rowStart()[i + 1] ? b.column()[t] : Integer.MAX_VALUE;
                column[size++] = Math.min(left, right);
                s += left <= right ? 1 : 0;
                t += right <= left ? 1 : 0;
            }
            rowStart[i + 1] = size;
        }
        return new Pattern(a.rows(), a.columns(), rowStart, Arrays.copyOf(column, size));
    }

    /** Whether all entries of one pattern are entries of another of the same shape. */
    public static boolean contains(Pattern all, Pattern some) {
        return union(all, some).size() == all.size();
    }

    /** The pattern of a product of two matrices none of whose sums cancels. */
    public static Pattern product(Pattern a, Pattern b) {
        if (a.columns() != b.rows()) {
            throw new IllegalArgumentException("a must have as many columns as b has rows, but a is "
                    + a.rows() + " x " + a.columns() + ", b is " + b.rows() + " x " + b.columns());
        }
        int[] rowStart = new int[a.rows() + 1];
        int[] column = new int[16];
        int size = 0;
        int[] seen = new int[b.columns()];
        for (int i = 0; i < a.rows(); i++) {
            int from = size;
            for (int k = a.rowStart()[i]; k < a.rowStart()[i + 1]; k++) {
                int middle = a.column()[k];
                for (int q = b.rowStart()[middle]; q < b.rowStart()[middle + 1]; q++) {
                    int j = b.column()[q];
                    if (seen[j] != i + 1) {
                        seen[j] = i + 1;
                        column = size < column.length ? column : Arrays.copyOf(column, 2 * size);
                        column[size++] = j;
                    }
                }
            }
            Arrays.sort(column, from, size);
            rowStart[i + 1] = size;
        }
        return new Pattern(a.rows(), b.columns(), rowStart, Arrays.copyOf(column, size));
    }
}
