package org.wengert.gpu;

import java.util.Arrays;

/**
 * What the way between host and device carries, measured by plain copies of pinned memory: the most that batches which stream
 * through the device can reach.
 *
 * @param toDevice bytes a second to the device
 * @param toHost   bytes a second back
 */
public record Link(double toDevice, double toHost) {

    private static final long BYTES = 64L << 20;
    private static final int TIMES = 7;

    /**
     * Measures, by the medians of a few copies of 64 MiB.
     *
     * @throws GpuException if the device fails or its memory is full
     */
    public static Link measure(Gpu gpu) {
        return gpu.call(() -> {
            GpuDriver driver = gpu.driver();
            long memory = driver.allocate(BYTES);
            try {
                Pinned pinned = new Pinned(driver, BYTES);
                try {
                    return measure(driver, memory, pinned);
                } finally {
                    pinned.free();
                }
            } finally {
                driver.free(memory);
            }
        });
    }

    private static Link measure(GpuDriver driver, long memory, Pinned pinned) {
        long stream = driver.createStream();
        try {
            double[] seconds = new double[2 * TIMES];
            for (int i = 0; i < seconds.length; i++) {
                long start = System.nanoTime();
                if (i < TIMES) {
                    driver.copyToDevice(memory, pinned.slice(0, BYTES), stream);
                } else {
                    driver.copyToHost(pinned.slice(0, BYTES), memory, stream);
                }
                driver.synchronize(stream);
                seconds[i] = 1e-9 * (System.nanoTime() - start);
            }
            Arrays.sort(seconds, 0, TIMES);
            Arrays.sort(seconds, TIMES, seconds.length);
            return new Link(BYTES / seconds[TIMES / 2], BYTES / seconds[TIMES + TIMES / 2]);
        } finally {
            driver.destroyStream(stream);
        }
    }
}
