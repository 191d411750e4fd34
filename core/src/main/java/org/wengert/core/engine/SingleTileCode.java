package org.wengert.core.engine;

/**
 * A program made ready to run over one tile in single precision: the twin of {@link TileCode}, with columns of floats that lie as
 * those do.
 *
 * <p><b>Accuracy.</b> Operands and results of each operation are rounded to 24 bits (a relative error of at most 2⁻²⁴, about 6e-8; a row
 * that is not exact by itself is within 4 units in the last place of a float), or computed more precisely than that: code is free to compute
 * in double precision and to round results only. What is the same at all points of a batch is computed in double precision and
 * rounded once. Magnitudes run from 1.2e-38 to 3.4e38, and with fewer digits down to 1.4e-45; what is greater becomes infinity, what is
 * smaller zero.
 *
 * <p><b>Guards.</b> The column of failures is 0 at the points for which all guards hold beyond doubt: where two computed
 * numbers are compared, they must be finite and differ by more than {@link #CLOSE} times the sum of their magnitudes (and by more than 1.2e-38).
 * Other points, whose outputs mean nothing, are to be run again in double precision.
 *
 * <p>Immutable and safe to share between threads; the arrays of a call belong to the caller. Allocates nothing.
 */
public interface SingleTileCode {

    /** Sums and differences of so many roundings may part numbers that are equal: 256 of them. */
    double CLOSE = 0x1p-16;

    /**
     * Runs the program at the points of a tile.
     *
     * @param uniform the values of the nodes 0 to firstVarying - 1 of the program; entries of varying inputs are ignored
     * @param in      holds the columns of the varying inputs, {@link TileCode#STRIDE} apart, in the order of the inputs; not changed
     * @param inAt    where the first of them begins; may be read up to the end of its STRIDE
     * @param out     receives the columns; not the same array as in
     * @param outAt   where the first of them begins; may be written up to the end of its STRIDE
     * @param points  how many points, 1 to {@link TileCode#WIDTH}
     */
    void run(double[] uniform, float[] in, int inAt, float[] out, int outAt, int points);

    /** The code as it is now, to serve a whole call; see {@link TileCode#now}. */
    default SingleTileCode now() {
        return this;
    }
}
