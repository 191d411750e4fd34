package org.wengert.core.engine;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.wengert.core.program.Program;

/**
 * Walks through a program until it has run so often that it counts as hot; then it is compiled in the background, and the
 * compiled code takes over. Both give the same bits. If it cannot be compiled, walking goes on.
 */
final class PointSwap implements PointCode {

    private final PointEngine hot;
    private final Executor background;
    private volatile PointCode now;
    private @Nullable Program program;
    private int calls;

    PointSwap(Program program, PointEngine hot, int threshold, Executor background) {
        this.program = program;
        this.hot = hot;
        this.background = background;
        PointCode plain = PointEngine.plain().compile(program);
        this.now = (in, out) -> {
            boolean holds = plain.run(in, out);
            // Threads may lose each other's counts, which does no harm.
            if (++calls == threshold) {
                ask();
            }
            return holds;
        };
    }

    @Override
    public boolean run(double[] in, double[] out) {
        return now.run(in, out);
    }

    private void ask() {
        Program p;
        synchronized (this) {
            p = program;
            program = null;
        }
        if (p != null) {
            CompileQueue.attempt(background, this, swap -> swap.replace(p));
        }
    }

    private void replace(Program p) {
        now = hot.compile(p);
    }
}
