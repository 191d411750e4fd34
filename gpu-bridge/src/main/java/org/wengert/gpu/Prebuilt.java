package org.wengert.gpu;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Kernels compiled on one machine for another: a folder that {@code -Dwengert.gpu.prebuilt=FOLDER} names there. */
public final class Prebuilt {

    /** The oldest version of the PTX language in which everything can be said that the kernels say: CUDA 10.0's. */
    private static final String OLDEST_ISA = "6.3";

    private Prebuilt() {}

    /**
     * Compiles kernels to PTX for the oldest devices that the compiler knows; each driver assembles it for its device.
     *
     * <p>A driver takes PTX of its own version and of older ones, by the version that the text states. The text is compiled
     * by whatever compiler is here, but it is made of instructions that are as old as the devices; so it is stated to be in
     * version {@value #OLDEST_ISA}, or what else the architecture needs at least.
     *
     * @param folder  where to write; made if it is not there
     * @param sources the kernels
     * @throws GpuException if there is no compiler
     */
    public static void write(Path folder, List<CudaSource> sources) {
        write(folder, sources, List.of(Nvrtc.find(), Nvcc.find()));
    }

    static void write(Path folder, List<CudaSource> sources, List<? extends GpuCompiler.Tool> tools) {
        var tool = tools.stream().filter(t -> !t.version().isEmpty()).findFirst().orElseThrow(
                () -> new GpuException("no CUDA compiler: " + String.join("; ", tools.stream().map(GpuCompiler.Tool::reason).toList())));
        int oldest = tool.architectures().getFirst();
        var cache = new KernelCache(folder, List.of());
        for (CudaSource source : sources) {
            String target = "compute_" + oldest;
            byte[] ptx = tool.compile(source.text(), CudaSource.OPTIONS, target);
            cache.write(KernelCache.name(source.text(), tool.version(), target),
                    older(new String(ptx, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** PTX that states an older version; up to the architectures of 2018 that is enough. */
    static String older(String ptx) {
        boolean old = Pattern.compile("\\.target sm_(\\d\\d)\\b").matcher(ptx).results()
                .allMatch(target -> Integer.parseInt(target.group(1)) <= 75);
        return old ? ptx.replaceFirst("\\.version \\d+\\.\\d+", ".version " + OLDEST_ISA) : ptx;
    }
}
