package org.wengert.linalg;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.program.PathCache;
import org.wengert.core.program.Program;
import org.wengert.core.scalar.Relation;

/**
 * A function prepared to be linearized at many points.
 *
 * <p>The function is recorded as a program the first time a point is asked for, and again wherever its comparisons come out
 * in a way not seen before; the programs of the last {@value #PATHS} paths are kept. A function that cannot be recorded, that reads values as
 * {@code double}s (so that a recording is good for one point only), or that takes a new path at
 * {@value #PATIENCE} points on end is run by eager numbers from then on: slower, and just as right.
 *
 * <p>Safe to share between threads if the function is.
 */
public final class Linearizer {

    /** How many paths through the function are kept. */
    static final int PATHS = 16;

    /** After so many new paths on end, recording is given up. */
    static final int PATIENCE = 24;

    private final DifferentiableVector f;
    private final PathCache<LinearizedProgram> programs;
    private final AtomicInteger newPathsOnEnd = new AtomicInteger();
    private volatile boolean eager;

    private Linearizer(DifferentiableVector f, boolean eager) {
        this.f = Objects.requireNonNull(f, "f");
        this.programs = PathCache.of(new boolean[f.inputs()], x -> f.value(x), LinearizedProgram::new, PATHS);
        this.eager = eager;
    }

    /** Linearizes by recording. */
    public static Linearizer of(DifferentiableVector f) {
        return new Linearizer(f, false);
    }

    /** Linearizes by eager numbers, for functions that must not be recorded. */
    public static Linearizer eager(DifferentiableVector f) {
        return new Linearizer(f, true);
    }

    /** The function. */
    public DifferentiableVector function() {
        return f;
    }

    /** Whether the function is run by eager numbers. */
    public boolean isEager() {
        return eager;
    }

    /** How often the function has been recorded. */
    public long recordings() {
        return programs.traced();
    }

    /**
     * The linearization at a point: f(x) and all local partial derivatives, computed once.
     *
     * @param x the point, n entries; copied
     */
    public Linearization at(double... x) {
        Arguments.length(x, f.inputs(), "x");
        double[] point = x.clone();
        LinearizedProgram program = program(point);
        return program == null
                ? new Linearization(f, point, new EagerSweeps(f, point), null)
                : new Linearization(f, point, program.at(point), program);
    }

    /**
     * f(x) alone.
     *
     * @param x the point, n entries; not changed
     * @return m entries; the caller's own
     */
    public double[] value(double... x) {
        Arguments.length(x, f.inputs(), "x");
        LinearizedProgram program = program(x);
        return program == null ? f.value(x) : program.program.value(x);
    }

    /** The program of the path that the function takes at a point, or null if it is not recorded. */
    @Nullable LinearizedProgram program(double[] x) {
        if (eager) {
            return null;
        }
        try {
            long before = programs.traced();
            LinearizedProgram program = programs.at(x);
            boolean isNew = programs.traced() != before;
            if (isNew && isGoodForOnePointOnly(program.program)
                    || (isNew ? newPathsOnEnd.incrementAndGet() : reset()) > PATIENCE) {
                eager = true;
            }
            return program;
        } catch (RuntimeException cannotBeRecorded) {
            // If the function itself is at fault, it fails again with plain numbers, and says so.
            f.value(x);
            eager = true;
            return null;
        }
    }

    private int reset() {
        newPathsOnEnd.set(0);
        return 0;
    }

    private static boolean isGoodForOnePointOnly(Program program) {
        return program.guards().stream().anyMatch(g -> g.relation() == Relation.SAME && g.outcome()
                && (program.isConstant(g.left()) || program.isConstant(g.right())));
    }
}
