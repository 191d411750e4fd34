package org.wengert.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fourth rung: the unmodified JCuda, against a {@code libcuda.so.1} that the test builds. The real driver code loads, compiles,
 * copies and launches; the stub runs the kernels as compiled by g++, and is given faults.
 */
class StubTest {

    @TempDir
    private Path folder;

    private void copy(String source) throws IOException {
        try (InputStream in = StubTest.class.getResourceAsStream(source)) {
            Files.write(folder.resolve(source), in.readAllBytes());
        }
    }

    private void library(String source, String name) throws IOException {
        copy(source);
        Tool.run(folder, "g++", "-std=c++20", "-shared", "-fPIC", "-O1", "-w", source, "-o", name);
    }

    private List<String> run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-D" + Nvrtc.LIBRARY + "=" + folder.resolve("libnvrtc.so.12"),
                "-cp", System.getProperty("java.class.path"), StubMain.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LD_LIBRARY_PATH", folder.toString());
        builder.environment().put("WENGERT_STUB_FOLDER", folder.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.lines().toList();
    }

    @Test
    void theRealBridgeRunsOnADriverThatIsAStub() throws IOException, InterruptedException {
        Tool.needed("g++");
        copy("host.h");
        library("stub_driver.cpp", "libcuda.so.1");
        library("stub_nvrtc.cpp", "libnvrtc.so.12");
        List<String> found = run(folder.resolve("cache") + "");
        boolean filesAreThere = GpuProbe.missingDeviceFiles(Path.of("/dev")).isEmpty();
        assertEquals(List.of(
                "probe: " + !filesAreThere,
                "device: Stub device, compute capability 7.5, CUDA 12.6",
                "streamed: right",
                "guards: 0",
                "sums: right",
                "left behind: 0 bytes, 0 pinned",
                "short of memory: right",
                "out of memory: cuMemAlloc failed: CUDA_ERROR_OUT_OF_MEMORY (2)",
                "still in use: true",
                "garbage: cuModuleLoadData failed: CUDA_ERROR_INVALID_IMAGE (200)",
                "other thread: cuMemAlloc failed: CUDA_ERROR_INVALID_CONTEXT (201)",
                "kernel not there: cuModuleGetFunction failed: CUDA_ERROR_NOT_FOUND (500)",
                "forgotten wait: noticed",
                "store beside: cuStreamSynchronize failed: CUDA_ERROR_ILLEGAL_ADDRESS (700)",
                "lost: cuStreamSynchronize failed: CUDA_ERROR_LAUNCH_FAILED (719)",
                "afterwards: the GPU is out of use since cuStreamSynchronize failed: CUDA_ERROR_LAUNCH_FAILED (719)",
                "no device: cuInit failed: CUDA_ERROR_NO_DEVICE (100)"), found);
    }
}
