package org.wengert.core.batch;

import org.wengert.core.engine.Precision;
import org.wengert.core.engine.TileCode;

/**
 * Numbers of many points, a column for each quantity, cut into tiles: within a tile each column is contiguous, and
 * columns lie {@link TileCode#STRIDE} numbers apart. Tiles lie one behind the other in a few large arrays.
 */
abstract sealed class Tiles permits DoubleTiles, SingleTiles {

    static final int WIDTH = TileCode.WIDTH;
    static final int STRIDE = TileCode.STRIDE;

    /** So many numbers an array holds at the most, unless a single tile is larger. */
    private static final int BLOCK = 1 << 22;

    final int size;
    final int columns;
    final int tilesPerBlock;

    Tiles(int size, int columns) {
        this.size = size;
        this.columns = columns;
        this.tilesPerBlock = Math.max(1, BLOCK / Math.multiplyExact(Math.max(1, columns), STRIDE));
    }

    static Tiles of(int size, int columns, Precision precision) {
        return switch (precision) {
            case DOUBLE -> new DoubleTiles(size, columns);
            case SINGLE -> new SingleTiles(size, columns);
        };
    }

    static int tiles(int size) {
        return (size + WIDTH - 1) / WIDTH;
    }

    int tiles() {
        return tiles(size);
    }

    /** How many points a tile has. */
    int count(int tile) {
        return Math.min(WIDTH, size - tile * WIDTH);
    }

    /** How many numbers a tile takes, padding included. */
    int tileLength() {
        return columns * STRIDE;
    }

    final int blocks() {
        return (tiles() + tilesPerBlock - 1) / tilesPerBlock;
    }

    final int blockLength(int block) {
        return Math.min(tilesPerBlock, tiles() - block * tilesPerBlock) * Math.max(1, columns) * STRIDE;
    }

    /** Where a tile begins in its array. */
    int at(int tile) {
        return tile % tilesPerBlock * columns * STRIDE;
    }

    abstract Precision precision();

    abstract double get(int point, int column);

    /** Sets a number, rounded to the precision. */
    abstract void set(int point, int column, double value);

    /** Copies numbers of a tile, from one of its places on. */
    abstract void read(int tile, int from, double[] to, int toAt, int count);

    /** Copies numbers of a tile, from one of its places on, rounded. */
    abstract void read(int tile, int from, float[] to, int toAt, int count);

    /** Copies numbers to a tile, from one of its places on, rounded to the precision. */
    abstract void write(int tile, int to, double[] from, int fromAt, int count);

    /** Copies numbers to a tile, from one of its places on. */
    abstract void write(int tile, int to, float[] from, int fromAt, int count);
}
