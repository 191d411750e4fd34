package org.wengert.core;

/**
 * How many directions one pass carries.
 *
 * @param forced the lanes of every pass, or {@link #BY_NEED} for the smallest chunk that holds what remains
 */
record Chunks(int forced) {

    private static final int BY_NEED = 0;
    private static final int WIDEST = 1024;

    static final Chunks AS_NEEDED = new Chunks(BY_NEED);

    static Chunks of(int lanes) {
        if (lanes != 1 && lanes != 4 && lanes != 8) {
            throw new IllegalArgumentException("lanes must be 1, 4 or 8, but was " + lanes);
        }
        return new Chunks(lanes);
    }

    /**
     * The lanes of the next pass of first derivatives. More than 8 means a window: it beats chunks from about
     * 16 directions on, and is bounded so that a sum over very many inputs does not copy megabytes per term.
     */
    int nextColumns(int remaining) {
        return forced == BY_NEED && remaining > 16 ? Math.min(remaining, WIDEST) : next(remaining);
    }

    /** The lanes of the next pass, at most 8. */
    int next(int remaining) {
        if (forced != BY_NEED) {
            return forced;
        }
        return remaining > 4 ? 8 : remaining > 1 ? 4 : 1;
    }
}
