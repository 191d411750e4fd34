package org.wengert.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.core.elementary.Operations;
import org.wengert.core.engine.Precision;

/** The chain of compilers: cache, NVRTC, nvcc, and what is said where there is none. */
class GpuCompilerTest {

    private static final String SOURCE = CudaSource.of(Functions.row(Operations.PLUS), Precision.DOUBLE).text();

    @TempDir
    private Path folder;

    /** A compiler that writes down what it is asked for. */
    private record Scribe(String version, List<Integer> architectures, List<String> asked) implements GpuCompiler.Tool {
        @Override
        public String reason() {
            return "there is no " + architectures;
        }

        @Override
        public byte[] compile(String source, List<String> options, String target) {
            asked.add(target);
            return (version + " " + target).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private KernelCache cache() {
        return new KernelCache(folder, List.of());
    }

    @Test
    void codeIsAssembledForTheDeviceItselfAndKept() {
        var scribe = new Scribe("scribe-1", List.of(75, 80, 90), new ArrayList<>());
        for (int i = 0; i < 2; i++) {
            assertEquals("scribe-1 sm_80", text(new GpuCompiler(cache(), List.of(scribe)).image(SOURCE, 80)));
        }
        assertEquals(List.of("sm_80"), scribe.asked);
        var newer = new Scribe("scribe-2", List.of(75, 80, 90), new ArrayList<>());
        assertEquals("scribe-2 sm_80", text(new GpuCompiler(cache(), List.of(newer)).image(SOURCE, 80)));
    }

    @Test
    void aDeviceNewerThanTheCompilerGetsTheNewestPtxThereIs() {
        var scribe = new Scribe("scribe-1", List.of(75, 80, 90), new ArrayList<>());
        assertEquals("scribe-1 compute_90", text(new GpuCompiler(cache(), List.of(scribe)).image(SOURCE, 120)));
    }

    @Test
    void withoutACompilerTheCacheServesWhatAnyoneCompiled() {
        var scribe = new Scribe("scribe-1", List.of(75, 80, 90), new ArrayList<>());
        var withCompiler = new GpuCompiler(cache(), List.of(scribe));
        withCompiler.image(SOURCE, 80);
        withCompiler.image(SOURCE, 100);
        var without = new GpuCompiler(cache(), List.of(new Scribe("", List.of(), new ArrayList<>())));
        assertEquals("scribe-1 sm_80", text(without.image(SOURCE, 80)));
        assertEquals("scribe-1 compute_90", text(without.image(SOURCE, 120)));
        assertEquals("no CUDA compiler: there is no []",
                assertThrows(GpuException.class, () -> without.image(SOURCE, 75)).getMessage());
    }

    @Test
    void aDamagedFileOfTheCacheIsMadeAnew() throws IOException {
        var scribe = new Scribe("scribe-1", List.of(80), new ArrayList<>());
        new GpuCompiler(cache(), List.of(scribe)).image(SOURCE, 80);
        try (var files = Files.list(folder)) {
            Path file = files.findFirst().orElseThrow();
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
            assertNull(KernelCache.read(file));
        }
        assertEquals("scribe-1 sm_80", text(new GpuCompiler(cache(), List.of(scribe)).image(SOURCE, 80)));
        assertEquals(2, scribe.asked.size());
    }

    @Test
    void aFolderThatCannotBeWrittenToKeepsNothingAndStopsNothing() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        var scribe = new Scribe("scribe-1", List.of(80), new ArrayList<>());
        var chain = new GpuCompiler(new KernelCache(file.resolve("below"), List.of()), List.of(scribe));
        assertArrayEquals(chain.image(SOURCE, 80), chain.image(SOURCE, 80));
        assertEquals(2, scribe.asked.size());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void nvccMakesPtxAndCubins() {
        Tool.needed("nvcc");
        Nvcc nvcc = Nvcc.find();
        assertTrue(nvcc.version().matches("nvcc-\\d+\\.\\d+\\.\\d+"), nvcc.version());
        makesPtxAndCubins(nvcc);
        var e = assertThrows(GpuException.class, () -> nvcc.compile("nonsense", List.of(), "sm_90"));
        assertTrue(String.valueOf(e.getMessage()).startsWith("nvcc failed: "), e::getMessage);
    }

    @Test
    void nvrtcMakesPtxAndCubinsWithoutAnyHeader() {
        Nvrtc nvrtc = Nvrtc.find();
        if (nvrtc.version().isEmpty()) {
            System.out.println("skipped: " + nvrtc.reason());
        }
        assumeTrue(!nvrtc.version().isEmpty(), nvrtc.reason());
        makesPtxAndCubins(nvrtc);
        var e = assertThrows(GpuException.class, () -> nvrtc.compile("nonsense", List.of(), "sm_90"));
        assertTrue(String.valueOf(e.getMessage()).contains("nonsense"), e::getMessage);
    }

    private static void makesPtxAndCubins(GpuCompiler.Tool tool) {
        assertTrue(tool.architectures().contains(90), tool.architectures()::toString);
        assertTrue(text(tool.compile(SOURCE, CudaSource.OPTIONS, "compute_75")).contains(".target sm_75"));
        byte[] cubin = tool.compile(SOURCE, CudaSource.OPTIONS, "sm_90");
        assertEquals("ELF", new String(cubin, 1, 3, java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Test
    void kernelsCompiledHereAreFoundOnAMachineWithoutACompiler(@TempDir Path elsewhere) {
        CudaSource source = CudaSource.of(Functions.row(Operations.PLUS), Precision.DOUBLE);
        var scribe = new Scribe("scribe-1", List.of(75, 80), new ArrayList<>());
        Prebuilt.write(folder, List.of(source), List.of(scribe));
        assertEquals(List.of("compute_75"), scribe.asked);
        var there = new GpuCompiler(new KernelCache(elsewhere, List.of(folder)), List.of());
        assertEquals("scribe-1 compute_75", text(there.image(source.text(), 90)));
        var none = new Scribe("", List.of(75), new ArrayList<>());
        var e = assertThrows(GpuException.class, () -> Prebuilt.write(folder, List.of(source), List.of(none)));
        assertEquals("no CUDA compiler: there is no [75]", e.getMessage());
    }

    @Test
    void theirPtxStatesTheVersionThatTheOldestDriversKnow() {
        assertEquals(".version 6.3\n.target sm_75\n", Prebuilt.older(".version 9.0\n.target sm_75\n"));
        String newer = ".version 9.0\n.target sm_90\n";
        assertEquals(newer, Prebuilt.older(newer));
    }
}
