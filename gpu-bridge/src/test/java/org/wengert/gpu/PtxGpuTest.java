package org.wengert.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.gpu.Sources.BAD;
import static org.wengert.gpu.Sources.BUNDLE;
import static org.wengert.gpu.Sources.COLUMNS;
import static org.wengert.gpu.Sources.MIXTURE;
import static org.wengert.gpu.Sources.MIXTURE_SINGLE;
import static org.wengert.gpu.Sources.MIXTURE_SUMS;
import static org.wengert.gpu.Sources.NORMAL;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.core.engine.Precision;
import org.wengert.core.program.Program;

/**
 * The third rung, continued: batches on a fake device that executes real PTX. First what must work, then faults of the
 * device, then mistakes that are planted and must be caught.
 */
class PtxGpuTest {

    private static final int POINTS = 3 * CudaSource.CHUNK + 123;
    private static final long PLENTY = 1L << 28;

    @TempDir
    private static Path folder;

    private static String ptx = "";
    private static double[][] points;
    private static double[][] in;

    private FakeGpu fake = new FakeGpu(PLENTY, PtxModule::load);
    private Gpu gpu;

    @BeforeAll
    static void compile() throws IOException {
        ptx = PtxCode.compile(folder, "unit", "compute_80", List.of(COLUMNS, NORMAL, MIXTURE_SUMS, MIXTURE_SINGLE));
        var random = new SplittableRandom(11);
        points = Stream.generate(() -> Functions.bundlePoint(random))
                .filter(x -> Arrays.stream(BUNDLE.program().value(x)).allMatch(y -> Math.abs(y) < 1000)) // far from poles
                .limit(POINTS).toArray(double[][]::new);
        Arrays.fill(points[BAD], 0, 3, 0.0);
        in = new double[BUNDLE.program().inputs()][POINTS];
        for (int i = 0; i < POINTS; i++) {
            for (int j = 0; j < in.length; j++) {
                in[j][i] = points[i][j];
            }
        }
    }

    @BeforeEach
    void start() {
        start(PLENTY, ptx);
    }

    private void start(long capacity, String text) {
        fake = new FakeGpu(capacity, PtxModule::load);
        fake.capability = 76; // newer than the compiler knows, so that it is asked for PTX
        var compiler = new PtxCode.Compiled(text);
        gpu = Gpu.start(fake, new GpuCompiler(new KernelCache(folder.resolve("cache" + text.hashCode()), List.of()),
                List.of(compiler)), 0);
    }

    @AfterEach
    void stop() {
        gpu.close();
    }

    private static double[][] room() {
        return new double[BUNDLE.program().outputs()][POINTS];
    }

    private Streamed.Result stream(CudaSource source, double[][] out) {
        return Streamed.run(gpu.kernel(source), new double[0], in, out, POINTS);
    }

    /** CUDA's sine and cosine are not Java's: close is all that the numbers can be. */
    private static void assertColumns(double[][] out) {
        Program p = BUNDLE.program();
        var workspace = p.newWorkspace();
        double[] expected = new double[p.outputs()];
        for (int i = 0; i < POINTS; i++) {
            if (!p.run(points[i], expected, workspace)) {
                assertEquals(BAD, i);
                continue;
            }
            double size = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
            for (int k = 0; k < expected.length; k++) {
                assertEquals(expected[k], out[k][i], 1e-14 * size, "output " + k + " at point " + i);
            }
        }
    }

    /** What a kernel must sum, from columns of the device. */
    private static double[] sums(CudaSource source, double[][] columns) {
        double[][] y = new double[POINTS][columns.length];
        for (int i = 0; i < POINTS; i++) {
            for (int k = 0; k < columns.length && i != BAD; k++) {
                y[i][k] = columns[k][i];
            }
        }
        return InOrder.added(source, y);
    }

    // ---- what must work ----------------------------------------------------------------------------------

    @Test
    void columnsAreCloseToTheProgramsAndSumsAreThoseOfTheColumns() {
        double[][] out = room();
        assertArrayEquals(new int[] {BAD}, stream(COLUMNS, out).failed());
        assertColumns(out);
        try (var batch = new DeviceBatch(gpu.kernel(NORMAL), POINTS)) {
            batch.upload(in);
            assertEquals(1, batch.run());
            assertArrayEquals(sums(NORMAL, out), batch.sums());
            assertArrayEquals(new int[] {BAD}, batch.failed());
        }
        assertEquals(0, gpu.call(fake::used));
    }

    @Test
    void whereMemoryIsShortTilesAreHalvedAndSumsStayTheSame() {
        start(3 * Tile.bytesPerPoint(NORMAL) * CudaSource.CHUNK + 30_000, ptx);
        double[] sums = stream(NORMAL, new double[0][]).sums();
        assertEquals(5, fake.launches, "four tiles, and the sum of their sums");
        assertEquals(0, fake.used());

        start();
        double[][] out = room();
        stream(COLUMNS, out);
        assertArrayEquals(sums(NORMAL, out), sums);

        start(500_000, ptx);
        GpuKernel kernel = gpu.kernel(COLUMNS);
        assertTrue(assertThrows(GpuException.class, () -> new DeviceBatch(kernel, POINTS)).isOutOfMemory());
        assertEquals("", gpu.broken());
    }

