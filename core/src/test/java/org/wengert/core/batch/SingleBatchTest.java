package org.wengert.core.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.log;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.sqrt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.engine.Allocation;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.Engines;
import org.wengert.core.engine.FusedEngine;
import org.wengert.core.engine.Precision;
import org.wengert.core.engine.TileInterpreter;
import org.wengert.core.scalar.Scalar;

/** Batches in single precision beside those in double precision. The build runs this class once for each vector width and without vectors. */
@Tag("simd")
class SingleBatchTest {

    private static final int SIZE = 300;

    /** Smooth and of moderate condition: x₀ in (1/2, 2), all others in (-1, 1). */
    private static final DifferentiableVector SMOOTH = Differentiable.vector(4, 2, x -> new Scalar[] {
        x[0].times(sin(x[1].plus(2))).plus(exp(x[2].times(x[3]))).plus(3), sqrt(x[0]).div(x[3].plus(3)).minus(x[1].times(x[2])).plus(5)
    });

    private static final Differentiable LOSS = Differentiable.of(4, x -> exp(x[0].times(x[2])).plus(sin(x[1]).times(x[3])).plus(2));

    private static final List<Engine> ENGINES = List.of(
            new TileInterpreter(), FusedEngine.fast(), Engines.reproducible(), Engines.standard());

    private static float[][] rows(long seed, int columns) {
        var random = new SplittableRandom(seed);
        float[][] rows = new float[SIZE][columns];
        for (float[] row : rows) {
            for (int j = 0; j < columns; j++) {
                row[j] = (float) (j == 0 ? random.nextDouble(0.5, 2) : random.nextDouble(-1, 1));
            }
        }
        return rows;
    }

    /** The same numbers in double precision. */
    private static Points widened(Points points) {
        Points wide = Points.of(points.size(), points.columns());
        for (int p = 0; p < points.size(); p++) {
            for (int j = 0; j < points.columns(); j++) {
                wide.set(p, j, points.get(p, j));
            }
        }
        return wide;
    }

    /**
     * The derivatives of these functions add fewer than 40 terms and factors of the size of at most 20, each rounded to
     * 2⁻²⁴: so far may results be apart.
     */
    private static final double APART = 40 * 20 * 0x1p-24;

    private static void close(Table expected, Table single) {
        assertEquals(Precision.SINGLE, single.precision());
        assertEquals(expected.size(), single.size());
        assertArrayEquals(expected.rows(), single.rows(), APART);
    }

    @Test
    void everyOperatorIsCloseToDoublePrecision() {
        Points points = Points.ofRows(rows(1, 4));
        Points wide = widened(points);
        Points v = Points.ofRows(rows(2, 4));
        Points w = Points.ofRows(rows(3, 2));
        double[] direction = {1, -0.5, 0.25, 2};
        for (Engine engine : ENGINES) {
            Batch doubles = Batch.of(SMOOTH).withEngine(engine);
            Batch singles = doubles.withPrecision(Precision.SINGLE);
            close(doubles.values(wide).table(), singles.values(points).table());
            close(doubles.jacobian(wide).table(), singles.jacobian(points).table());
            close(doubles.jvp(wide, widened(v)).table(), singles.jvp(points, v).table());
            close(doubles.jvp(wide, direction).table(), singles.jvp(points, direction).table());
            close(doubles.vjp(wide, widened(w)).table(), singles.vjp(points, w).table());
            close(doubles.along(wide, direction).table(), singles.along(points, direction).table());
            Batch loss = Batch.of(LOSS).withEngine(engine);
            Batch single = loss.withPrecision(Precision.SINGLE);
            close(loss.gradient(wide).table(), single.gradient(points).table());
            close(loss.hessian(wide).table(), single.hessian(points).table());
            close(loss.hvp(wide, widened(v)).table(), single.hvp(points, v).table());
        }
    }

