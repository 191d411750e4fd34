package org.wengert.cli.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.wengert.core.engine.Engines;

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

    /** Code is replaced by faster code when it has run some hundred times; what takes so long that it has not by then is given some time instead. */
    private static final int LEAST_SWEEPS = 1_000;

    private static final long LONG_ENOUGH = 2_000_000_000;

    /** How long to wait for code that is made in the background and for the JIT compiler, in nanoseconds. */
    private static final long MOST_PATIENCE = 30_000_000_000L;

    /** What has not become faster for that share of the warm-up is as fast as it gets. */
    private static final double SETTLED = 0.3;

    /**
     * What takes longer than so many times its best is not at its speed just now: the JIT compiler has thrown code away, as it does when a
     * loop ends that it had compiled as endless, or when a second contender runs what the first one had to itself, and has not made it anew yet.
     */
    private static final double AT_SPEED = 1.5;

    /** What is measured apart takes long as a rule: so many samples are enough, and fewer if they take longer than that, in nanoseconds. */
    private static final int SAMPLES_APART = 5;

    private static final long LONGEST_APART = 5_000_000_000L;

    private static final int LEAST_SAMPLES = 9;

    /**
     * Measures contenders side by side: all are warmed up until they become no faster and nothing is compiled in the background, and run in
     * turn until all are at their speed there too. Then samples of all are taken in turn, so that a machine that is slower for a while is so
     * for all of them. Those that are to be measured apart come last, one by one.
     *
     * @param contenders what to measure; results of one task must agree
     * @param points     how many points a sweep has
     * @param seconds    how long to warm each up at the least, and to measure it
     * @param progress   is told what is going on
     * @return in the order of the contenders
     * @throws IllegalStateException if two contenders disagree
     */
    public static List<Measurement> of(
            List<Contender> contenders, int points, double seconds, Consumer<String> progress) {
        int[] repeats = new int[contenders.size()];
        double[] best = new double[contenders.size()];
        for (int i = 0; i < repeats.length; i++) {
            progress.accept("warming up " + contenders.get(i).engine() + ", " + contenders.get(i).task());
            if (contenders.get(i).apart()) {
                contenders.get(i).sweep().run();
                await();
            } else {
                best[i] = warmUp(contenders.get(i), seconds);
                repeats[i] = (int) Math.clamp(Math.ceil(SAMPLE / best[i]), 1, 1 << 28);
            }
        }
        checkAgreement(contenders);
        progress.accept("warming up all in turn");
        settle(contenders, repeats, best);
        List<List<Double>> samples = new ArrayList<>();
        contenders.forEach(_ -> samples.add(new ArrayList<>()));
        long end = System.nanoTime() + (long) (1e9 * seconds * contenders.size());
        for (int round = 0; round < LEAST_SAMPLES || System.nanoTime() - end < 0; round++) {
            for (int i = 0; i < repeats.length; i++) {
                if (!contenders.get(i).apart()) {
                    progress.accept("measuring " + contenders.get(i).engine() + ", " + contenders.get(i).task());
                    samples.get(i).add((double) time(contenders.get(i).sweep(), repeats[i]) / repeats[i] / points);
                }
            }
        }
        List<Measurement> measurements = new ArrayList<>();
        for (int i = 0; i < repeats.length; i++) {
            if (contenders.get(i).apart()) {
                progress.accept("measuring " + contenders.get(i).engine() + ", " + contenders.get(i).task());
                samplesApart(contenders.get(i), points, seconds, samples.get(i));
            }
            double[] sorted = samples.get(i).stream().mapToDouble(Double::doubleValue).sorted().toArray();
            measurements.add(new Measurement(contenders.get(i), sorted[sorted.length / 2], sorted[sorted.length / 4],
                    sorted[3 * sorted.length / 4]));
        }
        return measurements;
    }

    /** Returns the nanoseconds of the fastest sweep. */
    private static double warmUp(Contender contender, double seconds) {
        Runnable sweep = contender.sweep();
        long start = System.nanoTime();
        int repeats = 1;
        double best = Double.MAX_VALUE;
        long bestAt = start;
        long sweeps = 0;
        while (true) {
            long took = time(sweep, repeats);
            long now = System.nanoTime();
            sweeps += repeats;
            double each = (double) took / repeats;
            if (each < 0.97 * best) {
                best = each;
                bestAt = now;
            }
            boolean isLong = took >= SAMPLE;
            if (!isLong) {
                repeats = Math.min(2 * repeats, 1 << 28);
            } else if (took > 2 * SAMPLE && repeats > 1) {
                repeats = (int) Math.max(1, repeats * (1.2 * SAMPLE / took));
            }
            if (Engines.areCompiling()) {
                bestAt = now;
            }
            boolean isSettled = now - bestAt >= SETTLED * 1e9 * seconds && each < AT_SPEED * best;
            boolean isWarm = now - start >= 1e9 * seconds && (sweeps >= LEAST_SWEEPS || now - start >= LONG_ENOUGH);
            if (isLong && isWarm && (isSettled || now - start > MOST_PATIENCE)) {
                return best;
            }
        }
    }

    /** Runs all in turn until a whole round of them is at its speed. */
    private static void settle(List<Contender> contenders, int[] repeats, double[] best) {
        long end = System.nanoTime() + MOST_PATIENCE;
        boolean isSettled = false;
        while (!isSettled && System.nanoTime() - end < 0) {
            isSettled = true;
            for (int i = 0; i < repeats.length; i++) {
                if (!contenders.get(i).apart()) {
                    double each = (double) time(contenders.get(i).sweep(), repeats[i]) / repeats[i];
                    isSettled &= each < AT_SPEED * best[i];
                }
            }
        }
    }

    private static void samplesApart(Contender contender, int points, double seconds, List<Double> samples) {
        long start = System.nanoTime();
        while (samples.isEmpty() || System.nanoTime() - start < (samples.size() < SAMPLES_APART ? LONGEST_APART : 1e9 * seconds)) {
            samples.add((double) time(contender.sweep(), 1) / points);
            await();
        }
    }

    /** Waits until nothing is compiled in the background. */
    private static void await() {
        long end = System.nanoTime() + MOST_PATIENCE;
        try {
            while (Engines.areCompiling() && System.nanoTime() - end < 0) {
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
            if (!(Math.abs(expected[i] - actual[i]) <= contender.tolerance() * (1 + Math.abs(expected[i]) + Math.abs(actual[i])))) {
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
