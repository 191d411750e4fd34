package org.wengert.core.engine;

/** A part of a program as code for a run of points; generated classes implement it. */
interface FusedPart {

    /**
     * Runs the part.
     *
     * @param u      the values of the uniform nodes
     * @param in     holds the columns of inputs
     * @param inAt   where the first of them begins
     * @param out    receives columns of outputs
     * @param outAt  where the first of them begins
     * @param s      columns of values that go from one block of code to another
     * @param points how many points
     */
    void run(double[] u, double[] in, int inAt, double[] out, int outAt, double[] s, int points);
}
