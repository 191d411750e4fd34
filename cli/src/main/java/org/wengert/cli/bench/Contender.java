package org.wengert.cli.bench;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One way of computing a case.
 *
 * @param engine  what computes, for people
 * @param task    what is computed: {@code value}, {@code jacobian} or {@code gradient}; contenders of one task have equal results
 * @param sweep   computes it at all points, into arrays of its own
 * @param results what the last sweep computed, in an order that is the same for all contenders of the task
 * @param ready   whether it has become as fast as it will; only then it is measured
 */
public record Contender(
        String engine, String task, Runnable sweep, Supplier<double[]> results, BooleanSupplier ready) {

    /** A contender that needs no more than a warm-up. */
    public Contender(String engine, String task, Runnable sweep, Supplier<double[]> results) {
        this(engine, task, sweep, results, () -> true);
    }
}
