package org.wengert.linalg.matrix;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** A triangular matrix as an operator to be inverted. What the other triangle holds must be zero. */
final class TriangularSolver implements Solver {

    /** Rows that are eliminated before the rest is updated in one product. */
    private static final int BLOCK = 4;

    /** From so many right sides on, they are multiplied with the reciprocals of pivots: many times faster, an ulp less accurate. */
    private static final int WIDE = 32;

    private final Mat t;
    private final boolean lower;
    private @Nullable TriangularSolver transposed;

    private TriangularSolver(Mat t, boolean lower) {
        this.t = t;
        this.lower = lower;
    }

    static TriangularSolver lower(Mat t) {
        return new TriangularSolver(t, true);
    }

    static TriangularSolver upper(Mat t) {
        return new TriangularSolver(t, false);
    }

    @Override
    public Mat solve(Mat r) {
        DMatrixRMaj x = solve(t.v(), lower, r.v());
        DMatrixRMaj rest = Mat.sum(r.b(), t.b() == null ? null : Dense.scale(-1, Dense.times(t.b(), x)));
        return new Mat(x, rest == null ? null : solve(t.v(), lower, rest));
    }

    @Override
    public Mat solveTransposed(Mat r) {
        TriangularSolver s = transposed;
        if (s == null) {
            s = new TriangularSolver(t.transpose(), !lower);
            transposed = s;
        }
        return s.solve(r);
    }

    static DMatrixRMaj solve(DMatrixRMaj t, boolean lower, DMatrixRMaj r) {
        DMatrixRMaj x = r.copy();
        solveInPlace(t, lower, x);
        return x;
    }

    /** Right sides become solutions. */
    static void solveInPlace(DMatrixRMaj t, boolean lower, DMatrixRMaj x) {
        int n = t.numRows;
        int w = x.numCols;
        for (int done = 0; done < n; done += BLOCK) {
            int size = Math.min(BLOCK, n - done);
            int from = lower ? done : n - done - size;
            int known = lower ? 0 : from + size;
            Gemm.BEST.multiplyAdd(size, w, done, -1, t.data, from * n + known, n, x.data, known * w, w, x.data, from * w, w);
            for (int s = 0; s < size; s++) {
                int i = lower ? from + s : from + size - 1 - s;
                for (int q = 0; q < s; q++) {
                    int j = lower ? from + q : from + size - 1 - q;
                    Gemm.addMultiple(w, -t.data[i * n + j], x.data, j * w, x.data, i * w);
                }
                divide(w, t.data[i * n + i], x.data, i * w);
            }
        }
    }

    private static void divide(int w, double pivot, double[] x, int at) {
        double reciprocal = 1 / pivot;
        // Where the reciprocal overflows the quotient need not.
        if (w > WIDE && Double.isFinite(reciprocal)) {
            for (int j = 0; j < w; j++) {
                x[at + j] *= reciprocal;
            }
        } else if (pivot != 1) {
            for (int j = 0; j < w; j++) {
                x[at + j] /= pivot;
            }
        }
    }
}
