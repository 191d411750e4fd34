package org.wengert.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.core.program.Program;
import org.wengert.core.transform.Zeros;

/** Where batches are computed, by a clock that stands still but for what the tests say the two sides take. */
class AutoDeviceTest {

    private static final Program PROGRAM = Functions.bundleAdjustment(Zeros.GUARDED).program();
    private static final int SAMPLE = 5000;

    @TempDir
    private Path folder;

    private final FakeGpu fake = new FakeGpu(1L << 30, (_, _) -> (_, _, _, _, _) -> { });
    private final double[][] sample = new double[PROGRAM.inputs()][SAMPLE];
    private long now;
    private long cpuPoints;
    private int opened;

    /** What a point takes on the CPU, in nanoseconds. */
    private long onCpu = 1000;

    @BeforeEach
    void makePoints() {
        Tool.needed("g++");
        var random = new SplittableRandom(3);
        for (int i = 0; i < SAMPLE; i++) {
            double[] point = Functions.bundlePoint(random);
            for (int j = 0; j < point.length; j++) {
                sample[j][i] = point[j];
            }
        }
    }

    private final List<Gpu> open = new java.util.ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Gpu::close);
    }

    private Gpu open() {
        opened++;
        var compiler = new HostCode.Compiler(folder);
        var chain = new GpuCompiler(new KernelCache(folder.resolve("cache"), List.of()), List.of(compiler));
        open.add(Gpu.start(fake, chain, 0));
        return open.getLast();
    }

    private AutoDevice.Decision decide(String quickReason, Supplier<Gpu> gpu, long batches) {
        var work = new AutoDevice.Work(PROGRAM, new double[PROGRAM.inputs()], sample, batches, SAMPLE);
        return new AutoDevice(() -> quickReason, gpu, () -> now).choose(work, "test", (in, out, n) -> {
            assertTrue(in[0].length >= n && out[0].length >= n);
            cpuPoints += n;
            now += n * onCpu;
        });
    }

    /** The device takes so long for a launch and for each point, in nanoseconds. */
    private void gpuTakes(long launch, long point) {
        fake.atLaunch = points -> now += launch + points * point;
    }

    @Test
    void withoutADriverItIsTheCpuAtOnce() {
        var decision = decide("no driver", () -> {
            throw new AssertionError("nobody should ask");
        }, 1000);
        assertNull(decision.kernel());
        assertEquals("no driver", decision.reason());
        assertEquals(0, cpuPoints);
    }

    @Test
    void forLittleWorkNoGpuIsStarted() {
        var decision = decide("", this::open, 10);
        assertNull(decision.kernel());
        assertEquals("the CPU computes 50,000 points in about 50.0 ms, less than it takes to start a GPU", decision.reason());
        assertEquals(0, opened);
    }

    @Test
    void theQuickerOneIsTakenAsMeasured() {
        gpuTakes(50_000, 100);
        var decision = decide("", this::open, 1000);
        assertNotNull(decision.kernel());
        assertEquals("5,000,000 points take about 550 ms on Fake device and 5.00 s on the CPU, as measured now", decision.reason());
    }

    @Test
    void aSlowDeviceIsNotTaken() {
        gpuTakes(50_000, 2000);
        var decision = decide("", this::open, 1000);
        assertNull(decision.kernel());
        assertEquals("5,000,000 points take about 10.1 s on Fake device and 5.00 s on the CPU, as measured now", decision.reason());
    }

    @Test
    void whatWasMeasuredIsKeptForTheNextTime() {
        gpuTakes(50_000, 100);
        decide("", this::open, 1000);
        int launches = fake.launches;
        long measured = cpuPoints;
        onCpu = 900;
        var decision = decide("", this::open, 1000);
        assertNotNull(decision.kernel());
        assertEquals("5,000,000 points take about 550 ms on Fake device and 5.00 s on the CPU, as measured before",
                decision.reason());
        assertEquals(launches, fake.launches);
        assertTrue(cpuPoints - measured <= 10 * SAMPLE, "only the estimate");
    }

    @Test
    void aDeviceThatFailsIsNotTaken() {
        fake.lostAtLaunch = 1;
        gpuTakes(1, 1);
        var lost = decide("", this::open, 1000);
        assertNull(lost.kernel());
        assertEquals("cuStreamSynchronize failed: CUDA_ERROR_LAUNCH_FAILED (719)", lost.reason());
        var none = decide("", () -> {
            throw new GpuException("no CUDA compiler: none at all");
        }, 1000);
        assertEquals("no CUDA compiler: none at all", none.reason());
    }

    @Test
    void measuringTellsWhatACallCostsFromWhatAPointCosts() {
        var timing = Timing.measure(n -> now += 70_000 + 25L * n, 1 << 22, () -> now);
        assertEquals(70e-6, timing.fixed(), 1e-9);
        assertEquals(25e-9, timing.perPoint(), 1e-14);
        assertEquals(70e-6 + 25e-3, timing.of(1_000_000), 1e-9);
        var few = Timing.measure(n -> now += 70_000 + 25L * n, 100, () -> now);
        assertEquals(72_500e-9, few.of(100), 1e-12);
    }
}
