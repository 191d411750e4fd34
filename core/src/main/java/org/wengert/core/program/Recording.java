package org.wengert.core.program;

import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.scalar.Recorder;
import org.wengert.core.scalar.Relation;

/** A function being recorded: open to the thread that records, until it ends. */
final class Recording implements Recorder {

    private final ProgramBuilder builder = new ProgramBuilder();
    private final Thread thread = Thread.currentThread();
    private boolean open = true;

    /** The builder, once it is known that this thread may write into it. */
    ProgramBuilder builder() {
        if (!open) {
            throw new IllegalStateException(
                    "a traced number was used after the end of its recording; let the function return it instead");
        }
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("a traced number was used in thread '" + Thread.currentThread().getName()
                    + "', but the recording belongs to thread '" + thread.getName() + "'");
        }
        return builder;
    }

    void end() {
        open = false;
    }

    @Override
    public int constant(double c) {
        return builder().constant(c);
    }

    @Override
    public int apply(Unary f, int x) {
        return builder().apply(f, x);
    }

    @Override
    public int apply(Binary f, int x, int y) {
        return builder().apply(f, x, y);
    }

    @Override
    public int apply(Nary f, int[] x) {
        return builder().apply(f, x);
    }

    @Override
    public void guard(int left, Relation relation, int right, boolean outcome) {
        builder().guard(left, relation, right, outcome);
    }
}
