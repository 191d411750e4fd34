package org.wengert.cli.bench;

import org.wengert.core.engine.Precision;

/** The columns of many tiles, in double or in single precision. */
sealed interface TileNumbers {

    double get(int i);

    void set(int i, double value);

    /** Notes which of so many numbers are not zero; returns how many there are. */
    default int notZero(int at, int count, int[] which) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (get(at + i) != 0) {
                which[found++] = i;
            }
        }
        return found;
    }

    static TileNumbers of(Precision precision, int length) {
        return switch (precision) {
            case DOUBLE -> new Doubles(new double[length]);
            case SINGLE -> new Singles(new float[length]);
        };
    }

    /** In double precision. */
    @SuppressWarnings("ArrayRecordComponent") // the array is what it is about
    record Doubles(double[] array) implements TileNumbers {

        @Override
        public double get(int i) {
            return array[i];
        }

        @Override
        public void set(int i, double value) {
            array[i] = value;
        }
    }

    /** In single precision. */
    @SuppressWarnings("ArrayRecordComponent")
    record Singles(float[] array) implements TileNumbers {

        @Override
        public double get(int i) {
            return array[i];
        }

        @Override
        public void set(int i, double value) {
            array[i] = (float) value;
        }
    }
}
