package org.wengert.core.batch;

import org.wengert.core.engine.Precision;
import org.wengert.core.engine.Rounding;

/** Tiles of floats. */
final class SingleTiles extends Tiles {

    private final float[][] blocks;

    SingleTiles(int size, int columns) {
        super(size, columns);
        this.blocks = new float[blocks()][];
        for (int b = 0; b < blocks.length; b++) {
            blocks[b] = new float[blockLength(b)];
        }
    }

    /** The array that holds a tile. */
    float[] array(int tile) {
        return blocks[tile / tilesPerBlock];
    }

    @Override
    Precision precision() {
        return Precision.SINGLE;
    }

    @Override
    double get(int point, int column) {
        int tile = point / WIDTH;
        return array(tile)[at(tile) + column * STRIDE + point % WIDTH];
    }

    @Override
    void set(int point, int column, double value) {
        int tile = point / WIDTH;
        array(tile)[at(tile) + column * STRIDE + point % WIDTH] = (float) value;
    }

    @Override
    void read(int tile, int from, double[] to, int toAt, int count) {
        Rounding.widen(array(tile), at(tile) + from, to, toAt, count);
    }

    @Override
    void read(int tile, int from, float[] to, int toAt, int count) {
        System.arraycopy(array(tile), at(tile) + from, to, toAt, count);
    }

    @Override
    void write(int tile, int to, double[] from, int fromAt, int count) {
        Rounding.round(from, fromAt, array(tile), at(tile) + to, count);
    }

    @Override
    void write(int tile, int to, float[] from, int fromAt, int count) {
        System.arraycopy(from, fromAt, array(tile), at(tile) + to, count);
    }
}
