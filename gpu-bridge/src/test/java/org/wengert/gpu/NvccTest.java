package org.wengert.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.engine.Precision;
import org.wengert.core.program.Program;
import org.wengert.core.transform.JacobianProgram;
import org.wengert.core.transform.Zeros;

/** The second rung: CUDA's own compiler takes the generated kernels, and they stay within their budget of registers. */
class NvccTest {

    @TempDir
    private Path folder;

    private static final JacobianProgram BUNDLE = Functions.bundleAdjustment(Zeros.GUARDED);
    private static final Program MIXTURE = Functions.gaussianMixture(Zeros.GUARDED);

    /** What ptxas says of a kernel. */
    private record Usage(int registers, int spilled) {}

    private Map<String, Usage> assemble(String architecture, List<CudaSource> sources) throws IOException {
        Tool.needed("nvcc");
        Files.writeString(folder.resolve("unit.cu"), CudaSource.unit(sources));
        List<String> command = new ArrayList<>(List.of("nvcc", "-cubin", "-arch=" + architecture, "-Xptxas", "-v"));
        command.addAll(CudaSource.OPTIONS);
        command.addAll(List.of("unit.cu", "-o", "unit.cubin"));
        String report = Tool.run(folder, command.toArray(String[]::new));
        assertTrue(Files.size(folder.resolve("unit.cubin")) > 0);
        Map<String, Usage> usage = new HashMap<>();
        var kernel = Pattern.compile("entry function '(\\w+)'.*?(\\d+) bytes spill stores.*?Used (\\d+) registers",
                Pattern.DOTALL).matcher(report);
        while (kernel.find()) {
            usage.put(kernel.group(1), new Usage(Integer.parseInt(kernel.group(3)), Integer.parseInt(kernel.group(2))));
        }
        return usage;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sm_75", "sm_80", "sm_90", "sm_100"})
    void kernelsStayWithinTheirBudgetOfRegistersAndSpillNothing(String architecture) throws IOException {
        var columns = CudaSource.of(BUNDLE.program(), Precision.DOUBLE);
        var single = CudaSource.of(BUNDLE.program(), Precision.SINGLE);
        var normal = CudaSource.of(BUNDLE.program(), Precision.DOUBLE, Reduction.gaussNewton(BUNDLE));
        var mixture = CudaSource.of(MIXTURE, Precision.DOUBLE);
        var sums = CudaSource.of(MIXTURE, Precision.DOUBLE, Reduction.sums(0, MIXTURE.outputs()));
        Map<String, Usage> usage = assemble(architecture, List.of(columns, single, normal, mixture, sums));
        System.out.println(architecture + ": columns " + usage.get(columns.name()) + ", single "
                + usage.get(single.name()) + ", normal equations " + usage.get(normal.name()) + ", mixture "
                + usage.get(mixture.name()) + ", its sums " + usage.get(sums.name()));
        assertEquals(6, usage.size(), "kernels: " + usage);
        usage.forEach((name, u) -> {
            assertEquals(0, u.spilled, name + " spills");
            assertTrue(u.registers <= 128, name + " takes " + u.registers + " registers");
        });
        int registers = usage.getOrDefault(single.name(), new Usage(255, 0)).registers;
        assertTrue(registers <= 64, "single precision takes " + registers + " registers");
    }

    @Test
    void everyRowAndRandomProgramsCompileInBothPrecisions() throws IOException {
        List<CudaSource> all = new ArrayList<>();
        for (Elementary row : Functions.rows()) {
            all.add(CudaSource.of(Functions.row(row), Precision.DOUBLE));
            all.add(CudaSource.of(Functions.row(row), Precision.SINGLE));
        }
        for (int seed = 0; seed < 10; seed++) {
            all.add(CudaSource.of(Functions.random(seed, 30), seed % 2 == 0 ? Precision.DOUBLE : Precision.SINGLE));
        }
        Tool.needed("nvcc");
        Files.writeString(folder.resolve("rows.cu"), CudaSource.unit(all));
        List<String> command = new ArrayList<>(List.of("nvcc", "-ptx", "-arch=compute_75"));
        command.addAll(CudaSource.OPTIONS);
        command.addAll(List.of("rows.cu", "-o", "rows.ptx"));
        Tool.run(folder, command.toArray(String[]::new));
        String ptx = Files.readString(folder.resolve("rows.ptx"));
        for (CudaSource source : all) {
            assertTrue(ptx.contains(".entry " + source.name()), source.name());
        }
    }
}
