package org.wengert.core;

import java.util.Objects;

/** Checks at the entry points: each message names the argument, what it was and what it should be. */
final class Require {

    private Require() {}

    static double[] length(double[] array, int length, String name) {
        Objects.requireNonNull(array, name);
        if (array.length != length) {
            throw new IllegalArgumentException(
                    name + " must have " + length + " entries, but has " + array.length);
        }
        return array;
    }

    static double[] direction(double[] array, int length, String name) {
        length(array, length, name);
        for (int i = 0; i < length; i++) {
            if (Double.isNaN(array[i])) {
                throw new IllegalArgumentException(name + " must not hold NaN, but entry " + i + " is NaN");
            }
        }
        return array;
    }

    /** Checks directions, one per row, and returns how many there are. */
    static int directions(double[][] rows, int length, String name) {
        Objects.requireNonNull(rows, name);
        if (rows.length == 0) {
            throw new IllegalArgumentException(name + " must have at least 1 row, but has none");
        }
        for (int k = 0; k < rows.length; k++) {
            direction(rows[k], length, name + "[" + k + "]");
        }
        return rows.length;
    }

    static void rows(double[][] rows, int count, int length, String name) {
        Objects.requireNonNull(rows, name);
        if (rows.length != count) {
            throw new IllegalArgumentException(name + " must have " + count + " rows, but has " + rows.length);
        }
        for (int k = 0; k < count; k++) {
            length(rows[k], length, name + "[" + k + "]");
        }
    }

    /** Results are written while arguments are still read, pass by pass: they must not share an array. */
    static void distinct(double[] other, double[] result, String name) {
        if (other == result) {
            throw new IllegalArgumentException(name + " must not be the array of another argument");
        }
    }

    static int atLeast(int value, int least, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but was " + value);
        }
        return value;
    }
}