    @Test
    void sumsAreAddedInDoublePrecision() {
        Points points = Points.ofRows(rows(4, 2));
        Points wide = widened(points);
        Points weights = Points.of(SIZE, 1, Precision.SINGLE);
        for (int p = 0; p < SIZE; p++) {
            weights.set(p, 0, 1 + p % 3);
        }
        double[] uniform = {0.75, -0.25};
        double[] v = {1, 2};
        for (Engine engine : ENGINES) {
            Batch doubles = Batch.of(LOSS).withEngine(engine).withUniform(0, 1);
            Batch singles = doubles.withPrecision(Precision.SINGLE);
            double far = SIZE * APART;
            assertArrayEquals(doubles.sum(wide, uniform), singles.sum(points, uniform), far);
            assertArrayEquals(doubles.sumGradient(wide, uniform).gradient(), singles.sumGradient(points, uniform).gradient(), far);
            assertArrayEquals(doubles.sumHvp(wide, v, uniform).product(), singles.sumHvp(points, v, uniform).product(), far);
            assertArrayEquals(doubles.sumHessian(wide, uniform).entries(), singles.sumHessian(points, uniform).entries(), far);
            assertArrayEquals(doubles.gaussNewton(wide, uniform).entries(), singles.gaussNewton(points, uniform).entries(), 10 * far);
            assertArrayEquals(
                    doubles.weightedGaussNewton(wide, widened(weights), uniform).entries(),
                    singles.weightedGaussNewton(points, weights, uniform).entries(), 30 * far);
        }
        // What is summed are floats, and their sum is one of doubles: it has more digits than a float.
        Batch identity = Batch.of(Differentiable.of(1, x -> x[0])).withPrecision(Precision.SINGLE);
        float[] column = new float[10_000];
        Arrays.fill(column, 1 + 0x1p-20f);
        assertEquals(10_000 * (1 + 0x1p-20), identity.sum(Points.ofColumns(column))[0]);
    }

    @Test
    void resultsDoNotDependOnTheNumberOfThreads() {
        var random = new SplittableRandom(5);
        Points points = Points.of(30_000, 3, Precision.SINGLE);
        for (int p = 0; p < points.size(); p++) {
            for (int j = 0; j < 3; j++) {
                points.set(p, j, random.nextDouble(-1, 1));
            }
        }
        DifferentiableVector f = Differentiable.vector(4, 2, x -> new Scalar[] {
            x[0].isGreaterThan(0.25) ? x[0].times(x[1]).plus(x[3]) : x[1].times(x[3]), x[2].times(x[2]).plus(x[3].times(x[0]))});
        for (Engine engine : List.of(new TileInterpreter(), FusedEngine.fast())) {
            Batch batch = Batch.of(f).withEngine(engine).withUniform(3).withRespectTo(0, 3).withPrecision(Precision.SINGLE);
            double[] sum = batch.withThreads(1).sum(points, 0.3);
            GaussNewton products = batch.withThreads(1).gaussNewton(points, 0.3);
            double[] rows = batch.withThreads(1).jacobian(points, 0.3).table().rows();
            for (int threads : new int[] {2, 3, 7}) {
                Batch other = batch.withThreads(threads);
                assertArrayEquals(sum, other.sum(points, 0.3));
                assertArrayEquals(products.entries(), other.gaussNewton(points, 0.3).entries());
                assertArrayEquals(rows, other.jacobian(points, 0.3).table().rows());
            }
        }
    }

    /** Points on the other path, points in doubt, and points at which derivatives are no numbers by plain products. */
    @Test
    void pointsThatGoAnotherWayAreRight() {
        Differentiable f = Differentiable.of(2, x -> {
            Scalar square = x[0].times(x[0]).plus(x[1].times(x[1]));
            return square.isGreaterThan(1) ? square.times(2) : sqrt(square).times(x[1]);
        });
        var random = new SplittableRandom(6);
        float[][] rows = new float[SIZE][];
        for (int p = 0; p < SIZE; p++) {
            double angle = random.nextDouble(6);
            // On the circle up to rounding, far inside, far outside, or at the origin.
            double radius = switch (p % 4) {
                case 0 -> 1;
                case 1 -> 0.5;
                case 2 -> p % 3 == 0 ? 0 : 0.25;
                default -> 3;
            };
            rows[p] = new float[] {(float) (radius * Math.cos(angle)), (float) (radius * Math.sin(angle))};
        }
        Points points = Points.ofRows(rows);
        for (Engine engine : ENGINES) {
            Gradients g = Batch.of(f).withEngine(engine).withPrecision(Precision.SINGLE).gradient(points);
            for (int p = 0; p < SIZE; p++) {
                double[] x = points.point(p);
                double[] gradient = f.gradient(x).gradient();
                // Fewer than 10 roundings, of numbers of at most 36.
                double apart = 10 * 36 * 0x1p-24;
                assertEquals(f.value(x), g.value(p), apart, engine.description());
                assertEquals(gradient[0], g.get(p, 0), apart);
                assertEquals(gradient[1], g.get(p, 1), apart);
            }
        }
    }

