package org.wengert.gpu;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

/**
 * The CUDA driver through JCuda's driver API. JCuda hands out objects; here they are kept by number. Its exceptions stay
 * off, since they are a setting of the whole process: return codes are checked.
 */
final class JCudaGpuDriver implements GpuDriver {

    private static final int STREAM_NON_BLOCKING = 1;

    private final Map<Long, NativePointerObject> objects = new HashMap<>();
    private long last;

    private JCudaGpuDriver() {}

    /**
     * The driver. JCuda's native half is taken from the system's library path or else unpacked from its jar.
     *
     * @throws GpuException if there is no driver library, or no native half of JCuda
     */
    static GpuDriver open() {
        String temporary = System.getProperty("java.io.tmpdir");
        try {
            JCudaNatives.unpacked(folder -> {
                System.setProperty("java.io.tmpdir", folder.toString());
                JCudaDriver.cuDriverGetVersion(new int[1]);
            });
            return new JCudaGpuDriver();
        } catch (LinkageError e) { // comes once from loading, and from every later use of the class
            throw new GpuException("the native library of JCuda does not load: " + firstLine(e));
        } catch (IOException e) {
            throw new GpuException("the native library of JCuda cannot be unpacked: " + e.getMessage());
        } finally {
            System.setProperty("java.io.tmpdir", temporary);
        }
    }

    private static String firstLine(LinkageError e) {
        String text = String.valueOf(e.getMessage());
        // JCuda's message is a page with nested traces; what counts is in the last of them.
        return text.lines().map(String::strip).filter(line -> line.startsWith("java.lang.UnsatisfiedLinkError:")
                        || line.contains("cannot open shared object"))
                .reduce((_, second) -> second)
                .orElse(text.lines().findFirst().orElse(e.toString()));
    }

    private static void check(String call, int code) {
        if (code != 0) {
            String[] name = {""};
            JCudaDriver.cuGetErrorName(code, name);
            throw new GpuException(call, code, name[0] == null || name[0].isEmpty() ? "unknown error" : name[0]);
        }
    }

    private long keep(NativePointerObject object) {
        objects.put(++last, object);
        return last;
    }

    private <T extends NativePointerObject> T object(long number, Class<T> type) {
        return Objects.requireNonNull(type.cast(objects.get(number)), "handle");
    }

    // ---- devices and context -----------------------------------------------------------------------------

    @Override
    public void init() {
        check("cuInit", JCudaDriver.cuInit(0));
    }

    @Override
    public int version() {
        int[] version = new int[1];
        check("cuDriverGetVersion", JCudaDriver.cuDriverGetVersion(version));
        return version[0];
    }

    @Override
    public int deviceCount() {
        int[] count = new int[1];
        check("cuDeviceGetCount", JCudaDriver.cuDeviceGetCount(count));
        return count[0];
    }

    private static CUdevice device(int ordinal) {
        var device = new CUdevice();
        check("cuDeviceGet", JCudaDriver.cuDeviceGet(device, ordinal));
        return device;
    }

