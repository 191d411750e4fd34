package org.wengert.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All that a GPU needs to be used, part by part: what was found here, what is missing, and how to get it. */
public final class GpuCheck {

    private GpuCheck() {}

    /**
     * A part.
     *
     * @param part   a short name: {@code flag}, {@code driver}, {@code device}, {@code natives}, {@code compiler},
     *               {@code kernels}
     * @param good   whether it is there
     * @param found  what was found, or what is missing
     * @param remedy how to get what is missing; empty if nothing is
     */
    public record Finding(String part, boolean good, String found, String remedy) {}

    /**
     * Looks for all parts. Like {@link GpuProbe#probe} it never throws, prints nothing and makes no device files; it may
     * take a second, since it starts {@code nvcc} if there is one.
     */
    public static List<Finding> findings() {
        return findings(GpuProbe.probe(), GpuCompiler.ofThisMachine());
    }

    static List<Finding> findings(GpuProbe.Result probe, GpuCompiler compiler) {
        List<Finding> all = new ArrayList<>();
        if (!GpuProbe.nativeAccess()) {
            all.add(new Finding("flag", false, "this JVM may not call native libraries",
                    "start it with " + GpuProbe.nativeAccessOption()));
        } else {
            all.add(new Finding("flag", true, "native calls are allowed", ""));
        }
        boolean driver = probe.available() || probe.unasked() || !probe.driver().isEmpty();
        all.add(driver
                ? new Finding("driver", true, probe.driver().isEmpty() ? "found, not started yet" : "CUDA " + probe.driver(), "")
                : new Finding("driver", false, probe.reason(), "install NVIDIA's driver (version 525 or newer; nvidia.com/drivers);"
                        + " in a container, start that with access to the GPU"));
        if (probe.available()) {
            all.add(new Finding("device", true, probe.devices().stream()
                    .map(d -> d.name() + ", compute capability " + d.capability() + ", " + (d.bytes() >> 20) + " MiB")
                    .collect(Collectors.joining("; ")), ""));
        } else {
            all.add(new Finding("device", false, driver ? probe.reason() : "none without a driver", !driver ? ""
                    : probe.unasked() ? "use it (--device gpu), or run nvidia-smi, once"
                    : "see what nvidia-smi says"));
        }
        all.add(JCudaNatives.isThere()
                ? new Finding("natives", true, "JCuda's native library", "")
                : new Finding("natives", false, "JCuda's native library is not on the class path",
                        "add " + JCudaNatives.artifact()));
        all.add(compiler.isThere()
                ? new Finding("compiler", true, compiler.description(), "")
                : new Finding("compiler", false, compiler.description(), "install the CUDA toolkit 12 or 13, or its library"
                        + " NVRTC alone (-D" + Nvrtc.LIBRARY + "=FILE names it)"));
        all.add(new Finding("kernels", true, "compiled ones are kept in " + compiler.cache().folder(), ""));
        return all;
    }
}
