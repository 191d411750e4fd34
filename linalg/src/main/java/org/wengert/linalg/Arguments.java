package org.wengert.linalg;

import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/** Checks at the entry points of this module: each message names the argument, what it was and what it should be. */
public final class Arguments {

    private Arguments() {}

    /** Refuses an array of another length. */
    public static double[] length(double[] array, int length, String name) {
        Objects.requireNonNull(array, name);
        if (array.length != length) {
            throw new IllegalArgumentException(
                    name + " must have " + length + " entries, but has " + array.length);
        }
        return array;
    }

    /** Refuses an array of another length, or one that holds NaN. */
    public static double[] direction(double[] array, int length, String name) {
        length(array, length, name);
        for (int i = 0; i < length && holdsNaN(array, length); i++) {
            if (Double.isNaN(array[i])) {
                throw new IllegalArgumentException(name + " must not hold NaN, but entry " + i + " is NaN");
            }
        }
        return array;
    }

    /** Refuses an array of another length, or one that holds NaN or an infinity. */
    public static double[] finite(double[] array, int length, String name) {
        length(array, length, name);
        for (int i = 0; i < length; i++) {
            if (!Double.isFinite(array[i])) {
                throw new IllegalArgumentException(name + " must be finite, but entry " + i + " is " + array[i]);
            }
        }
        return array;
    }

    /** Refuses a matrix with another number of rows, or one that holds NaN. */
    public static DMatrixRMaj directions(DMatrixRMaj matrix, int rows, String name) {
        Objects.requireNonNull(matrix, name);
        if (matrix.numRows != rows) {
            throw new IllegalArgumentException(name + " must have " + rows + " rows, but has " + matrix.numRows);
        }
        int entries = matrix.numRows * matrix.numCols;
        for (int k = 0; k < entries && holdsNaN(matrix.data, entries); k++) {
            if (Double.isNaN(matrix.data[k])) {
                throw new IllegalArgumentException(name + " must not hold NaN, but entry ("
                        + k / matrix.numCols + ", " + k % matrix.numCols + ") is NaN");
            }
        }
        return matrix;
    }

    /** Whether NaN is among the first entries of an array, at the price of one addition an entry. */
    public static boolean holdsNaN(double[] a, int length) {
        // A sum is NaN if an entry is, and else only where infinities meet, which is looked at again. Eight sums do not wait for each other.
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = 0;
        for (; i + 7 < length; i += 8) {
            s0 += a[i];
            s1 += a[i + 1];
            s2 += a[i + 2];
            s3 += a[i + 3];
            s4 += a[i + 4];
            s5 += a[i + 5];
            s6 += a[i + 6];
            s7 += a[i + 7];
        }
        for (; i < length; i++) {
            s0 += a[i];
        }
        if (!Double.isNaN(s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7)))) {
            return false;
        }
        for (i = 0; i < length; i++) {
            if (Double.isNaN(a[i])) {
                return true;
            }
        }
        return false;
    }

    /** Refuses one array in two places, where results are written while arguments are still read. */
    public static void distinct(double[] other, double[] result, String name) {
        if (other == result) {
            throw new IllegalArgumentException(name + " must not be the array of another argument");
        }
    }

    /** Refuses a number that is too small. */
    public static int atLeast(int value, int least, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but was " + value);
        }
        return value;
    }

    /** Refuses what is not a positive finite number. */
    public static double positive(double value, String name) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive and finite, but was " + value);
        }
        return value;
    }

    /** A shape, for messages. */
    public static String shape(int rows, int columns) {
        return rows + " x " + columns;
    }
}
