package org.wengert.core.engine;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wengert.core.program.Program;

/**
 * Code of one program that is counted while it is in use, and replaced once it is hot. Thread safe. Refers to the program only until
 * then.
 *
 * @param <C> the kind of code
 */
final class Swap<C> {

    private final Function<Program, C> hot;
    private final long threshold;
    private final Executor background;
    private @Nullable Program program;
    private volatile @Nullable C now;
    private long points;
    private boolean isAsked;

    /** The program is compiled anew, in the background, when it has run at so many points. */
    Swap(Program program, Function<Program, C> hot, long threshold, Executor background) {
        this.program = program;
        this.hot = hot;
        this.threshold = threshold;
        this.background = background;
    }

    /** Begins with code, which is to {@link #count} for itself. */
    void beginWith(C cold) {
        now = cold;
    }

    C now() {
        return Objects.requireNonNull(now);
    }

    /** Notes at how many more points the code has run. Threads may lose each other's counts, which does no harm. */
    void count(int more) {
        points += more;
        if (points >= threshold && !isAsked) {
            ask();
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
            CompileQueue.attempt(background, this, swap -> swap.now = swap.hot.apply(p));
        }
    }
}
