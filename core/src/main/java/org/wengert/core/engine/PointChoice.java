package org.wengert.core.engine;

import java.util.concurrent.atomic.AtomicInteger;
import org.wengert.core.engine.roll.RollReport;
import org.wengert.core.engine.roll.RolledCode;
import org.wengert.core.program.Program;

/**
 * Large programs at one point: re-rolled where that pays. What is regular nearly throughout is re-rolled from the first
 * call on; of everything else the first calls are run both ways and timed, and the faster one stays.
 */
final class PointChoice implements PointCode {

    /** Programs of fewer operations are compiled as they stand. */
    static final int FEWEST_OPERATIONS = 4_000;

    /** Where at most this share of the operations is left over, nobody measures. */
    private static final double REGULAR = 0.1;

    /** How often each way is timed; the first call of each is slow for other reasons. */
    private static final int TRIALS = 3;

    private final PointCode rolled;
    private final PointCode other;
    private final AtomicInteger trials = new AtomicInteger();
    private volatile long rolledNanos = Long.MAX_VALUE;
    private volatile long otherNanos = Long.MAX_VALUE;

    private PointChoice(PointCode rolled, PointCode other) {
        this.rolled = rolled;
        this.other = other;
    }

    /** Code for a program, however large. */
    static PointCode of(Program program) {
        PointCode asItStands = new PointSwap(program, PointEngine.compiled(), PointCompiler.HOT_CALLS, CompileQueue.shared());
        if (program.operations() < FEWEST_OPERATIONS) {
            return asItStands;
        }
        RolledCode rolled = RolledCode.of(program, Engines.standard(), Runtime.getRuntime().availableProcessors());
        RollReport report = rolled.report();
        return report.lone() + report.irregularShare() * program.operations() <= REGULAR * program.operations()
                ? rolled : new PointChoice(rolled, asItStands);
    }

    @Override
    public boolean run(double[] in, double[] out) {
        if (trials.get() >= 2 * TRIALS) {
            return (rolledNanos <= otherNanos ? rolled : other).run(in, out);
        }
        boolean isRolled = trials.getAndIncrement() % 2 == 0;
        long start = System.nanoTime();
        boolean holds = (isRolled ? rolled : other).run(in, out);
        long nanos = System.nanoTime() - start;
        if (isRolled) {
            rolledNanos = Math.min(rolledNanos, nanos);
        } else {
            otherNanos = Math.min(otherNanos, nanos);
        }
        return holds;
    }
}
