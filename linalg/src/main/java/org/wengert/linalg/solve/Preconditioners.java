package org.wengert.linalg.solve;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.wengert.linalg.Arguments;
import org.wengert.linalg.LinearOperator;

/** Operators near the inverse of a sparse matrix, to go before a Krylov method. Stateless; matrices are copied. */
public final class Preconditioners {

    private Preconditioners() {}

    /** How a preconditioner is made from a sparse Jacobian. */
    @FunctionalInterface
    public interface Choice {
        /** An operator near the inverse of a. */
        LinearOperator of(DMatrixSparseCSC a);
    }

    /**
     * The inverse of the diagonal.
     *
     * @throws ArithmeticException if an entry of the diagonal is zero
     */
    public static LinearOperator jacobi(DMatrixSparseCSC a) {
        requireSquare(a);
        double[] inverse = new double[a.numRows];
        for (int i = 0; i < inverse.length; i++) {
            double pivot = a.get(i, i);
            if (pivot == 0 || !Double.isFinite(1 / pivot)) {
                throw new ArithmeticException("the Jacobi preconditioner needs a diagonal without zeros, but entry ("
                        + i + ", " + i + ") is " + pivot);
            }
            inverse[i] = 1 / pivot;
        }
        return new Inverse(inverse.length) {
            @Override
            public void apply(double[] v, double[] result) {
                for (int i = 0; i < inverse.length; i++) {
                    result[i] = inverse[i] * v[i];
                }
            }

            @Override
            public void applyTranspose(double[] w, double[] result) {
                apply(w, result);
            }
        };
    }

    /**
     * The inverse of the square blocks along the diagonal, by LU with pivoting.
     *
     * @param size the rows of a block, at least 1; the last one may have fewer
     * @throws ArithmeticException if a block is singular
     */
    public static LinearOperator block(DMatrixSparseCSC a, int size) {
        requireSquare(a);
        Arguments.atLeast(size, 1, "size");
        int n = a.numRows;
        int blocks = (n + size - 1) / size;
        DMatrixRMaj[] inverse = new DMatrixRMaj[blocks];
        for (int k = 0; k < blocks; k++) {
            int from = k * size;
            int rows = Math.min(size, n - from);
            DMatrixRMaj block = new DMatrixRMaj(rows, rows);
            for (int j = 0; j < rows; j++) {
                for (int q = a.col_idx[from + j]; q < a.col_idx[from + j + 1]; q++) {
                    int i = a.nz_rows[q] - from;
                    if (i >= 0 && i < rows) {
                        block.set(i, j, a.nz_values[q]);
                    }
                }
            }
            LinearSolverDense<DMatrixRMaj> lu = LinearSolverFactory_DDRM.lu(rows);
            inverse[k] = new DMatrixRMaj(rows, rows);
            boolean solved = lu.setA(block);
            if (solved) {
                lu.invert(inverse[k]);
            }
            if (!solved || !Vectors.isFinite(inverse[k].data)) {
                throw new ArithmeticException("the block preconditioner needs regular blocks, but the one of rows "
                        + from + " to " + (from + rows - 1) + " is singular");
            }
        }
        return new Inverse(n) {
            @Override
            public void apply(double[] v, double[] result) {
                multiply(v, result, false);
            }

            @Override
            public void applyTranspose(double[] w, double[] result) {
                multiply(w, result, true);
            }

            private void multiply(double[] v, double[] result, boolean transposed) {
                for (int k = 0; k < blocks; k++) {
                    DMatrixRMaj b = inverse[k];
                    for (int i = 0; i < b.numRows; i++) {
                        double sum = 0;
                        for (int j = 0; j < b.numCols; j++) {
                            sum += (transposed ? b.get(j, i) : b.get(i, j)) * v[k * size + j];
                        }
                        result[k * size + i] = sum;
                    }
                }
            }
        };
    }

    /**
     * Incomplete LU without fill: factors L·U ≈ A with the pattern of A.
     *
     * <p>Source: Y. Saad, "Iterative Methods for Sparse Linear Systems", SIAM 2003, section 10.3.
     *
     * @throws ArithmeticException if the diagonal lacks an entry, or a pivot is zero
     */
    public static LinearOperator ilu0(DMatrixSparseCSC a) {
        requireSquare(a);
        return new Ilu0(a);
    }

