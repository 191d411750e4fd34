package org.wengert.gpu;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Precision;
import org.wengert.core.program.Program;

/**
 * Decides where batches of a program are computed, on the CPU or on the GPU, by measuring both. What was measured is kept
 * beside the compiled kernels, by kernel, device and CPU, so that it is measured once. Points are taken to lie in Java
 * arrays, as {@link Streamed} runs them: what it costs to move them and the results is in the measurement. Points that
 * stay on the device ({@link DeviceBatch}) are another matter.
 *
 * <p>For what the CPU finishes in less time than it takes to start a GPU and to measure, no GPU is started.
 */
public final class AutoDevice {

    /** What is done in so many seconds is done before a device has started and a kernel is compiled and measured. */
    private static final double PATIENCE = 0.5;

    /** Bytes of points and results to measure with. */
    private static final long SAMPLE_BYTES = 64L << 20;

    private final Supplier<String> quickReason;
    private final Supplier<Gpu> open;
    private final LongSupplier clock;

    AutoDevice(Supplier<String> quickReason, Supplier<Gpu> open, LongSupplier clock) {
        this.quickReason = quickReason;
        this.open = open;
        this.clock = clock;
    }

    /** How the CPU computes the same. */
    @FunctionalInterface
    public interface OnCpu {
        /**
         * Computes.
         *
         * @param in     a column for each varying input; not changed
         * @param out    receives a column for each output
         * @param points how many points
         */
        void run(double[][] in, double[][] out, int points);
    }

    /**
     * The work to be done.
     *
     * @param program what is computed
     * @param inputs  all inputs, of which only the uniform ones are read
     * @param sample  some of the points: a column of the same length, at least 1, for each varying input
     * @param batches how many batches there will be, or as near as is known
     * @param points  how many points a batch has
     */
    public record Work(Program program, double[] inputs, double[][] sample, long batches, int points) {

        private int sampled() {
            return sample.length == 0 ? 1 : sample[0].length;
        }

        private String size() {
            return String.format(Locale.ROOT, "%,d points", batches * points);
        }
    }

    /**
     * What was decided.
     *
     * @param kernel what to run on the GPU; null for the CPU
     * @param reason why, in words
     */
    public record Decision(@Nullable GpuKernel kernel, String reason) {}

    /**
     * Decides for the device of this process. Takes milliseconds where there is no GPU or little work, and up to a few seconds
     * where both are measured for the first time.
     *
     * @param cpu     how the CPU computes the same; is run to measure it
     * @param cpuName what tells this way from others, for what is kept of the measurement
     */
    public static Decision decide(Work work, String cpuName, OnCpu cpu) {
        return new AutoDevice(GpuProbe::quickReason, Gpu::ofThisProcess, System::nanoTime).choose(work, cpuName, cpu);
    }

    Decision choose(Work work, String cpuName, OnCpu cpu) {
        String reason = quickReason.get();
        if (!reason.isEmpty()) {
            return new Decision(null, reason);
        }
        reason = CudaSource.reasonAgainst(work.program);
        if (!reason.isEmpty()) {
            return new Decision(null, "no kernel can be made of this program: " + reason);
        }
        double seconds = roughly(work, cpu);
        if (seconds < PATIENCE) {
            return new Decision(null, "the CPU computes " + work.size() + " in about " + Timing.text(seconds)
                    + ", less than it takes to start a GPU");
        }
        try {
            Gpu gpu = open.get();
            GpuKernel kernel = gpu.kernel(CudaSource.of(work.program, Precision.DOUBLE));
            return compared(work, kernel, gpu.compiler().cache(), cpuName, cpu);
        } catch (GpuException e) {
            return new Decision(null, String.valueOf(e.getMessage()));
        }
    }

    /** What the CPU takes for all, from what it takes for the sample: too long at first, while code is not compiled yet. */
    private double roughly(Work work, OnCpu cpu) {
        int n = work.sampled();
        double[][] out = new double[work.program.outputs()][n];
        double best = Double.POSITIVE_INFINITY;
        long begin = clock.getAsLong();
        for (int i = 0; i < 10 && clock.getAsLong() - begin < 1e8; i++) {
            long start = clock.getAsLong();
            cpu.run(work.sample, out, n);
            best = Math.min(best, 1e-9 * (clock.getAsLong() - start));
        }
        return best / n * work.points * work.batches;
    }

    private Decision compared(Work work, GpuKernel kernel, KernelCache cache, String cpuName, OnCpu cpu) {
        String name = "speed-" + KernelCache.hash(kernel.source().name() + "\n" + kernel.gpu().description() + "\n" + cpuName
                + "\n" + System.getProperty("os.arch") + " " + Runtime.getRuntime().availableProcessors() + " "
                + Runtime.version().feature());
        Timing[] known = read(KernelCache.read(cache.folder().resolve(name)));
        Timing[] both = known.length == 2 ? known : measured(work, kernel, cpu);
        if (known.length == 0) {
            cache.write(name, write(both));
        }
        double onCpu = work.batches * both[0].of(work.points);
        double onGpu = work.batches * both[1].of(work.points);
        boolean gpu = onGpu < onCpu;
        String reason = work.size() + " take about " + Timing.text(onGpu) + " on " + kernel.gpu().name() + " and "
                + Timing.text(onCpu) + " on the CPU, as measured " + (known.length == 2 ? "before" : "now");
        return new Decision(gpu ? kernel : null, reason);
    }

    /** The CPU, then the GPU. */
    private Timing[] measured(Work work, GpuKernel kernel, OnCpu cpu) {
        int outputs = work.program.outputs();
        long bytes = 8L * Math.max(1, work.sample.length + outputs);
        int most = (int) Math.max(1, Math.min(work.points, SAMPLE_BYTES / bytes));
        double[][] in = new double[work.sample.length][most];
        for (int j = 0; j < in.length; j++) {
            for (int i = 0; i < most; i++) {
                in[j][i] = work.sample[j][i % work.sampled()];
            }
        }
        double[][] out = new double[outputs][most];
        return new Timing[] {
            Timing.measure(n -> cpu.run(in, out, n), most, clock),
            Timing.measure(n -> Streamed.run(kernel, work.inputs, in, out, n), most, clock)
        };
    }

    private static byte[] write(Timing[] timings) {
        ByteBuffer bytes = ByteBuffer.allocate(16 * timings.length);
        for (Timing t : timings) {
            bytes.putDouble(t.fixed()).putDouble(t.perPoint());
        }
        return bytes.array();
    }

    /** CPU and GPU; nothing if nothing was measured. */
    private static Timing[] read(byte @Nullable [] kept) {
        if (kept == null || kept.length != 32) {
            return new Timing[0];
        }
        ByteBuffer bytes = ByteBuffer.wrap(kept);
        return new Timing[] {
            new Timing(bytes.getDouble(), bytes.getDouble()), new Timing(bytes.getDouble(), bytes.getDouble())
        };
    }
}
