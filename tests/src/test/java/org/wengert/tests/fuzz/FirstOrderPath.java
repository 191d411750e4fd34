package org.wengert.tests.fuzz;

import org.wengert.core.program.Program;
import org.wengert.testkit.RandomProgram;

/**
 * A way to values and Jacobians.
 *
 * @param name what a report calls it
 * @param ulps how far values may be from those of plain doubles, in units in the last place: 0 for ways that promise equal bits
 * @param run  the computation
 */
record FirstOrderPath(String name, double ulps, Run run) {

    /** Values and Jacobian, row by row. */
    record Result(double[] value, double[] jacobian) {}

    /** The computation. */
    @FunctionalInterface
    interface Run {
        /** Values and Jacobian of a program at a point, for which it has been recorded as well. */
        Result of(RandomProgram program, Program recorded, double[] x);
    }
}