    @Test
    void precisionsOfPointsAndBatchesMayDiffer() {
        Points single = Points.ofRows(rows(7, 4));
        Points wide = widened(single);
        for (Engine engine : List.of(Engines.reproducible(), FusedEngine.fast())) {
            Batch doubles = Batch.of(SMOOTH).withEngine(engine);
            Batch singles = doubles.withPrecision(Precision.SINGLE);
            double[] expected = singles.jacobian(single).table().rows();
            assertArrayEquals(expected, singles.jacobian(wide).table().rows());
            assertArrayEquals(doubles.jacobian(wide).table().rows(), doubles.jacobian(single).table().rows());
            assertArrayEquals(
                    singles.jvp(single, Points.ofRows(rows(8, 4))).table().rows(),
                    singles.jvp(wide, widened(Points.ofRows(rows(8, 4)))).table().rows());
        }
        Points third = Points.ofColumns(new double[] {1 / 3.0});
        assertEquals((float) (1 / 3.0), Batch.of(Differentiable.of(1, x -> x[0])).withPrecision(Precision.SINGLE).values(third).get(0, 0));
    }

    @Test
    void reproducibleResultsAreRoundedOnce() {
        Points points = Points.ofRows(rows(9, 4));
        double[] exact = Batch.of(SMOOTH).reproducible().jacobian(widened(points)).table().rows();
        double[] rounded = Batch.of(SMOOTH).withPrecision(Precision.SINGLE).reproducible().jacobian(points).table().rows();
        for (int i = 0; i < exact.length; i++) {
            assertEquals((float) exact[i], rounded[i]);
        }
    }

    @Test
    void edgesOfTheRange() {
        Differentiable f = Differentiable.of(1, x -> x[0].times(x[0]));
        Batch batch = Batch.of(f).withEngine(FusedEngine.fast()).withPrecision(Precision.SINGLE);
        Gradients g = batch.gradient(Points.ofColumns(new float[] {0x1p100f, 0x1p-100f, -0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE}));
        assertEquals(Double.POSITIVE_INFINITY, g.value(0));
        assertEquals(0x1p101, g.get(0, 0));
        assertEquals(0, g.value(1));
        assertEquals(0x1p-99, g.get(1, 0));
        assertEquals(0.0, g.value(2));
        assertEquals(-0.0, g.get(2, 0));
        assertTrue(Double.isNaN(g.value(3)));
        assertEquals(Double.POSITIVE_INFINITY, g.value(4));
        assertEquals(2 * Float.MIN_VALUE, g.get(5, 0));
        // As in double precision at 2⁵⁰⁰, what is divided by a number that is too large becomes zero.
        Differentiable h = Differentiable.of(1, x -> x[0].div(x[0].times(x[0]).plus(1)));
        Points large = Points.ofColumns(new float[] {0x1p80f});
        assertEquals(0, Batch.of(h).withEngine(FusedEngine.fast()).withPrecision(Precision.SINGLE).values(large).get(0, 0), 0x1p-79);
        // A derivative that overflows to no number is computed again in double precision: e¹⁰⁰/e¹⁰⁰.
        Differentiable same = Differentiable.of(1, x -> log(exp(x[0])));
        Gradients again = Batch.of(same).withEngine(FusedEngine.fast()).withPrecision(Precision.SINGLE)
                .gradient(Points.ofColumns(new float[] {100}));
        assertEquals(100, again.value(0));
        assertEquals(1, again.get(0, 0));
    }

