package org.wengert.cli.bench;

/**
 * A generator of random numbers small enough to be written again in other languages, so that peers there work on
 * the same inputs, bit for bit. Only arithmetic that IEEE 754 fixes is used.
 *
 * <p>Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
 */
public final class SplitMix {

    private long state;

    /** The generator with a seed. */
    public SplitMix(long seed) {
        state = seed;
    }

    /** The next 64 bits. */
    public long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** The next number in [0, 1), a multiple of 2⁻⁵³. */
    public double uniform() {
        return (next() >>> 11) * 0x1p-53;
    }

    /** The next number in [low, high). */
    public double uniform(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** Nearly normal with mean 0 and variance 1: the sum of twelve uniform numbers, less 6. */
    public double normal() {
        double sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += uniform();
        }
        return sum - 6;
    }
}
