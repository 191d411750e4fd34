package org.wengert.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.batch.Batch;
import org.wengert.core.batch.GaussNewton;
import org.wengert.core.batch.Jacobians;
import org.wengert.core.batch.Points;
import org.wengert.core.engine.Precision;
import org.wengert.core.program.Program;

/**
 * What kernels compute, compared point by point with the CPU's engine, whatever runs them: a device ({@link DeviceResults}), or
 * the interpreter of PTX behind a fake driver ({@link PtxResultsTest}).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class GpuResults {

    /** How far a result may be from the CPU's, against the size of the largest result of its point, or 1. */
    private static double tolerance(Precision precision) {
        return precision == Precision.DOUBLE ? 1e-12 : 1e-3;
    }

    private static final DifferentiableVector REPROJECTION = Differentiable.vector(17, 2, Functions::reprojection);
    private static final Differentiable MIXTURE = Differentiable.of(Functions.PARAMETERS + 2, Functions::mixture);
    private static final Differentiable CALL = Differentiable.of(Functions.OPTION_INPUTS, Functions::call);

    private int launches;

    /** The device. */
    abstract Gpu gpu();

    /** How many points the batches have, more than a tile holds where memory is short. */
    abstract int points();

    /** Bytes of the device that hold three tiles, but none as large as they are where memory is plenty. */
    abstract long shortMemory();

    /** A driver that is seen launching kernels. */
    GpuDriver watched(GpuDriver driver) {
        return (GpuDriver) Proxy.newProxyInstance(GpuDriver.class.getClassLoader(), new Class<?>[] {GpuDriver.class},
                (_, method, arguments) -> {
                    launches += method.getName().equals("launch") ? 1 : 0;
                    try {
                        return method.invoke(driver, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    // ---- what is compared --------------------------------------------------------------------------------

    /** What the CPU says. */
    private interface Expected {
        double get(int point, int output);
    }

    /** Runs a kernel over points in arrays and over points that stay, and compares both. */
    private void compare(CudaSource source, double[] inputs, double[][] in, int[] bad, Expected expected) {
        int outputs = source.program().outputs();
        int n = in[0].length;
        double[][] out = new double[outputs][n];
        GpuKernel kernel = gpu().kernel(source);
        assertArrayEquals(bad, Streamed.run(kernel, inputs, in, out, n).failed());
        close(source, out, bad, expected);
        Arrays.stream(out).forEach(column -> Arrays.fill(column, Double.NaN));
        try (var batch = new DeviceBatch(kernel, n)) {
            batch.upload(in);
            assertEquals(bad.length, batch.run(inputs));
            assertArrayEquals(bad, batch.failed());
            for (int k = 0; k < outputs; k++) {
                batch.download(k, out[k]);
            }
        }
        close(source, out, bad, expected);
    }

    private static void close(CudaSource source, double[][] out, int[] bad, Expected expected) {
        for (int i = 0; i < out[0].length; i++) {
            if (Arrays.binarySearch(bad, i) >= 0) {
                continue;
            }
            double size = 1;
            for (int k = 0; k < out.length; k++) {
                size = Math.max(size, Math.abs(expected.get(i, k)));
            }
            for (int k = 0; k < out.length; k++) {
                if (!(Math.abs(expected.get(i, k) - out[k][i]) <= tolerance(source.precision()) * size)) {
                    assertEquals(expected.get(i, k), out[k][i], tolerance(source.precision()) * size,
                            "output " + k + " at point " + i + " of " + out[0].length);
                }
            }
        }
    }

    // ---- columns -----------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void valuesAndJacobiansOfBundleAdjustmentAreThoseOfTheCpu(Precision precision) {
        double[][] rows = ResultPoints.observations(points());
        Jacobians j = Batch.of(REPROJECTION).withRespectTo(first(15)).jacobian(Points.ofRows(rows));
        int[] column = new int[Sources.BUNDLE.program().outputs()];
        Arrays.setAll(column, k -> k);
        for (int r = 0; r < 2; r++) {
            for (int c = 0; c < 15; c++) {
                if (Sources.BUNDLE.output(r, c) >= 0) {
                    column[Sources.BUNDLE.output(r, c)] = 2 + 15 * r + c;
                }
            }
        }
        compare(ResultSources.bundle(precision), new double[17], ResultPoints.transposed(rows), new int[] {Sources.BAD},
                (point, k) -> j.table().get(point, column[k]));
    }

    private static int[] first(int n) {
        int[] all = new int[n];
        Arrays.setAll(all, i -> i);
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void valuesAndGradientsOfAMixtureAreThoseOfTheCpu(Precision precision) {
        double[][] rows = ResultPoints.samples(points());
        double[] inputs = ResultPoints.parameters(23);
        Jacobians j = Batch.of(MIXTURE).withUniform(first(Functions.PARAMETERS)).withRespectTo(first(Functions.PARAMETERS))
                .jacobian(Points.ofRows(rows), Arrays.copyOf(inputs, Functions.PARAMETERS));
        compare(ResultSources.mixture(precision), inputs, ResultPoints.transposed(rows), new int[0], j.table()::get);
    }

    @ParameterizedTest
    @EnumSource
    void pricesGradientsAndHessiansOfOptionsAreThoseOfTheCpu(Precision precision) {
        double[][] rows = ResultPoints.options(points());
        var h = Batch.of(CALL).hessian(Points.ofRows(rows));
        int n = Functions.OPTION_INPUTS;
        int[] column = first(ResultSources.OPTIONS.program().outputs());
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                column[ResultSources.OPTIONS.output(i, j)] = 1 + n + i * (i + 1) / 2 + j;
            }
        }
        compare(ResultSources.options(precision), new double[n], ResultPoints.transposed(rows), new int[0],
                (point, k) -> h.table().get(point, column[k]));
    }

    /** Programs of rows that have one right result: no bit may differ. */
    @ParameterizedTest
    @EnumSource
    void randomProgramsHaveTheBitsOfTheCpu(Precision precision) {
        var random = new SplittableRandom(25);
        int held = 0;
        for (CudaSource source : ResultSources.random(precision)) {
            Program p = source.program();
            int n = 300;
            double[] inputs = ResultPoints.rounded(random.doubles(p.inputs(), -3, 3).toArray());
            double[][] in = new double[source.varyingInputs().length][n];
            for (double[] column : in) {
                Arrays.setAll(column, _ -> (float) Functions.number(random));
            }
            double[][] out = new double[p.outputs()][n];
            int[] failed = Streamed.run(gpu().kernel(source), inputs, in, out, n).failed();
            List<Integer> bad = new ArrayList<>();
            double[] expected = new double[p.outputs()];
            for (int i = 0; i < n; i++) {
                double[] x = inputs.clone();
                for (int c = 0; c < in.length; c++) {
                    x[source.varyingInputs()[c]] = in[c][i];
                }
                if (!Rounded.run(p, precision, x, expected)) {
                    bad.add(i);
                    continue;
                }
                held++;
                for (int k = 0; k < expected.length; k++) {
                    assertEquals(Double.doubleToLongBits(expected[k]), Double.doubleToLongBits(out[k][i]),
                            "output " + k + " at " + Arrays.toString(x) + " should be " + expected[k] + ", but is "
                                    + out[k][i] + "\n" + p.listing());
                }
            }
            assertArrayEquals(bad.stream().mapToInt(Integer::intValue).toArray(), failed);
        }
        assertTrue(held > 300, "guards held at only " + held + " points");
    }

    // ---- sums --------------------------------------------------------------------------------------------

    /** Sums by a resident batch, which are those by tiles to the bit. */
    private double[] sums(CudaSource source, double[] inputs, double[][] in, int failures) {
        GpuKernel kernel = gpu().kernel(source);
        try (var batch = new DeviceBatch(kernel, in[0].length)) {
            batch.upload(in);
            assertEquals(failures, batch.run(inputs));
            double[] sums = batch.sums();
            assertArrayEquals(sums, Streamed.run(kernel, inputs, in, new double[0][], in[0].length).sums());
            return sums;
        }
    }

    @ParameterizedTest
    @EnumSource
    void gaussNewtonProductsAreThoseOfTheCpu(Precision precision) {
        double[][] rows = ResultPoints.observations(points());
        double[] sums = sums(ResultSources.normal(precision), new double[17], ResultPoints.transposed(rows), 1);
        double[][] good = rows.clone();
        System.arraycopy(rows, Sources.BAD + 1, good, Sources.BAD, rows.length - Sources.BAD - 1);
        GaussNewton expected = Batch.of(REPROJECTION).withRespectTo(first(15))
                .gaussNewton(Points.ofRows(Arrays.copyOf(good, good.length - 1)));
        double off = tolerance(precision);
        assertEquals(expected.sumOfSquares(), sums[0], off * expected.sumOfSquares());
        int at = 1;
        for (int i = 0; i < 15; i++) {
            double size = Math.sqrt(expected.get(i, i) * expected.sumOfSquares());
            assertEquals(expected.gradient()[i], sums[at++], off * size, "Jᵀr, entry " + i);
        }
        for (int i = 0; i < 15; i++) {
            for (int j = i; j < 15; j++) {
                double size = Math.sqrt(expected.get(i, i) * expected.get(j, j));
                assertEquals(expected.get(i, j), sums[at++], off * size, "JᵀJ, entry " + i + ", " + j);
            }
        }
    }

    /** The device's own columns, added in the order that a reduction promises. */
    @Test
    void sumsHaveTheBitsOfTheirStatedOrder() {
        double[][] in = ResultPoints.transposed(ResultPoints.observations(points()));
        double[][] out = new double[Sources.BUNDLE.program().outputs()][points()];
        Streamed.run(gpu().kernel(ResultSources.bundle(Precision.DOUBLE)), new double[17], in, out, points());
        CudaSource normal = ResultSources.normal(Precision.DOUBLE);
        double[][] y = ResultPoints.transposed(out);
        y[Sources.BAD] = new double[out.length];
        assertArrayEquals(InOrder.added(normal, y), sums(normal, new double[17], in, 1));
    }

    /** The parameters and the direction change from run to run; the points stay. */
    @ParameterizedTest
    @EnumSource
    void gradientsOfSumsAndHessiansTimesVectorsAreThoseOfTheCpu(Precision precision) {
        double[][] rows = ResultPoints.samples(points());
        double[][] in = ResultPoints.transposed(rows);
        int n = Functions.PARAMETERS;
        Batch cpu = Batch.of(MIXTURE).withUniform(first(n));
        try (var batch = new DeviceBatch(gpu().kernel(ResultSources.product(precision)), rows.length)) {
            batch.upload(in);
            for (int iteration = 0; iteration < 2; iteration++) {
                double[] x = Arrays.copyOf(ResultPoints.parameters(26 + iteration), n);
                double[] v = Arrays.copyOf(ResultPoints.parameters(30 + iteration), n);
                double[] inputs = Arrays.copyOf(x, n + 2 + n);
                System.arraycopy(v, 0, inputs, n + 2, n);
                assertEquals(0, batch.run(inputs));
                double[] sums = batch.sums();
                var expected = cpu.sumHvp(Points.ofRows(rows), v, x);
                double off = tolerance(precision) * rows.length;
                assertEquals(expected.value(), sums[0], off);
                for (int i = 0; i < n; i++) {
                    assertEquals(expected.gradient()[i], sums[1 + i], off, "entry " + i + " of the gradient");
                    assertEquals(expected.product()[i], sums[1 + n + i], off, "entry " + i + " of the product");
                }
            }
        }
    }

    // ---- what goes wrong ---------------------------------------------------------------------------------

    /** Takes all memory of the device but so much, in pieces that are not small. */
    private List<Long> hold(long left) {
        return gpu().call(() -> {
            GpuDriver driver = gpu().driver();
            List<Long> held = new ArrayList<>();
            long piece = Long.MAX_VALUE;
            while (driver.freeMemory() > left && piece > 1 << 16) {
                piece = Math.min(piece, driver.freeMemory() - left);
                try {
                    held.add(driver.allocate(piece));
                } catch (GpuException e) {
                    assertTrue(e.isOutOfMemory(), e.getMessage());
                    piece /= 2;
                }
            }
            return held;
        });
    }

    @Test
    void whereMemoryIsShortTilesAreHalvedAndResultsStayTheSame() {
        double[][] in = ResultPoints.transposed(ResultPoints.observations(points()));
        int n = points();
        CudaSource source = ResultSources.bundle(Precision.DOUBLE);
        GpuKernel kernel = gpu().kernel(source);
        double[][] expected = new double[source.program().outputs()][n];
        launches = 0;
        Streamed.run(kernel, new double[17], in, expected, n);
        int before = launches;
        double[][] out = new double[expected.length][n];
        List<Long> held = hold(shortMemory());
        try {
            launches = 0;
            assertArrayEquals(new int[] {Sources.BAD}, Streamed.run(kernel, new double[17], in, out, n).failed());
            assertTrue(launches > before, launches + " tiles where there were " + before);
            int many = (int) Math.min(Integer.MAX_VALUE - 8L, 2 * shortMemory() / Tile.bytesPerPoint(source));
            var e = assertThrows(GpuException.class, () -> new DeviceBatch(kernel, many));
            assertTrue(e.isOutOfMemory(), e.getMessage());
            assertEquals("", gpu().broken());
        } finally {
            gpu().call(() -> {
                held.forEach(gpu().driver()::free);
                return true;
            });
        }
        for (int k = 0; k < out.length; k++) {
            out[k][Sources.BAD] = expected[k][Sources.BAD];
            assertArrayEquals(expected[k], out[k], "output " + k);
        }
    }

    @Test
    void anImageThatIsNoCodeIsRefusedAndTheDeviceStaysInUse() {
        var e = assertThrows(GpuException.class, () -> gpu().call(
                () -> gpu().driver().loadModule("junk".getBytes(StandardCharsets.UTF_8))));
        assertTrue(e.code() == GpuException.INVALID_IMAGE || e.code() == GpuException.INVALID_PTX, e.getMessage());
        assertEquals("", gpu().broken());
    }

    /** The last one: a store to nobody's memory loses the context, and with it the device for this process. */
    @Test
    @Order(Integer.MAX_VALUE)
    void anErrorThatLosesTheContextPutsTheDeviceOutOfUse() {
        GpuKernel kernel = gpu().kernel(ResultSources.bundle(Precision.DOUBLE));
        var first = assertThrows(GpuException.class, () -> gpu().call(() -> {
            Tile t = Tile.of(kernel, 100);
            long nobodys = 512;
            var astray = new Tile(gpu(), 100, t.uniform(), t.in(), nobodys, t.failed(), t.failures(), t.stream(), List.of());
            kernel.launch(astray, 100, 0, t.stream());
            gpu().driver().synchronize(t.stream());
            return true;
        }));
        assertTrue(first.isSticky(), first.getMessage());
        assertTrue(String.valueOf(first.getMessage()).startsWith("cuStreamSynchronize failed: "), first.getMessage());
        var second = assertThrows(GpuException.class, () -> gpu().kernel(ResultSources.mixture(Precision.DOUBLE)));
        assertEquals("the GPU is out of use since " + first.getMessage(), second.getMessage());
    }
}