    @Test
    void parametersChangeFromRunToRun() {
        var random = new SplittableRandom(12);
        int n = 700;
        double[][] data = {random.doubles(n, -2, 2).toArray(), random.doubles(n, -2, 2).toArray()};
        try (var sums = new DeviceBatch(gpu.kernel(MIXTURE_SUMS), n);
                var single = new DeviceBatch(gpu.kernel(MIXTURE_SINGLE), n)) {
            sums.upload(data);
            single.upload(data);
            for (int iteration = 0; iteration < 3; iteration++) {
                double[] inputs = random.doubles(MIXTURE.inputs(), -1, 1).toArray();
                double[][] rows = new double[n][];
                Arrays.setAll(rows, i -> {
                    double[] x = inputs.clone();
                    x[Functions.PARAMETERS] = data[0][i];
                    x[Functions.PARAMETERS + 1] = data[1][i];
                    return x;
                });
                sums.run(inputs);
                assertArrayEquals(InOrder.sums(MIXTURE_SUMS, rows), sums.sums(), 1e-12 * n);
                single.run(inputs);
                double[] out = new double[n];
                for (int k = 0; k < MIXTURE.outputs(); k += 5) {
                    single.download(k, out);
                    assertEquals(MIXTURE.value(rows[n - 1])[k], out[n - 1], 1e-5, "output " + k);
                }
            }
        }
    }

    @Test
    void streamsMayGetOnAsTheyLike() {
        double[][] expected = room();
        stream(COLUMNS, expected);
        for (int seed = 0; seed < 3; seed++) {
            start(3 * Tile.bytesPerPoint(COLUMNS) * CudaSource.CHUNK + 10_000, ptx); // three tiles
            fake.progress = new SplittableRandom(seed);
            double[][] out = room();
            assertArrayEquals(new int[] {BAD}, stream(COLUMNS, out).failed());
            for (int k = 0; k < out.length; k++) {
                out[k][BAD] = expected[k][BAD];
                assertArrayEquals(expected[k], out[k], "seed " + seed);
            }
        }
    }

    @Test
    void otherApproximationsOfTheDeviceGiveNearlyTheSame() {
        for (int bias = -1; bias <= 1; bias += 2) {
            int units = bias;
            var device = new FakeGpu(PLENTY, (image, memory) -> {
                PtxModule module = PtxModule.load(image, memory);
                module.bias = units;
                return module;
            });
            device.capability = 76;
            gpu.close();
            gpu = Gpu.start(device, new GpuCompiler(new KernelCache(folder.resolve("bias" + bias), List.of()),
                    List.of(new PtxCode.Compiled(ptx))), 0);
            double[][] out = room();
            stream(COLUMNS, out);
            assertColumns(out);
        }
    }

    @Test
    void theRealChainMakesPtxForADeviceThatItDoesNotKnow() {
        gpu.close();
        gpu = Gpu.start(fake, new GpuCompiler(new KernelCache(folder.resolve("real"), List.of()), List.of(Nvcc.find())), 0);
        try (var batch = new DeviceBatch(gpu.kernel(MIXTURE_SINGLE), 3)) {
            batch.upload(new double[] {0.5, 1, 2}, new double[] {0, 1, 0});
            double[] inputs = new double[MIXTURE.inputs()];
            batch.run(inputs);
            double[] out = new double[3];
            batch.download(0, out);
            inputs[Functions.PARAMETERS] = 0.5;
            assertEquals(MIXTURE.value(inputs)[0], out[0], 1e-6);
        }
    }

    // ---- faults of the device ----------------------------------------------------------------------------

    @Test
    void aDeviceThatGetsLostInTheMiddleIsOutOfUse() {
        start(3 * Tile.bytesPerPoint(COLUMNS) * CudaSource.CHUNK + 10_000, ptx);
        fake.lostAtLaunch = 2;
        var e = assertThrows(GpuException.class, () -> stream(COLUMNS, room()));
        assertEquals("cuStreamSynchronize failed: CUDA_ERROR_LAUNCH_FAILED (719)", e.getMessage());
        assertFalse(gpu.broken().isEmpty());
    }

    @Test
    void anImageThatIsNoCodeIsRefusedAndTheDeviceStaysInUse() {
        start(PLENTY, "garbage");
        assertEquals(GpuException.INVALID_IMAGE, assertThrows(GpuException.class, () -> gpu.kernel(COLUMNS)).code());
        assertEquals("", gpu.broken());
    }

    // ---- planted mistakes --------------------------------------------------------------------------------

    @Test
    void aForgottenWaitIsCaught() {
        GpuKernel kernel = gpu.kernel(COLUMNS);
        fake.forgetsToWait = true;
        double[][] out = room();
        Streamed.run(kernel, new double[0], in, out, POINTS);
        assertThrows(AssertionError.class, () -> assertColumns(out));
    }

