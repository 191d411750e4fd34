package org.wengert.core.engine;

import java.util.List;
import java.util.function.IntFunction;

/**
 * Where a block finds things: local variables of the arrays, and of what is added to every offset into them
 * ({@link #NONE} for nothing).
 *
 * @param u       the values of uniform nodes
 * @param inputs  where the columns of varying inputs are
 * @param outputs where the columns of outputs are, that of failures among them
 * @param out     an array of outputs
 * @param s       scratch space
 * @param sAt     where its columns begin
 * @param stride  how far apart columns of scratch space are
 */
record FusedFrame(
        int u, IntFunction<Place> inputs, IntFunction<Place> outputs, int out, int s, int sAt, int stride) {

    /** Stands for an offset that is not added. */
    static final int NONE = -1;

    /**
     * The element array[at + offset]; array and at are local variables.
     *
     * @param isSum whether it is added to and not stored
     */
    record Place(int array, int at, int offset, boolean isSum) {

        Place(int array, int at, int offset) {
            this(array, at, offset, false);
        }
    }

    /** The frame of a block {@code (u, in, inAt, out, outAt, s, sAt)} of a tile. */
    static FusedFrame ofTile(int stride) {
        return new FusedFrame(0, i -> new Place(1, 2, i * TileCode.STRIDE), i -> new Place(3, 4, i * TileCode.STRIDE), 3, 5, 6, stride);
    }

    /**
     * The frame of a block of a tile whose outputs are added to running sums.
     *
     * @param outputs    how many there are
     * @param failuresAt where the column of failures is in scratch space
     */
    static FusedFrame ofSums(int stride, int outputs, int failuresAt) {
        return new FusedFrame(0, i -> new Place(1, 2, i * TileCode.STRIDE),
                i -> i == outputs ? new Place(5, 6, failuresAt) : new Place(3, 4, i * SumCode.LANES, true), 3, 5, 6, stride);
    }

    /** The frame of a block {@code (in, out, s)} of one point. */
    static FusedFrame ofPoint(int firstParameter) {
        int in = firstParameter;
        int out = firstParameter + 1;
        return new FusedFrame(
                NONE, i -> new Place(in, NONE, i), i -> new Place(out, NONE, i), out, firstParameter + 2, NONE, 1);
    }

    /** The frame of a block {@code (u, in, out, memory, work, s, at, sAt)} whose columns lie anywhere. */
    static FusedFrame ofPlaces(int stride, List<Column> inputs, List<Column> outputs) {
        return new FusedFrame(0, i -> place(inputs.get(i)), i -> place(outputs.get(i)), 2, 5, 7, stride);
    }

    private static Place place(Column column) {
        return switch (column.array()) {
            case IN -> new Place(1, 6, column.offset());
            case OUT -> new Place(2, 6, column.offset());
            case MEMORY -> new Place(3, 6, column.offset());
            case WORK -> new Place(4, 7, column.offset());
        };
    }
}
