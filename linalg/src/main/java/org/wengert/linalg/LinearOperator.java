package org.wengert.linalg;

import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;

/**
 * A linear map A from n to m numbers that is known by what it does to vectors: a Jacobian that is never formed, a matrix, a
 * preconditioner. The solvers of this module ask for nothing else.
 *
 * <p>Implementations of this module are immutable and safe to share between threads, as long as nobody changes a matrix
 * that was wrapped.
 */
public interface LinearOperator {

    /** m, the number of rows. */
    int rows();

    /** n, the number of columns. */
    int columns();

    /**
     * Writes A·v.
     *
     * @param v      n entries; not changed
     * @param result receives m entries; must not be v
     */
    void apply(double[] v, double[] result);

    /**
     * Writes Aᵀ·w.
     *
     * @param w      m entries; not changed
     * @param result receives n entries; must not be w
     * @throws UnsupportedOperationException if the operator is known in one direction only
     */
    void applyTranspose(double[] w, double[] result);

    /** A·v, m entries; the caller's own. */
    default double[] apply(double[] v) {
        double[] result = new double[rows()];
        apply(v, result);
        return result;
    }

    /** Aᵀ·w, n entries; the caller's own. */
    default double[] applyTranspose(double[] w) {
        double[] result = new double[columns()];
        applyTranspose(w, result);
        return result;
    }

    /** The identity of n numbers. */
    static LinearOperator identity(int n) {
        Arguments.atLeast(n, 1, "n");
        return new LinearOperator() {
            @Override
            public int rows() {
                return n;
            }

            @Override
            public int columns() {
                return n;
            }

            @Override
            public void apply(double[] v, double[] result) {
                System.arraycopy(v, 0, result, 0, n);
            }

            @Override
            public void applyTranspose(double[] w, double[] result) {
                System.arraycopy(w, 0, result, 0, n);
            }
        };
    }

    /**
     * A matrix as an operator.
     *
     * @param a wrapped: a change of the matrix is a change of the operator
     */
    static LinearOperator of(DMatrixRMaj a) {
        Objects.requireNonNull(a, "a");
        return new LinearOperator() {
            @Override
            public int rows() {
                return a.numRows;
            }

            @Override
            public int columns() {
                return a.numCols;
            }

            @Override
            public void apply(double[] v, double[] result) {
                Arguments.length(v, a.numCols, "v");
                Arguments.length(result, a.numRows, "result");
                for (int i = 0; i < a.numRows; i++) {
                    double sum = 0;
                    for (int j = 0, k = i * a.numCols; j < a.numCols; j++) {
                        sum += a.data[k++] * v[j];
                    }
                    result[i] = sum;
                }
            }

            @Override
            public void applyTranspose(double[] w, double[] result) {
                Arguments.length(w, a.numRows, "w");
                Arguments.length(result, a.numCols, "result");
                Arrays.fill(result, 0);
                for (int i = 0; i < a.numRows; i++) {
                    for (int j = 0, k = i * a.numCols; j < a.numCols; j++) {
                        result[j] += a.data[k++] * w[i];
                    }
                }
            }
        };
    }

    /**
     * A sparse matrix as an operator.
     *
     * @param a wrapped: a change of the matrix is a change of the operator
     */
    static LinearOperator of(DMatrixSparseCSC a) {
        Objects.requireNonNull(a, "a");
        return new LinearOperator() {
            @Override
            public int rows() {
                return a.numRows;
            }

            @Override
            public int columns() {
                return a.numCols;
            }

            @Override
            public void apply(double[] v, double[] result) {
                Arguments.length(v, a.numCols, "v");
                Arguments.length(result, a.numRows, "result");
                Arrays.fill(result, 0);
                for (int j = 0; j < a.numCols; j++) {
                    for (int k = a.col_idx[j]; k < a.col_idx[j + 1]; k++) {
                        result[a.nz_rows[k]] += a.nz_values[k] * v[j];
                    }
                }
            }

            @Override
            public void applyTranspose(double[] w, double[] result) {
                Arguments.length(w, a.numRows, "w");
                Arguments.length(result, a.numCols, "result");
                for (int j = 0; j < a.numCols; j++) {
                    double sum = 0;
                    for (int k = a.col_idx[j]; k < a.col_idx[j + 1]; k++) {
                        sum += a.nz_values[k] * w[a.nz_rows[k]];
                    }
                    result[j] = sum;
                }
            }
        };
    }
}
