package org.wengert.cli.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How long a contender takes, in nanoseconds a point.
 *
 * @param contender   what was measured
 * @param nanoseconds the median of the samples
 * @param low         the lower quartile
 * @param high        the upper quartile
 */
public record Measurement(Contender contender, double nanoseconds, double low, double high) {

    /** A sample takes at least so long, in nanoseconds: the clock and its call are nothing against it. */
    private static final long SAMPLE = 10_000_000;

    /** How long to wait for code that is made in the background, in nanoseconds. */
    private static final long MOST_PATIENCE = 30_000_000_000L;

    private static final int LEAST_SAMPLES = 9;

    /** How far results may differ, against their size: each way rounds differently, many times. */
    private static final double TOLERANCE = 1e-9;

    /**
     * Measures contenders side by side: all are warmed up, then samples of all are taken in turn, so that a machine that
     * is slower for a while is so for all of them.
     *
     * @param contenders what to measure; results of one task must agree
     * @param points     how many points a sweep has
     * @param seconds    how long to warm each up, and to measure it
     * @param progress   is told what is going on
     * @throws IllegalStateException if two contenders disagree
     */
    public static List<Measurement> of(
            List<Contender> contenders, int points, double seconds, Consumer<String> progress) {
        int[] repeats = new int[contenders.size()];
        for (int i = 0; i < repeats.length; i++) {
            progress.accept("warming up " + contenders.get(i).engine() + ", " + contenders.get(i).task());
            repeats[i] = warmUp(contenders.get(i), seconds);
        }
        checkAgreement(contenders);
        List<List<Double>> samples = new ArrayList<>();
        contenders.forEach(_ -> samples.add(new ArrayList<>()));
        long end = System.nanoTime() + (long) (1e9 * seconds * contenders.size());
        for (int round = 0; round < LEAST_SAMPLES || System.nanoTime() - end < 0; round++) {
            for (int i = 0; i < repeats.length; i++) {
                progress.accept("measuring " + contenders.get(i).engine() + ", " + contenders.get(i).task());
                samples.get(i).add((double) time(contenders.get(i).sweep(), repeats[i]) / repeats[i] / points);
            }
        }
        List<Measurement> measurements = new ArrayList<>();
        for (int i = 0; i < repeats.length; i++) {
            double[] sorted = samples.get(i).stream().mapToDouble(Double::doubleValue).sorted().toArray();
            measurements.add(new Measurement(contenders.get(i), sorted[sorted.length / 2], sorted[sorted.length / 4],
                    sorted[3 * sorted.length / 4]));
        }
        return measurements;
    }

    private static int warmUp(Contender contender, double seconds) {
        Runnable sweep = contender.sweep();
        long end = System.nanoTime() + (long) (1e9 * seconds);
        long last = end + MOST_PATIENCE;
        int repeats = 1;
        long took;
        do {
            took = time(sweep, repeats);
            if (took < SAMPLE) {
                repeats = Math.min(2 * repeats, 1 << 28);
            } else if (took > 2 * SAMPLE && repeats > 1) {
                repeats = (int) Math.max(1, repeats * (1.2 * SAMPLE / took));
            }
        } while (System.nanoTime() - end < 0 || took < SAMPLE
                || !contender.ready().getAsBoolean() && System.nanoTime() - last < 0);
        return repeats;
    }

    private static long time(Runnable sweep, int repeats) {
        long start = System.nanoTime();
        for (int r = 0; r < repeats; r++) {
            sweep.run();
        }
        return System.nanoTime() - start;
    }

    /**
     * Checks that all contenders of a task computed the same in their last sweep.
     *
     * @throws IllegalStateException if two disagree; names both and the entry
     */
    public static void checkAgreement(List<Contender> contenders) {
        Map<String, Contender> first = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            Contender reference = first.putIfAbsent(contender.task(), contender);
            if (reference != null) {
                check(reference, contender);
            }
        }
    }

    private static void check(Contender reference, Contender contender) {
        double[] expected = reference.results().get();
        double[] actual = contender.results().get();
        if (expected.length != actual.length) {
            throw new IllegalStateException(contender.engine() + " has " + actual.length + " results, but "
                    + reference.engine() + " has " + expected.length);
        }
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(expected[i] - actual[i]) <= TOLERANCE * (1 + Math.abs(expected[i]) + Math.abs(actual[i])))) {
                throw new IllegalStateException(contender.engine() + " disagrees with " + reference.engine() + " in entry "
                        + i + " of its " + contender.task() + ": " + actual[i] + " and " + expected[i]);
            }
        }
    }

    /** What tells in another language whether it computed the same: Σ a, Σ |a| and Σ aᵢ cos(i) of the results. */
    public double[] sums() {
        double[] a = contender.results().get();
        double cosine = 0;
        for (int i = 0; i < a.length; i++) {
            cosine += a[i] * Math.cos(i);
        }
        return new double[] {Arrays.stream(a).sum(), Arrays.stream(a).map(Math::abs).sum(), cosine};
    }
}
