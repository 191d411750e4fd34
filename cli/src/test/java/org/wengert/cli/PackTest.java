package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.gpu.GpuProbe;

/**
 * The command of the bundle that {@code gpu-bridge/pack} writes, on a machine that has nothing on its PATH. Here its JDK and
 * its jars are those of this test run; the bundle itself takes too long to make.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class PackTest {

    private static final Path PACK = Path.of(System.getProperty("wengert.root", "..")).resolve("gpu-bridge/pack");

    @TempDir
    private Path folder = Path.of("");

    private Path command = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        Path bundle = Files.createDirectories(folder.resolve("a bundle"));
        String text = Files.readString(PACK);
        int from = text.indexOf("#!/bin/sh");
        command = Files.writeString(bundle.resolve("wengert"), text.substring(from, text.indexOf("SCRIPT\n", from)));
        assertTrue(command.toFile().setExecutable(true));
        Path java = Files.createDirectories(bundle.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexec '" + System.getProperty("java.home") + "/bin/java' \"$@\"\n");
        assertTrue(java.toFile().setExecutable(true));
        Files.createDirectories(bundle.resolve("lib"));
        ClassPathJar.write(bundle.resolve("lib/all.jar"));
    }

    private Call run(String... args) throws IOException, InterruptedException {
        Path elsewhere = Files.createDirectories(folder.resolve("empty"));
        ProcessBuilder builder = new ProcessBuilder(command.toString());
        builder.command().addAll(Arrays.asList(args));
        builder.directory(elsewhere.toFile())
                .redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/nonexistent", "HOME", elsewhere.toString()));
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the command does not end");
        } finally {
            process.destroyForcibly();
        }
        return new Call(process.exitValue(), Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }

    @Test
    void doctorRunsWithNothingOnThePath() throws Exception {
        Call call = run("doctor");
        assertEquals(0, call.status(), call.err());
        assertTrue(call.out().contains("ok   natives           JCuda's native library"), call.out());
    }

    @Test
    void theBenchmarkSaysThatThereIsNoGpu() throws Exception {
        assumeTrue(GpuProbe.probe().reason().startsWith("no NVIDIA driver"), "there is a driver");
        Call call = run("bench", "--device", "gpu", "--json");
        assertEquals("wengert: --device: there is no GPU to run on: no NVIDIA driver (libcuda.so.1 was not found); "
                + "'wengert doctor' says more", call.err().lines().toList().getLast());
        assertEquals(2, call.status());
    }
}
