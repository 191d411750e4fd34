package org.wengert.core.engine;

/**
 * Where a block finds things: local variables of the arrays and of what is added to every offset into them
 * ({@link #NONE} for nothing), and how far apart columns are.
 *
 * @param u       the values of uniform nodes
 * @param in      the inputs
 * @param inAt    where their columns begin
 * @param out     the outputs
 * @param outAt   where their columns begin
 * @param s       scratch space
 * @param sAt     where its columns begin
 * @param columns how far apart inputs and outputs are
 * @param stride  how far apart columns of scratch space are
 */
record FusedFrame(int u, int in, int inAt, int out, int outAt, int s, int sAt, int columns, int stride) {

    /** Stands for an offset that is not added. */
    static final int NONE = -1;

    /** The frame of a block {@code (u, in, inAt, out, outAt, s, sAt)} of a tile. */
    static FusedFrame ofTile(int stride) {
        return new FusedFrame(0, 1, 2, 3, 4, 5, 6, TileCode.STRIDE, stride);
    }

    /** The frame of a block {@code (in, out, s)} of one point. */
    static FusedFrame ofPoint(int firstParameter) {
        return new FusedFrame(NONE, firstParameter, NONE, firstParameter + 1, NONE, firstParameter + 2, NONE, 1, 1);
    }
}
