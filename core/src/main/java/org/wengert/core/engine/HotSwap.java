package org.wengert.core.engine;

import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.wengert.core.program.Program;

/**
 * An engine that starts with one engine and goes on with another: the first compiles at once and serves until a program has run at so
 * many points that it counts as hot; then the second compiles it in the background, and takes over when that is done. If the second
 * cannot compile a program, whatever the reason, the first goes on.
 *
 * <p>Nothing but the code itself refers to what was compiled, so that it goes when the code goes.
 */
public final class HotSwap implements Engine {

    private final Engine first;
    private final Engine hot;
    private final long threshold;
    private final Executor background;

    /**
     * An engine made of two.
     *
     * @param first      compiles in no time
     * @param hot        compiles slowly, runs fast
     * @param threshold  at how many points a program is run by the first before it counts as hot, at least 0
     * @param background where the second compiles; must not run what it is given in the calling thread if that should not wait
     */
    public HotSwap(Engine first, Engine hot, long threshold, Executor background) {
        this.first = Objects.requireNonNull(first, "first");
        this.hot = Objects.requireNonNull(hot, "hot");
        if (threshold < 0) {
            throw new IllegalArgumentException("threshold must be at least 0, but was " + threshold);
        }
        this.threshold = threshold;
        this.background = Objects.requireNonNull(background, "background");
    }

    @Override
    public TileCode compile(Program program) {
        return new Code(program, first.compile(program));
    }

    @Override
    public String description() {
        return first.description() + "; once hot " + hot.description();
    }

    private final class Code implements TileCode {

        private final TileCode counted;
        private @Nullable Program program;
        private volatile TileCode now;
        private long points;
        private boolean isAsked;

        Code(Program program, TileCode cold) {
            this.program = program;
            this.counted = new Counted(cold);
            this.now = counted;
        }

        /** The code of the first engine, which notes at how many points it has run. */
        private final class Counted implements TileCode {

            private final TileCode code;

            Counted(TileCode code) {
                this.code = code;
            }

            @Override
            public int scratch() {
                return code.scratch();
            }

            @Override
            public void run(
                    double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch, int count) {
                code.run(uniform, in, inAt, out, outAt, scratch, count);
                // Threads may lose each other's counts, which does no harm.
                points += count;
                if (points >= threshold && !isAsked) {
                    ask();
                }
            }
        }

        private void ask() {
            Program p;
            synchronized (this) {
                if (isAsked) {
                    return;
                }
                isAsked = true;
                p = program;
                program = null;
            }
            if (p != null) {
                CompileQueue.attempt(background, this, code -> code.replace(p));
            }
        }

        private void replace(Program p) {
            now = hot.compile(p);
        }

        @Override
        public TileCode now() {
            return now;
        }

        /** What either engine needs; larger once the second has taken over, so ask {@link #now} for a whole call. */
        @Override
        public int scratch() {
            return now.scratch();
        }

        @Override
        public void run(
                double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch, int count) {
            TileCode code = now;
            (scratch.length >= code.scratch() ? code : counted).run(uniform, in, inAt, out, outAt, scratch, count);
        }
    }
}
