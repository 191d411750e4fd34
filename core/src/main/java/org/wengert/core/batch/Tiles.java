package org.wengert.core.batch;

import org.wengert.core.engine.TileCode;

/**
 * Numbers of many points, a column for each quantity, cut into tiles: within a tile each column is contiguous, and
 * columns lie {@link TileCode#STRIDE} numbers apart. Tiles lie one behind the other in a few large arrays.
 */
final class Tiles {

    static final int WIDTH = TileCode.WIDTH;
    static final int STRIDE = TileCode.STRIDE;

    /** So many numbers an array holds at the most, unless a single tile is larger. */
    private static final int BLOCK = 1 << 22;

    final int size;
    final int columns;
    private final int tilesPerBlock;
    private final double[][] blocks;

    Tiles(int size, int columns) {
        this.size = size;
        this.columns = columns;
        int tile = Math.multiplyExact(Math.max(1, columns), STRIDE);
        this.tilesPerBlock = Math.max(1, BLOCK / tile);
        int tiles = tiles(size);
        this.blocks = new double[(tiles + tilesPerBlock - 1) / tilesPerBlock][];
        for (int b = 0; b < blocks.length; b++) {
            blocks[b] = new double[Math.min(tilesPerBlock, tiles - b * tilesPerBlock) * tile];
        }
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

    /** The array that holds a tile. */
    double[] array(int tile) {
        return blocks[tile / tilesPerBlock];
    }

    /** Where in it the tile begins. */
    int at(int tile) {
        return tile % tilesPerBlock * columns * STRIDE;
    }

    double get(int point, int column) {
        int tile = point / WIDTH;
        return array(tile)[at(tile) + column * STRIDE + point % WIDTH];
    }

    void set(int point, int column, double value) {
        int tile = point / WIDTH;
        array(tile)[at(tile) + column * STRIDE + point % WIDTH] = value;
    }
}
