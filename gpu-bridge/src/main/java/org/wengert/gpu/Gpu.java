package org.wengert.gpu;

import java.lang.ref.Cleaner;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A CUDA device that is ready for work. One platform thread of its own holds the device's context and makes all calls of
 * the driver; everybody else hands work to it. Safe to share between threads.
 *
 * <p>An error after which the driver has lost the context (an illegal address, a device that is gone) puts the device out
 * of use for the rest of the process: every later call fails with a message that names the first error.
 */
public final class Gpu implements AutoCloseable {

    private static final Cleaner CLEANER = Cleaner.create();

    private static @Nullable Gpu ofThisProcess;
    private static String reasonOfThisProcess = "";

    private final GpuDriver driver;
    private final GpuCompiler compiler;
    private final ExecutorService owner;
    private final Thread ownerThread;
    private final int device;
    private final String name;
    private final int capability;
    private final int multiprocessors;
    private final int driverVersion;
    private final double bytesPerSecond;
    private final Map<String, GpuKernel> kernels = new HashMap<>(); // of the owner thread
    private volatile String broken = "";

    private Gpu(GpuDriver driver, GpuCompiler compiler, int device) {
        this.driver = driver;
        this.compiler = compiler;
        this.device = device;
        Thread[] thread = new Thread[1];
        this.owner = Executors.newSingleThreadExecutor(work -> {
            thread[0] = Thread.ofPlatform().daemon().name("wengert-gpu").unstarted(work);
            return thread[0];
        });
        try {
            call(() -> {
                driver.setCurrent(driver.retainContext(device));
                return true;
            });
            this.ownerThread = thread[0];
            this.name = call(() -> driver.deviceName(device));
            this.capability = attribute(GpuDriver.COMPUTE_CAPABILITY_MAJOR) * 10
                    + attribute(GpuDriver.COMPUTE_CAPABILITY_MINOR);
            this.multiprocessors = attribute(GpuDriver.MULTIPROCESSORS);
            // Two transfers a clock, as for all memory that devices have.
            this.bytesPerSecond = 2e3 * attribute(GpuDriver.MEMORY_CLOCK_KHZ) * attribute(GpuDriver.MEMORY_BUS_BITS) / 8;
            this.driverVersion = call(driver::version);
        } catch (RuntimeException e) {
            owner.shutdown();
            throw e;
        }
    }

    /**
     * The first CUDA device of this machine, opened when first asked for.
     *
     * @throws GpuException if there is none, or none that works, with the reason
     */
    public static synchronized Gpu ofThisProcess() {
        if (ofThisProcess != null && ofThisProcess.broken.isEmpty()) {
            return ofThisProcess;
        }
        if (ofThisProcess != null) {
            throw new GpuException(ofThisProcess.broken);
        }
        if (reasonOfThisProcess.isEmpty()) {
            GpuProbe.Result probe = GpuProbe.probe(); // cheaper than loading JCuda where there is nothing to load
            try {
                if (!probe.available() && !probe.unasked()) {
                    throw new GpuException(probe.reason());
                }
                ofThisProcess = start(JCudaGpuDriver.open(), GpuCompiler.ofThisMachine(), 0);
                return ofThisProcess;
            } catch (GpuException e) {
                reasonOfThisProcess = String.valueOf(e.getMessage());
            }
        }
        throw new GpuException(reasonOfThisProcess);
    }

    /** A device of a driver. */
    static Gpu start(GpuDriver driver, GpuCompiler compiler, int device) {
        driver.init();
        if (driver.deviceCount() <= device) {
            throw new GpuException("there is an NVIDIA driver, but no device");
        }
        return new Gpu(driver, compiler, device);
    }

    // ---- the thread that owns the context ----------------------------------------------------------------

    /** Does work on the owner thread and waits for it. */
    <T> T call(Supplier<T> work) {
        if (!broken.isEmpty()) {
            throw new GpuException(broken);
        }
        if (Thread.currentThread() == ownerThread) {
            return work.get();
        }
        Future<T> result;
        try {
            result = owner.submit(work::get);
        } catch (RejectedExecutionException e) {
            throw new GpuException("the GPU is closed");
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException _) {
                    interrupted = true; // the device cannot be stopped half way; the caller learns of it afterwards
                } catch (ExecutionException e) {
                    throw failed(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RuntimeException failed(@Nullable Throwable cause) {
        if (cause instanceof GpuException e) {
            if (e.isSticky() && broken.isEmpty()) {
                broken = "the GPU is out of use since " + e.getMessage();
            }
            e.addSuppressed(new RuntimeException("asked for here"));
            return e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }

    /** Queues work for the owner thread if there still is one: for cleaning up. */
    void later(Runnable work) {
        if (broken.isEmpty() && !owner.isShutdown()) {
            try {
                owner.execute(() -> {
                    try {
                        work.run();
                    } catch (GpuException _) {
                        // what cannot be freed is freed with the context
                    }
                });
            } catch (RejectedExecutionException _) {
                // closed in between
            }
        }
    }

    /** Frees what an object holds when it is closed, or else when it is found unreachable. */
    Cleaner.Cleanable clean(Object holder, Runnable free) {
        return CLEANER.register(holder, () -> later(free));
    }

    GpuDriver driver() {
        return driver;
    }

    // ---- kernels -----------------------------------------------------------------------------------------

    /**
     * A kernel, compiled for this device: from the cache on disk, or by the compiler that there is.
     *
     * @throws GpuException if there is no compiler, or the driver refuses the code
     */
    public GpuKernel kernel(CudaSource source) {
        return call(() -> {
            GpuKernel known = kernels.get(source.name());
            if (known == null) {
                known = GpuKernel.load(this, source, compiler.image(source.text(), capability));
                kernels.put(source.name(), known);
            }
            return known;
        });
    }

    /** The compiler chain. */
    GpuCompiler compiler() {
        return compiler;
    }

    // ---- what it is --------------------------------------------------------------------------------------

    private int attribute(int attribute) {
        return call(() -> driver.attribute(attribute, device));
    }

    /** The name that the driver gives the device. */
    public String name() {
        return name;
    }

    /** The compute capability, such as 90 for 9.0. */
    public int capability() {
        return capability;
    }

    /** The number of multiprocessors. */
    public int multiprocessors() {
        return multiprocessors;
    }

    /** What the device's memory can move at most, in bytes a second, from its clock and the width of its bus. */
    public double bytesPerSecond() {
        return bytesPerSecond;
    }

    /** Why the device is out of use; empty if it is not. */
    public String broken() {
        return broken;
    }

    /** Device, driver and compiler in one line. */
    public String description() {
        return name + ", compute capability " + capability / 10 + "." + capability % 10 + ", CUDA "
                + driverVersion / 1000 + "." + driverVersion % 1000 / 10 + ", compiler " + compiler.description();
    }

    /** Gives the device back. Batches that are still open are lost; closing them afterwards does nothing. */
    @Override
    public void close() {
        later(() -> {
            kernels.values().forEach(GpuKernel::unload);
            driver.releaseContext(device);
        });
        owner.shutdown();
    }
}
