package org.wengert.core.engine;

/**
 * How many points of a tile are done together. The live columns should stay in the second-level cache, which long strips push them
 * out of; each call of a kernel has a price of its own, which short strips pay more often.
 */
final class Strip {

    /** Columns lie a little farther apart than they are long, so that they do not compete for the same lines of the cache. */
    static final int PADDING = 8;

    /** Half of a second-level cache of 1 MiB. Within it, whole tiles were fastest in all measurements. */
    private static final int NUMBERS_IN_CACHE = 1 << 16;

    private static final int LEAST = 64;

    private Strip() {}

    static int length(int columns, int most) {
        int strip = most;
        while (strip > LEAST && (long) strip * columns > NUMBERS_IN_CACHE) {
            strip /= 2;
        }
        return strip;
    }
}
