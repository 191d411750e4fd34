package org.wengert.gpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Precision;
import org.wengert.core.program.Program;

/**
 * Runs a kernel over points that are in Java arrays, a tile at a time, with three tiles under way: one on its way to the
 * device, one computed, one on its way back. Where the device's memory does not hold three tiles they are halved until it
 * does.
 */
public final class Streamed {

    /** Bytes of a tile, before memory gets short: long enough to hide the start of a copy, short enough to overlap. */
    private static final long TILE_BYTES = 32L << 20;

    private static final int TILES = 3;

    /**
     * What a run gave.
     *
     * @param failed the points at which a guard failed, in rising order; their results mean nothing, and are in no sum
     * @param sums   the sums, for a kernel that computes sums; else empty
     */
    public record Result(int[] failed, double[] sums) {}

    private final GpuKernel kernel;
    private final Gpu gpu;
    private final GpuDriver driver;
    private final CudaSource source;
    private final double[][] in;
    private final double[][] out;
    private final int points;
    private final IntStream.Builder failed = IntStream.builder();

    private Streamed(GpuKernel kernel, double[][] in, double[][] out, int points) {
        this.kernel = kernel;
        this.gpu = kernel.gpu();
        this.driver = gpu.driver();
        this.source = kernel.source();
        this.in = in;
        this.out = out;
        this.points = points;
    }

    /**
     * Runs a kernel. Should the device fail on the way, what was written to {@code out} until then means nothing.
     *
     * @param kernel what to run
     * @param inputs all inputs of the program, of which only the uniform ones are read
     * @param in     a column for each varying input, in the order of the inputs; not changed
     * @param out    a column for each output; null columns are not fetched; empty for a kernel that computes sums
     * @param points how many points, at least 1
     * @throws GpuException if the device fails
     */
    public static Result run(GpuKernel kernel, double[] inputs, double[][] in, double[] @Nullable [] out, int points) {
        CudaSource source = kernel.source();
        int outputs = source.reduction() == null ? source.program().outputs() : 0;
        if (points < 1) {
            throw new IllegalArgumentException("points must be at least 1, but was " + points);
        }
        columns(in, source.varyingInputs().length, points, "in");
        for (int c = 0; c < in.length; c++) {
            if (in[c] == null) {
                throw new IllegalArgumentException("in[" + c + "] must be a column, but is null");
            }
        }
        columns(out, outputs, points, "out");
        Program uniforms = source.uniforms();
        double[] uniform = uniforms.outputs() == 0 ? new double[0] : new double[uniforms.outputs()];
        if (uniform.length > 0) {
            uniforms.run(inputs, uniform, uniforms.newWorkspace());
        }
        var run = new Streamed(kernel, in, out, points);
        return kernel.gpu().call(() -> run.run(uniform));
    }

    private static void columns(double[] @Nullable [] columns, int count, int points, String name) {
        if (columns.length != count) {
            throw new IllegalArgumentException(name + " must have " + count + " columns, but has " + columns.length);
        }
        for (int c = 0; c < count; c++) {
            double[] column = columns[c];
            if (column != null && column.length < points) {
                throw new IllegalArgumentException(name + "[" + c + "] must have at least " + points
                        + " entries, one a point, but has " + column.length);
            }
        }
    }

    // ---- on the owner thread -----------------------------------------------------------------------------

    /** A tile with its pinned memory, and where the points begin that it holds; -1 if it holds none. */
    private static final class Slot {
        final Tile tile;
        final Pinned pinned;
        int first = -1;

        Slot(Tile tile, Pinned pinned) {
            this.tile = tile;
            this.pinned = pinned;
        }

        void free() {
            tile.free();
            pinned.free();
        }
    }

    private Result run(double[] uniform) {
        Reduction reduction = source.reduction();
        long chunks = (points + CudaSource.CHUNK - 1L) / CudaSource.CHUNK;
        long partial = 0;
        long total = 0;
        int entries = reduction == null ? 0 : reduction.entries().size();
        List<Slot> slots = List.of();
        double[] sums = new double[entries];
        try {
            if (reduction != null) {
                partial = driver.allocate(entries * chunks * Double.BYTES);
                total = driver.allocate((long) entries * Double.BYTES);
            }
            slots = slots(uniform);
            tiles(slots, partial, entries);
            if (reduction != null) {
                long stream = slots.getFirst().tile.stream();
                kernel.fold(partial, total, entries, chunks, stream);
                driver.synchronize(stream);
                var staging = new Staging(driver);
                try {
                    staging.download(total, sums, entries, Precision.DOUBLE);
                } finally {
                    staging.free();
                }
            }
            return new Result(failed.build().sorted().toArray(), sums);
        } finally {
            slots.forEach(Slot::free);
            for (long address : new long[] {partial, total}) {
                if (address != 0) {
                    freeQuietly(address);
                }
            }
        }
    }

    private void freeQuietly(long address) {
        try {
            driver.free(address);
        } catch (GpuException _) {
            // a lost context has freed it already
        }
    }

