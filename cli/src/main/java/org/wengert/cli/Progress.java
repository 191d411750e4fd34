package org.wengert.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;

/**
 * One line on the terminal that says how far long work has come, written over at most five times a second, and not
 * at all in the first half second or where there is no terminal. Used by one thread.
 */
final class Progress implements AutoCloseable {

    private static final long FIRST = 500_000_000L;
    private static final long PAUSE = 200_000_000L;
    private static final int WIDTH = 100;

    private final PrintWriter err;
    private final boolean shown;
    private long next = System.nanoTime() + FIRST;
    private int written;

    Progress(PrintWriter err, Terminal terminal) {
        this.err = err;
        this.shown = terminal.progress();
    }

    /** Shows a line if it is time for one; the text is only made then. */
    void show(Supplier<String> text) {
        if (!shown) {
            return;
        }
        long now = System.nanoTime();
        if (now - next < 0) {
            return;
        }
        next = now + PAUSE;
        String line = text.get();
        line = line.substring(0, Math.min(line.length(), WIDTH));
        err.print("\r" + line + " ".repeat(Math.max(0, written - line.length())));
        err.flush();
        written = line.length();
    }

    /** Wipes the line out, so that what follows begins on a clean one. */
    void clear() {
        if (written > 0) {
            err.print("\r" + " ".repeat(written) + "\r");
            err.flush();
            written = 0;
        }
    }

    @Override
    public void close() {
        clear();
    }
}
