package org.wengert.gpu;

import java.util.List;
import java.util.stream.Collectors;

/**
 * From CUDA C to code for a device: the cache on disk, then NVRTC, then nvcc, whichever there is first. Safe to share
 * between threads.
 */
final class GpuCompiler {

    /** A compiler of CUDA C. */
    interface Tool {

        /** Name and version, letters, digits, dots and dashes; empty if it is not there. */
        String version();

        /** Why it is not there, in words. */
        String reason();

        /** The architectures it can assemble for, as numbers like 90, in rising order. */
        List<Integer> architectures();

        /**
         * Compiles.
         *
         * @param target {@code sm_90} for a cubin, {@code compute_90} for PTX
         * @throws GpuException if the text does not compile, with what the compiler said
         */
        byte[] compile(String source, List<String> options, String target);
    }

    private final KernelCache cache;
    private final List<Tool> tools;

    GpuCompiler(KernelCache cache, List<Tool> tools) {
        this.cache = cache;
        this.tools = List.copyOf(tools);
    }

    /** The cache of this user, NVRTC and nvcc as this machine has them. */
    static GpuCompiler ofThisMachine() {
        return new GpuCompiler(KernelCache.ofThisUser(), List.of(Nvrtc.find(), Nvcc.find()));
    }

    /** Where code comes from, in one line. */
    String description() {
        String there = tools.stream().map(Tool::version).filter(v -> !v.isEmpty()).collect(Collectors.joining(", "));
        return there.isEmpty()
                ? "none: " + tools.stream().map(Tool::reason).collect(Collectors.joining("; "))
                : there;
    }

    /** Whether there is a compiler; without one, what the cache has can still be run. */
    boolean isThere() {
        return tools.stream().anyMatch(tool -> !tool.version().isEmpty());
    }

    /** The cache, which also remembers how fast devices were. */
    KernelCache cache() {
        return cache;
    }

    /**
     * A cubin for the device's own architecture; PTX, which the driver assembles, if the compiler is older than the device.
     *
     * @param source     CUDA C
     * @param capability of the device, such as 90
     * @throws GpuException if neither the cache nor a compiler has it
     */
    byte[] image(String source, int capability) {
        for (Tool tool : tools) {
            if (tool.version().isEmpty()) {
                continue;
            }
            int best = tool.architectures().stream().filter(a -> a <= capability).reduce(0, Math::max);
            if (best == 0) {
                continue; // made for newer devices only
            }
            String target = (best == capability ? "sm_" : "compute_") + best;
            return cache.get(source, tool.version(), target,
                    () -> tool.compile(source, CudaSource.OPTIONS, target));
        }
        byte[] image = cache.find(source, capability);
        if (image == null) {
            throw new GpuException("no CUDA compiler: " + tools.stream()
                    .map(tool -> tool.version().isEmpty() ? tool.reason() : tool.version() + " is too new for this device")
                    .collect(Collectors.joining("; ")));
        }
        return image;
    }
}
