package org.wengert.gpu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.core.engine.Precision;

/** The tests for devices on a fake one that executes real PTX: what they would find out there, they find here too. */
class PtxResultsTest extends GpuResults {

    @TempDir
    private static Path folder;

    private Gpu gpu;

    @BeforeAll
    void compile() throws IOException {
        String ptx = PtxCode.compile(folder, "results", "compute_80", ResultSources.all());
        var fake = new FakeGpu(1L << 28, PtxModule::load);
        fake.capability = 76; // newer than the compiler knows, so that it is asked for PTX
        gpu = Gpu.start(watched(fake), new GpuCompiler(new KernelCache(folder.resolve("cache"), List.of()),
                List.of(new PtxCode.Compiled(ptx))), 0);
    }

    @AfterAll
    void close() {
        if (gpu != null) { // nvcc may be missing
            gpu.close();
        }
    }

    @Override
    Gpu gpu() {
        return gpu;
    }

    @Override
    int points() {
        return 3 * CudaSource.CHUNK + 123;
    }

    @Override
    long shortMemory() {
        return 3 * Tile.bytesPerPoint(ResultSources.bundle(Precision.DOUBLE)) * CudaSource.CHUNK + 10_000;
    }
}
