package org.wengert.linalg.matrix;

import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * Operations on plain matrices, each with a new result. A block of k matrices of n × m side by side is one n × (k·m)
 * matrix: entry (r, c) of matrix i is at row r and column i·m + c. Products from the left are then one product for all
 * of them, and, since the same memory read as (n·k) × m holds their rows one after another, so are products
 * from the right.
 */
final class Dense {

    /** Rows and columns of a tile that is transposed while it is in the first-level cache: a cache line. */
    private static final int TILE = 8;

    private Dense() {}

    static DMatrixRMaj matrix(int rows, int columns) {
        return new DMatrixRMaj(rows, columns);
    }

    static DMatrixRMaj identity(int n) {
        DMatrixRMaj i = matrix(n, n);
        for (int k = 0; k < n; k++) {
            i.data[k * n + k] = 1;
        }
        return i;
    }

    static DMatrixRMaj filled(int rows, int columns, double value) {
        DMatrixRMaj x = matrix(rows, columns);
        java.util.Arrays.fill(x.data, value);
        return x;
    }

    /** The same memory with other numbers of rows and columns. */
    static DMatrixRMaj reshape(DMatrixRMaj x, int rows, int columns) {
        return DMatrixRMaj.wrap(rows, columns, x.data);
    }

    static DMatrixRMaj plus(DMatrixRMaj x, DMatrixRMaj y) {
        DMatrixRMaj z = matrix(x.numRows, x.numCols);
        for (int k = 0; k < z.data.length; k++) {
            z.data[k] = x.data[k] + y.data[k];
        }
        return z;
    }

    static DMatrixRMaj minus(DMatrixRMaj x, DMatrixRMaj y) {
        DMatrixRMaj z = matrix(x.numRows, x.numCols);
        for (int k = 0; k < z.data.length; k++) {
            z.data[k] = x.data[k] - y.data[k];
        }
        return z;
    }

    static DMatrixRMaj scale(double c, DMatrixRMaj x) {
        return map(x, v -> c * v);
    }

    static DMatrixRMaj map(DMatrixRMaj x, DoubleUnaryOperator f) {
        DMatrixRMaj z = matrix(x.numRows, x.numCols);
        for (int k = 0; k < z.data.length; k++) {
            z.data[k] = f.applyAsDouble(x.data[k]);
        }
        return z;
    }

    static DMatrixRMaj times(DMatrixRMaj x, DMatrixRMaj y) {
        DMatrixRMaj z = matrix(x.numRows, y.numCols);
        Gemm.BEST.multiplyAdd(x.numRows, y.numCols, x.numCols, 1, x.data, 0, x.numCols, y.data, 0, y.numCols, z.data, 0, y.numCols);
        return z;
    }

