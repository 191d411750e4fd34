package org.wengert.linalg.matrix;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.ejml.data.DMatrixRMaj;

/**
 * Tangents of A = Uᵀ·U on vector units, by the derivative of the elimination itself: it takes a third of the multiplications
 * of the formula with triangular solutions, of which half would meet zeros.
 *
 * <pre>
 * row p:      du = (da - du₀·u)/u₀,  du₀ = da₀/(2·u₀)
 * rows below: dA ← dA - (duᵀ·u + uᵀ·du)
 * </pre>
 *
 * <p>Four rows are taken at a time. The upper triangle of each tangent becomes dU in place; last it is written across the diagonal,
 * since L = Uᵀ.
 *
 * <p>Source: S. Smith, "Differentiation of the Cholesky algorithm" (1995); I. Murray (2016), section 3.
 */
final class VectorCholesky {

    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final int BLOCK = 4;

    private final int n;
    private final int lanes;

    /** Distance between rows of the block of tangents. */
    private final int row;

    private final double[] u;
    private final double[] d;

    private VectorCholesky(int n, int lanes, double[] u, double[] d) {
        this.n = n;
        this.lanes = lanes;
        this.row = lanes * n;
        this.u = u;
        this.d = d;
    }

    /**
     * The tangents of L.
     *
     * @param l  the factor, lower triangular
     * @param da a block of tangents of A, of which the symmetric part counts
     */
    static DMatrixRMaj tangents(DMatrixRMaj l, DMatrixRMaj da, int lanes) {
        DMatrixRMaj r = Dense.matrix(da.numRows, da.numCols);
        var c = new VectorCholesky(l.numRows, lanes, Dense.transpose(l, 1).data, r.data);
        c.symmetricPart(da.data);
        for (int p = 0; p < c.n; p += BLOCK) {
            for (int lane = 0; lane < lanes; lane++) {
                if (p + BLOCK < c.n) {
                    c.block(p, lane);
                } else {
                    c.rows(p, c.n - p, lane, c.n);
                }
            }
        }
        c.reflect();
        return r;
    }

    /** Rows p to p + size of dU, of one tangent, in columns from the diagonal to an end. */
    private void rows(int p, int size, int lane, int end) {
        for (int i = p; i < p + size; i++) {
            int at = i * row + lane * n;
            for (int q = p; q < i; q++) {
                int from = q * row + lane * n;
                double a = d[from + i];
                double b = u[q * n + i];
                for (int c = i; c < end; c++) {
                    d[at + c] -= a * u[q * n + c] + b * d[from + c];
                }
            }
            double r = 1 / u[i * n + i];
            double first = d[at + i] * 0.5 * r;
            d[at + i] = first;
            for (int c = i + 1; c < end; c++) {
                d[at + c] = (d[at + c] - first * u[i * n + c]) * r;
            }
        }
    }

    /** Four rows of one tangent, and what they contribute to the rows below. */
    private void block(int p, int lane) {
        int from = p * row + lane * n;
        int begin = p + BLOCK;
        // Vectors end with the row. The first reaches into columns left of the diagonal, where rows below hold nothing any more.
        int first = n - (n - begin + L - 1) / L * L;
        rows(p, BLOCK, lane, first + L);
        for (int c = first + L; c < n; c += L) {
            right(p, from, c);
        }
        if (first < 0) {
            edge(p, from, begin, first + L, lane);
        } else {
            columns(p, from, first, first + L, lane);
        }
        for (int c = first + L; c < n; c += L) {
            columns(p, from, c, c + L, lane);
        }
    }

    /** Four rows in one vector of columns right of their diagonal block. */
    private void right(int p, int from, int c) {
        int p1 = from + row;
        int p2 = p1 + row;
        int p3 = p2 + row;
        DoubleVector u0 = DoubleVector.fromArray(S, u, p * n + c);
        DoubleVector u1 = DoubleVector.fromArray(S, u, (p + 1) * n + c);
        DoubleVector u2 = DoubleVector.fromArray(S, u, (p + 2) * n + c);
        DoubleVector u3 = DoubleVector.fromArray(S, u, (p + 3) * n + c);
        DoubleVector d0 = less(DoubleVector.fromArray(S, d, from + c), d[from + p], u0).mul(1 / u[p * n + p]);
        DoubleVector d1 = less(less(less(DoubleVector.fromArray(S, d, p1 + c), d[from + p + 1], u0), u[p * n + p + 1], d0),
                d[p1 + p + 1], u1).mul(1 / u[(p + 1) * n + p + 1]);
        DoubleVector d2 = less(less(less(less(less(DoubleVector.fromArray(S, d, p2 + c), d[from + p + 2], u0), u[p * n + p + 2], d0),
                d[p1 + p + 2], u1), u[(p + 1) * n + p + 2], d1), d[p2 + p + 2], u2).mul(1 / u[(p + 2) * n + p + 2]);
        DoubleVector d3 = less(less(less(less(less(less(less(DoubleVector.fromArray(S, d, p3 + c), d[from + p + 3], u0),
                u[p * n + p + 3], d0), d[p1 + p + 3], u1), u[(p + 1) * n + p + 3], d1), d[p2 + p + 3], u2),
                u[(p + 2) * n + p + 3], d2), d[p3 + p + 3], u3).mul(1 / u[(p + 3) * n + p + 3]);
        d0.intoArray(d, from + c);
        d1.intoArray(d, p1 + c);
        d2.intoArray(d, p2 + c);
        d3.intoArray(d, p3 + c);
    }

