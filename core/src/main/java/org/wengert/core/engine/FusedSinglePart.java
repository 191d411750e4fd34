package org.wengert.core.engine;

/** A part of a program in single precision as code for a run of points; the twin of {@link FusedPart}. */
interface FusedSinglePart {

    /** Runs the part; the arguments are those of {@link FusedPart#run}. */
    void run(double[] u, float[] in, int inAt, float[] out, int outAt, float[] s, int points);
}