    /** Without its barriers, one thread reads what another may not have written yet, or writes what another still reads. */
    @Test
    void eachForgottenBarrierIsCaught() {
        int at = ptx.indexOf("bar.sync", ptx.indexOf(".entry " + NORMAL.name()));
        for (int barrier = 0; barrier < 2; barrier++) {
            start(PLENTY, ptx.substring(0, at) + ptx.substring(ptx.indexOf(';', at) + 1));
            var e = assertThrows(AssertionError.class, () -> stream(NORMAL, new double[0][]));
            assertTrue(String.valueOf(e.getMessage()).startsWith("no barrier between"), e.getMessage());
            at = ptx.indexOf("bar.sync", at + 1);
        }
    }

    @Test
    void anotherStreamThatDoesNotWaitForTheSumsIsCaught() {
        int entries = 1 + 15 + 15 * 16 / 2;
        GpuKernel kernel = gpu.kernel(NORMAL);
        double[] total = new double[entries];
        gpu.call(() -> {
            Tile tile = Tile.of(kernel, CudaSource.CHUNK);
            long partial = fake.allocate(8L * entries);
            long sum = fake.allocate(8L * entries);
            long other = fake.createStream();
            kernel.launch(tile, 10, partial, tile.stream());
            kernel.fold(partial, sum, entries, 1, other); // should be on the stream of the tile
            fake.synchronize(other);
            fake.synchronize(tile.stream());
            var staging = new Staging(fake);
            staging.download(sum, total, entries, Precision.DOUBLE);
            return true;
        });
        assertTrue(Arrays.stream(total).allMatch(Double::isNaN), Arrays.toString(total));
    }

    @Test
    void aBufferThatIsFilledAgainTooSoonIsCaught() {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment buffer = arena.allocate(8);
            gpu.call(() -> {
                fake.pin(buffer);
                long stream = fake.createStream();
                long first = fake.allocate(8);
                buffer.set(ValueLayout.JAVA_DOUBLE, 0, 1);
                fake.copyToDevice(first, buffer, stream);
                buffer.set(ValueLayout.JAVA_DOUBLE, 0, 2); // should wait
                fake.synchronize(stream);
                fake.copyToHost(buffer, first, stream);
                fake.synchronize(stream);
                return true;
            });
            assertEquals(2, buffer.get(ValueLayout.JAVA_DOUBLE, 0));
        }
    }

    /** What the driver says of work; that gives the stream to wait for. */
    private String faultOf(ToLongFunction<GpuKernel> work) {
        GpuKernel kernel = gpu.kernel(COLUMNS);
        var e = assertThrows(GpuException.class, () -> gpu.call(() -> {
            fake.synchronize(work.applyAsLong(kernel));
            return true;
        }));
        assertEquals(FakeGpu.ILLEGAL_ADDRESS, e.code());
        return fake.fault;
    }

    @Test
    void aStoreOutOfBoundsIsCaught() {
        String fault = faultOf(kernel -> {
            Tile tile = Tile.of(kernel, CudaSource.CHUNK);
            kernel.launch(tile, CudaSource.CHUNK + 1, 0, tile.stream()); // one point more than there is room for
            return tile.stream();
        });
        assertTrue(fault.endsWith("which no allocation covers"), fault);
    }

    @Test
    void aUseAfterFreeIsCaught() {
        String fault = faultOf(kernel -> {
            Tile tile = Tile.of(kernel, 100);
            kernel.launch(tile, 100, 0, tile.stream());
            fake.free(tile.in()); // should wait for the kernel
            return tile.stream();
        });
        assertTrue(fault.endsWith("which no allocation covers"), fault);
    }

    @Test
    void anAddressThatIsNoMultipleOfItsSizeIsCaught() {
        String fault = faultOf(kernel -> {
            Tile tile = Tile.of(kernel, 100);
            fake.launch(fake.function(1, COLUMNS.name()), 1, 128, tile.stream(), tile.uniform(), tile.in() + 4, 100,
                    tile.out(), 100, tile.failed(), tile.failures(), 10);
            return tile.stream();
        });
        assertTrue(fault.endsWith("which is not a multiple of 8"), fault);
    }

    @Test
    void memoryThatNothingWasCopiedToGivesNoNumbers() {
        try (var batch = new DeviceBatch(gpu.kernel(MIXTURE_SUMS), 10)) {
            assertEquals(10, batch.run(new double[MIXTURE.inputs()]), "guards fail, for nothing was uploaded");
        }
    }

    @Test
    void aStreamThatIsDestroyedAtWorkIsCaught() {
        GpuKernel kernel = gpu.kernel(COLUMNS);
        assertThrows(AssertionError.class, () -> gpu.call(() -> {
            Tile tile = Tile.of(kernel, 100);
            kernel.launch(tile, 100, 0, tile.stream());
            fake.destroyStream(tile.stream());
            return true;
        }));
    }
}
