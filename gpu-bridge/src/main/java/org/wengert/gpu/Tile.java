package org.wengert.gpu;

import java.util.ArrayList;
import java.util.List;

/**
 * Memory of the device for up to so many points of a kernel: uniform numbers, columns, flags; and a stream. Used on the
 * thread that owns the context alone.
 *
 * @param capacity the distance between columns, and the most points
 */
record Tile(Gpu gpu, long capacity, long uniform, long in, long out, long failed, long failures, long stream,
        List<Long> addresses) {

    /**
     * Allocates.
     *
     * @throws GpuException if there is not enough memory; then nothing is left allocated
     */
    static Tile of(GpuKernel kernel, long capacity) {
        CudaSource source = kernel.source();
        Gpu gpu = kernel.gpu();
        GpuDriver driver = gpu.driver();
        List<Long> addresses = new ArrayList<>();
        try {
            int real = source.precision().bytes();
            boolean columns = source.reduction() == null;
            long uniform = allocate(driver, addresses, (long) real * source.uniformCount());
            long in = allocate(driver, addresses, capacity * real * source.varyingInputs().length);
            long out = columns ? allocate(driver, addresses, capacity * real * source.program().outputs()) : 0;
            boolean guarded = !source.program().guards().isEmpty();
            long failed = guarded ? allocate(driver, addresses, capacity) : 0;
            long failures = guarded ? allocate(driver, addresses, Integer.BYTES) : 0;
            return new Tile(gpu, capacity, uniform, in, out, failed, failures, driver.createStream(), addresses);
        } catch (GpuException e) {
            free(gpu, addresses);
            throw e;
        }
    }

    private static long allocate(GpuDriver driver, List<Long> addresses, long bytes) {
        if (bytes == 0) {
            return 0;
        }
        long address = driver.allocate(bytes);
        addresses.add(address);
        return address;
    }

    private static void free(Gpu gpu, List<Long> addresses) {
        for (long address : addresses) {
            try {
                gpu.driver().free(address);
            } catch (GpuException _) {
                // a lost context has freed it already
            }
        }
    }

    /** Bytes of the device that a point takes. */
    static long bytesPerPoint(CudaSource source) {
        long columns = (long) source.varyingInputs().length + (source.reduction() == null ? source.program().outputs() : 0);
        return columns * source.precision().bytes() + (source.program().guards().isEmpty() ? 0 : 1);
    }

    /** Frees everything, once the stream has done what it had to do: it may still be writing. */
    void free() {
        try {
            gpu.driver().synchronize(stream);
        } catch (GpuException _) {
            // what failed was told to whoever waited for it, or else nobody wants to know
        }
        try {
            gpu.driver().destroyStream(stream);
        } catch (GpuException _) {
            // a lost context has destroyed it already
        }
        free(gpu, addresses);
    }
}
