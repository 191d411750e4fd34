package org.wengert.gpu;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A driver without a device, as unkind as a device may be: what is queued on a stream happens when the stream is waited
 * for and not before; fresh memory is full of NaN, and so is memory of the host that a copy is to arrive in; allocations
 * have red zones around them; freed memory is watched; calls need the context; memory runs out, and the device gets lost.
 */
final class FakeGpu implements GpuDriver {

    /** What a module's image becomes. */
    interface Code {
        /** Runs a kernel; throws {@link FakeMemory.IllegalAddress} for an access that no allocation covers. */
        void launch(String kernel, int blocks, int threads, long[] arguments, FakeMemory memory);
    }

    /** Makes code of an image. */
    interface Loader {
        Code load(byte[] image, FakeMemory memory);
    }

    static final int NO_DEVICE = 100;
    static final int INVALID_CONTEXT = 201;
    static final int ILLEGAL_ADDRESS = 700;
    static final int DEVICE_LOST = 719;

    private final Loader loader;
    private final long capacity;
    private final FakeMemory memory = new FakeMemory();
    private final Map<Long, Deque<Runnable>> streams = new HashMap<>();
    private final Map<Long, Code> modules = new HashMap<>();
    private final Map<Long, Map.Entry<Code, String>> functions = new HashMap<>();
    private final List<MemorySegment> pinned = new ArrayList<>();
    private final ThreadLocal<Boolean> current = ThreadLocal.withInitial(() -> false);
    private long last;
    private long used;

    // ---- what a test may set or ask ----------------------------------------------------------------------

    int devices = 1;
    int capability = 75;
    /** The launch, counted from 1, at which the device gets lost. */
    int lostAtLaunch;
    /** How many streams there may be at a time. */
    int mostStreams = Integer.MAX_VALUE;
    /** Whether waiting for a stream is forgotten. */
    boolean forgetsToWait;
    /** Lets streams get on by themselves before any call, as far as this decides; else they get on when waited for. */
    @Nullable SplittableRandom progress;
    /** What the illegal access was; empty if there was none. */
    String fault = "";

    /** Is told the last argument of each launch, the number of points or chunks. */
    LongConsumer atLaunch = _ -> {};

    int launches;
    int smallestGrid = Integer.MAX_VALUE;
    private int error;

    FakeGpu(long capacity, Loader loader) {
        this.capacity = capacity;
        this.loader = loader;
    }

    /** Bytes that are allocated now. */
    synchronized long used() {
        return used;
    }

    synchronized int pinnedSegments() {
        return pinned.size();
    }

    synchronized int openStreams() {
        return streams.size();
    }

    // ---- errors ------------------------------------------------------------------------------------------

    private void enter(String call) {
        if (error != 0) {
            throw new GpuException(call, error, error == DEVICE_LOST ? "CUDA_ERROR_LAUNCH_FAILED" : "CUDA_ERROR_ILLEGAL_ADDRESS");
        }
        if (!current.get()) {
            throw new GpuException(call, INVALID_CONTEXT, "CUDA_ERROR_INVALID_CONTEXT");
        }
        if (progress != null) {
            getOn(progress);
        }
    }

    private void flush(Deque<Runnable> queue) {
        try {
            while (!queue.isEmpty()) {
                queue.remove().run();
            }
        } catch (FakeMemory.IllegalAddress e) {
            error = ILLEGAL_ADDRESS;
            fault = String.valueOf(e.getMessage());
        }
    }

    /** Some streams do some of their work. */
    private void getOn(SplittableRandom random) {
        for (Deque<Runnable> queue : streams.values()) {
            Deque<Runnable> now = new ArrayDeque<>();
            while (!queue.isEmpty() && random.nextBoolean()) {
                now.add(queue.remove());
            }
            flush(now);
        }
    }

    // ---- devices and context -----------------------------------------------------------------------------

    @Override
    public void init() {
        if (devices == 0) {
            throw new GpuException("cuInit", NO_DEVICE, "CUDA_ERROR_NO_DEVICE");
        }
    }

    @Override
    public int version() {
        return 12060;
    }

    @Override
    public int deviceCount() {
        return devices;
    }

    @Override
    public String deviceName(int device) {
        return "Fake device";
    }

    @Override
    public int attribute(int attribute, int device) {
        return switch (attribute) {
            case MULTIPROCESSORS -> 2;
            case COMPUTE_CAPABILITY_MAJOR -> capability / 10;
            case COMPUTE_CAPABILITY_MINOR -> capability % 10;
            case MEMORY_CLOCK_KHZ -> 1_000_000;
            default -> 256;
        };
    }

    @Override
    public long retainContext(int device) {
        return 1;
    }

    @Override
    public void releaseContext(int device) {
        current.remove();
    }

    @Override
    public void setCurrent(long context) {
        current.set(true);
    }

    // ---- modules -----------------------------------------------------------------------------------------

    @Override
    public synchronized long loadModule(byte[] image) {
        enter("cuModuleLoadData");
        modules.put(++last, loader.load(image, memory));
        return last;
    }

    @Override
    public synchronized void unloadModule(long module) {
        enter("cuModuleUnload");
        modules.remove(module);
    }

