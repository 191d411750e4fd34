package org.wengert.linalg.matrix;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * C += α·A·B on vector units: B is copied panel by panel, two vectors wide, so that it is read in sequence whatever its
 * rows are apart; four rows of C then stay in eight registers while k runs.
 *
 * <p>Source: K. Goto and R. van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34 (2008), with
 * the blocking over k only: tangents of matrices that people differentiate fit in the caches.
 */
final class VectorGemm implements Gemm {

    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** Columns of a panel. */
    private static final int WIDTH = 2 * L;

    /** Rows of C at a time. */
    private static final int ROWS = 4;

    /** Rows of a panel: at 512 bits 24 KiB, half of a first-level cache. */
    private static final int DEPTH = 192;

    /** Below so many multiplications copying panels costs more than it brings. */
    private static final int SMALL = 1000;

    @Override
    public void multiplyAdd(
            int m, int n, int k, double alpha,
            double[] a, int aAt, int aRow, double[] b, int bAt, int bRow, double[] c, int cAt, int cRow) {
        if (n == 1 && k >= L) {
            column(m, k, alpha, a, aAt, aRow, b, bAt, bRow, c, cAt, cRow);
            return;
        }
        if ((long) m * n * k < SMALL || m < ROWS) {
            Gemm.loops(m, n, k, alpha, a, aAt, aRow, b, bAt, bRow, c, cAt, cRow);
            return;
        }
        double[] panel = new double[Math.min(k, DEPTH) * WIDTH];
        double[] edge = new double[ROWS * WIDTH];
        for (int p = 0; p < k; p += DEPTH) {
            int depth = Math.min(DEPTH, k - p);
            for (int j = 0; j < n; j += WIDTH) {
                int width = Math.min(WIDTH, n - j);
                // Few rows do not pay for a copy.
                boolean direct = m <= 2 * ROWS && width == WIDTH;
                double[] from = direct ? b : panel;
                int fromAt = direct ? bAt + p * bRow + j : 0;
                int fromRow = direct ? bRow : WIDTH;
                if (!direct) {
                    pack(panel, depth, width, b, bAt + p * bRow + j, bRow);
                }
                for (int i = 0; i < m; i += ROWS) {
                    int aFrom = aAt + i * aRow + p;
                    int cFrom = cAt + i * cRow + j;
                    int rows = Math.min(ROWS, m - i);
                    if (rows == ROWS && width == WIDTH) {
                        four(depth, alpha, a, aFrom, aRow, from, fromAt, fromRow, c, cFrom, cRow);
                    } else {
                        Arrays.fill(edge, 0);
                        if (rows == ROWS) {
                            four(depth, alpha, a, aFrom, aRow, from, fromAt, fromRow, edge, 0, WIDTH);
                        } else {
                            for (int r = 0; r < rows; r++) {
                                one(depth, alpha, a, aFrom + r * aRow, from, fromAt, fromRow, edge, r * WIDTH);
                            }
                        }
                        for (int r = 0; r < rows; r++) {
                            Gemm.addMultiple(width, 1, edge, r * WIDTH, c, cFrom + r * cRow);
                        }
                    }
                }
            }
        }
    }

    /** One column of C: inner products of the rows of A with a copy of B. */
    private static void column(
            int m, int k, double alpha,
            double[] a, int aAt, int aRow, double[] b, int bAt, int bRow, double[] c, int cAt, int cRow) {
        double[] x = new double[k];
        for (int p = 0; p < k; p++) {
            x[p] = alpha * b[bAt + p * bRow];
        }
        int bound = S.loopBound(k);
        for (int i = 0; i < m; i++) {
            c[cAt + i * cRow] += dot(k, bound, a, aAt + i * aRow, x);
        }
    }

    private static double dot(int k, int bound, double[] a, int aAt, double[] x) {
        DoubleVector s = DoubleVector.zero(S);
        for (int p = 0; p < bound; p += L) {
            s = DoubleVector.fromArray(S, a, aAt + p).fma(DoubleVector.fromArray(S, x, p), s);
        }
        double sum = s.reduceLanes(VectorOperators.ADD);
        for (int p = bound; p < k; p++) {
            sum += a[aAt + p] * x[p];
        }
        return sum;
    }

    /** Copies a panel; columns beyond its width are zero. */
    private static void pack(double[] panel, int depth, int width, double[] b, int bAt, int bRow) {
        if (width < WIDTH) {
            Arrays.fill(panel, 0, depth * WIDTH, 0);
        }
        for (int q = 0; q < depth; q++) {
            System.arraycopy(b, bAt + q * bRow, panel, q * WIDTH, width);
        }
    }

    /** Four rows of C, one panel wide. */
    private static void four(
            int depth, double alpha, double[] a, int a0, int aRow, double[] b, int bAt, int bRow,
            double[] c, int c0, int cRow) {
        int a1 = a0 + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        DoubleVector s00 = DoubleVector.zero(S);
        DoubleVector s01 = s00;
        DoubleVector s10 = s00;
        DoubleVector s11 = s00;
        DoubleVector s20 = s00;
        DoubleVector s21 = s00;
        DoubleVector s30 = s00;
        DoubleVector s31 = s00;
        for (int q = 0, at = bAt; q < depth; q++, at += bRow) {
            DoubleVector b0 = DoubleVector.fromArray(S, b, at);
            DoubleVector b1 = DoubleVector.fromArray(S, b, at + L);
            DoubleVector x0 = DoubleVector.broadcast(S, a[a0 + q]);
            s00 = x0.fma(b0, s00);
            s01 = x0.fma(b1, s01);
            DoubleVector x1 = DoubleVector.broadcast(S, a[a1 + q]);
            s10 = x1.fma(b0, s10);
            s11 = x1.fma(b1, s11);
            DoubleVector x2 = DoubleVector.broadcast(S, a[a2 + q]);
            s20 = x2.fma(b0, s20);
            s21 = x2.fma(b1, s21);
            DoubleVector x3 = DoubleVector.broadcast(S, a[a3 + q]);
            s30 = x3.fma(b0, s30);
            s31 = x3.fma(b1, s31);
        }
        add(alpha, s00, s01, c, c0);
        add(alpha, s10, s11, c, c0 + cRow);
        add(alpha, s20, s21, c, c0 + 2 * cRow);
        add(alpha, s30, s31, c, c0 + 3 * cRow);
    }

    /** One row of C, one panel wide. */
    private static void one(int depth, double alpha, double[] a, int aAt, double[] b, int bAt, int bRow,
            double[] c, int cAt) {
        DoubleVector s0 = DoubleVector.zero(S);
        DoubleVector s1 = s0;
        for (int q = 0, at = bAt; q < depth; q++, at += bRow) {
            DoubleVector x = DoubleVector.broadcast(S, a[aAt + q]);
            s0 = x.fma(DoubleVector.fromArray(S, b, at), s0);
            s1 = x.fma(DoubleVector.fromArray(S, b, at + L), s1);
        }
        add(alpha, s0, s1, c, cAt);
    }

    private static void add(double alpha, DoubleVector s0, DoubleVector s1, double[] c, int at) {
        s0.mul(alpha).add(DoubleVector.fromArray(S, c, at)).intoArray(c, at);
        s1.mul(alpha).add(DoubleVector.fromArray(S, c, at + L)).intoArray(c, at + L);
    }
}
