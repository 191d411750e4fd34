package org.wengert.core.engine;

/** A part of a program as code for a tile whose columns lie anywhere; generated classes implement it. */
interface PlacedPart {

    /**
     * Runs the part.
     *
     * @param u      the values of the uniform nodes
     * @param in     holds columns of inputs
     * @param out    receives columns of outputs
     * @param memory holds or receives columns
     * @param work   holds or receives columns of this tile
     * @param s      columns of values that go from one block of code to another
     * @param at     what is added to offsets into in, out and memory
     * @param points how many points
     */
    void run(double[] u, double[] in, double[] out, double[] memory, double[] work, double[] s, int at, int points);
}
