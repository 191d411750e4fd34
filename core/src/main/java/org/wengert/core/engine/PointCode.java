package org.wengert.core.engine;

/** A program made ready to run at one point. Safe to share between threads; allocates nothing once warm. */
@FunctionalInterface
public interface PointCode {

    /**
     * Runs the program.
     *
     * @param in  the inputs; not changed
     * @param out receives the outputs; they mean nothing if a guard fails; not the same array as in
     * @return whether all guards hold
     */
    boolean run(double[] in, double[] out);
}
