package org.wengert.core.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.minus;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;

/** Windows share arrays, and write into the room behind them; no number may notice. */
class DualWindowTest {

    /**
     * Sums along loops, several of which go on from the same partial sum, in random order, with factors, gaps and values
     * that are no numbers.
     */
    private static Scalar sums(long seed, Scalar[] x) {
        var random = new Random(seed);
        List<Scalar> all = new ArrayList<>(List.of(x));
        all.add(Real.ONE);
        Scalar total = Real.ZERO;
        for (int k = 0; k < 60; k++) {
            Scalar a = all.get(random.nextInt(all.size()));
            Scalar b = all.get(random.nextInt(all.size()));
            int i = random.nextInt(x.length);
            Scalar c = switch (random.nextInt(12)) {
                case 0 -> a.plus(b);
                case 1 -> a.minus(b);
                case 2 -> a.times(b);
                case 3 -> b.times(0.5 - random.nextDouble()).plus(a);
                case 4 -> sin(a).times(3);
                case 5 -> exp(sin(b)).unaryMinus();
                case 6 -> minus(1, a).times(b.plus(2));
                case 7 -> a.times(a);
                case 8 -> a.div(b.times(b).plus(1));
                case 9 -> a.isLessThan(b) ? sin(a) : b;
                default -> {
                    // A loop that extends a sum; the parts of it live on.
                    Scalar sum = a;
                    for (int j = i; j < x.length; j += 1 + random.nextInt(2)) {
                        sum = sum.plus(random.nextBoolean() ? x[j] : x[j].times(x[j]).times(2));
                        if (random.nextInt(4) == 0) {
                            all.add(sum);
                        }
                    }
                    yield sum;
                }
            };
            all.add(random.nextInt(40) == 0 ? c.times(Double.POSITIVE_INFINITY) : c);
            total = total.plus(sin(c));
        }
        return total;
    }

    private static void assertBits(double[] expected, double[] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(Double.doubleToLongBits(expected[i]), Double.doubleToLongBits(actual[i]), "entry " + i);
        }
    }

    private static double[] point(long seed, int n) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }

    @Property(tries = 300)
    void aWindowHasTheTangentsOfChunks(@ForAll long seed, @ForAll @IntRange(min = 17, max = 70) int n) {
        Differentiable f = Differentiable.of(n, x -> sums(seed, x));
        double[] x = point(seed, n);
        assertBits(f.withLanes(8).gradient(x).gradient(), f.gradient(x).gradient());
    }

    @Test
    void twoSumsMayGoOnFromTheSameOne() {
        var of = new Differentiation("test");
        Scalar[] x = new Scalar[10];
        for (int i = 0; i < x.length; i++) {
            x[i] = Dual.unit(of, i, i);
        }
        Scalar shared = x[0];
        for (int i = 1; i < 8; i++) {
            shared = shared.plus(x[i]);
        }
        Scalar one = shared.plus(x[8].times(5));
        Scalar other = shared.plus(x[8].times(7)).plus(x[9]);
        Scalar third = one.plus(x[9].times(2));
        for (int i = 0; i < 8; i++) {
            assertEquals(1, ((Dual) third).tangent(i));
            assertEquals(1, ((Dual) other).tangent(i));
        }
        assertEquals(0, ((Dual) shared).tangent(8));
        assertEquals(5, ((Dual) one).tangent(8));
        assertEquals(0, ((Dual) one).tangent(9));
        assertEquals(7, ((Dual) other).tangent(8));
        assertEquals(1, ((Dual) other).tangent(9));
        assertEquals(5, ((Dual) third).tangent(8));
        assertEquals(2, ((Dual) third).tangent(9));
        assertEquals(shared, shared.plus(0));
        assertTrue(!shared.equals(one));
        assertEquals(shared.hashCode(), shared.plus(0).hashCode());
    }

    @Test
    void threadsMayGoOnFromTheSameSum() throws Exception {
        var of = new Differentiation("test");
        int n = 40;
        Scalar[] x = new Scalar[n];
        for (int i = 0; i < n; i++) {
            x[i] = Dual.unit(of, i, i);
        }
        for (int round = 0; round < 50; round++) {
            Scalar shared = x[0];
            for (int i = 1; i < 20; i++) {
                shared = shared.plus(x[i]);
            }
            Scalar start = shared;
            try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
                List<Future<Scalar>> sums = new ArrayList<>();
                for (int thread = 0; thread < 4; thread++) {
                    double factor = 2 + thread;
                    Callable<Scalar> work = () -> {
                        Scalar sum = start;
                        for (int i = 20; i < n; i++) {
                            sum = sum.plus(x[i].times(factor));
                        }
                        return sum;
                    };
                    sums.add(pool.submit(work));
                }
                for (int thread = 0; thread < 4; thread++) {
                    Dual sum = (Dual) sums.get(thread).get();
                    for (int i = 0; i < n; i++) {
                        assertEquals(i < 20 ? 1 : 2 + thread, sum.tangent(i));
                    }
                }
            }
        }
    }
}
