package org.wengert.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.gpu.Sources.BAD;
import static org.wengert.gpu.Sources.BUNDLE;
import static org.wengert.gpu.Sources.COLUMNS;
import static org.wengert.gpu.Sources.MIXTURE;
import static org.wengert.gpu.Sources.MIXTURE_SINGLE;
import static org.wengert.gpu.Sources.MIXTURE_SUMS;
import static org.wengert.gpu.Sources.NORMAL;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.core.program.Program;

/** Batches on a device: memory, streams, errors; the device is a fake that runs kernels compiled by g++. */
class GpuTest {

    private static final int POINTS = 5 * CudaSource.CHUNK + 123;
    private static final long PLENTY = 1L << 30;

    private static double[][] points;
    private static double[][] in;

    @TempDir
    private static Path folder;

    private static HostCode.Compiler compiler;

    private FakeGpu fake = new FakeGpu(PLENTY, HostCode::load);
    private Gpu gpu;

    @BeforeAll
    static void makePoints() {
        Tool.needed("g++");
        compiler = new HostCode.Compiler(folder);
        var random = new SplittableRandom(11);
        points = IntStream.range(0, POINTS).mapToObj(_ -> Functions.bundlePoint(random)).toArray(double[][]::new);
        Arrays.fill(points[BAD], 0, 3, 0.0);
        in = transposed(points);
    }