    /** Three tiles, as large as they should be or as they can be. */
    private List<Slot> slots(double[] uniform) {
        long bytes = Math.max(1, Tile.bytesPerPoint(source));
        long most = Math.max(1, TILE_BYTES / bytes / CudaSource.CHUNK) * CudaSource.CHUNK;
        long capacity = Math.min(most, (points + CudaSource.CHUNK - 1L) / CudaSource.CHUNK * CudaSource.CHUNK);
        while (true) {
            List<Slot> slots = new ArrayList<>();
            try {
                for (int k = 0; k < TILES && k * capacity < points; k++) {
                    Tile tile = Tile.of(kernel, capacity);
                    try {
                        slots.add(new Slot(tile, new Pinned(driver, capacity * bytes + 8L * uniform.length + 8)));
                    } catch (GpuException e) {
                        tile.free();
                        throw e;
                    }
                }
                slots.forEach(slot -> begin(slot, uniform));
                return slots;
            } catch (GpuException e) {
                slots.forEach(Slot::free);
                if (!e.isOutOfMemory() || capacity <= CudaSource.CHUNK) {
                    throw e;
                }
                capacity = (capacity / 2 + CudaSource.CHUNK - 1) / CudaSource.CHUNK * CudaSource.CHUNK;
            }
        }
    }

    private void begin(Slot slot, double[] uniform) {
        if (uniform.length > 0) {
            MemorySegment values = slot.pinned.slice(0, (long) uniform.length * source.precision().bytes());
            Pinned.write(uniform, 0, uniform.length, values, source.precision());
            driver.copyToDevice(slot.tile.uniform(), values, slot.tile.stream());
            driver.synchronize(slot.tile.stream());
        }
    }

    private void tiles(List<Slot> slots, long partial, int entries) {
        int capacity = (int) slots.getFirst().tile.capacity();
        int k = 0;
        for (int first = 0; first < points; first += Math.min(capacity, points - first)) {
            Slot slot = slots.get(k++ % slots.size());
            collect(slot);
            slot.first = first;
            send(slot, partial + (long) first / CudaSource.CHUNK * entries * Double.BYTES);
        }
        for (int i = 0; i < slots.size(); i++) {
            collect(slots.get(k++ % slots.size()));
        }
    }

    /** Queues all that is to be done for the points of a tile. */
    private void send(Slot slot, long partial) {
        Tile tile = slot.tile;
        int n = count(slot);
        int real = source.precision().bytes();
        IntStream.range(0, in.length).parallel().forEach(c ->
                Pinned.write(in[c], slot.first, n, column(slot, c, n), source.precision()));
        for (int c = 0; c < in.length; c++) {
            driver.copyToDevice(tile.in() + c * tile.capacity() * real, column(slot, c, n), tile.stream());
        }
        if (tile.failures() != 0) {
            driver.fill(tile.failures(), (byte) 0, Integer.BYTES, tile.stream());
        }
        kernel.launch(tile, n, partial, tile.stream());
        for (int c = 0; c < out.length; c++) {
            if (out[c] != null) {
                driver.copyToHost(column(slot, in.length + c, n), tile.out() + c * tile.capacity() * real, tile.stream());
            }
        }
        if (tile.failures() != 0) {
            driver.copyToHost(failures(slot), tile.failures(), tile.stream());
            driver.copyToHost(flags(slot, n), tile.failed(), tile.stream());
        }
    }

    /** Waits for a tile, and takes its results away. */
    private void collect(Slot slot) {
        if (slot.first < 0) {
            return;
        }
        int n = count(slot);
        driver.synchronize(slot.tile.stream());
        IntStream.range(0, out.length).parallel().forEach(c -> {
            if (out[c] != null) {
                Pinned.read(column(slot, in.length + c, n), out[c], slot.first, n, source.precision());
            }
        });
        if (slot.tile.failures() != 0 && failures(slot).get(ValueLayout.JAVA_INT, 0) != 0) {
            MemorySegment flags = flags(slot, n);
            for (int i = 0; i < n; i++) {
                if (flags.get(ValueLayout.JAVA_BYTE, i) != 0) {
                    failed.add(slot.first + i);
                }
            }
        }
        slot.first = -1;
    }

    private int count(Slot slot) {
        return (int) Math.min(slot.tile.capacity(), points - slot.first);
    }

    // The pinned memory of a tile: columns of the inputs, columns of the outputs, flags, their number at the end.

    private MemorySegment column(Slot slot, int c, int n) {
        long real = source.precision().bytes();
        return slot.pinned.slice(c * slot.tile.capacity() * real, n * real);
    }

    private MemorySegment flags(Slot slot, int n) {
        long columns = in.length + (long) out.length;
        return slot.pinned.slice(columns * slot.tile.capacity() * source.precision().bytes(), n);
    }

    private MemorySegment failures(Slot slot) {
        long columns = in.length + (long) out.length;
        long flags = columns * slot.tile.capacity() * source.precision().bytes();
        return slot.pinned.slice(flags + slot.tile.capacity(), Integer.BYTES);
    }
}