    /** x - f·y. */
    private static DoubleVector less(DoubleVector x, double f, DoubleVector y) {
        return DoubleVector.broadcast(S, -f).fma(y, x);
    }

    private void columns(int p, int from, int c, int last, int lane) {
        DoubleVector u0 = DoubleVector.fromArray(S, u, p * n + c);
        DoubleVector u1 = DoubleVector.fromArray(S, u, (p + 1) * n + c);
        DoubleVector u2 = DoubleVector.fromArray(S, u, (p + 2) * n + c);
        DoubleVector u3 = DoubleVector.fromArray(S, u, (p + 3) * n + c);
        DoubleVector d0 = DoubleVector.fromArray(S, d, from + c);
        DoubleVector d1 = DoubleVector.fromArray(S, d, from + row + c);
        DoubleVector d2 = DoubleVector.fromArray(S, d, from + 2 * row + c);
        DoubleVector d3 = DoubleVector.fromArray(S, d, from + 3 * row + c);
        for (int q = p + BLOCK; q < last; q++) {
            int at = q * row + lane * n + c;
            DoubleVector s = u0.mul(d[from + q]);
            DoubleVector t = d0.mul(u[p * n + q]);
            s = u1.fma(DoubleVector.broadcast(S, d[from + row + q]), s);
            t = d1.fma(DoubleVector.broadcast(S, u[(p + 1) * n + q]), t);
            s = u2.fma(DoubleVector.broadcast(S, d[from + 2 * row + q]), s);
            t = d2.fma(DoubleVector.broadcast(S, u[(p + 2) * n + q]), t);
            s = u3.fma(DoubleVector.broadcast(S, d[from + 3 * row + q]), s);
            t = d3.fma(DoubleVector.broadcast(S, u[(p + 3) * n + q]), t);
            DoubleVector.fromArray(S, d, at).sub(s.add(t)).intoArray(d, at);
        }
    }

    /** The same for columns that do not fill a vector. */
    private void edge(int p, int from, int c, int last, int lane) {
        for (int q = p + BLOCK; q < last; q++) {
            int at = q * row + lane * n;
            for (int j = Math.max(c, q); j < last; j++) {
                double s = 0;
                for (int i = 0; i < BLOCK; i++) {
                    s += d[from + i * row + q] * u[(p + i) * n + j] + u[(p + i) * n + q] * d[from + i * row + j];
                }
                d[at + j] -= s;
            }
        }
    }

    // ---- across the diagonal -------------------------------------------------------------------------

    /** The upper triangles of (x + xᵀ)/2. */
    private void symmetricPart(double[] x) {
        int[] down = down();
        for (int r = 0; r < n; r++) {
            for (int lane = 0; lane < lanes; lane++) {
                int at = r * row + lane * n;
                int c = r;
                for (; c + L <= n; c += L) {
                    mean(x, at + c, c * row + lane * n + r, down);
                }
                for (; c < n; c++) {
                    d[at + c] = 0.5 * (x[at + c] + x[c * row + lane * n + r]);
                }
            }
        }
    }

    private void mean(double[] x, int at, int across, int[] down) {
        DoubleVector.fromArray(S, x, at).add(DoubleVector.fromArray(S, x, across, down, 0)).mul(0.5).intoArray(d, at);
    }

    /** dU becomes its transpose, dL. */
    private void reflect() {
        int[] down = down();
        for (int r = 0; r < n; r++) {
            for (int lane = 0; lane < lanes; lane++) {
                int at = r * row + lane * n;
                int c = 0;
                for (; c + L <= r; c += L) {
                    gather(at + c, c * row + lane * n + r, down);
                }
                for (; c < r; c++) {
                    d[at + c] = d[c * row + lane * n + r];
                }
            }
        }
        for (int r = 0; r < n; r++) {
            for (int lane = 0; lane < lanes; lane++) {
                Arrays.fill(d, r * row + lane * n + r + 1, r * row + lane * n + n, 0);
            }
        }
    }

    private void gather(int at, int across, int[] down) {
        DoubleVector.fromArray(S, d, across, down, 0).intoArray(d, at);
    }

    /** The distances of entries below each other. */
    private int[] down() {
        int[] down = new int[L];
        Arrays.setAll(down, i -> i * row);
        return down;
    }
}
