package org.wengert.core.batch;

import java.util.Objects;

/** Checks at the entry points: each message names the argument, what it was and what it should be. */
final class Require {

    private Require() {}

    static double[] length(double[] array, int length, String name) {
        Objects.requireNonNull(array, name);
        if (array.length != length) {
            throw new IllegalArgumentException(name + " must have " + length + " entries, but has " + array.length);
        }
        return array;
    }

    static float[] length(float[] array, int length, String name) {
        Objects.requireNonNull(array, name);
        if (array.length != length) {
            throw new IllegalArgumentException(name + " must have " + length + " entries, but has " + array.length);
        }
        return array;
    }

    static void length(float[] row, int length, String name, int index) {
        if (row == null || row.length != length) {
            length(row, length, name + "[" + index + "]");
        }
    }

    static void length(double[] row, int length, String name, int index) {
        if (row == null || row.length != length) {
            length(row, length, name + "[" + index + "]");
        }
    }

    static int atLeast(int value, int least, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but was " + value);
        }
        return value;
    }

    static void points(Points points, int size, int columns, String name) {
        Objects.requireNonNull(points, name);
        if (points.columns() != columns) {
            throw new IllegalArgumentException(
                    name + " must have " + columns + " columns, but has " + points.columns());
        }
        if (size >= 0 && points.size() != size) {
            throw new IllegalArgumentException(name + " must be of " + size + " points, but are of " + points.size());
        }
    }
}
