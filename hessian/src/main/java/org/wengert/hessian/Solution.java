package org.wengert.hessian;

import java.util.List;

/** What every optimizer returns. */
public interface Solution {

    /** The best point found, n entries; not to be changed. */
    double[] point();

    /** The objective there. */
    double value();

    /** Why the optimizer stopped. */
    StopReason reason();

    /** The start and every iteration after it. */
    List<Iteration> history();

    /** How often the function was evaluated. */
    Evaluations evaluations();

    /** Whether the point is a minimum as far as the optimizer can tell. */
    default boolean converged() {
        return reason().converged();
    }

    /** The number of steps taken. */
    default int iterations() {
        return history().isEmpty() ? 0 : history().size() - 1;
    }
}
