package org.wengert.core.engine;

import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Family;
import org.wengert.core.engine.roll.RollReport;
import org.wengert.core.engine.roll.RolledCode;
import org.wengert.core.program.Program;

/**
 * Large programs at one point, re-rolled where that pays. What is regular nearly throughout is re-rolled from the first
 * call on; everything else is walked through at first. Once a program is hot, it is compiled as it stands too, some calls are run either way and
 * timed, and the faster way goes on, until they are timed again. Of a regular program that is too long for a class nobody measures.
 */
final class PointChoice implements PointCode {

    /** Programs of less weight are compiled as they stand; those of fewer operations than twice that, unless they are regular. */
    static final int LEAST_WEIGHT = 2_000;

    /** What a transcendental function weighs, in arithmetic operations. */
    private static final int FUNCTION_WEIGHT = 10;

    /** Where at most this share of the operations is left over, a program is regular. */
    private static final double REGULAR = 0.1;

    /** So many operations are run before the first calls are timed. */
    private static final int COLD_OPERATIONS = 4_000_000;

    /** How many calls of each way are timed. */
    private static final int TIMED = 12;

    private static final long WARM_UP_NANOS = 2_000_000_000;

    /** The JIT compiler takes one block after the other, each after some thousand calls: for a while no call is much faster than the one before. */
    private static final int STRAIGHT_CALLS = 10_000;

    /** After so many calls the stages of a program of some size are hot, and their kernels wait to be compiled. */
    private static final int ROLLED_CALLS = 200;

    private static final long SETTLED_NANOS = 100_000_000;

    private final PointCode rolled;
    private volatile @Nullable PointCode other;
    private volatile PointCode fastest;
    private @Nullable Program program;

    // Threads may lose each other's counts, which does no harm.
    private int calls;
    private int next;
    private int soon = Integer.MAX_VALUE;
    private int compiledBefore;
    private int timed;
    private long rolledNanos = Long.MAX_VALUE;
    private long otherNanos = Long.MAX_VALUE;

    private PointChoice(Program program, PointCode rolled, PointCode first) {
        this.rolled = rolled;
        this.fastest = first;
        this.program = program;
        this.next = Math.clamp(COLD_OPERATIONS / program.operations(), 3, PointCompiler.HOT_CALLS);
    }

    /** Code for a program, however large. */
    static PointCode of(Program program) {
        if (weight(program) < LEAST_WEIGHT) {
            return asItStands(program);
        }
        RolledCode rolled = RolledCode.of(program, Engines.stages(), Runtime.getRuntime().availableProcessors());
        RollReport report = rolled.report();
        if (report.lone() + report.irregularShare() * program.operations() <= REGULAR * program.operations()) {
            return program.operations() > PointCompiler.MOST_OPERATIONS ? rolled : new PointChoice(program, rolled, rolled);
        }
        return program.operations() < 2 * LEAST_WEIGHT
                ? asItStands(program) : new PointChoice(program, rolled, PointEngine.plain().compile(program));
    }

    private static PointCode asItStands(Program program) {
        return new PointSwap(program, PointEngine.compiled(), PointCompiler.HOT_CALLS, CompileQueue.shared());
    }

    private static long weight(Program p) {
        long weight = 0;
        for (int v = p.firstOperation(); v < p.nodes(); v++) {
            weight += isFunction(p.row(v)) ? FUNCTION_WEIGHT : 1;
        }
        return weight;
    }

    private static boolean isFunction(Elementary row) {
        Family family = row.notes().family();
        return family != Family.ARITHMETIC && family != Family.PIECEWISE && family != Family.REDUCTION;
    }

    @Override
    public boolean run(double[] in, double[] out) {
        if (calls++ < next && (calls < soon || CompileQueue.compiled() == compiledBefore)) {
            return fastest.run(in, out);
        }
        PointCode code = other;
        if (code == null) {
            prepare(in);
            next = calls + PointCompiler.HOT_CALLS / 4;
            soon = calls;
            compiledBefore = CompileQueue.compiled();
            return fastest.run(in, out);
        }
        boolean isRolled = timed % 2 == 0;
        long start = System.nanoTime();
        boolean holds = (isRolled ? rolled : code).run(in, out);
        long nanos = System.nanoTime() - start;
        if (isRolled) {
            rolledNanos = Math.min(rolledNanos, nanos);
        } else {
            otherNanos = Math.min(otherNanos, nanos);
        }
        if (++timed == 2 * TIMED) {
            fastest = rolledNanos <= otherNanos ? rolled : code;
            timed = 0;
            rolledNanos = Long.MAX_VALUE;
            otherNanos = Long.MAX_VALUE;
            decideAgainLater();
        }
        return holds;
    }

    /** After twice as many calls, since code goes on becoming faster; earlier if something has been compiled, for it may be what makes the difference. */
    private void decideAgainLater() {
        next = calls < Integer.MAX_VALUE / 2 ? 2 * calls : Integer.MAX_VALUE;
        soon = calls + calls / 8;
        compiledBefore = CompileQueue.compiled();
    }

    /** Has the program compiled as it stands, in the background, and both ways warmed up: the few calls that are timed do not do that. */
    private void prepare(double[] in) {
        Program p;
        synchronized (this) {
            p = program;
            program = null;
        }
        if (p == null) {
            return;
        }
        double[] x = in.clone();
        CompileQueue.attempt(CompileQueue.shared(), this, choice -> {
            PointCode code = PointCompiler.compile(p);
            double[] out = new double[p.outputs()];
            warmUp(code, x, out, STRAIGHT_CALLS);
            warmUp(choice.rolled, x, out, ROLLED_CALLS);
            choice.other = code;
        });
    }

    private static void warmUp(PointCode code, double[] x, double[] out, int leastCalls) {
        long start = System.nanoTime();
        long bestAt = start;
        long best = Long.MAX_VALUE;
        int done = 0;
        for (long now = start; now - start < WARM_UP_NANOS && (now - bestAt < SETTLED_NANOS || done < leastCalls); done++) {
            code.run(x, out);
            long end = System.nanoTime();
            if (end - now < best - best / 20) {
                bestAt = end;
            }
            best = Math.min(best, end - now);
            now = end;
        }
    }
}
