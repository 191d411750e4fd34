package org.wengert.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Kernels compiled by g++: a compiler for the chain, whose images name a shared library, and the code they become. */
record HostCode(HostKernels kernels) implements FakeGpu.Code {

    static HostCode load(byte[] image, FakeMemory memory) {
        try {
            return new HostCode(new HostKernels(Path.of(new String(image, StandardCharsets.UTF_8))));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @Override
    public void launch(String kernel, int blocks, int threads, long[] arguments, FakeMemory memory) {
        kernels.launch(kernel, blocks, threads, arguments);
    }

    /** The compiler; counts how often it is asked. */
    static final class Compiler implements GpuCompiler.Tool {
        private final Path folder;
        int compilations;

        Compiler(Path folder) {
            this.folder = folder;
        }

        @Override
        public String version() {
            return "g++";
        }

        @Override
        public String reason() {
            return "";
        }

        @Override
        public List<Integer> architectures() {
            return List.of(75);
        }

        @Override
        public byte[] compile(String source, List<String> options, String target) {
            try {
                return HostKernels.compile(folder, "unit" + compilations++, source).toString().getBytes(StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
