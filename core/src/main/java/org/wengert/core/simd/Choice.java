package org.wengert.core.simd;

import java.lang.System.Logger.Level;

/** The choice of kernels, made when first asked for. */
final class Choice {

    static final Kernels SCALAR = new ScalarKernels("scalar loops");

    static final Kernels BEST = announced(choose(System.getProperty(Kernels.BITS, "best")));

    private Choice() {}

    /** Scalar loops that nobody asked for cost a factor of several, so they are not kept silent. */
    private static Kernels announced(Kernels chosen) {
        if (chosen instanceof ScalarKernels && !"none".equals(System.getProperty(Kernels.BITS))) {
            System.getLogger("org.wengert.core").log(Level.INFO, "Batches run slower than they could: " + chosen.description());
        }
        return chosen;
    }

    static Kernels choose(String wanted) {
        return switch (wanted) {
            case "none" -> new ScalarKernels("scalar loops, because " + Kernels.BITS + "=none");
            case "best", "128", "256", "512" -> {
                if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
                    yield new ScalarKernels("scalar loops, because the JVM runs without --add-modules jdk.incubator.vector");
                }
                if (!hasOptimizingCompiler()) {
                    // Interpreted or C1-compiled vector code boxes every vector: hundreds of times slower.
                    yield new ScalarKernels("scalar loops, because this JVM has no optimizing compiler (C2)");
                }
                yield new VectorKernels(false);
            }
            default -> throw new IllegalArgumentException("the system property " + Kernels.BITS
                    + " must be 128, 256, 512 or none, but was " + wanted);
        };
    }

    private static boolean hasOptimizingCompiler() {
        String mode = System.getProperty("java.vm.info", "");
        String name = System.getProperty("java.vm.name", "");
        return mode.contains("mixed") || mode.contains("compiled") || !name.contains("HotSpot");
    }
}
