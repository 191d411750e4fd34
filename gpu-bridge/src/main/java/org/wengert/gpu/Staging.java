package org.wengert.gpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.wengert.core.engine.Precision;

/**
 * The way between Java arrays and memory of the device, through two pinned buffers: while one is filled, the other is on
 * its way. Used on the thread that owns the context alone.
 */
final class Staging {

    private static final int BYTES = 4 << 20;

    private final GpuDriver driver;
    private final Pinned pinned;
    private final long[] streams = new long[2];

    /**
     * Makes room.
     *
     * @throws GpuException if there is none, or no stream; then nothing is left pinned
     */
    Staging(GpuDriver driver) {
        this.driver = driver;
        this.pinned = new Pinned(driver, 2L * BYTES);
        int made = 0;
        try {
            while (made < streams.length) {
                streams[made] = driver.createStream();
                made++;
            }
        } catch (GpuException e) {
            free(made);
            throw e;
        }
    }

    /** Copies an array to the device, and waits until it is there. */
    void upload(double[] from, int count, long to, Precision precision) {
        int each = BYTES / precision.bytes();
        for (int at = 0, k = 0; at < count; at += each, k ^= 1) {
            int n = Math.min(each, count - at);
            MemorySegment buffer = pinned.slice((long) k * BYTES, (long) n * precision.bytes());
            driver.synchronize(streams[k]);
            Pinned.write(from, at, n, buffer, precision);
            driver.copyToDevice(to + (long) at * precision.bytes(), buffer, streams[k]);
        }
        driver.synchronize(streams[0]);
        driver.synchronize(streams[1]);
    }

    /** Copies from the device to an array. */
    void download(long from, double[] to, int count, Precision precision) {
        int each = BYTES / precision.bytes();
        for (int at = 0, k = 0; at < count + each; at += each, k ^= 1) {
            if (at < count) {
                driver.copyToHost(buffer(k, at, count, each, precision), from + (long) at * precision.bytes(), streams[k]);
            }
            int before = at - each;
            if (before >= 0) { // the one before has arrived by now, or nearly
                driver.synchronize(streams[k ^ 1]);
                MemorySegment arrived = buffer(k ^ 1, before, count, each, precision);
                Pinned.read(arrived, to, before, Math.min(each, count - before), precision);
            }
        }
    }

    private MemorySegment buffer(int k, int at, int count, int each, Precision precision) {
        return pinned.slice((long) k * BYTES, (long) Math.min(each, count - at) * precision.bytes());
    }

    /** Copies a few bytes from the device. */
    byte[] bytes(long from, int count) {
        byte[] all = new byte[count];
        for (int at = 0; at < count; at += BYTES) {
            MemorySegment buffer = pinned.slice(0, Math.min(BYTES, count - at));
            driver.copyToHost(buffer, from + at, streams[0]);
            driver.synchronize(streams[0]);
            MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, all, at, (int) buffer.byteSize());
        }
        return all;
    }

    void free() {
        free(streams.length);
    }

    private void free(int made) {
        try {
            for (int k = 0; k < made; k++) {
                driver.destroyStream(streams[k]);
            }
        } catch (GpuException _) {
            // a lost context has destroyed them already
        }
        pinned.free();
    }
}
