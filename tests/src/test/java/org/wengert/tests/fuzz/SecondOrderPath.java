package org.wengert.tests.fuzz;

import org.wengert.core.program.Program;
import org.wengert.testkit.RandomProgram;

/**
 * A way to second derivatives of the first output.
 *
 * @param name what a report calls it
 * @param exact whether arithmetic is that of plain doubles, bit for bit
 * @param share one of so many programs goes this way: compiling takes time
 * @param run   the computation
 */
record SecondOrderPath(String name, boolean exact, int share, Run run) {

    SecondOrderPath(String name, Run run) {
        this(name, true, 1, run);
    }


    /** The computation. */
    @FunctionalInterface
    interface Run {
        /** The Hessian, n² entries, row by row; NaN where this way does not tell an entry. */
        double[] of(RandomProgram program, Program recorded, double[] x);
    }
}
