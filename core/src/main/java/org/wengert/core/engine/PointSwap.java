package org.wengert.core.engine;

import java.util.concurrent.Executor;
import org.wengert.core.program.Program;

/**
 * Walks through a program until it has run so often that it counts as hot; then it is compiled in the background, and the
 * compiled code takes over. Both give the same bits. If it cannot be compiled, walking goes on.
 */
final class PointSwap implements PointCode {

    private final Swap<PointCode> swap;

    PointSwap(Program program, PointEngine hot, int threshold, Executor background) {
        this.swap = new Swap<>(program, hot::compile, threshold, background);
        PointCode plain = PointEngine.plain().compile(program);
        swap.beginWith((in, out) -> {
            boolean holds = plain.run(in, out);
            swap.count(1);
            return holds;
        });
    }

    @Override
    public boolean run(double[] in, double[] out) {
        return swap.now().run(in, out);
    }
}
