package org.wengert.gpu;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.wengert.core.engine.Precision;
import org.wengert.core.program.Program;
import org.wengert.core.program.Workspace;

/**
 * Points that stay on a device from call to call. The varying inputs are uploaded once; each {@link #run} takes the
 * uniform inputs, a few numbers, and leaves its results on the device, from where columns or sums are fetched as they
 * are wanted. That is what an optimizer needs: its iterations move parameters one way and sums the other.
 *
 * <pre>{@code
 * try (var batch = new DeviceBatch(gpu.kernel(source), points)) {
 *     batch.upload(columns);
 *     batch.run(parameters);
 *     double[] sums = batch.sums();
 * }
 * }</pre>
 *
 * <p>To be used by one thread at a time. Memory that is not freed by {@link #close} is freed some time after the batch
 * has become unreachable.
 */
public final class DeviceBatch implements AutoCloseable {

    private final GpuKernel kernel;
    private final Gpu gpu;
    private final int points;
    private final Resources resources;
    private final Cleaner.Cleanable cleanable;
    private final Program uniforms;
    private final Workspace workspace;
    private final double[] uniformValues;
    private long failures;
    private boolean closed;

    /** What the device and the host hold for a batch; knows nothing of the batch, so that it can be found unreachable. */
    private record Resources(GpuDriver driver, Tile tile, Staging staging, long partial, long total) {
        void free() {
            tile.free();
            staging.free();
            for (long address : new long[] {partial, total}) {
                if (address != 0) {
                    driver.free(address);
                }
            }
        }
    }

    /**
     * Room for points on the device of a kernel.
     *
     * @param kernel what to run
     * @param points how many points
     * @throws GpuException if the device's memory is too small; {@link GpuException#isOutOfMemory} says so
     */
    public DeviceBatch(GpuKernel kernel, int points) {
        if (points < 1) {
            throw new IllegalArgumentException("points must be at least 1, but was " + points);
        }
        this.kernel = kernel;
        this.gpu = kernel.gpu();
        this.points = points;
        this.uniforms = kernel.source().uniforms();
        this.workspace = uniforms.newWorkspace();
        this.uniformValues = new double[uniforms.outputs()];
        this.resources = gpu.call(this::allocate);
        this.cleanable = gpu.clean(this, resources::free);
    }

    private Resources allocate() {
        GpuDriver driver = gpu.driver();
        Tile tile = Tile.of(kernel, points);
        long partial = 0;
        long total = 0;
        try {
            Reduction reduction = kernel.source().reduction();
            if (reduction != null) {
                long entries = reduction.entries().size();
                partial = driver.allocate(entries * chunks() * Double.BYTES);
                total = driver.allocate(entries * Double.BYTES);
            }
            return new Resources(driver, tile, new Staging(driver), partial, total);
        } catch (GpuException e) {
            tile.free();
            for (long address : new long[] {partial, total}) {
                if (address != 0) {
                    driver.free(address);
                }
            }
            throw e;
        }
    }

    private long chunks() {
        return (points + CudaSource.CHUNK - 1L) / CudaSource.CHUNK;
    }

    /** How many points there are. */
    public int points() {
        return points;
    }

    /**
     * Copies the varying inputs to the device.
     *
     * @param columns one array of at least as many numbers as points for each varying input, in the order of the
     *                program's inputs; not changed
     */
    public void upload(double[]... columns) {
        open();
        int wanted = kernel.source().varyingInputs().length;
        if (columns.length != wanted) {
            throw new IllegalArgumentException("columns must be one for each of the " + wanted
                    + " varying inputs, but there are " + columns.length);
        }
        for (int c = 0; c < wanted; c++) {
            length(columns[c], "columns[" + c + "]");
        }
        gpu.call(() -> {
            for (int c = 0; c < wanted; c++) {
                resources.staging.upload(columns[c], points, column(resources.tile.in(), c), precision());
            }
            return true;
        });
    }

    /**
     * Runs the kernel over all points.
     *
     * @param inputs all inputs of the program, of which only the uniform ones are read; none if there is none
     * @return at how many points a guard of the program failed: their results mean nothing, and are in no sum
     */
    public long run(double... inputs) {
        open();
        int needed = kernel.source().program().inputs();
        if (inputs.length != needed && (uniformValues.length > 0 || inputs.length > 0)) {
            throw new IllegalArgumentException("inputs must have " + needed + " entries, one for each input of the"
                    + " program, but has " + inputs.length);
        }
        if (uniformValues.length > 0) {
            uniforms.run(inputs, uniformValues, workspace);
        }
        failures = gpu.call(this::runOnDevice);
        return failures;
    }

    private long runOnDevice() {
        GpuDriver driver = gpu.driver();
        Tile tile = resources.tile;
        if (uniformValues.length > 0) {
            resources.staging.upload(uniformValues, uniformValues.length, tile.uniform(), precision());
        }
        if (tile.failures() != 0) {
            driver.fill(tile.failures(), (byte) 0, Integer.BYTES, tile.stream());
        }
        kernel.launch(tile, points, resources.partial, tile.stream());
        Reduction reduction = kernel.source().reduction();
        if (reduction != null) {
            kernel.fold(resources.partial, resources.total, reduction.entries().size(), chunks(), tile.stream());
        }
        driver.synchronize(tile.stream());
        return tile.failures() == 0 ? 0 : Integer.toUnsignedLong(ByteBuffer.wrap(
                resources.staging.bytes(tile.failures(), Integer.BYTES)).order(ByteOrder.nativeOrder()).getInt());
    }

    /** The points at which a guard failed in the last run, in rising order. */
    public int[] failed() {
        open();
        if (failures == 0) {
            return new int[0];
        }
        byte[] flags = gpu.call(() -> resources.staging.bytes(resources.tile.failed(), points));
        return IntStream.range(0, points).filter(i -> flags[i] != 0).toArray();
    }

    /**
     * Fetches an output of the last run.
     *
     * @param output its number in the program
     * @param to     receives as many numbers as there are points
     */
    public void download(int output, double[] to) {
        open();
        if (kernel.source().reduction() != null) {
            throw new IllegalStateException("this kernel computes sums and keeps no outputs: ask for sums()");
        }
        int outputs = kernel.source().program().outputs();
        if (output < 0 || output >= outputs) {
            throw new IllegalArgumentException("output must be 0 to " + (outputs - 1) + ", but was " + output);
        }
        length(to, "to");
        gpu.call(() -> {
            resources.staging.download(column(resources.tile.out(), output), to, points, precision());
            return true;
        });
    }

    /** The sums of the last run, one for each entry of the reduction. */
    public double[] sums() {
        open();
        Reduction reduction = kernel.source().reduction();
        if (reduction == null) {
            throw new IllegalStateException("this kernel computes columns and no sums: ask for download(output, to)");
        }
        double[] sums = new double[reduction.entries().size()];
        gpu.call(() -> {
            resources.staging.download(resources.total, sums, sums.length, Precision.DOUBLE);
            return true;
        });
        return sums;
    }

    private long column(long first, int c) {
        return first + (long) c * points * precision().bytes();
    }

    private Precision precision() {
        return kernel.source().precision();
    }

    private void length(double[] array, String name) {
        if (array.length < points) {
            throw new IllegalArgumentException(
                    name + " must have at least " + points + " entries, one a point, but has " + array.length);
        }
    }

    private void open() {
        if (closed) {
            throw new IllegalStateException("this batch is closed");
        }
    }

    /** Frees the memory of the device; to call it again does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            cleanable.clean();
        }
    }
}
