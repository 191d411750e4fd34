package org.wengert.gallery;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** Times a computation for a picture; a claim about speed needs a benchmark. */
final class Stopwatch {

    /** Where results go, so that nothing that is timed can be left out. */
    static volatile double sink;

    /** By how much times are measured more hastily, for tests, which do not look at them. */
    static volatile int haste = 1;

    private Stopwatch() {}

    /**
     * Nanoseconds a call: the median of seven rounds after warming up. Warm is what has run for a while and has not become quicker for twenty rounds
     * on end, since code is compiled, and exchanged for better code, while it runs.
     */
    static double nanoseconds(DoubleSupplier call, boolean quick) {
        long round = (quick ? 4_000_000 : 20_000_000) / haste;
        int calls = 1;
        double best = Double.POSITIVE_INFINITY;
        long start = System.nanoTime();
        for (int since = 0; since < 20 || System.nanoTime() - start < 60 * round; since++) {
            double time = round(call, calls);
            if (time < 0.9 * best) {
                since = 0;
            }
            best = Math.min(best, time);
            if (time * calls < round) {
                calls = Math.min(2 * calls, 1 << 24);
            }
        }
        double[] rounds = new double[7];
        for (int i = 0; i < rounds.length; i++) {
            rounds[i] = round(call, calls);
        }
        Arrays.sort(rounds);
        return rounds[rounds.length / 2];
    }

    /** Nanoseconds a call, the mean of some calls. */
    private static double round(DoubleSupplier call, int calls) {
        long start = System.nanoTime();
        run(call, calls);
        return (double) (System.nanoTime() - start) / calls;
    }

    private static void run(DoubleSupplier call, int calls) {
        double sum = 0;
        for (int i = 0; i < calls; i++) {
            sum += call.getAsDouble();
        }
        sink = sum;
    }
}
