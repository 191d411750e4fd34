package org.wengert.core.engine;

import org.wengert.core.program.Program;
import org.wengert.core.program.Workspace;

/** A way of running programs at one point. */
@FunctionalInterface
public interface PointEngine {

    /** Code for a program: immutable, safe to share between threads. */
    PointCode compile(Program program);

    /** {@link Program#run}: one operation after the other, a few nanoseconds each, the eager values bit for bit. */
    static PointEngine plain() {
        return program -> {
            ThreadLocal<Workspace> workspace = ThreadLocal.withInitial(program::newWorkspace);
            return (in, out) -> program.run(in, out, workspace.get());
        };
    }

    /**
     * Code generated for the program, with the results of {@link Program#run} bit for bit: straight-line {@code double}
     * arithmetic in a hidden class, which goes when the code goes. Takes some milliseconds; programs of more than
     * {@value PointCompiler#MOST_OPERATIONS} operations are walked through instead.
     */
    static PointEngine compiled() {
        return PointCompiler::compile;
    }

    /**
     * First {@link #plain}, and {@link #compiled} in the background once a program has run often; large programs are
     * re-rolled where that is faster, and then add long sums in an order of their own.
     */
    static PointEngine fused() {
        return PointChoice::of;
    }
}
