package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.gpu.GpuProbe;

/** The fifth rung: a process that has neither a driver nor a compiler. */
@EnabledOnOs(OS.LINUX)
class WithoutGpuTest {

    private static final String NO_DRIVER = "no NVIDIA driver (libcuda.so.1 was not found)";

    @TempDir
    private Path folder = Path.of("");

    private Path points = Path.of("");
    private Path output = Path.of("");

    @BeforeEach
    void needsNoDriver() throws IOException {
        boolean none = GpuProbe.probe().reason().equals(NO_DRIVER);
        if (!none) {
            System.out.println("skipped, because there is a driver");
        }
        assumeTrue(none, "there is a driver");
        points = Files.writeString(folder.resolve("points.csv"), "x,y\n2,3\n4,5\n");
        output = folder.resolve("out.csv");
    }

    private Call run(String... args) throws IOException, InterruptedException {
        return ChildJvm.run(folder, Map.of("PATH", ""), List.of(), args);
    }

    @Test
    void aBatchOnTheGpuIsRefusedInOneSentence() throws Exception {
        Call call = run("batch", "x*y", points.toString(), "--output", output.toString(), "--device", "gpu");
        assertEquals("wengert: --device: there is no GPU to run on: " + NO_DRIVER
                + "; 'wengert doctor' says more, --device cpu runs on the CPU\n", call.err());
        assertEquals("", call.out());
        assertEquals(2, call.status());
        assertFalse(Files.exists(output));
    }

    @Test
    void autoComputesOnTheCpuAndSaysWhy() throws Exception {
        Call call = run("batch", "x*y", points.toString(), "--gradient", "--output", output.toString(), "--device", "auto", "--report");
        assertEquals("", call.err());
        assertEquals(0, call.status());
        assertEquals("on the CPU: " + NO_DRIVER, call.out().lines().toList().getLast());
        assertEquals("f,df_dx,df_dy\n6.0,3.0,2.0\n20.0,5.0,4.0\n", Files.readString(output));
    }

    @Test
    void theBenchmarkIsRefusedInOneSentence() throws Exception {
        Call call = run("bench", "--device", "gpu", "--json");
        assertEquals("wengert: --device: there is no GPU to run on: " + NO_DRIVER + "; 'wengert doctor' says more\n", call.err());
        assertEquals("", call.out());
        assertEquals(2, call.status());
    }

    @Test
    void doctorSaysWhatIsMissingAndHowToGetIt() throws Exception {
        Call call = run("doctor");
        assertEquals("", call.err());
        assertEquals(0, call.status());
        List<String> lines = call.out().lines().toList();
        assertTrue(lines.contains("-- GPU                 none: " + NO_DRIVER), call.out());
        int driver = lines.indexOf("--   driver            " + NO_DRIVER);
        assertTrue(driver >= 0 && lines.get(driver + 1).strip().startsWith("to get it: install NVIDIA's driver"), call.out());
        int compiler = lines.stream().map(line -> line.startsWith("--   compiler")).toList().indexOf(true);
        assertTrue(compiler >= 0 && lines.get(compiler).endsWith("there is no nvcc on the PATH"), call.out());
        assertTrue(lines.get(compiler + 1).strip().startsWith("to get it: install the CUDA toolkit"), call.out());
    }
}
