package org.wengert.core.engine;

/**
 * A program made ready to run over one tile: up to {@link #WIDTH} points, each input and each output a column.
 *
 * <p>Columns lie {@link #STRIDE} numbers apart, which is not a power of two: columns whose distance is a multiple of
 * the size of a page compete for the same lines of the cache, and take two to four times as long.
 *
 * <p>The outputs are m columns. A program with guards has one more, the column of failures: 0 at the points for
 * which all guards hold, anything else (NaN included) at the points for which one fails, whose outputs mean nothing.
 *
 * <p>Immutable and safe to share between threads; the arrays of a call belong to the caller.
 */
public interface TileCode {

    /** The most points of a tile. */
    int WIDTH = 256;

    /** How far apart columns are. */
    int STRIDE = WIDTH + 8;

    /** How many numbers of scratch space a call needs. */
    int scratch();

    /**
     * Runs the program at the points of a tile. Allocates nothing.
     *
     * @param uniform the values of the nodes 0 to firstVarying - 1 of the program; entries of varying inputs are ignored
     * @param in      holds the columns of the varying inputs, in the order of the inputs; not changed
     * @param inAt    where the first of them begins; may be read up to the end of its STRIDE
     * @param out     receives the columns; may be the same array as in, if the columns do not overlap
     * @param outAt   where the first of them begins; may be written up to the end of its STRIDE
     * @param scratch room for {@link #scratch()} numbers, from 0 on; of the calling thread alone
     * @param points  how many points, 1 to WIDTH
     */
    void run(double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch, int points);

    /**
     * The code as it is now. Code that is replaced by faster code while it is in use gives the one that serves a whole call, so
     * that no call mixes the two; other code is its own.
     */
    default TileCode now() {
        return this;
    }
}