    /** c∘x for each x of a block. A zero in x stays zero, whatever it is multiplied with. */
    static DMatrixRMaj hadamard(DMatrixRMaj c, DMatrixRMaj x, int k) {
        DMatrixRMaj z = matrix(x.numRows, x.numCols);
        int m = c.numCols;
        for (int r = 0, at = 0; r < x.numRows; r++) {
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < m; j++, at++) {
                    double t = x.data[at];
                    z.data[at] = t == 0 ? 0 : c.data[r * m + j] * t;
                }
            }
        }
        return z;
    }

    /** xᵀ for each x of a block. */
    static DMatrixRMaj transpose(DMatrixRMaj x, int k) {
        int n = x.numRows;
        int m = x.numCols / k;
        DMatrixRMaj z = matrix(m, k * n);
        for (int r = 0; r < n; r += TILE) {
            int rEnd = Math.min(n, r + TILE);
            for (int i = 0; i < k; i++) {
                for (int c = 0; c < m; c += TILE) {
                    transposeTile(x, z, i * m, i * n, r, rEnd, c, Math.min(m, c + TILE));
                }
            }
        }
        return z;
    }

    private static void transposeTile(
            DMatrixRMaj x, DMatrixRMaj z, int xAt, int zAt, int r, int rEnd, int c, int cEnd) {
        double[] from = x.data;
        double[] to = z.data;
        for (int j = c; j < cEnd; j++) {
            int p = r * x.numCols + xAt + j;
            int q = j * z.numCols + zAt + r;
            for (int i = r; i < rEnd; i++, p += x.numCols, q++) {
                to[q] = from[p];
            }
        }
    }

    /** (x + xᵀ)/2 for each square x of a block. */
    static DMatrixRMaj symmetric(DMatrixRMaj x, int k) {
        int n = x.numRows;
        DMatrixRMaj z = matrix(n, k * n);
        for (int r = 0; r < n; r += TILE) {
            for (int c = 0; c <= r; c += TILE) {
                for (int i = 0; i < k; i++) {
                    symmetricTile(x.data, z.data, k * n, i * n, r, Math.min(n, r + TILE), c, Math.min(n, c + TILE));
                }
            }
        }
        return z;
    }

    private static void symmetricTile(double[] x, double[] z, int row, int at, int r, int rEnd, int c, int cEnd) {
        for (int i = r; i < rEnd; i++) {
            int p = i * row + at + c;
            int q = c * row + at + i;
            for (int j = c; j < cEnd; j++, p++, q += row) {
                double mean = 0.5 * (x[p] + x[q]);
                z[p] = mean;
                z[q] = mean;
            }
        }
    }

    /** Each x of a block, read row by row, in another shape. */
    static DMatrixRMaj reshapeEach(DMatrixRMaj x, int k, int rows, int columns) {
        int m = x.numCols / k;
        DMatrixRMaj z = matrix(rows, k * columns);
        for (int i = 0; i < k; i++) {
            for (int e = 0; e < rows * columns; e++) {
                z.data[e / columns * z.numCols + i * columns + e % columns] = x.data[e / m * x.numCols + i * m + e % m];
            }
        }
        return z;
    }

    /** Rows and columns of each x of a block. */
    static DMatrixRMaj submatrix(DMatrixRMaj x, int k, int row, int column, int rows, int columns) {
        int m = x.numCols / k;
        DMatrixRMaj z = matrix(rows, k * columns);
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < k; i++) {
                System.arraycopy(
                        x.data, (row + r) * x.numCols + i * m + column, z.data, r * z.numCols + i * columns, columns);
            }
        }
        return z;
    }

    /** Each x of a block within a matrix of zeros. */
    static DMatrixRMaj embed(DMatrixRMaj x, int k, int row, int column, int rows, int columns) {
        int m = x.numCols / k;
        DMatrixRMaj z = matrix(rows, k * columns);
        for (int r = 0; r < x.numRows; r++) {
            for (int i = 0; i < k; i++) {
                System.arraycopy(x.data, r * x.numCols + i * m, z.data, (row + r) * z.numCols + i * columns + column, m);
            }
        }
        return z;
    }

    /** ⟨c, x⟩ for each x of a block: 1 × k. */
    static DMatrixRMaj inner(DMatrixRMaj c, DMatrixRMaj x, int k) {
        DMatrixRMaj z = matrix(1, k);
        int m = c.numCols;
        for (int r = 0, at = 0; r < x.numRows; r++) {
            for (int i = 0; i < k; i++) {
                double sum = 0;
                for (int j = 0; j < m; j++, at++) {
                    sum += c.data[r * m + j] * x.data[at];
                }
                z.data[i] += sum;
            }
        }
        return z;
    }

    /** x·c for each 1 × 1 matrix x of a block. */
    static DMatrixRMaj spread(DMatrixRMaj c, DMatrixRMaj x, int k) {
        int m = c.numCols;
        DMatrixRMaj z = matrix(c.numRows, k * m);
        for (int r = 0, at = 0; r < c.numRows; r++) {
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < m; j++, at++) {
                    z.data[at] = x.data[i] * c.data[r * m + j];
                }
            }
        }
        return z;
    }

    /** The diagonal of each x of a block, as a column. */
    static DMatrixRMaj diagonal(DMatrixRMaj x, int k) {
        int m = x.numCols / k;
        int n = Math.min(x.numRows, m);
        DMatrixRMaj z = matrix(n, k);
        for (int r = 0; r < n; r++) {
            for (int i = 0; i < k; i++) {
                z.data[r * k + i] = x.data[r * x.numCols + i * m + r];
            }
        }
        return z;
    }

    /** The rows × columns matrix with a given diagonal, for each column of a block. */
    static DMatrixRMaj ofDiagonal(DMatrixRMaj d, int k, int rows, int columns) {
        DMatrixRMaj z = matrix(rows, k * columns);
        for (int r = 0; r < d.numRows; r++) {
            for (int i = 0; i < k; i++) {
                z.data[r * z.numCols + i * columns + r] = d.data[r * k + i];
            }
        }
        return z;
    }

    /** c ⊗ x for each x of a block. */
    static DMatrixRMaj kronecker(DMatrixRMaj c, DMatrixRMaj x, int k) {
        int n = x.numRows;
        int m = x.numCols / k;
        DMatrixRMaj z = matrix(c.numRows * n, k * c.numCols * m);
        for (int p = 0; p < c.numRows; p++) {
            for (int r = 0; r < n; r++) {
                for (int i = 0; i < k; i++) {
                    for (int q = 0; q < c.numCols; q++) {
                        Gemm.addMultiple(m, c.data[p * c.numCols + q], x.data, r * x.numCols + i * m,
                                z.data, (p * n + r) * z.numCols + (i * c.numCols + q) * m);
                    }
                }
            }
        }
        return z;
    }

    /** x ⊗ c for each x of a block. */
    static DMatrixRMaj kroneckerRight(DMatrixRMaj c, DMatrixRMaj x, int k) {
        int n = x.numRows;
        int m = x.numCols / k;
        DMatrixRMaj z = matrix(n * c.numRows, k * m * c.numCols);
        for (int r = 0; r < n; r++) {
            for (int p = 0; p < c.numRows; p++) {
                for (int i = 0; i < k; i++) {
                    for (int j = 0; j < m; j++) {
                        Gemm.addMultiple(c.numCols, x.data[r * x.numCols + i * m + j], c.data, p * c.numCols,
                                z.data, (r * c.numRows + p) * z.numCols + (i * m + j) * c.numCols);
                    }
                }
            }
        }
        return z;
    }

    /** The adjoint of {@link #kronecker}: Σ over the blocks of z, weighted with c. */
    static DMatrixRMaj kroneckerAdjoint(DMatrixRMaj c, DMatrixRMaj z, int k, int n, int m) {
        DMatrixRMaj x = matrix(n, k * m);
        for (int p = 0; p < c.numRows; p++) {
            for (int r = 0; r < n; r++) {
                for (int i = 0; i < k; i++) {
                    for (int q = 0; q < c.numCols; q++) {
                        Gemm.addMultiple(m, c.data[p * c.numCols + q],
                                z.data, (p * n + r) * z.numCols + (i * c.numCols + q) * m, x.data, r * x.numCols + i * m);
                    }
                }
            }
        }
        return x;
    }

    /** The adjoint of {@link #kroneckerRight}: each entry is the product of c with a block of z. */
    static DMatrixRMaj kroneckerRightAdjoint(DMatrixRMaj c, DMatrixRMaj z, int k, int n, int m) {
        DMatrixRMaj x = matrix(n, k * m);
        for (int r = 0; r < n; r++) {
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < m; j++) {
                    double sum = 0;
                    for (int p = 0; p < c.numRows; p++) {
                        for (int q = 0; q < c.numCols; q++) {
                            sum += c.data[p * c.numCols + q]
                                    * z.data[(r * c.numRows + p) * z.numCols + (i * m + j) * c.numCols + q];
                        }
                    }
                    x.data[r * x.numCols + i * m + j] = sum;
                }
            }
        }
        return x;
    }

    static double maxAbs(DMatrixRMaj x) {
        double max = 0;
        for (double v : x.data) {
            max = Math.max(max, Math.abs(v));
        }
        return max;
    }

    /** The largest column sum of absolute values. */
    static double norm1(DMatrixRMaj x) {
        double max = 0;
        for (int j = 0; j < x.numCols; j++) {
            double sum = 0;
            for (int i = 0; i < x.numRows; i++) {
                sum += Math.abs(x.data[i * x.numCols + j]);
            }
            max = Math.max(max, sum);
        }
        return max;
    }
}