    private static void requireSquare(DMatrixSparseCSC a) {
        if (a.numRows != a.numCols) {
            throw new IllegalArgumentException("a must be square, but is " + Arguments.shape(a.numRows, a.numCols));
        }
    }

    /** A square operator. */
    private abstract static class Inverse implements LinearOperator {
        final int n;

        Inverse(int n) {
            this.n = n;
        }

        @Override
        public int rows() {
            return n;
        }

        @Override
        public int columns() {
            return n;
        }
    }

    /** Factors by rows: L below the diagonal (with ones on it), U on and above. */
    private static final class Ilu0 extends Inverse {

        private final int[] start;
        private final int[] column;
        private final double[] value;
        private final int[] diagonal;

        Ilu0(DMatrixSparseCSC a) {
            super(a.numRows);
            start = new int[n + 1];
            column = new int[a.nz_length];
            value = new double[a.nz_length];
            diagonal = new int[n];
            byRows(a);
            factor();
        }

        private void byRows(DMatrixSparseCSC a) {
            for (int q = 0; q < a.nz_length; q++) {
                start[a.nz_rows[q] + 1]++;
            }
            for (int i = 0; i < n; i++) {
                start[i + 1] += start[i];
            }
            int[] next = start.clone();
            Arrays.fill(diagonal, -1);
            for (int j = 0; j < n; j++) {
                for (int q = a.col_idx[j]; q < a.col_idx[j + 1]; q++) {
                    int i = a.nz_rows[q];
                    if (i == j) {
                        diagonal[i] = next[i];
                    }
                    column[next[i]] = j;
                    value[next[i]++] = a.nz_values[q];
                }
            }
            for (int i = 0; i < n; i++) {
                if (diagonal[i] < 0) {
                    throw new ArithmeticException(
                            "ILU(0) needs all entries of the diagonal, but (" + i + ", " + i + ") is not stored");
                }
            }
        }

        private void factor() {
            int[] at = new int[n];
            Arrays.fill(at, -1);
            for (int i = 0; i < n; i++) {
                for (int k = start[i]; k < start[i + 1]; k++) {
                    at[column[k]] = k;
                }
                for (int k = start[i]; k < diagonal[i]; k++) {
                    int row = column[k];
                    double factor = value[k] / value[diagonal[row]];
                    value[k] = factor;
                    for (int q = diagonal[row] + 1; q < start[row + 1]; q++) {
                        if (at[column[q]] >= 0) {
                            value[at[column[q]]] -= factor * value[q];
                        }
                    }
                }
                double pivot = value[diagonal[i]];
                if (pivot == 0 || !Double.isFinite(pivot)) {
                    throw new ArithmeticException("ILU(0) met the pivot " + pivot + " in row " + i
                            + ": the matrix is singular, or needs another order or another preconditioner");
                }
                for (int k = start[i]; k < start[i + 1]; k++) {
                    at[column[k]] = -1;
                }
            }
        }

        @Override
        public void apply(double[] v, double[] result) {
            for (int i = 0; i < n; i++) {
                double sum = v[i];
                for (int k = start[i]; k < diagonal[i]; k++) {
                    sum -= value[k] * result[column[k]];
                }
                result[i] = sum;
            }
            for (int i = n - 1; i >= 0; i--) {
                double sum = result[i];
                for (int k = diagonal[i] + 1; k < start[i + 1]; k++) {
                    sum -= value[k] * result[column[k]];
                }
                result[i] = sum / value[diagonal[i]];
            }
        }

        @Override
        public void applyTranspose(double[] w, double[] result) {
            System.arraycopy(w, 0, result, 0, n);
            for (int i = 0; i < n; i++) {
                result[i] /= value[diagonal[i]];
                for (int k = diagonal[i] + 1; k < start[i + 1]; k++) {
                    result[column[k]] -= value[k] * result[i];
                }
            }
            for (int i = n - 1; i >= 0; i--) {
                for (int k = start[i]; k < diagonal[i]; k++) {
                    result[column[k]] -= value[k] * result[i];
                }
            }
        }
    }
}
