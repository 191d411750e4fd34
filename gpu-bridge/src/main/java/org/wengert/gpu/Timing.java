package org.wengert.gpu;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * How long a computation takes, as measured: a part that every call costs, and a part for each point, in seconds.
 *
 * @param fixed    what a call costs
 * @param perPoint what a point costs
 */
record Timing(double fixed, double perPoint) {

    /** A measurement by fewer points tells nothing of either part. */
    private static final int FEW = CudaSource.CHUNK;

    /** Code is warm after so long, in nanoseconds: the JIT compiler has come to it, clocks have gone up. */
    private static final long WARM_UP = 100_000_000;

    /** A call of so long tells what a point costs, in nanoseconds. */
    private static final long LONG_ENOUGH = 30_000_000;

    /** How long so many points take. */
    double of(long points) {
        return fixed + points * perPoint;
    }

    /**
     * Measures.
     *
     * @param run   computes the first so many points
     * @param most  how many points there are at most
     * @param clock in nanoseconds
     */
    static Timing measure(IntConsumer run, int most, LongSupplier clock) {
        int few = Math.min(FEW, most);
        long begin = clock.getAsLong();
        do {
            run.accept(few);
        } while (clock.getAsLong() - begin < WARM_UP);
        long small = median(run, few, clock);
        int many = few;
        long large = small;
        while (many < most && large < LONG_ENOUGH) {
            many = (int) Math.min(most, 4L * many);
            large = median(run, many, clock);
        }
        if (many == few) {
            return new Timing(0, 1e-9 * large / many);
        }
        double perPoint = Math.max(0, 1e-9 * (large - small) / (many - few));
        return new Timing(Math.max(0, 1e-9 * small - few * perPoint), perPoint);
    }

    private static long median(IntConsumer run, int points, LongSupplier clock) {
        long[] times = new long[5];
        for (int i = 0; i < times.length; i++) {
            long start = clock.getAsLong();
            run.accept(points);
            times[i] = clock.getAsLong() - start;
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }

    /** Seconds, for people. */
    static String text(double seconds) {
        return seconds < 1e-3 ? String.format(Locale.ROOT, "%.0f µs", 1e6 * seconds)
                : seconds < 1 ? String.format(Locale.ROOT, "%.3g ms", 1e3 * seconds)
                : String.format(Locale.ROOT, "%.3g s", seconds);
    }
}
