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
}
