package org.wengert.linalg.matrix;

import org.wengert.core.simd.Kernels;

/**
 * C += α·A·B for row-major blocks of larger arrays. The kernel on vector units is taken where
 * {@link Kernels#best} takes vector kernels; the loops here are its scalar twin.
 */
interface Gemm {

    /** The kernel chosen for this process. */
    Gemm BEST = Kernels.best().bits() > 64 ? new VectorGemm() : Gemm::loops;

    /**
     * C += α·A·B.
     *
     * @param m rows of A and C
     * @param n columns of B and C
     * @param k columns of A, rows of B
     * @param a holds A, whose entry (i, j) is at {@code aAt + i·aRow + j}; the others likewise
     * @param c must not overlap A or B in the entries that are read and written
     */
    void multiplyAdd(
            int m, int n, int k, double alpha,
            double[] a, int aAt, int aRow, double[] b, int bAt, int bRow, double[] c, int cAt, int cRow);

    /** The scalar twin: a row of C at a time, in the shape that compilers vectorize by themselves. */
    static void loops(
            int m, int n, int k, double alpha,
            double[] a, int aAt, int aRow, double[] b, int bAt, int bRow, double[] c, int cAt, int cRow) {
        for (int i = 0; i < m; i++) {
            for (int p = 0; p < k; p++) {
                addMultiple(n, alpha * a[aAt + i * aRow + p], b, bAt + p * bRow, c, cAt + i * cRow);
            }
        }
    }

    /** y += α·x for runs of n entries. */
    static void addMultiple(int n, double alpha, double[] x, int xAt, double[] y, int yAt) {
        for (int j = 0; j < n; j++) {
            y[yAt + j] += alpha * x[xAt + j];
        }
    }
}
