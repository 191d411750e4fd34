package org.wengert.tests.fuzz;

import org.wengert.core.program.Program;
import org.wengert.testkit.RandomProgram;

/**
 * A way to second derivatives of the first output.
 *
 * @param name what a report calls it
 * @param run  the computation
 */
record SecondOrderPath(String name, Run run) {

    /** The computation. */
    @FunctionalInterface
    interface Run {
        /** The Hessian, n² entries, row by row; NaN where this way does not tell an entry. */
        double[] of(RandomProgram program, Program recorded, double[] x);
    }
}
