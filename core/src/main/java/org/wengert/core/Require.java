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

    static int atLeast(int value, int least, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but was " + value);
        }
        return value;
    }
}
