package org.wengert.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.wengert.core.Differentiable;
import org.wengert.core.batch.Batch;
import org.wengert.core.batch.Points;
import org.wengert.core.batch.Table;
import org.wengert.core.engine.Engines;
import org.wengert.core.scalar.Scalar;

/**
 * Draws what values and gradients of a batch cost by the number of points, from 1 to a million, and by the number of operations of the function,
 * from 10 to 100,000: nanoseconds for each operation of the function at each point, by one thread.
 *
 * <pre>{@code
 * java --add-modules jdk.incubator.vector -Xmx8g -cp benchmarks/target/benchmarks.jar org.wengert.benchmarks.ScalingPicture docs/images/scaling.svg
 * }</pre>
 */
public final class ScalingPicture {

    private static final int INPUTS = 8;
    private static final int[] POINTS = {1, 10, 100, 1000, 10_000, 100_000, 1_000_000};
    private static final int[] OPERATIONS = {10, 100, 1000, 10_000, 100_000};
    private static final int SOME_POINTS = 1024;
    private static final int SOME_OPERATIONS = 100;

    /** A sample takes at least so many nanoseconds. */
    private static final long SAMPLE = 5_000_000;

    private static final int SAMPLES = 9;
    private static final long WARM_UP = 500_000_000;
    private static final long PATIENCE = 20_000_000_000L;

    private ScalingPicture() {}

    /** What is measured. */
    private record Way(String name, boolean isGradient) {}

    /** Draws the picture and prints its numbers. */
    public static void main(String[] arguments) throws IOException {
        List<Way> ways = List.of(new Way("value", false), new Way("gradient", true));
        // Long functions last: the background compiles one program after another, and takes minutes for the longest.
        List<LogPicture.Curve> byPoints = curves(ways, POINTS, (way, n) -> nanoseconds(way, n, SOME_OPERATIONS));
        List<LogPicture.Curve> byOperations = curves(ways, OPERATIONS, (way, m) -> nanoseconds(way, SOME_POINTS, m));
        Files.writeString(Path.of(arguments[0]), LogPicture.of("What values and gradients of a batch cost",
                "nanoseconds an operation and point", List.of(
                        new LogPicture.Panel("points, at " + SOME_OPERATIONS + " operations", byPoints),
                        new LogPicture.Panel("operations, at " + String.format(Locale.ROOT, "%,d", SOME_POINTS) + " points", byOperations))));
    }

    private static List<LogPicture.Curve> curves(List<Way> ways, int[] sizes, ToDoubleBiFunction<Way, Integer> nanoseconds) {
        List<List<LogPicture.Point>> points = new ArrayList<>();
        ways.forEach(_ -> points.add(new ArrayList<>()));
        for (int size : sizes) {
            for (int w = 0; w < ways.size(); w++) {
                points.get(w).add(new LogPicture.Point(size, nanoseconds.applyAsDouble(ways.get(w), size)));
            }
        }
        return IntStream.range(0, ways.size()).mapToObj(w -> new LogPicture.Curve(ways.get(w).name, points.get(w))).toList();
    }

    /** A function of so many additions and multiplications, whose values stay near 1. */
    private static Differentiable function(int operations) {
        return Differentiable.of(INPUTS, x -> {
            Scalar y = x[0];
            for (int k = 1; 2 * k <= operations; k++) {
                y = y.times(x[k % INPUTS]).plus(x[(k + 3) % INPUTS]);
            }
            return y;
        });
    }

    private static double nanoseconds(Way way, int points, int operations) {
        Batch batch = Batch.of(function(operations)).withThreads(1);
        Points at = Points.of(points, INPUTS);
        for (int p = 0; p < points; p++) {
            for (int i = 0; i < INPUTS; i++) {
                at.set(p, i, 0.5 + 0.25 * Math.sin(p + i));
            }
        }
        Table table = way.isGradient ? batch.gradient(at).table() : batch.values(at).table();
        Runnable call = way.isGradient ? () -> batch.gradientInto(at, table) : () -> batch.valuesInto(at, table);
        int repeats = warmUp(call);
        double[] samples = IntStream.range(0, SAMPLES).mapToDouble(s -> time(call, repeats)).sorted().toArray();
        double each = samples[SAMPLES / 2] / points / operations;
        System.out.printf(Locale.ROOT, "%-22s %,9d points %,8d operations %10.4f ns%n", way.name, points, operations, each);
        return each;
    }

    /**
     * Calls until nothing is compiled in the background, calls become no faster, and the last ones were about as fast as any; returns how many calls a
     * sample takes.
     */
    private static int warmUp(Runnable call) {
        long start = System.nanoTime();
        int repeats = 1;
        double best = Double.MAX_VALUE;
        long bestAt = start;
        while (true) {
            double each = time(call, repeats);
            long now = System.nanoTime();
            if (each < 0.97 * best || Engines.areCompiling()) {
                best = Math.min(best, each);
                bestAt = now;
            }
            if (each * repeats < SAMPLE) {
                repeats *= 2;
            } else if (now - bestAt > WARM_UP && each < 1.3 * best || now - start > PATIENCE) {
                return repeats;
            }
        }
    }

    private static double time(Runnable call, int repeats) {
        long start = System.nanoTime();
        for (int r = 0; r < repeats; r++) {
            call.run();
        }
        return (double) (System.nanoTime() - start) / repeats;
    }
}
