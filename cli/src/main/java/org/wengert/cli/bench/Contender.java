package org.wengert.cli.bench;

import java.util.function.Supplier;

/**
 * One way of computing a case.
 *
 * @param engine  what computes, for people
 * @param task    what is computed: {@code value}, {@code jacobian} or {@code gradient}; contenders of one task have equal results
 * @param sweep   computes it at all points, into arrays of its own
 * @param results what the last sweep computed, in an order that is the same for all contenders of the task
 * @param apart   whether it is measured after the others, because it leaves work behind that would go on beside them
 * @param tolerance how far results may be from those of the first contender of the task, against their size
 */
public record Contender(
        String engine, String task, Runnable sweep, Supplier<double[]> results, boolean apart, double tolerance) {

    /** In double precision each way rounds differently, many times. */
    private static final double DOUBLE_TOLERANCE = 1e-9;

    /** A contender in double precision. */
    public Contender(String engine, String task, Runnable sweep, Supplier<double[]> results, boolean apart) {
        this(engine, task, sweep, results, apart, DOUBLE_TOLERANCE);
    }

    /** A contender in double precision that leaves nothing behind. */
    public Contender(String engine, String task, Runnable sweep, Supplier<double[]> results) {
        this(engine, task, sweep, results, false);
    }
}
