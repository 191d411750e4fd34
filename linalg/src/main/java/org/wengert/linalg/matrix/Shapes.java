package org.wengert.linalg.matrix;

import org.ejml.data.DMatrixRMaj;

/** Checks of arguments: each message names the argument, what it was and what it should be. */
final class Shapes {

    /** Two entries across the diagonal may differ by so much, relative to the largest entry. */
    private static final double SYMMETRY = 1e-10;

    private Shapes() {}

    static String of(Variable x) {
        return of(x.m().v());
    }

    static String of(DMatrixRMaj x) {
        return x.numRows + " x " + x.numCols;
    }

    static void same(Variable x, Variable y, String left, String right) {
        if (x.rows() != y.rows() || x.columns() != y.columns()) {
            throw new IllegalArgumentException(
                    right + " must be " + of(x) + " like " + left + ", but is " + of(y));
        }
    }

    static void product(Variable x, Variable y, String left, String right) {
        if (x.columns() != y.rows()) {
            throw new IllegalArgumentException(right + " must have " + x.columns() + " rows, one for each column of "
                    + left + " (" + of(x) + "), but is " + of(y));
        }
    }

    static void sameRows(Variable x, Variable y, String left, String right) {
        if (x.rows() != y.rows()) {
            throw new IllegalArgumentException(
                    right + " must have " + x.rows() + " rows like " + left + " (" + of(x) + "), but is " + of(y));
        }
    }

    static void square(Variable x, String name) {
        if (x.rows() != x.columns()) {
            throw new IllegalArgumentException(name + " must be square, but is " + of(x));
        }
    }

    static void scalar(Variable x, String name) {
        if (x.rows() != 1 || x.columns() != 1) {
            throw new IllegalArgumentException(name + " must be 1 x 1, but is " + of(x));
        }
    }

    static void column(Variable x, String name) {
        if (x.columns() != 1) {
            throw new IllegalArgumentException(name + " must be a column, n x 1, but is " + of(x));
        }
    }

    static void finite(Variable x, String name) {
        DMatrixRMaj v = x.m().v();
        for (int k = 0; k < v.data.length; k++) {
            if (!Double.isFinite(v.data[k])) {
                throw new IllegalArgumentException(name + " must be finite, but entry (" + k / v.numCols + ", "
                        + k % v.numCols + ") is " + v.data[k]);
            }
        }
    }

    /** Square, finite, and symmetric but for rounding. */
    static void symmetric(Variable x, String name) {
        square(x, name);
        finite(x, name);
        DMatrixRMaj v = x.m().v();
        int n = v.numRows;
        double largest = 0;
        double apart = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                largest = Math.max(largest, Math.abs(v.data[i * n + j]));
                apart = Math.max(apart, Math.abs(v.data[i * n + j] - v.data[j * n + i]));
            }
        }
        if (apart > SYMMETRY * largest) {
            throw asymmetric(v, SYMMETRY * largest, name);
        }
    }

    private static IllegalArgumentException asymmetric(DMatrixRMaj v, double allowed, String name) {
        int k = 0;
        while (Math.abs(v.get(k / v.numCols, k % v.numCols) - v.get(k % v.numCols, k / v.numCols)) <= allowed) {
            k++;
        }
        int i = k % v.numCols;
        int j = k / v.numCols;
        return new IllegalArgumentException(name + " must be symmetric, but entry (" + i + ", " + j + ") is " + v.get(i, j)
                + " and entry (" + j + ", " + i + ") is " + v.get(j, i));
    }
}
