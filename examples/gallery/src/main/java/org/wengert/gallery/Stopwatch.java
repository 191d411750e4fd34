package org.wengert.gallery;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** Times a computation for a picture; a claim about speed needs a benchmark. */
final class Stopwatch {

    /** Where results go, so that nothing that is timed can be left out. */
    static volatile double sink;

    private Stopwatch() {}

    /** Nanoseconds a call: the median of seven rounds after warming up. */
    static double nanoseconds(DoubleSupplier call, boolean quick) {
        long round = quick ? 4_000_000 : 20_000_000;
        int calls = 1;
        for (long warm = System.nanoTime(); System.nanoTime() - warm < 25 * round; ) {
            long start = System.nanoTime();
            run(call, calls);
            if (System.nanoTime() - start < round) {
                calls = Math.min(2 * calls, 1 << 24);
            }
        }
        double[] rounds = new double[7];
        for (int i = 0; i < rounds.length; i++) {
            long start = System.nanoTime();
            run(call, calls);
            rounds[i] = (double) (System.nanoTime() - start) / calls;
        }
        Arrays.sort(rounds);
        return rounds[rounds.length / 2];
    }

    private static void run(DoubleSupplier call, int calls) {
        double sum = 0;
        for (int i = 0; i < calls; i++) {
            sum += call.getAsDouble();
        }
        sink = sum;
    }
}
