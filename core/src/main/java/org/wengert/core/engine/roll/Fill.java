package org.wengert.core.engine.roll;

/**
 * A constant that stands at many outputs a step apart, beside those where a stage puts what it computes: each of its tiles fills a part, so that
 * outputs are written while they are in the cache.
 *
 * @param value  the constant
 * @param base   the first output
 * @param stride how far apart they are
 * @param count  how many there are
 */
record Fill(double value, int base, int stride, int count) {

    /** A shorter row of outputs is not worth it. */
    static final int SHORTEST = 64;

    /** Writes the part that belongs to elements {@code first} to {@code first + points - 1} of a stage; its last tile writes the rest. */
    void run(int first, int points, boolean isLast, double[] out) {
        int end = isLast ? count : Math.min(first + points, count);
        for (int k = first, t = base + stride * first; k < end; k++, t += stride) {
            out[t] = value;
        }
    }
}
