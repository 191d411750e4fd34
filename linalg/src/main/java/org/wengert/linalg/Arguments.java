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
        for (int i = 0; i < length; i++) {
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
        for (int k = 0; k < matrix.numRows * matrix.numCols; k++) {
            if (Double.isNaN(matrix.data[k])) {
                throw new IllegalArgumentException(name + " must not hold NaN, but entry ("
                        + k / matrix.numCols + ", " + k % matrix.numCols + ") is NaN");
            }
        }
        return matrix;
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
