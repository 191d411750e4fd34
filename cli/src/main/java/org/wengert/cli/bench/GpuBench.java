package org.wengert.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.wengert.core.engine.Engines;
import org.wengert.core.simd.Kernels;
import org.wengert.gpu.DeviceBatch;
import org.wengert.gpu.Gpu;
import org.wengert.gpu.GpuException;
import org.wengert.gpu.GpuKernel;
import org.wengert.gpu.Link;
import org.wengert.gpu.Streamed;

/**
 * Kernels against the CPU's engine on all cores, at 10⁴ to 10⁸ points: resident, that is with the points on the device and
 * the results left there; and streamed, from Java arrays into Java arrays. All results of the streamed runs are compared
 * with the CPU's, point by point.
 */
public final class GpuBench {

    private static final int[] SIZES = {10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    /** How far results may differ, against their size, before the measurement counts as wrong. */
    private static final double TOLERANCE = 1e-9;

    private final Gpu gpu;
    private final Link link;
    private final double seconds;
    private final Consumer<String> progress;
    private final Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
    private final List<Row> rows = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    /**
     * A result.
     *
     * @param name      the case
     * @param points    how many
     * @param mode      {@code cpu}, {@code resident} or {@code streamed}
     * @param seconds   the median of the runs
     * @param fraction  of what the device's memory (resident) or the way to it (streamed) can move; NaN for the CPU
     * @param worst     the largest difference from the CPU's results, against 1 + the sizes of both; NaN if not compared
     */
    public record Row(String name, int points, String mode, double seconds, double fraction, double worst) {

        boolean agrees() {
            return !(worst > TOLERANCE);
        }
    }

    /**
     * Opens the device, and measures the way to it.
     *
     * @param seconds how long each way of computing is measured, at least
     * @throws GpuException if there is no device that works
     */
    public GpuBench(double seconds, Consumer<String> progress) {
        this.seconds = seconds;
        this.progress = progress;
        this.gpu = Gpu.ofThisProcess();
        this.link = Link.measure(gpu);
    }

    /** Runs a case at some numbers of points. */
    public void run(GpuCase c, int... sizes) {
        progress.accept(c.name() + ": compiling");
        GpuKernel kernel = gpu.kernel(c.source());
        for (int points : sizes) {
            long bytes = points * 8L * (c.source().varyingInputs().length + 2L * c.columns());
            Runtime runtime = Runtime.getRuntime();
            long room = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
            if (bytes > 0.8 * room) {
                skipped.add(String.format(Locale.ROOT, "%s at %,d points: they need %,d MiB of heap, and there are %,d"
                        + " (WENGERT_JAVA_OPTS=-Xmx64g gives more)", c.name(), points, bytes >> 20, room >> 20));
                continue;
            }
            sized(c, kernel, points);
        }
    }

    private void sized(GpuCase c, GpuKernel kernel, int points) {
        double[][] in = c.in(points);
        double[][] onCpu = new double[c.columns()][points];
        double[][] onGpu = new double[c.columns()][points];
        var sweep = new ColumnSweep(Engines.standard(), workers, c.program());
        double[][] sums = new double[2][];
        int[] failed = new int[1];
        measure(c, points, "cpu", () -> {
            if (c.sums()) {
                sums[0] = sweep.sums(c.inputs(), in, points);
            } else {
                failed[0] = sweep.run(c.inputs(), in, onCpu, points);
            }
        }, Double.NaN);
        if (failed[0] > 0) {
            throw new IllegalStateException(c.name() + ": a guard failed at " + failed[0] + " points on the CPU");
        }
        try (var batch = new DeviceBatch(kernel, points)) {
            batch.upload(in);
            measure(c, points, "resident", () -> noneFailed(c, (int) batch.run(c.inputs())),
                    (c.bytesIn() + c.bytesOut()) * points / gpu.bytesPerSecond());
        } catch (GpuException e) {
            if (!e.isOutOfMemory()) {
                throw e;
            }
            skipped.add(String.format(Locale.ROOT, "%s at %,d points, resident: the device's memory is too small", c.name(), points));
        }
        measure(c, points, "streamed", () -> {
            Streamed.Result result = Streamed.run(kernel, c.inputs(), in, onGpu, points);
            sums[1] = result.sums();
            noneFailed(c, result.failed().length);
        }, Math.max(c.bytesIn() * points / link.toDevice(), c.bytesOut() * points / link.toHost()));
        Row last = rows.removeLast();
        double worst = c.sums() ? worst(sums[0], sums[1]) : 0;
        for (int k = 0; k < onCpu.length; k++) {
            worst = Math.max(worst, worst(onCpu[k], onGpu[k]));
        }
        rows.add(new Row(last.name, last.points, last.mode, last.seconds, last.fraction, worst));
    }

    private static void noneFailed(GpuCase c, int failures) {
        if (failures > 0) {
            throw new IllegalStateException(c.name() + ": a guard failed at " + failures + " points on the GPU");
        }
    }

    /** NaN on one side alone is as far apart as can be. */
    private static double worst(double[] a, double[] b) {
        double worst = 0;
        for (int i = 0; i < a.length; i++) {
            double off = Math.abs(a[i] - b[i]) / (1 + Math.abs(a[i]) + Math.abs(b[i]));
            worst = Math.max(worst, Double.compare(a[i], b[i]) == 0 ? 0 : Double.isNaN(off) ? Double.POSITIVE_INFINITY : off);
        }
        return worst;
    }

    /**
     * Warms up, then measures.
     *
     * @param bound the seconds that moving the bytes takes at least
     */
    private void measure(GpuCase c, int points, String mode, Runnable run, double bound) {
        progress.accept(String.format(Locale.ROOT, "%s, %,d points, %s", c.name(), points, mode));
        long warm = System.nanoTime();
        do {
            run.run();
        } while (System.nanoTime() - warm < 1e9 * seconds);
        List<Double> times = new ArrayList<>();
        long begin = System.nanoTime();
        do {
            long start = System.nanoTime();
            run.run();
            times.add(1e-9 * (System.nanoTime() - start));
        } while (times.size() < 3 || System.nanoTime() - begin < 1e9 * seconds);
        double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double median = sorted[sorted.length / 2];
        rows.add(new Row(c.name(), points, mode, median, bound / median, Double.NaN));
    }

    /** Whether all results were those of the CPU. */
    public boolean agrees() {
        return rows.stream().allMatch(Row::agrees);
    }

    /** What was measured. */
    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /** What was not measured, and why. */
    public List<String> skipped() {
        return List.copyOf(skipped);
    }

    /** What ran, in a few lines for people. */
    public List<String> machine() {
        return List.of(
                "GPU  " + gpu.description(),
                String.format(Locale.ROOT, "     memory %,.0f GB/s by its clock; copies %,.1f GB/s to it, %,.1f GB/s back, as measured",
                        1e-9 * gpu.bytesPerSecond(), 1e-9 * link.toDevice(), 1e-9 * link.toHost()),
                "CPU  " + workers.threads() + " threads, " + Kernels.best().description());
    }

    /** All of it, for a report that is sent to somebody. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("gpu", gpu.name());
        json.put("description", gpu.description());
        json.put("memoryBytesPerSecond", gpu.bytesPerSecond());
        json.put("toDeviceBytesPerSecond", link.toDevice());
        json.put("toHostBytesPerSecond", link.toHost());
        json.put("cpuEngine", Kernels.best().description());
        json.put("threads", workers.threads());
        json.put("java", System.getProperty("java.version"));
        json.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        json.put("results", rows.stream().map(row -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("case", row.name);
            one.put("points", row.points);
            one.put("mode", row.mode);
            one.put("seconds", row.seconds);
            one.put("nanosecondsPerPoint", 1e9 * row.seconds / row.points);
            if (row.mode.equals("resident")) {
                one.put("fractionOfMemoryBandwidth", row.fraction);
            } else if (row.mode.equals("streamed")) {
                one.put("fractionOfLinkBandwidth", row.fraction);
                one.put("worstDifference", row.worst);
                one.put("agrees", row.agrees());
            }
            return one;
        }).toList());
        json.put("skipped", skipped);
        return json;
    }

    /** The numbers of points that are measured unless others are asked for. */
    public static int[] sizes() {
        return SIZES.clone();
    }
}
