package org.wengert.core.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.sqrt;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.Gradient;
import org.wengert.core.scalar.Scalar;

/** Points that take another path, calls that are stopped or shared, and wrong arguments. */
class BatchPathsTest {

    /** Halves x until it is below 1: as many paths as there are counts. */
    private static Scalar halvings(Scalar[] x) {
        Scalar y = x[0].times(x[1]);
        double count = 0;
        while (y.isAtLeast(1)) {
            y = y.times(0.5);
            count++;
        }
        return y.plus(count);
    }

    @Test
    void pointsOfManyPathsGetTheirOwnDerivatives() {
        Differentiable f = Differentiable.of(2, BatchPathsTest::halvings);
        var random = new SplittableRandom(1);
        int count = 20_000;
        double[][] x = new double[count][];
        Arrays.setAll(x, p -> new double[] {Math.scalb(1 + random.nextDouble(), random.nextInt(-1, 9)), 1 + random.nextDouble()});
        Points points = Points.ofRows(x);
        Gradients g = Batch.of(f).gradient(points);
        double sum = 0;
        double[] gradient = new double[2];
        for (int p = 0; p < count; p++) {
            Gradient e = f.gradient(x[p]);
            assertEquals(e.value(), g.value(p));
            assertEquals(e.gradient()[0], g.get(p, 0));
            assertEquals(e.gradient()[1], g.get(p, 1));
            sum += e.value();
            gradient[0] += e.gradient()[0];
            gradient[1] += e.gradient()[1];
        }
        Gradient s = Batch.of(f).withRespectTo(0, 1).sumGradient(points);
        assertEquals(sum, s.value(), 1e-11 * sum);
        assertArrayEquals(gradient, s.gradient(), 1e-9);
    }

    @Test
    void aFunctionThatReadsValuesIsRightAllTheSame() {
        Differentiable f = Differentiable.of(1, x -> x[0].times(Math.floor(x[0].value())));
        double[] x = new SplittableRandom(2).doubles(3000, 0, 5).toArray();
        Gradients g = Batch.of(f).gradient(Points.ofColumns(x));
        for (int p = 0; p < x.length; p++) {
            assertEquals(x[p] * Math.floor(x[p]), g.value(p));
            assertEquals(Math.floor(x[p]), g.get(p, 0));
        }
    }

    /** On the first path the derivative by x₁ is zero by structure and is not stored; on the other it is not. */
    @Test
    void aDerivativeThatIsZeroOnOnePathOnlyIsThereOnTheOther() {
        Differentiable f = Differentiable.of(2, x -> x[0].isLessThan(0) ? x[0].times(x[1]) : x[0].times(x[0]));
        double[][] x = new double[1000][];
        Arrays.setAll(x, p -> new double[] {p % 10 == 7 ? -1 - p : p, 3});
        Batch batch = Batch.of(Differentiable.vector(2, 1, y -> new Scalar[] {f.value(y)}));
        var table = new Table();
        Jacobians j = batch.jacobianInto(Points.ofRows(x), table);
        for (int p = 0; p < 1000; p++) {
            assertEquals(p % 10 == 7 ? 3 : 2.0 * p, j.get(p, 0, 0));
            assertEquals(p % 10 == 7 ? -1.0 - p : 0, j.get(p, 0, 1));
        }
        assertEquals(-8, table.column(2)[7]);
        batch.jacobianInto(Points.ofRows(Arrays.copyOf(x, 7)), table);
        assertArrayEquals(new double[7], table.column(2));
    }

    /** By plain products 0 · Inf would be NaN; a zero tangent stays zero. */
    @Test
    void aDerivativeThatIsNoNumberByPlainProductsComesFromTheEagerNumbers() {
        Differentiable f = Differentiable.of(2, x -> sqrt(x[0]).times(x[1]));
        double[][] x = new double[500][];
        Arrays.setAll(x, p -> new double[] {p % 3 == 0 ? 0 : p, 2});
        Tangents t = Batch.of(f).jvp(Points.ofRows(x), new double[] {0, 1});
        for (int p = 0; p < x.length; p++) {
            assertEquals(Math.sqrt(x[p][0]), t.get(p, 0));
        }
    }

