package org.wengert.gpu;

/** A kernel on a device. Safe to share between threads. */
public final class GpuKernel {

    private final Gpu gpu;
    private final CudaSource source;
    private final long module;
    private final long function;
    private final long fold;
    private final int registers;
    private final int resident;

    private GpuKernel(Gpu gpu, CudaSource source, long module) {
        GpuDriver driver = gpu.driver();
        this.gpu = gpu;
        this.source = source;
        this.module = module;
        this.function = driver.function(module, source.name());
        this.fold = driver.function(module, "wengert_fold");
        this.registers = driver.functionAttribute(GpuDriver.REGISTERS_OF_FUNCTION, function);
        this.resident = Math.max(1, driver.activeBlocks(function, source.threads())) * gpu.multiprocessors();
    }

    /** Loads an image; on the owner thread. */
    static GpuKernel load(Gpu gpu, CudaSource source, byte[] image) {
        return new GpuKernel(gpu, source, gpu.driver().loadModule(image));
    }

    void unload() {
        gpu.driver().unloadModule(module);
    }

    /** The device that it is on. */
    public Gpu gpu() {
        return gpu;
    }

    /** What the kernel computes. */
    public CudaSource source() {
        return source;
    }

    /** Registers of a thread. */
    public int registers() {
        return registers;
    }

    /** Queues the kernel for the points of a tile; the sums of its chunks go to the place of the first of them. */
    void launch(Tile tile, long points, long partial, long stream) {
        Reduction reduction = source.reduction();
        if (reduction == null) {
            int blocks = (int) Math.min(resident, (points + source.threads() - 1) / source.threads());
            gpu.driver().launch(function, blocks, source.threads(), stream,
                    tile.uniform(), tile.in(), tile.capacity(), tile.out(), tile.capacity(),
                    tile.failed(), tile.failures(), points);
        } else {
            int blocks = (int) Math.min(resident, (points + CudaSource.CHUNK - 1) / CudaSource.CHUNK);
            gpu.driver().launch(function, blocks, source.threads(), stream,
                    tile.uniform(), tile.in(), tile.capacity(), partial, tile.failed(), tile.failures(), points);
        }
    }

    /** Queues the addition of the sums of all chunks. */
    void fold(long partial, long total, int entries, long chunks, long stream) {
        int threads = 128;
        gpu.driver().launch(fold, (entries + threads - 1) / threads, threads, stream, partial, total, entries, chunks);
    }
}
