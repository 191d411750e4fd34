package org.wengert.core.batch;

import org.wengert.core.engine.Precision;
import org.wengert.core.engine.Rounding;

/** Tiles of doubles. */
final class DoubleTiles extends Tiles {

    private final double[][] blocks;

    DoubleTiles(int size, int columns) {
        super(size, columns);
        this.blocks = new double[blocks()][];
        for (int b = 0; b < blocks.length; b++) {
            blocks[b] = new double[blockLength(b)];
        }
    }

    /** The array that holds a tile. */
    double[] array(int tile) {
        return blocks[tile / tilesPerBlock];
    }

    @Override
    Precision precision() {
        return Precision.DOUBLE;
    }

    @Override
    double get(int point, int column) {
        int tile = point / WIDTH;
        return array(tile)[at(tile) + column * STRIDE + point % WIDTH];
    }

    @Override
    void set(int point, int column, double value) {
        int tile = point / WIDTH;
        array(tile)[at(tile) + column * STRIDE + point % WIDTH] = value;
    }

    @Override
    void read(int tile, int from, double[] to, int toAt, int count) {
        System.arraycopy(array(tile), at(tile) + from, to, toAt, count);
    }

    @Override
    void read(int tile, int from, float[] to, int toAt, int count) {
        Rounding.round(array(tile), at(tile) + from, to, toAt, count);
    }

    @Override
    void write(int tile, int to, double[] from, int fromAt, int count) {
        System.arraycopy(from, fromAt, array(tile), at(tile) + to, count);
    }

    @Override
    void write(int tile, int to, float[] from, int fromAt, int count) {
        Rounding.widen(from, fromAt, array(tile), at(tile) + to, count);
    }
}