    /** Few in each tile, of two kinds: gathered from many tiles, each is computed in its way, in sums too. */
    @Test
    void scatteredPointsOfBothKindsAreComputedTogether() {
        Differentiable f = Differentiable.of(2, x -> x[0].isLessThan(0) ? x[0].times(x[1]) : sqrt(x[0]).times(x[1]));
        double[][] x = new double[20_000][];
        Arrays.setAll(x, p -> new double[] {p % 97 == 3 ? 0 : p % 31 == 5 ? -1 - p : p, 2 + p % 3});
        Points points = Points.ofRows(x);
        Tangents t = Batch.of(f).jvp(points, new double[] {0, 1});
        Gradients g = Batch.of(f).withRespectTo(1).gradient(points);
        double sum = 0;
        for (int p = 0; p < x.length; p++) {
            double expected = x[p][0] < 0 ? x[p][0] : Math.sqrt(x[p][0]);
            assertEquals(expected * x[p][1], t.value(p, 0));
            assertEquals(expected, t.get(p, 0));
            assertEquals(expected, g.get(p, 0));
            sum += expected;
        }
        double[] summed = Batch.of(f).withRespectTo(1).sumGradient(points).gradient();
        assertEquals(sum, summed[0], 1e-12 * Math.abs(sum));
        assertArrayEquals(summed, Batch.of(f).withThreads(1).withRespectTo(1).sumGradient(points).gradient());
    }

    @Test
    void inputsAreTakenInTheOrderInWhichTheyAreNamed() {
        Differentiable f = Differentiable.of(3, x -> x[0].times(2).plus(x[1].times(x[2])));
        Batch batch = Batch.of(f).withUniform(1).withRespectTo(2, 0);
        assertEquals(2, batch.varying());
        Gradients g = batch.gradient(Points.ofRows(new double[][] {{1, 10}, {2, 20}}), 7);
        assertEquals(2 + 70, g.value(0));
        assertEquals(7, g.get(1, 0));
        assertEquals(2, g.get(1, 1));
    }

    @Test
    void noPointsGiveEmptyResultsAndSumsOfZero() {
        Batch batch = Batch.of(Differentiable.of(2, x -> exp(x[0]).times(x[1]))).withUniform(0);
        Points none = Points.of(0, 1);
        assertEquals(0, batch.values(none, 1).size());
        assertArrayEquals(new double[1], batch.sum(none, 1));
        assertArrayEquals(new double[1], batch.gaussNewton(none, 1).entries());
    }

    @Test
    void aBatchCanBeStopped() {
        Batch batch = Batch.of(Differentiable.of(1, x -> exp(x[0])));
        Points points = Points.of(200_000, 1);
        for (int threads : new int[] {1, 3}) {
            var asked = new AtomicInteger();
            Batch stopped = batch.withThreads(threads).withCancellation(() -> asked.incrementAndGet() > 5);
            assertThrows(CancellationException.class, () -> stopped.values(points));
            assertTrue(asked.get() < 20, "asked " + asked + " times");
            Thread.currentThread().interrupt();
            assertThrows(CancellationException.class, () -> batch.withThreads(threads).values(points));
            assertTrue(Thread.interrupted());
        }
        assertEquals(200_000, batch.sum(points)[0]);
    }

    @Test
    void progressGoesUpToTheNumberOfPoints() {
        for (int threads : new int[] {1, 3}) {
            List<Long> seen = new ArrayList<>();
            Batch.of(Differentiable.of(1, x -> exp(x[0]))).withThreads(threads)
                    .withProgress((done, all) -> {
                        assertEquals(20_001, all);
                        seen.add(done);
                    })
                    .values(Points.of(20_001, 1));
            assertEquals(5, seen.size());
            assertEquals(20_001, seen.getLast());
            assertEquals(seen.stream().sorted().toList(), seen);
        }
    }

    @Test
    void whatTheFunctionThrowsReachesTheCaller() {
        Batch batch = Batch.of(Differentiable.of(1, x -> {
            if (x[0].isGreaterThan(10_000)) {
                throw new ArithmeticException("too large");
            }
            return x[0];
        }));
        double[] x = new double[30_000];
        Arrays.setAll(x, i -> i < 25_000 ? i % 100 : 20_000);
        for (int threads : new int[] {1, 2}) {
            assertEquals("too large", assertThrows(ArithmeticException.class,
                    () -> batch.withThreads(threads).values(Points.ofColumns(x))).getMessage());
        }
    }

