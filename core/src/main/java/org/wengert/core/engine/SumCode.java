package org.wengert.core.engine;

/**
 * Adds up the outputs of a program over the points of tiles, without columns of results where the engine can do that. Eight running sums
 * for each output, whatever the width of the vectors: point i of a tile is added to number i mod 8, one point after the other, so that
 * the sums have the same bits as those of the columns that {@link TileCode} computes.
 *
 * <p>Immutable and safe to share between threads; the arrays of a call belong to the caller.
 */
public interface SumCode {

    /** How many running sums an output has. */
    int LANES = 8;

    /** How many numbers of scratch space a call needs, beside those that the program's {@link TileCode} needs. */
    int scratch();

    /**
     * Adds a tile. Allocates nothing.
     *
     * @param code    computes the columns where the sums cannot be had otherwise; of the same program
     * @param uniform as in {@link TileCode#run}
     * @param in      as there
     * @param inAt    as there
     * @param sums    holds the running sums, those of an output one behind the other; added to
     * @param sumsAt  where the first of them is
     * @param out     room for the columns of {@code code}, from 0 on
     * @param scratch room for {@link #scratch()} numbers, and for as many as {@code code} needs; of the calling thread alone
     * @param points  how many points, 1 to {@link TileCode#WIDTH}
     * @return whether a guard fails somewhere: such points add nothing, and the column of failures in {@code out} tells which they are
     */
    boolean run(
            TileCode code, double[] uniform, double[] in, int inAt, double[] sums, int sumsAt, double[] out, double[] scratch, int points);

    /** The code as it is now; see {@link TileCode#now}. */
    default SumCode now() {
        return this;
    }
}
