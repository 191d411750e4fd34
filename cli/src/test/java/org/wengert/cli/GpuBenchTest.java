package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bench --device gpu} from end to end: the driver and NVRTC are the stubs of the bridge's tests, which run the kernels
 * on the CPU. The figures mean nothing; that they are there, and belong together, is what is tested.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class GpuBenchTest {

    private static final Path STUBS = Path.of(System.getProperty("wengert.root", ".."))
            .resolve("gpu-bridge/src/test/resources/org/wengert/gpu");
    private static final int POINTS = 3000;

    /** Bytes that a point moves to the device and back: its numbers, and a byte that says whether a guard failed. */
    private static final Map<String, int[]> BYTES = Map.of(
            "bundle-adjustment", new int[] {8 * 17, 8 * (2 + 28) + 1}, // two of the 2 x 15 entries are zero by structure
            "gaussian-mixture", new int[] {8 * 2, 1},
            "black-scholes", new int[] {8 * 5, 8 * 21 + 1});

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void buildTheStubs() throws IOException, InterruptedException {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "g++")));
        if (!there) {
            System.out.println("skipped, because there is no g++ on the PATH");
        }
        assumeTrue(there, "there is no g++ on the PATH");
        Files.copy(STUBS.resolve("host.h"), folder.resolve("host.h"));
        library("stub_driver.cpp", "libcuda.so.1");
        library("stub_nvrtc.cpp", "libnvrtc.so.12");
    }

    private static void library(String source, String name) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("g++", "-std=c++20", "-shared", "-fPIC", "-O1", "-w",
                STUBS.resolve(source).toAbsolutePath().toString(), "-o", name).directory(folder.toFile()).inheritIO().start();
        assertEquals(0, process.waitFor());
    }

    private Call bench(String... more) throws IOException, InterruptedException {
        List<String> args = new ArrayList<>(List.of("bench", "--device", "gpu", "--seconds", "0.01"));
        args.addAll(List.of(more));
        return ChildJvm.run(folder, Map.of("LD_LIBRARY_PATH", folder.toString(), "WENGERT_STUB_FOLDER", folder.toString()),
                List.of("-Dwengert.gpu.nvrtc=" + folder.resolve("libnvrtc.so.12")), args.toArray(String[]::new));
    }

    @Test
    void theReportIsJsonWhoseFiguresBelongTogether() throws Exception {
        Call call = bench("--points", "" + POINTS, "--json");
        assertEquals("", call.err());
        assertEquals(0, call.status());
        assertEquals(1, call.out().lines().count());
        Map<?, ?> report = (Map<?, ?>) JsonReader.read(call.out());
        assertEquals(List.of("gpu", "description", "memoryBytesPerSecond", "toDeviceBytesPerSecond", "toHostBytesPerSecond",
                "cpuEngine", "threads", "java", "os", "results", "skipped"), List.copyOf(report.keySet()));
        assertEquals("Stub device", report.get("gpu"));
        assertTrue(String.valueOf(report.get("description")).startsWith("Stub device, compute capability 7.5, CUDA 12.6, compiler "),
                call.out());
        assertEquals(2 * 1e9 * 256 / 8, number(report, "memoryBytesPerSecond")); // two transfers a clock, 256 bits
        assertTrue(number(report, "toDeviceBytesPerSecond") > 0 && number(report, "toHostBytesPerSecond") > 0, call.out());
        assertEquals(System.getProperty("java.version"), report.get("java"));
        assertEquals(Runtime.getRuntime().availableProcessors(), number(report, "threads"));
        assertEquals(List.of(), report.get("skipped"));

        List<?> results = (List<?>) Objects.requireNonNull(report.get("results"));
        List<String> order = Stream.of("bundle-adjustment", "gaussian-mixture", "black-scholes")
                .flatMap(name -> Stream.of(name + " cpu", name + " resident", name + " streamed")).toList();
        assertEquals(order, results.stream().map(r -> ((Map<?, ?>) r).get("case") + " " + ((Map<?, ?>) r).get("mode")).toList());
        results.forEach(result -> check(report, (Map<?, ?>) result));
    }

    private static double number(Map<?, ?> object, String name) {
        return object.get(name) instanceof Double d ? d : Double.NaN;
    }

    private static void check(Map<?, ?> report, Map<?, ?> result) {
        int[] bytes = Objects.requireNonNull(BYTES.get(result.get("case")));
        String mode = String.valueOf(result.get("mode"));
        List<String> fields = new ArrayList<>(List.of("case", "points", "mode", "seconds", "nanosecondsPerPoint"));
        fields.addAll(switch (mode) {
            case "resident" -> List.of("fractionOfMemoryBandwidth");
            case "streamed" -> List.of("fractionOfLinkBandwidth", "worstDifference", "agrees");
            default -> List.of();
        });
        assertEquals(Set.copyOf(fields), result.keySet());
        assertEquals(POINTS, number(result, "points"));
        double seconds = number(result, "seconds");
        assertTrue(seconds > 0, result::toString);
        assertEquals(1e9 * seconds / POINTS, number(result, "nanosecondsPerPoint"), 1e-9 * number(result, "nanosecondsPerPoint"));
        double in = (double) bytes[0] * POINTS;
        double out = (double) bytes[1] * POINTS;
        if (mode.equals("resident")) {
            double fraction = (in + out) / number(report, "memoryBytesPerSecond") / seconds;
            assertEquals(fraction, number(result, "fractionOfMemoryBandwidth"), 1e-9 * fraction);
        } else if (mode.equals("streamed")) { // both ways at once: the longer one counts
            double fraction = Math.max(in / number(report, "toDeviceBytesPerSecond"),
                    out / number(report, "toHostBytesPerSecond")) / seconds;
            assertEquals(fraction, number(result, "fractionOfLinkBandwidth"), 1e-9 * fraction);
            assertTrue(number(result, "worstDifference") <= 1e-9, result::toString);
            assertEquals(true, result.get("agrees"));
        }
    }

    @Test
    void theTableHasARowForEachWay() throws Exception {
        Call call = bench("black", "--points", "500");
        assertEquals("", call.err());
        assertEquals(0, call.status());
        List<String> lines = call.out().lines().toList();
        assertTrue(lines.getFirst().startsWith("GPU  Stub device, compute capability 7.5"), call.out());
        for (String mode : new String[] {"cpu", "resident", "streamed"}) {
            assertEquals(1, lines.stream().filter(line -> line.matches("black-scholes +500 +" + mode + " .*")).count(), call.out());
        }
    }
}