    private static double[][] transposed(double[][] rows) {
        double[][] columns = new double[rows[0].length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                columns[j][i] = rows[i][j];
            }
        }
        return columns;
    }

    @BeforeEach
    void start() {
        start(new FakeGpu(PLENTY, HostCode::load));
    }

    private void start(FakeGpu device) {
        fake = device;
        gpu = Gpu.start(fake, new GpuCompiler(new KernelCache(folder.resolve("cache"), List.of()), List.of(compiler)), 0);
    }

    @AfterEach
    void stop() {
        gpu.close();
    }

    private static void assertColumns(double[][] out) {
        Program p = BUNDLE.program();
        var workspace = p.newWorkspace();
        double[] expected = new double[p.outputs()];
        for (int i = 0; i < POINTS; i++) {
            if (p.run(points[i], expected, workspace)) {
                for (int k = 0; k < expected.length; k++) {
                    assertEquals(expected[k], out[k][i], "output " + k + " at point " + i);
                }
            } else {
                assertEquals(BAD, i);
            }
        }
    }

    private static double[][] room() {
        return new double[BUNDLE.program().outputs()][POINTS];
    }

    // ---- points in Java arrays ---------------------------------------------------------------------------

    @Test
    void aBatchInArraysGivesWhatTheProgramGives() {
        double[][] out = room();
        Streamed.Result result = Streamed.run(gpu.kernel(COLUMNS), new double[0], in, out, POINTS);
        assertColumns(out);
        assertArrayEquals(new int[] {BAD}, result.failed());
        assertEquals(0, fake.used());
        assertEquals(0, fake.pinnedSegments());
    }

    @Test
    void tilesAreHalvedWhereMemoryIsShort() {
        start(new FakeGpu(3 * Tile.bytesPerPoint(COLUMNS) * CudaSource.CHUNK + 10_000, HostCode::load));
        double[][] out = room();
        Streamed.Result result = Streamed.run(gpu.kernel(COLUMNS), new double[0], in, out, POINTS);
        assertTrue(fake.launches >= 6, fake.launches + " launches");
        assertColumns(out);
        assertArrayEquals(new int[] {BAD}, result.failed());
        assertEquals(0, fake.used());
    }

    @Test
    void memoryForNotEvenTheSmallestTileIsAnErrorThatSaysSo() {
        start(new FakeGpu(1_000_000, HostCode::load));
        GpuKernel kernel = gpu.kernel(COLUMNS);
        var e = assertThrows(GpuException.class, () -> Streamed.run(kernel, new double[0], in, room(), POINTS));
        assertTrue(e.isOutOfMemory());
        assertEquals("cuMemAlloc failed: CUDA_ERROR_OUT_OF_MEMORY (2)", e.getMessage());
        assertEquals(0, fake.used());
        assertEquals("", gpu.broken(), "the device can still be used");
    }

    @Test
    void sumsDoNotDependOnHowTheBatchIsCutIntoTiles() {
        double[] expected = InOrder.sums(NORMAL, points);
        GpuKernel kernel = gpu.kernel(NORMAL);
        assertArrayEquals(expected, Streamed.run(kernel, new double[0], in, new double[0][], POINTS).sums());

        start(new FakeGpu(3 * Tile.bytesPerPoint(NORMAL) * CudaSource.CHUNK + 100_000, HostCode::load));
        Streamed.Result result = Streamed.run(gpu.kernel(NORMAL), new double[0], in, new double[0][], POINTS);
        assertTrue(fake.launches >= 7, fake.launches + " launches");
        assertArrayEquals(expected, result.sums());
        assertArrayEquals(new int[] {BAD}, result.failed());
    }

    @Test
    void columnsThatNobodyWantsAreNotFetched() {
        double[][] out = room();
        Arrays.fill(out, 3, out.length, null);
        Streamed.run(gpu.kernel(COLUMNS), new double[0], in, out, POINTS);
        double[] expected = BUNDLE.program().value(points[5]);
        assertEquals(expected[2], out[2][5]);
    }

    // ---- points that stay --------------------------------------------------------------------------------

    @Test
    void pointsThatStayOnTheDeviceServeManyRuns() {
        var random = new SplittableRandom(12);
        double[][] data = {random.doubles(3000, -2, 2).toArray(), random.doubles(3000, -2, 2).toArray()};
        try (var batch = new DeviceBatch(gpu.kernel(MIXTURE_SUMS), 3000)) {
            batch.upload(data);
            for (int iteration = 0; iteration < 3; iteration++) {
                double[] inputs = random.doubles(MIXTURE.inputs(), -1, 1).toArray();
                assertEquals(0, batch.run(inputs));
                double[][] rows = new double[3000][];
                Arrays.setAll(rows, i -> {
                    double[] x = inputs.clone();
                    x[Functions.PARAMETERS] = data[0][i];
                    x[Functions.PARAMETERS + 1] = data[1][i];
                    return x;
                });
                assertArrayEquals(InOrder.sums(MIXTURE_SUMS, rows), batch.sums());
            }
        }
        assertEquals(0, after());
    }

    /** Memory in use, once all that was queued for the owner thread is done. */
    private long after() {
        return gpu.call(fake::used);
    }

    @Test
    void columnsAreFetchedOneByOne() {
        try (var batch = new DeviceBatch(gpu.kernel(COLUMNS), POINTS)) {
            batch.upload(in);
            assertEquals(1, batch.run());
            assertArrayEquals(new int[] {BAD}, batch.failed());
            double[][] out = room();
            for (int k = 0; k < out.length; k++) {
                batch.download(k, out[k]);
            }
            assertColumns(out);
        }
    }

    @Test
    void singlePrecisionIsWithinAFewOfItsUlps() {
        var random = new SplittableRandom(13);
        double[][] data = {random.doubles(2000, -2, 2).toArray(), random.doubles(2000, -2, 2).toArray()};
        double[] inputs = random.doubles(MIXTURE.inputs(), -1, 1).toArray();
        try (var batch = new DeviceBatch(gpu.kernel(MIXTURE_SINGLE), 2000)) {
            batch.upload(data);
            batch.run(inputs);
            double[] out = new double[2000];
            for (int k = 0; k < MIXTURE.outputs(); k++) {
                batch.download(k, out);
                for (int i = 0; i < 2000; i += 97) {
                    inputs[Functions.PARAMETERS] = data[0][i];
                    inputs[Functions.PARAMETERS + 1] = data[1][i];
                    assertEquals(MIXTURE.value(inputs)[k], out[i], 1e-5, "output " + k + " at point " + i);
                }
            }
        }
    }

    @Test
    void aBatchThatDoesNotFitLeavesNothingBehind() {
        start(new FakeGpu(2_000_000, HostCode::load));
        GpuKernel kernel = gpu.kernel(COLUMNS);
        var e = assertThrows(GpuException.class, () -> new DeviceBatch(kernel, POINTS));
        assertTrue(e.isOutOfMemory());
        assertEquals(0, after());
        assertEquals(0, fake.pinnedSegments());
    }

    /** A batch has a stream of its own and two for copies; one that streams has as many, here. */
    @Test
    void streamsThatCannotBeMadeLeaveNothingBehind() {
        GpuKernel kernel = gpu.kernel(NORMAL);
        for (fake.mostStreams = 0; fake.mostStreams < 3; fake.mostStreams++) {
            String message = "cuStreamCreate failed: CUDA_ERROR_OUT_OF_MEMORY (2)";
            assertMessage(message, () -> new DeviceBatch(kernel, 10));
            assertMessage(message, () -> Streamed.run(kernel, new double[0], in, new double[0][], POINTS));
            assertEquals(0, after());
            assertEquals(0, fake.pinnedSegments());
            assertEquals(0, fake.openStreams());
        }
        assertEquals(1, Streamed.run(kernel, new double[0], in, new double[0][], POINTS).failed().length);
        try (var batch = new DeviceBatch(kernel, 10)) {
            batch.upload(in);
            assertEquals(0, batch.run());
        }
    }

    @Test
    void aForgottenBatchIsFreedInTheEnd() throws InterruptedException {
        forget();
        for (int i = 0; i < 100 && after() > 0; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertEquals(0, after());
    }

    private void forget() {
        assertTrue(new DeviceBatch(gpu.kernel(COLUMNS), 10).points() == 10 && after() > 0);
    }

    @Test
    void badUseIsRefusedWithTheNameOfTheArgument() {
        GpuKernel kernel = gpu.kernel(MIXTURE_SUMS);
        assertMessage("points must be at least 1, but was 0", () -> new DeviceBatch(kernel, 0));
        try (var batch = new DeviceBatch(kernel, 10)) {
            assertMessage("columns must be one for each of the 2 varying inputs, but there are 1",
                    () -> batch.upload(new double[10]));
            assertMessage("columns[1] must have at least 10 entries, one a point, but has 9",
                    () -> batch.upload(new double[10], new double[9]));
            assertMessage("inputs must have 22 entries, one for each input of the program, but has 3",
                    () -> batch.run(1, 2, 3));
            assertMessage("this kernel computes sums and keeps no outputs: ask for sums()",
                    () -> batch.download(0, new double[10]));
        }
        assertMessage("in must have 2 columns, but has 1",
                () -> Streamed.run(kernel, new double[22], new double[1][5], new double[0][], 5));
    }

    private static void assertMessage(String message, org.junit.jupiter.api.function.Executable use) {
        assertEquals(message, assertThrows(RuntimeException.class, use).getMessage());
    }

    // ---- what goes wrong ---------------------------------------------------------------------------------

    @Test
    void aLostDeviceIsOutOfUseForTheProcess() {
        GpuKernel kernel = gpu.kernel(COLUMNS);
        fake.lostAtLaunch = 1;
        var first = assertThrows(GpuException.class, () -> Streamed.run(kernel, new double[0], in, room(), POINTS));
        assertEquals("cuStreamSynchronize failed: CUDA_ERROR_LAUNCH_FAILED (719)", first.getMessage());
        var second = assertThrows(GpuException.class, () -> gpu.kernel(NORMAL));
        assertEquals("the GPU is out of use since " + first.getMessage(), second.getMessage());
    }

    @Test
    void noDeviceIsSaidSo() {
        FakeGpu none = new FakeGpu(PLENTY, HostCode::load);
        none.devices = 0;
        GpuCompiler chain = new GpuCompiler(new KernelCache(folder, List.of()), List.of());
        var e = assertThrows(GpuException.class, () -> Gpu.start(none, chain, 0));
        assertEquals("cuInit failed: CUDA_ERROR_NO_DEVICE (100)", e.getMessage());
    }

    @Test
    void aClosedDeviceIsSaidSo() {
        gpu.close();
        assertMessage("the GPU is closed", () -> gpu.kernel(COLUMNS));
    }

    @Test
    void anInterruptedCallerGetsTheResultAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        double[][] out = room();
        Streamed.run(gpu.kernel(COLUMNS), new double[0], in, out, POINTS);
        assertTrue(Thread.interrupted());
        assertColumns(out);
    }

    // ---- planted faults: the fake must catch them --------------------------------------------------------

    @Test
    void aForgottenWaitWouldBeNoticed() {
        GpuKernel kernel = gpu.kernel(COLUMNS);
        fake.forgetsToWait = true;
        double[][] out = room();
        Streamed.run(kernel, new double[0], in, out, POINTS);
        assertThrows(AssertionError.class, () -> assertColumns(out));
    }

    @Test
    void aStoreBesideAnAllocationWouldBeNoticed() {
        String text = COLUMNS.text().replace("i < points;", "i < points + 1;");
        GpuKernel kernel = gpu.call(() -> GpuKernel.load(gpu, COLUMNS, compiler.compile(text, List.of(), "sm_75")));
        try (var batch = new DeviceBatch(kernel, CudaSource.CHUNK)) {
            batch.upload(in);
            var e = assertThrows(GpuException.class, batch::run);
            assertEquals("cuStreamSynchronize failed: CUDA_ERROR_ILLEGAL_ADDRESS (700)", e.getMessage());
        }
    }

    @Test
    void aStoreToFreedMemoryWouldBeNoticed() {
        GpuKernel kernel = gpu.kernel(COLUMNS);
        Tile tile = gpu.call(() -> Tile.of(kernel, CudaSource.CHUNK));
        Tile other = gpu.call(() -> Tile.of(kernel, CudaSource.CHUNK));
        gpu.call(() -> {
            tile.free();
            kernel.launch(tile, CudaSource.CHUNK, 0, other.stream());
            return true;
        });
        assertThrows(GpuException.class, () -> gpu.call(() -> {
            fake.synchronize(other.stream());
            return true;
        }));
    }

    @Test
    void aCallFromAnotherThreadWouldBeNoticed() {
        var e = assertThrows(GpuException.class, () -> fake.allocate(8));
        assertEquals(FakeGpu.INVALID_CONTEXT, e.code());
    }

    @Test
    void aCopyFromMemoryThatIsNotPinnedWouldBeNoticed() {
        MemorySegment heap = MemorySegment.ofArray(new double[1]);
        assertThrows(AssertionError.class, () -> gpu.call(() -> {
            fake.copyToDevice(fake.allocate(8), heap, fake.createStream());
            return true;
        }));
    }

    // ---- the compiler chain ------------------------------------------------------------------------------

    @Test
    void aKernelIsCompiledOnceAndThenComesFromTheCache() {
        gpu.kernel(COLUMNS);
        int before = compiler.compilations;
        start(new FakeGpu(PLENTY, HostCode::load));
        gpu.kernel(COLUMNS);
        gpu.kernel(COLUMNS);
        assertEquals(before, compiler.compilations);
    }
}
