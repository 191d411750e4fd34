package org.wengert.linalg.matrix;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.ejml.data.DMatrixRMaj;

/**
 * Several tangents of A = L·Lᵀ at once, one in each lane of a vector: the derivative of the algorithm that finds L row by row.
 *
 * <pre>
 * s       = da_ij - Σ_{k&lt;j} (dl_ik·l_jk + l_ik·dl_jk)
 * dl_ij   = (s - l_ij·dl_jj)/l_jj,   dl_ii = s/(2·l_ii)
 * </pre>
 *
 * <p>All entries of a triangle are computed, and nothing else: no vector reaches across the diagonal or beyond the end of a row.
 * Two rows and two columns are taken at a time, so that what is loaded is used twice.
 *
 * <p>Source: S. Smith, "Differentiation of the Cholesky algorithm", J. Comput. Graph. Stat. 4 (1995).
 */
final class LaneCholesky {

    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** Rows that are copied from one layout to the other together. */
    private static final int TILE = 8;

    /** Up to so many entries a thread keeps its working array: making one anew takes as long as the work in it. */
    private static final int KEPT = 1 << 17;

    private static final ThreadLocal<double[]> WORK = ThreadLocal.withInitial(() -> new double[0]);

    private final int n;
    private final int lanes;

    /** L, row after row. */
    private final double[] l;

    /** The tangents of each entry of the lower triangle, in a vector; the last of them are of no tangent. */
    private final double[] d;

    private LaneCholesky(DMatrixRMaj factor, int lanes, double[] work) {
        this.n = factor.numRows;
        this.lanes = lanes;
        this.l = factor.data;
        this.d = work;
        if (lanes < L) {
            Arrays.fill(d, 0, start(n) * L, 0);
        }
    }

    private static double[] work(int size) {
        double[] kept = WORK.get();
        if (kept.length < size) {
            kept = new double[size];
            if (size <= KEPT) {
                WORK.set(kept);
            }
        }
        return kept;
    }

    /** Where row i of a triangle begins. */
    private static int start(int i) {
        return i * (i + 1) / 2;
    }

    /** Whether so many tangents fill vectors well enough. */
    static boolean isFor(int lanes) {
        return L > 1 && 4 * lanes >= 3 * L && 4 * lanes >= 3 * ((lanes + L - 1) / L * L);
    }

    /**
     * The tangents of L.
     *
     * @param factor L, lower triangular
     * @param da     a block of tangents of A, of which the symmetric part counts
     * @param lanes  how many
     */
    static DMatrixRMaj tangents(DMatrixRMaj factor, DMatrixRMaj da, int lanes) {
        DMatrixRMaj r = Dense.matrix(da.numRows, da.numCols);
        double[] work = work(start(factor.numRows) * L);
        for (int first = 0; first < lanes; first += L) {
            var c = new LaneCholesky(factor, Math.min(L, lanes - first), work);
            c.symmetricPart(da.data, da.numCols, first * c.n);
            c.eliminate();
            c.write(r.data, r.numCols, first * c.n);
        }
        return r;
    }

    // ---- layouts -------------------------------------------------------------------------------------

    /** The lower triangle of (x + xᵀ)/2. */
    private void symmetricPart(double[] x, int row, int at) {
        for (int r = 0; r < n; r += TILE) {
            int end = Math.min(n, r + TILE);
            for (int c = 0; c < end; c++) {
                for (int lane = 0; lane < lanes; lane++) {
                    mean(x, row, at + lane * n, Math.max(r, c), end, c, lane);
                }
            }
        }
    }

    /** Entries of column c, in rows from r on, whose mirror images lie in sequence. */
    private void mean(double[] x, int row, int at, int r, int end, int c, int lane) {
        int mirror = c * row + at;
        int from = r * row + at + c;
        for (int i = r; i < end; i++, from += row) {
            d[(start(i) + c) * L + lane] = 0.5 * (x[from] + x[mirror + i]);
        }
    }

    private void write(double[] r, int row, int at) {
        for (int i = 0; i < n; i++) {
            for (int lane = 0; lane < lanes; lane++) {
                int to = i * row + at + lane * n;
                int from = start(i) * L + lane;
                for (int c = 0; c <= i; c++, from += L) {
                    r[to + c] = d[from];
                }
            }
        }
    }

    // ---- the algorithm -------------------------------------------------------------------------------

    private void eliminate() {
        int i = 0;
        for (; i + 2 <= n; i += 2) {
            for (int j = 0; j < i; j += 2) {
                square(i, j);
            }
            diagonal(i);
            entry(i + 1, i);
            diagonal(i + 1);
        }
        if (i < n) {
            for (int j = 0; j < i; j++) {
                entry(i, j);
            }
            diagonal(i);
        }
    }