    @Override
    public synchronized long function(long module, String name) {
        enter("cuModuleGetFunction");
        functions.put(++last, Map.entry(modules.getOrDefault(module, (k, b, t, a, m) -> {
            throw new AssertionError("no such module");
        }), name));
        return last;
    }

    @Override
    public int functionAttribute(int attribute, long function) {
        return 100;
    }

    @Override
    public int activeBlocks(long function, int threads) {
        return 1;
    }

    // ---- memory ------------------------------------------------------------------------------------------

    @Override
    public synchronized long freeMemory() {
        enter("cuMemGetInfo");
        return capacity - used;
    }

    @Override
    public synchronized long allocate(long bytes) {
        enter("cuMemAlloc");
        if (bytes <= 0) {
            throw new GpuException("cuMemAlloc", GpuException.INVALID_VALUE, "CUDA_ERROR_INVALID_VALUE");
        }
        if (used + bytes > capacity) {
            throw new GpuException("cuMemAlloc", GpuException.OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY");
        }
        used += bytes;
        return memory.allocate(bytes);
    }

    @Override
    public synchronized void free(long address) {
        enter("cuMemFree");
        long bytes = memory.free(address);
        if (bytes == 0) {
            throw new GpuException("cuMemFree", GpuException.INVALID_VALUE, "CUDA_ERROR_INVALID_VALUE");
        }
        used -= bytes;
    }

    @Override
    public synchronized void pin(MemorySegment memory) {
        enter("cuMemHostRegister");
        pinned.add(memory);
    }

    @Override
    public synchronized void unpin(MemorySegment memory) {
        enter("cuMemHostUnregister");
        if (!pinned.removeIf(segment -> segment.address() == memory.address())) {
            throw new GpuException("cuMemHostUnregister", 713, "CUDA_ERROR_HOST_MEMORY_NOT_REGISTERED");
        }
    }

    private void isPinned(String call, MemorySegment memory) {
        boolean covered = pinned.stream().anyMatch(p -> memory.address() >= p.address()
                && memory.address() + memory.byteSize() <= p.address() + p.byteSize());
        if (!covered) {
            throw new AssertionError(call + " with memory that is not pinned");
        }
    }

    @Override
    public synchronized void copyToDevice(long to, MemorySegment from, long stream) {
        enter("cuMemcpyHtoDAsync");
        isPinned("cuMemcpyHtoDAsync", from);
        queue(stream).add(() -> copy(memory.slice(to, from.byteSize()), from));
    }

    @Override
    public synchronized void copyToHost(MemorySegment to, long from, long stream) {
        enter("cuMemcpyDtoHAsync");
        isPinned("cuMemcpyDtoHAsync", to);
        to.fill(FakeMemory.FRESH_BYTE);
        queue(stream).add(() -> copy(to, memory.slice(from, to.byteSize())));
    }

    private static void copy(MemorySegment to, MemorySegment from) {
        MemorySegment.copy(from, 0, to, 0, from.byteSize());
    }

    @Override
    public synchronized void fill(long address, byte value, long bytes, long stream) {
        enter("cuMemsetD8Async");
        queue(stream).add(() -> memory.slice(address, bytes).fill(value));
    }

    // ---- streams -----------------------------------------------------------------------------------------

    private Deque<Runnable> queue(long stream) {
        @Nullable Deque<Runnable> queue = streams.get(stream);
        if (queue == null) {
            throw new AssertionError("no such stream");
        }
        return queue;
    }

    @Override
    public synchronized long createStream() {
        enter("cuStreamCreate");
        if (streams.size() >= mostStreams) {
            throw new GpuException("cuStreamCreate", GpuException.OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY");
        }
        streams.put(++last, new ArrayDeque<>());
        return last;
    }

    @Override
    public synchronized void destroyStream(long stream) {
        enter("cuStreamDestroy");
        if (!forgetsToWait && !queue(stream).isEmpty()) {
            throw new AssertionError("a stream is destroyed that still has work, on memory that may be gone by then");
        }
        streams.remove(stream);
    }

    @Override
    public synchronized void synchronize(long stream) {
        enter("cuStreamSynchronize");
        if (!forgetsToWait) {
            flush(queue(stream));
        }
        enter("cuStreamSynchronize"); // errors of what was queued come out here
    }

    @Override
    public synchronized void launch(long function, int blocks, int threads, long stream, long... arguments) {
        enter("cuLaunchKernel");
        if (blocks < 1 || threads < 1 || threads > 1024) {
            throw new GpuException("cuLaunchKernel", GpuException.INVALID_VALUE, "CUDA_ERROR_INVALID_VALUE");
        }
        launches++;
        atLaunch.accept(arguments[arguments.length - 1]);
        smallestGrid = Math.min(smallestGrid, blocks);
        boolean lost = launches == lostAtLaunch;
        Map.Entry<Code, String> code = Objects.requireNonNull(functions.get(function), "function");
        long[] values = arguments.clone();
        queue(stream).add(() -> {
            if (lost) {
                error = DEVICE_LOST;
                return;
            }
            code.getKey().launch(code.getValue(), blocks, threads, values, memory);
            memory.watch();
        });
    }
}
