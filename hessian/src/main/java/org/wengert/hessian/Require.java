package org.wengert.hessian;

import java.util.Objects;

/** Checks at the entry points: each message names the argument, what it was and what it should be. */
final class Require {

    private Require() {}

    static int atLeast(int value, int least, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but was " + value);
        }
        return value;
    }

    static double[] length(double[] array, int length, String name) {
        Objects.requireNonNull(array, name);
        if (array.length != length) {
            throw new IllegalArgumentException(
                    name + " must have " + length + " entries, but has " + array.length);
        }
        return array;
    }

    static double[] finite(double[] array, String name) {
        for (int i = 0; i < array.length; i++) {
            if (!Double.isFinite(array[i])) {
                throw new IllegalArgumentException(name + " must be finite, but entry " + i + " is " + array[i]);
            }
        }
        return array;
    }
}