    /** Entries (i, j), (i, j + 1), (i + 1, j) and (i + 1, j + 1), all left of the diagonal. */
    private void square(int i, int j) {
        int li = start(i);
        int lm = start(i + 1);
        int lj = start(j);
        int lk = start(j + 1);
        int ri = i * n;
        int rm = ri + n;
        int rj = j * n;
        int rk = rj + n;
        DoubleVector s00 = DoubleVector.fromArray(S, d, (li + j) * L);
        DoubleVector s01 = DoubleVector.fromArray(S, d, (li + j + 1) * L);
        DoubleVector s10 = DoubleVector.fromArray(S, d, (lm + j) * L);
        DoubleVector s11 = DoubleVector.fromArray(S, d, (lm + j + 1) * L);
        DoubleVector t00 = DoubleVector.zero(S);
        DoubleVector t01 = t00;
        DoubleVector t10 = t00;
        DoubleVector t11 = t00;
        for (int k = 0; k < j; k++) {
            DoubleVector di = DoubleVector.fromArray(S, d, (li + k) * L);
            DoubleVector dm = DoubleVector.fromArray(S, d, (lm + k) * L);
            DoubleVector dj = DoubleVector.fromArray(S, d, (lj + k) * L);
            DoubleVector dk = DoubleVector.fromArray(S, d, (lk + k) * L);
            DoubleVector vi = DoubleVector.broadcast(S, -l[ri + k]);
            DoubleVector vm = DoubleVector.broadcast(S, -l[rm + k]);
            DoubleVector vj = DoubleVector.broadcast(S, l[rj + k]);
            DoubleVector vk = DoubleVector.broadcast(S, l[rk + k]);
            s00 = vi.fma(dj, s00);
            t00 = vj.fma(di, t00);
            s01 = vi.fma(dk, s01);
            t01 = vk.fma(di, t01);
            s10 = vm.fma(dj, s10);
            t10 = vj.fma(dm, t10);
            s11 = vm.fma(dk, s11);
            t11 = vk.fma(dm, t11);
        }
        DoubleVector djj = DoubleVector.fromArray(S, d, (lj + j) * L);
        DoubleVector dkj = DoubleVector.fromArray(S, d, (lk + j) * L);
        DoubleVector dkk = DoubleVector.fromArray(S, d, (lk + j + 1) * L);
        double qj = 1 / l[rj + j];
        double qk = 1 / l[rk + j + 1];
        double lkj = l[rk + j];
        DoubleVector x0 = less(s00.sub(t00), l[ri + j], djj).mul(qj);
        DoubleVector x1 = less(s10.sub(t10), l[rm + j], djj).mul(qj);
        x0.intoArray(d, (li + j) * L);
        x1.intoArray(d, (lm + j) * L);
        less(less(less(s01.sub(t01), lkj, x0), l[ri + j], dkj), l[ri + j + 1], dkk).mul(qk)
                .intoArray(d, (li + j + 1) * L);
        less(less(less(s11.sub(t11), lkj, x1), l[rm + j], dkj), l[rm + j + 1], dkk).mul(qk)
                .intoArray(d, (lm + j + 1) * L);
    }

    /** x - f·y. */
    private static DoubleVector less(DoubleVector x, double f, DoubleVector y) {
        return DoubleVector.broadcast(S, -f).fma(y, x);
    }

    /** da_ij less what the columns before it contribute. */
    private DoubleVector rest(int i, int j) {
        int li = start(i);
        int lj = start(j);
        int ri = i * n;
        int rj = j * n;
        DoubleVector s = DoubleVector.fromArray(S, d, (li + j) * L);
        DoubleVector t = DoubleVector.zero(S);
        for (int k = 0; k < j; k++) {
            s = DoubleVector.broadcast(S, -l[ri + k]).fma(DoubleVector.fromArray(S, d, (lj + k) * L), s);
            t = DoubleVector.broadcast(S, l[rj + k]).fma(DoubleVector.fromArray(S, d, (li + k) * L), t);
        }
        return s.sub(t);
    }

    private void entry(int i, int j) {
        double q = 1 / l[j * n + j];
        less(rest(i, j), l[i * n + j], DoubleVector.fromArray(S, d, (start(j) + j) * L)).mul(q)
                .intoArray(d, (start(i) + j) * L);
    }

    private void diagonal(int i) {
        rest(i, i).mul(0.5 / l[i * n + i]).intoArray(d, (start(i) + i) * L);
    }
}
