package org.wengert.gpu;

import java.lang.foreign.MemorySegment;

/**
 * What Wengert needs of the CUDA driver, call by call: device numbers, and 64-bit handles for everything else. Every
 * method throws a {@link GpuException} with the name of the driver's function if that does not return success; copies
 * and launches are queued on a stream, and so their errors may come out of a later call.
 *
 * <p>All calls but the first five need the context to be current on the calling thread.
 */
interface GpuDriver {

    // From cuda.h.
    int MULTIPROCESSORS = 16;
    int COMPUTE_CAPABILITY_MAJOR = 75;
    int COMPUTE_CAPABILITY_MINOR = 76;
    int MEMORY_CLOCK_KHZ = 36;
    int MEMORY_BUS_BITS = 37;
    int REGISTERS_OF_FUNCTION = 4;

    // ---- devices and context

    void init();

    /** 12060 is 12.6. */
    int version();

    int deviceCount();

    String deviceName(int device);

    int attribute(int attribute, int device);

    long retainContext(int device);

    void releaseContext(int device);

    void setCurrent(long context);

    // ---- modules

    /** Loads a cubin, or PTX text. */
    long loadModule(byte[] image);

    void unloadModule(long module);

    long function(long module, String name);

    int functionAttribute(int attribute, long function);

    /** How many blocks of so many threads run on a multiprocessor at once. */
    int activeBlocks(long function, int threads);

    // ---- memory

    /** Free bytes of the device. */
    long freeMemory();

    long allocate(long bytes);

    void free(long address);

    /** Pins memory of the host, so that copies run beside kernels. */
    void pin(MemorySegment memory);

    void unpin(MemorySegment memory);

    void copyToDevice(long to, MemorySegment from, long stream);

    void copyToHost(MemorySegment to, long from, long stream);

    void fill(long address, byte value, long bytes, long stream);

    // ---- streams

    long createStream();

    void destroyStream(long stream);

    void synchronize(long stream);

    /**
     * Queues a kernel.
     *
     * @param arguments one 64-bit slot each; a 32-bit argument is in the low half
     */
    void launch(long function, int blocks, int threads, long stream, long... arguments);
}
