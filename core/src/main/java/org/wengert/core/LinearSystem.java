package org.wengert.core;

import org.jspecify.annotations.Nullable;
import org.wengert.core.scalar.Real;
import org.wengert.core.scalar.Scalar;

/**
 * A small dense system A·x = b with A in doubles, factorized by elimination with partial pivoting, for right sides of any
 * kind of number.
 */
final class LinearSystem {

    private final int n;

    /** Row order: row i of the factors is row {@code order[i]} of A. */
    private final int[] order;

    /** Unit lower triangle (below the diagonal) and upper triangle of the reordered A, row by row. */
    private final double[][] factors;

    private LinearSystem(int n, int[] order, double[][] factors) {
        this.n = n;
        this.order = order;
        this.factors = factors;
    }

    /** The system with a row-major matrix, or null if a pivot is zero or not finite. */
    static @Nullable LinearSystem of(double[] matrix, int n) {
        double[][] a = new double[n][n];
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
            System.arraycopy(matrix, i * n, a[i], 0, n);
        }
        for (int k = 0; k < n; k++) {
            int best = k;
            for (int i = k + 1; i < n; i++) {
                best = Math.abs(a[i][k]) > Math.abs(a[best][k]) ? i : best;
            }
            double[] row = a[best];
            a[best] = a[k];
            a[k] = row;
            int index = order[best];
            order[best] = order[k];
            order[k] = index;
            if (row[k] == 0 || !Double.isFinite(row[k])) {
                return null;
            }
            for (int i = k + 1; i < n; i++) {
                double f = a[i][k] / row[k];
                a[i][k] = f;
                for (int j = k + 1; j < n; j++) {
                    a[i][j] -= f * row[j];
                }
            }
        }
        return new LinearSystem(n, order, a);
    }

    /** x with A·x = b. */
    Scalar[] solve(Scalar[] b) {
        Scalar[] x = new Scalar[n];
        for (int i = 0; i < n; i++) {
            x[i] = b[order[i]].minus(sum(factors[i], x, 0, i));
        }
        for (int i = n - 1; i >= 0; i--) {
            x[i] = x[i].minus(sum(factors[i], x, i + 1, n)).div(factors[i][i]);
        }
        return x;
    }

    private static Scalar sum(double[] row, Scalar[] x, int from, int to) {
        Scalar sum = Real.ZERO;
        for (int j = from; j < to; j++) {
            if (row[j] != 0) {
                sum = sum.plus(x[j].times(row[j]));
            }
        }
        return sum;
    }
}
