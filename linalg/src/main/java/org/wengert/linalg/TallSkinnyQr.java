package org.wengert.linalg;

import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;

/**
 * The triangular factor R of A = Q·R for a matrix of any number of rows, of which only some are in memory at a time.
 *
 * <p>Rows are collected until a block is full; then one Householder QR of
 *
 * <pre>
 * [ R     ]
 * [ block ]
 * </pre>
 *
 * gives the new R. Q is never formed. To get Qᵀb for a right side b, append b as the last column of A: it
 * becomes the last column of R, with ± the norm of the residual of min ‖A·p - b‖ at its foot.
 *
 * <p>As accurate as one Householder QR of the whole: the computed R is exact for a matrix that differs from A by a
 * few ulp of each COLUMN's norm. Columns of very different sizes therefore do no harm; rows of very
 * different sizes do, where the small rows alone determine a column. The signs of R's rows are arbitrary.
 *
 * <p>Cost: 2·m·n² operations; memory: max(256, 4·n) rows, twice. The result depends on the rows and their order
 * only, not on how they were handed over. Not thread safe; factors of parts of the rows, made by
 * different threads, are joined by {@link #add(TallSkinnyQr)}.
 *
 * <p>Source: J. Demmel, L. Grigori, M. Hoemmen and J. Langou, "Communication-optimal parallel and sequential QR
 * and LU factorizations", SIAM J. Sci. Comput. 34 (2012).
 */
public final class TallSkinnyQr {

    private final int columns;

    /** R on top of the rows collected so far. */
    private final DMatrixRMaj stack;

    private final QRDecompositionHouseholderColumn_DDRM householder = new QRDecompositionHouseholderColumn_DDRM();
    private int collected;
    private long rows;

    /**
     * The factor of a matrix without rows, which is zero.
     *
     * @param columns n, at least 1
     */
    public TallSkinnyQr(int columns) {
        if (columns < 1) {
            throw new IllegalArgumentException("columns must be at least 1, but was " + columns);
        }
        this.columns = columns;
        this.stack = new DMatrixRMaj(columns + Math.max(256, Math.multiplyExact(4, columns)), columns);
    }

    /** n, the number of columns. */
    public int columns() {
        return columns;
    }

    /** m, the number of rows added so far. */
    public long rows() {
        return rows;
    }

    /**
     * Adds one row.
     *
     * @param entries holds the row; copied
     * @param offset  where it starts; n entries from there on are read
     * @throws IndexOutOfBoundsException if entries has fewer than offset + n entries
     */
    public void add(double[] entries, int offset) {
        Objects.checkFromIndexSize(offset, columns, entries.length);
        if (collected == stack.numRows - columns) {
            fold();
        }
        System.arraycopy(entries, offset, stack.data, (columns + collected) * columns, columns);
        collected++;
        rows++;
    }

    /**
     * Adds all rows of another matrix by its factor: the result is the factor of the one matrix on top of the other.
     *
     * @param below has as many columns; not changed
     * @throws IllegalArgumentException if the numbers of columns differ
     */
    public void add(TallSkinnyQr below) {
        if (below.columns != columns) {
            throw new IllegalArgumentException("below must have " + columns + " columns, but has " + below.columns);
        }
        DMatrixRMaj r = below.r();
        long before = rows;
        for (int i = 0; i < columns; i++) {
            add(r.data, i * columns);
        }
        rows = before + below.rows;
    }

    /**
     * R, n × n, upper triangular; the rows beyond the number of rows of A are zero.
     *
     * @return the caller's own
     */
    public DMatrixRMaj r() {
        fold();
        return new DMatrixRMaj(columns, columns, true, Arrays.copyOf(stack.data, columns * columns));
    }

    private void fold() {
        if (collected == 0) {
            return;
        }
        int used = columns + collected;
        stack.reshape(used, columns, true);
        // The answer only says whether a column is zero from the diagonal on, which is no failure here.
        boolean _ = householder.decompose(stack);
        DMatrixRMaj r = householder.getR(null, true);
        stack.reshape(columns + Math.max(256, 4 * columns), columns, true);
        System.arraycopy(r.data, 0, stack.data, 0, columns * columns);
        collected = 0;
    }
}
