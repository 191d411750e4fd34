package org.wengert.core.batch;

/** Is told how far a batch has come. Called by one thread at a time, not necessarily always the same. */
@FunctionalInterface
public interface Progress {
    /**
     * A few thousand points have been done since the last call.
     *
     * @param done how many points are done
     * @param all  how many there are
     */
    void report(long done, long all);
}
