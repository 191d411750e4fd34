package org.wengert.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.wengert.core.engine.Precision;

/**
 * Memory of the host that the device copies from and to while kernels run. Pages of it are locked, so it is kept small.
 * Used on the thread that owns the context alone.
 */
final class Pinned {

    private static final long PAGE = 4096;

    private final GpuDriver driver;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;

    Pinned(GpuDriver driver, long bytes) {
        this.driver = driver;
        this.memory = arena.allocate((bytes + PAGE - 1) / PAGE * PAGE + PAGE, PAGE);
        try {
            driver.pin(memory);
        } catch (GpuException e) {
            arena.close();
            throw e;
        }
    }

    MemorySegment slice(long from, long bytes) {
        return memory.asSlice(from, bytes);
    }

    void free() {
        try {
            driver.unpin(memory);
        } catch (GpuException _) {
            // a lost context has let go of it
        }
        arena.close();
    }

    /** Numbers of a Java array, in the format of a kernel. */
    static void write(double[] from, int at, int count, MemorySegment to, Precision precision) {
        if (precision == Precision.DOUBLE) {
            MemorySegment.copy(from, at, to, ValueLayout.JAVA_DOUBLE, 0, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            to.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) from[at + i]);
        }
    }

    /** The other way. */
    static void read(MemorySegment from, double[] to, int at, int count, Precision precision) {
        if (precision == Precision.DOUBLE) {
            MemorySegment.copy(from, ValueLayout.JAVA_DOUBLE, 0, to, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            to[at + i] = from.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        }
    }
}