    @Test
    void aBatchMayBeSharedByThreads() throws InterruptedException, ExecutionException {
        Differentiable f = Differentiable.of(2, BatchPathsTest::halvings);
        Batch batch = Batch.of(f).withThreads(2);
        try (var pool = Executors.newFixedThreadPool(6)) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int t = 0; t < 6; t++) {
                int seed = t;
                results.add(pool.submit(() -> {
                    var random = new SplittableRandom(seed);
                    boolean right = true;
                    for (int round = 0; round < 15; round++) {
                        double[][] x = new double[random.nextInt(1, 9000)][];
                        Arrays.setAll(x, p -> new double[] {40 * random.nextDouble(), 1 + random.nextDouble()});
                        Gradients g = batch.gradient(Points.ofRows(x));
                        for (int p = 0; p < x.length; p += 37) {
                            Gradient e = f.gradient(x[p]);
                            right &= e.value() == g.value(p) && e.gradient()[1] == g.get(p, 1);
                        }
                    }
                    return right;
                }));
            }
            for (Future<Boolean> result : results) {
                assertTrue(result.get());
            }
        }
    }

    @Test
    void wrongArgumentsAreNamed() {
        Batch batch = Batch.of(Differentiable.vector(3, 2, x -> new Scalar[] {x[0], x[1].times(x[2])}));
        Points points = Points.of(4, 3);
        assertMessage("points must have 3 columns, but has 2", () -> batch.values(Points.of(4, 2)));
        assertMessage("uniform must have 0 entries, but has 1", () -> batch.values(points, 1));
        assertMessage("a gradient needs a function of 1 output, but it has 2", () -> batch.gradient(points));
        assertMessage("direction must have 3 entries, but has 1", () -> batch.jvp(points, new double[1]));
        assertMessage("directions must be of 4 points, but are of 5", () -> batch.jvp(points, Points.of(5, 3)));
        assertMessage("weights must have 2 columns, but has 3", () -> batch.vjp(points, points));
        assertMessage("inputs must be from 0 to 2, but one was 3", () -> batch.withUniform(3));
        assertMessage("inputs must name each input once, but names 1 twice", () -> batch.withRespectTo(1, 1));
        assertMessage("threads must be at least 1, but was 0", () -> batch.withThreads(0));
        assertMessage("a Gauss-Newton matrix of a sum over points is taken by inputs that have one value for all points, but there are none: "
                + "name them by withUniform, or name others by withRespectTo", () -> batch.gaussNewton(points));
        assertMessage("rows[1] must have 2 entries, but has 1", () -> Points.ofRows(new double[][] {{1, 2}, {3}}));
        assertMessage("rows must have a multiple of 2 entries, but has 3", () -> Points.ofRows(new double[3], 2));
        assertMessage("columns[1] must have 2 entries, but has 3", () -> Points.ofColumns(new double[2], new double[3]));
    }

    private static void assertMessage(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void pointsAreCopiedFromRowsColumnsAndMemory() {
        double[][] rows = {{1, 2}, {3, 4}, {5, 6}};
        Points points = Points.ofRows(rows);
        rows[0][0] = 9;
        try (Arena arena = Arena.ofConfined()) {
            var memory = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 1, 2, 3, 4, 5, 6);
            for (Points same : List.of(points, Points.ofRows(new double[] {1, 2, 3, 4, 5, 6}, 2),
                    Points.ofColumns(new double[] {1, 3, 5}, new double[] {2, 4, 6}), Points.ofRows(memory, 2))) {
                assertEquals(3, same.size());
                assertArrayEquals(new double[] {1, 2}, same.point(0));
                assertArrayEquals(new double[] {5, 6}, same.point(2));
                assertEquals(4, same.get(1, 1));
            }
        }
        points.set(1, 1, 7);
        assertEquals(7, points.get(1, 1));
    }

    @Test
    void aTableHasRowsAndColumns() {
        Batch batch = Batch.of(Differentiable.vector(1, 2, x -> new Scalar[] {x[0].times(2), x[0].times(x[0])}));
        Table t = batch.values(Points.ofColumns(new double[] {1, 2, 3})).table();
        assertArrayEquals(new double[] {2, 4, 6}, t.column(0));
        assertArrayEquals(new double[] {6, 9}, t.row(2));
        assertArrayEquals(new double[] {2, 1, 4, 4, 6, 9}, t.rows());
        assertEquals(3, t.size());
        assertEquals(2, t.columns());
    }
}
