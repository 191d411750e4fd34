package org.wengert.hessian;

import org.ejml.data.DMatrixRMaj;

/** Columns of matrices as arrays. They are copied strip by strip: what is read of a row stays in the cache until all columns have it. */
final class Columns {

    private static final int STRIP = 256;

    private Columns() {}

    /** Copies columns out of a matrix. */
    static void take(DMatrixRMaj a, int from, int width, double[][] columns) {
        for (int first = 0; first < a.numRows; first += STRIP) {
            int end = Math.min(a.numRows, first + STRIP);
            for (int k = 0; k < width; k++) {
                take(a.data, first * a.numCols + from + k, a.numCols, columns[k], first, end);
            }
        }
    }

    private static void take(double[] a, int at, int stride, double[] column, int first, int end) {
        for (int i = first, j = at; i < end; i++, j += stride) {
            column[i] = a[j];
        }
    }

    /** Copies columns into a matrix. */
    static void put(double[][] columns, int width, DMatrixRMaj a, int from) {
        for (int first = 0; first < a.numRows; first += STRIP) {
            int end = Math.min(a.numRows, first + STRIP);
            for (int k = 0; k < width; k++) {
                put(columns[k], first, end, a.data, first * a.numCols + from + k, a.numCols);
            }
        }
    }

    private static void put(double[] column, int first, int end, double[] a, int at, int stride) {
        for (int i = first, j = at; i < end; i++, j += stride) {
            a[j] = column[i];
        }
    }
}