    @Test
    void hotCallsAllocateNothingThatGrowsWithThePoints() {
        double[] parameter = {0.4};
        double[] sums = new double[1];
        double[] gradient = new double[1];
        Differentiable f = Differentiable.of(3, x -> x[2].isGreaterThan(-5)
                ? exp(x[0].times(x[2])).plus(sin(x[1]).div(x[0].plus(3)))
                : x[0]);
        Batch batch = Batch.of(f).withUniform(2).withThreads(1).withEngine(new TileInterpreter()).withPrecision(Precision.SINGLE);
        for (int size : new int[] {300, 10_000}) {
            for (Precision stored : Precision.values()) {
                Points points = Points.of(size, 2, stored);
                var table = new Table();
                for (Runnable call : List.<Runnable>of(
                        () -> batch.gradientInto(points, table, parameter), () -> batch.sumInto(points, sums, parameter),
                        () -> batch.sumGradientInto(points, gradient, parameter))) {
                    long bytes = Allocation.least(256, call);
                    assertTrue(bytes <= 256, "a call with " + size + " points allocates " + bytes + " bytes");
                }
            }
        }
    }

    @Test
    void pointsOfFloatsHoldWhatTheyAreGiven() {
        float[][] rows = rows(10, 3);
        float[] flat = new float[SIZE * 3];
        float[][] columns = new float[3][SIZE];
        for (int p = 0; p < SIZE; p++) {
            for (int j = 0; j < 3; j++) {
                flat[3 * p + j] = rows[p][j];
                columns[j][p] = rows[p][j];
            }
        }
        List<Points> all = new ArrayList<>(List.of(Points.ofRows(rows), Points.ofRows(flat, 3), Points.ofColumns(columns)));
        for (Points points : all) {
            assertEquals(Precision.SINGLE, points.precision());
            assertEquals(SIZE, points.size());
            for (int p = 0; p < SIZE; p++) {
                for (int j = 0; j < 3; j++) {
                    assertEquals(rows[p][j], points.get(p, j));
                }
            }
        }
        Points points = all.getFirst();
        points.set(5, 1, 0.1);
        assertEquals(0.1f, points.get(5, 1));
        Table table = Batch.of(Differentiable.vector(3, 2, x -> new Scalar[] {x[1], x[0]}))
                .withPrecision(Precision.SINGLE).jacobian(points).table();
        float[] column = new float[SIZE];
        table.columnInto(1, column);
        assertArrayEquals(columns[0], column);
        table.columnInto(2, column);
        assertArrayEquals(new float[SIZE], column, "∂x₁/∂x₀ is zero by structure");
        double[] doubles = table.column(1);
        assertEquals(columns[0][77], doubles[77]);
    }

    @Test
    void messagesNameTheArgument() {
        assertEquals("rows[1] must have 2 entries, but has 1",
                assertThrows(IllegalArgumentException.class, () -> Points.ofRows(new float[][] {{1, 2}, {3}})).getMessage());
        assertEquals("rows must have a multiple of 2 entries, but has 3",
                assertThrows(IllegalArgumentException.class, () -> Points.ofRows(new float[3], 2)).getMessage());
        assertEquals("columns[1] must have 2 entries, but has 1",
                assertThrows(IllegalArgumentException.class, () -> Points.ofColumns(new float[2], new float[1])).getMessage());
        assertEquals("precision", assertThrows(NullPointerException.class, () -> Points.of(1, 1, nothing())).getMessage());
        Batch batch = Batch.of(LOSS);
        assertEquals("precision", assertThrows(NullPointerException.class, () -> batch.withPrecision(nothing())).getMessage());
        assertTrue(batch.withPrecision(Precision.SINGLE).description().contains("; single precision; "));
        assertEquals(Precision.SINGLE, batch.withPrecision(Precision.SINGLE).withThreads(1).precision());
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }
}
