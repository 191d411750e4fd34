package org.wengert.tests.fuzz;

import org.wengert.core.program.Program;
import org.wengert.testkit.RandomProgram;

/**
 * A way to values and Jacobians.
 *
 * @param name what a report calls it
 * @param exact whether values are those of plain doubles, bit for bit; else rounding may move them
 * @param share one of so many programs goes this way: compiling takes time
 * @param run  the computation
 */
record FirstOrderPath(String name, boolean exact, int share, Run run) {

    /** Values and Jacobian, row by row. */
    record Result(double[] value, double[] jacobian) {}

    /** The computation. */
    @FunctionalInterface
    interface Run {
        /** Values and Jacobian of a program at a point, for which it has been recorded as well. */
        Result of(RandomProgram program, Program recorded, double[] x);
    }
}