    @Override
    public String deviceName(int device) {
        byte[] text = new byte[256];
        check("cuDeviceGetName", JCudaDriver.cuDeviceGetName(text, text.length, device(device)));
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    @Override
    public int attribute(int attribute, int device) {
        int[] value = new int[1];
        check("cuDeviceGetAttribute", JCudaDriver.cuDeviceGetAttribute(value, attribute, device(device)));
        return value[0];
    }

    @Override
    public long retainContext(int device) {
        var context = new CUcontext();
        check("cuDevicePrimaryCtxRetain", JCudaDriver.cuDevicePrimaryCtxRetain(context, device(device)));
        return keep(context);
    }

    @Override
    public void releaseContext(int device) {
        check("cuDevicePrimaryCtxRelease", JCudaDriver.cuDevicePrimaryCtxRelease(device(device)));
    }

    @Override
    public void setCurrent(long context) {
        check("cuCtxSetCurrent", JCudaDriver.cuCtxSetCurrent(object(context, CUcontext.class)));
    }

    // ---- modules -----------------------------------------------------------------------------------------

    @Override
    public long loadModule(byte[] image) {
        var module = new CUmodule();
        byte[] terminated = Arrays.copyOf(image, image.length + 1); // PTX is a C string
        check("cuModuleLoadData", JCudaDriver.cuModuleLoadData(module, terminated));
        return keep(module);
    }

    @Override
    public void unloadModule(long module) {
        check("cuModuleUnload", JCudaDriver.cuModuleUnload(object(module, CUmodule.class)));
        objects.remove(module);
    }

    @Override
    public long function(long module, String name) {
        var function = new CUfunction();
        check("cuModuleGetFunction",
                JCudaDriver.cuModuleGetFunction(function, object(module, CUmodule.class), name));
        return keep(function);
    }

    @Override
    public int functionAttribute(int attribute, long function) {
        int[] value = new int[1];
        check("cuFuncGetAttribute",
                JCudaDriver.cuFuncGetAttribute(value, attribute, object(function, CUfunction.class)));
        return value[0];
    }

    @Override
    public int activeBlocks(long function, int threads) {
        int[] blocks = new int[1];
        check("cuOccupancyMaxActiveBlocksPerMultiprocessor",
                JCudaDriver.cuOccupancyMaxActiveBlocksPerMultiprocessor(
                        blocks, object(function, CUfunction.class), threads, 0));
        return blocks[0];
    }

    // ---- memory ------------------------------------------------------------------------------------------

    /** An address of the device, and one of the host: JCuda keeps both from its users. */
    private static final class DevicePointer extends CUdeviceptr {
        static CUdeviceptr at(long address) {
            return new CUdeviceptr().withByteOffset(address);
        }

        long address() {
            return getNativePointer();
        }
    }

    private static final class HostPointer extends Pointer {
        HostPointer(MemorySegment memory) {
            super(memory.address());
        }
    }

    @Override
    public long freeMemory() {
        long[] free = new long[1];
        check("cuMemGetInfo", JCudaDriver.cuMemGetInfo(free, new long[1]));
        return free[0];
    }

    @Override
    public long allocate(long bytes) {
        var pointer = new DevicePointer();
        check("cuMemAlloc", JCudaDriver.cuMemAlloc(pointer, bytes));
        return pointer.address();
    }

    @Override
    public void free(long address) {
        check("cuMemFree", JCudaDriver.cuMemFree(DevicePointer.at(address)));
    }

    @Override
    public void pin(MemorySegment memory) {
        check("cuMemHostRegister", JCudaDriver.cuMemHostRegister(new HostPointer(memory), memory.byteSize(), 0));
    }

    @Override
    public void unpin(MemorySegment memory) {
        check("cuMemHostUnregister", JCudaDriver.cuMemHostUnregister(new HostPointer(memory)));
    }

    @Override
    public void copyToDevice(long to, MemorySegment from, long stream) {
        check("cuMemcpyHtoDAsync", JCudaDriver.cuMemcpyHtoDAsync(
                DevicePointer.at(to), new HostPointer(from), from.byteSize(), object(stream, CUstream.class)));
    }

    @Override
    public void copyToHost(MemorySegment to, long from, long stream) {
        check("cuMemcpyDtoHAsync", JCudaDriver.cuMemcpyDtoHAsync(
                new HostPointer(to), DevicePointer.at(from), to.byteSize(), object(stream, CUstream.class)));
    }

    @Override
    public void fill(long address, byte value, long bytes, long stream) {
        check("cuMemsetD8Async", JCudaDriver.cuMemsetD8Async(
                DevicePointer.at(address), value, bytes, object(stream, CUstream.class)));
    }

    // ---- streams -----------------------------------------------------------------------------------------

    @Override
    public long createStream() {
        var stream = new CUstream();
        check("cuStreamCreate", JCudaDriver.cuStreamCreate(stream, STREAM_NON_BLOCKING));
        return keep(stream);
    }

    @Override
    public void destroyStream(long stream) {
        check("cuStreamDestroy", JCudaDriver.cuStreamDestroy(object(stream, CUstream.class)));
        objects.remove(stream);
    }

    @Override
    public void synchronize(long stream) {
        check("cuStreamSynchronize", JCudaDriver.cuStreamSynchronize(object(stream, CUstream.class)));
    }

    @Override
    public void launch(long function, int blocks, int threads, long stream, long... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            // The driver copies the arguments before it returns.
            MemorySegment values = arena.allocateFrom(ValueLayout.JAVA_LONG, arguments);
            MemorySegment pointers = arena.allocate(ValueLayout.JAVA_LONG, arguments.length);
            for (int i = 0; i < arguments.length; i++) {
                pointers.setAtIndex(ValueLayout.JAVA_LONG, i, values.address() + 8L * i);
            }
            check("cuLaunchKernel", JCudaDriver.cuLaunchKernel(object(function, CUfunction.class), blocks, 1, 1,
                    threads, 1, 1, 0, object(stream, CUstream.class), new HostPointer(pointers), null));
        }
    }
}
