package org.wengert.linalg.matrix;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** A square matrix, factorized as P·A = L·U with partial pivoting, as an operator to be inverted. */
final class LuSolver implements Solver {

    private static final double EPSILON = 0x1p-52;

    /** Columns that are eliminated before the rest is updated in one product. */
    private static final int BLOCK = 8;

    private final Mat a;
    private final DMatrixRMaj l;
    private final DMatrixRMaj u;

    /** Row i of L·U is row order[i] of A. */
    private final int[] order;

    private final double sign;
    private @Nullable DMatrixRMaj lTransposed;
    private @Nullable DMatrixRMaj uTransposed;

    private LuSolver(Mat a, DMatrixRMaj l, DMatrixRMaj u, int[] order, double sign) {
        this.a = a;
        this.l = l;
        this.u = u;
        this.order = order;
        this.sign = sign;
    }

    /**
     * The factors.
     *
     * @throws ArithmeticException if A is singular
     */
    static LuSolver of(Mat a, String name) {
        LuSolver s = factorize(a);
        int k = s.singularPivot();
        if (k >= 0) {
            throw new ArithmeticException(name + " is singular: pivot " + k + " of " + a.rows() + " is "
                    + s.u.get(k, k) + ", which is zero to working precision");
        }
        return s;
    }

    /** The factors, whatever the pivots are. */
    static LuSolver factorize(Mat a) {
        int n = a.rows();
        DMatrixRMaj f = a.v().copy();
        double[] d = f.data;
        int[] order = new int[n];
        double sign = 1;
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        for (int k = 0; k < n; k += BLOCK) {
            int end = Math.min(n, k + BLOCK);
            for (int j = k; j < end; j++) {
                if (pivot(d, order, n, j)) {
                    sign = -sign;
                }
                eliminate(d, n, j, end);
            }
            // The block's rows of U right of it, then the rest in one product.
            for (int i = k + 1; i < end; i++) {
                for (int j = k; j < i; j++) {
                    Gemm.addMultiple(n - end, -d[i * n + j], d, j * n + end, d, i * n + end);
                }
            }
            Gemm.BEST.multiplyAdd(n - end, n - end, end - k, -1, d, end * n + k, n, d, k * n + end, n, d, end * n + end, n);
        }
        DMatrixRMaj l = Dense.identity(n);
        DMatrixRMaj u = Dense.matrix(n, n);
        for (int i = 0; i < n; i++) {
            System.arraycopy(d, i * n, l.data, i * n, i);
            System.arraycopy(d, i * n + i, u.data, i * n + i, n - i);
        }
        return new LuSolver(a, l, u, order, sign);
    }

    /** Brings the largest entry of a column, from the diagonal on, to the diagonal. */
    private static boolean pivot(double[] d, int[] order, int n, int k) {
        int best = k;
        for (int i = k + 1; i < n; i++) {
            best = Math.abs(d[i * n + k]) > Math.abs(d[best * n + k]) ? i : best;
        }
        if (best == k) {
            return false;
        }
        for (int j = 0; j < n; j++) {
            double t = d[k * n + j];
            d[k * n + j] = d[best * n + j];
            d[best * n + j] = t;
        }
        int t = order[k];
        order[k] = order[best];
        order[best] = t;
        return true;
    }

    /** Subtracts multiples of row k from those below, in columns up to an end. */
    private static void eliminate(double[] d, int n, int k, int end) {
        double pivot = d[k * n + k];
        if (pivot != 0) {
            for (int i = k + 1; i < n; i++) {
                double m = d[i * n + k] / pivot;
                d[i * n + k] = m;
                for (int j = k + 1; j < end; j++) {
                    d[i * n + j] -= m * d[k * n + j];
                }
            }
        }
    }

    /**
     * The first pivot that is nothing but rounding error, or -1: one that is not larger than the error made in subtracting
     * the terms it is the rest of. Unlike a bound on the ratio of pivots this does not depend on the scales of rows and columns.
     */
    private int singularPivot() {
        int n = order.length;
        for (int k = 0; k < n; k++) {
            double terms = 0;
            for (int j = 0; j < k; j++) {
                terms += Math.abs(l.data[k * n + j] * u.data[j * n + k]);
            }
            // Written so that NaN is no pivot.
            if (!(Math.abs(u.data[k * n + k]) > 2 * n * EPSILON * terms)) {
                return k;
            }
        }
        return -1;
    }

    /** The smallest pivot by size: for a matrix of columns of length 1 near to the distance to a singular one. */
    double smallestPivot() {
        double smallest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < order.length; k++) {
            smallest = Math.min(smallest, Math.abs(u.get(k, k)));
        }
        return smallest;
    }

    DMatrixRMaj l() {
        return l;
    }

    DMatrixRMaj u() {
        return u;
    }

    int[] order() {
        return order;
    }

    double determinant() {
        double product = sign;
        for (int k = 0; k < order.length; k++) {
            product *= u.get(k, k);
        }
        return product;
    }

    /** log|det A|. */
    double logDeterminant() {
        double sum = 0;
        for (int k = 0; k < order.length; k++) {
            sum += Math.log(Math.abs(u.get(k, k)));
        }
        return sum;
    }

    @Override
    public Mat solve(Mat r) {
        DMatrixRMaj x = plain(r.v());
        DMatrixRMaj rest = Mat.sum(r.b(), a.b() == null ? null : Dense.scale(-1, Dense.times(a.b(), x)));
        return new Mat(x, rest == null ? null : plain(rest));
    }

    @Override
    public Mat solveTransposed(Mat r) {
        DMatrixRMaj x = plainTransposed(r.v());
        DMatrixRMaj rest = Mat.sum(
                r.b(), a.b() == null ? null : Dense.scale(-1, Dense.times(Dense.transpose(a.b(), 1), x)));
        return new Mat(x, rest == null ? null : plainTransposed(rest));
    }

    private DMatrixRMaj plain(DMatrixRMaj r) {
        DMatrixRMaj permuted = Dense.matrix(r.numRows, r.numCols);
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(r.data, order[i] * r.numCols, permuted.data, i * r.numCols, r.numCols);
        }
        TriangularSolver.solveInPlace(l, true, permuted);
        TriangularSolver.solveInPlace(u, false, permuted);
        return permuted;
    }

    private DMatrixRMaj plainTransposed(DMatrixRMaj r) {
        DMatrixRMaj lt = lTransposed;
        DMatrixRMaj ut = uTransposed;
        if (lt == null || ut == null) {
            lt = Dense.transpose(l, 1);
            ut = Dense.transpose(u, 1);
            lTransposed = lt;
            uTransposed = ut;
        }
        DMatrixRMaj y = TriangularSolver.solve(ut, true, r);
        TriangularSolver.solveInPlace(lt, false, y);
        DMatrixRMaj x = Dense.matrix(r.numRows, r.numCols);
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(y.data, i * r.numCols, x.data, order[i] * r.numCols, r.numCols);
        }
        return x;
    }
}
