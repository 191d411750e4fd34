package org.wengert.core.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.minus;
import static org.wengert.core.scalar.ScalarMath.sqrt;
import static org.wengert.core.scalar.ScalarMath.square;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.Hessian;
import org.wengert.core.Hvp;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Pattern;

/** Sums of elements are the sums that loops over the elements compute. */
class ElementSumTest {

    /** A sum stated outright and the same as a loop. */
    private record Pair(ElementSum sum, Differentiable loop) {

        void assertAgreeAt(double[] x, double[] v) {
            int n = x.length;
            Hvp expected = loop.hvp(x, v);
            double size = 1;
            for (double p : expected.product()) {
                size = Math.max(size, Math.abs(p));
            }
            for (double p : expected.gradient()) {
                size = Math.max(size, Math.abs(p));
            }
            double tolerance = 1e-13 * size;
            double[] gradient = new double[n];
            double[] product = new double[n];
            assertEquals(expected.value(), sum.value(x), 1e-12 * Math.abs(expected.value()));
            assertEquals(expected.value(), sum.gradient(x, gradient), 1e-12 * Math.abs(expected.value()));
            assertArrayEquals(expected.gradient(), gradient, tolerance);
            sum.hvp(x, v, gradient, product);
            assertArrayEquals(expected.gradient(), gradient, tolerance);
            assertArrayEquals(expected.product(), product, tolerance);
            Pattern pattern = sum.hessianPattern();
            double[] entries = new double[pattern.size()];
            sum.hessian(x, gradient, entries);
            assertArrayEquals(expected.gradient(), gradient, tolerance);
            Hessian hessian = loop.hessian(x);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    int at = pattern.find(i, j);
                    assertEquals(hessian.get(i, j), at < 0 ? 0 : entries[at], tolerance, i + ", " + j);
                }
            }
        }
    }

    private static double[] numbers(int n, long seed) {
        return new SplittableRandom(seed).doubles(n, -1, 1.5).toArray();
    }

    @Test
    void aChainOfElementsIsTheLoopOverThem() {
        int n = 90;
        var sum = ElementSum.over(n - 1, n, e -> new int[] {e, e + 1}, (x, data) ->
                square(x[1].minus(square(x[0]))).times(100).plus(square(minus(1, x[0]))));
        var loop = Differentiable.of(n, x -> {
            Scalar f = Scalar.of(0);
            for (int i = 0; i + 1 < n; i++) {
                f = f.plus(square(x[i + 1].minus(square(x[i]))).times(100).plus(square(minus(1, x[i]))));
            }
            return f;
        });
        new Pair(sum, loop).assertAgreeAt(numbers(n, 1), numbers(n, 2));
    }

    @Test
    void elementsMayTakeVariablesInAnyOrderTheSameOneTwiceAndDataOfTheirOwn() {
        int n = 30;
        int elements = 700;
        var random = new SplittableRandom(5);
        int[][] indices = new int[3][elements];
        double[][] data = new double[2][elements];
        for (int e = 0; e < elements; e++) {
            for (int[] column : indices) {
                column[e] = random.nextInt(n);
            }
            data[0][e] = random.nextDouble();
            data[1][e] = random.nextDouble();
        }
        ElementSum.Element element = (x, d) ->
                square(exp(x[0].times(d[0])).minus(x[1].times(x[2]))).times(d[1]).plus(sqrt(x[2].times(x[2]).plus(1)));
        var loop = Differentiable.of(n, x -> {
            Scalar f = Scalar.of(0);
            for (int e = 0; e < elements; e++) {
                f = f.plus(element.at(
                        new Scalar[] {x[indices[0][e]], x[indices[1][e]], x[indices[2][e]]},
                        new Scalar[] {Scalar.of(data[0][e]), Scalar.of(data[1][e])}));
            }
            return f;
        });
        new Pair(ElementSum.of(n, indices, data, element), loop).assertAgreeAt(numbers(n, 3), numbers(n, 4));
    }

    @Test
    void elementsOnAnotherPathAreRightToo() {
        int n = 50;
        ElementSum.Element element = (x, d) -> {
            Scalar r = x[0].minus(x[1]);
            return r.isLessThan(0.3) ? r.times(r) : r.times(0.6).minus(0.09);
        };
        var loop = Differentiable.of(n, x -> {
            Scalar f = Scalar.of(0);
            for (int i = 0; i + 1 < n; i++) {
                f = f.plus(element.at(new Scalar[] {x[i], x[i + 1]}, new Scalar[0]));
            }
            return f;
        });
        new Pair(ElementSum.over(n - 1, n, e -> new int[] {e, e + 1}, element), loop)
                .assertAgreeAt(numbers(n, 5), numbers(n, 6));
    }

    @Test
    void manyElementsOnSeveralThreadsGiveTheSameBitsEveryTime() {
        int n = 100_000;
        var sum = ElementSum.over(n - 1, n, e -> new int[] {e, e + 1}, (x, data) -> exp(x[0].times(x[1])));
        double[] x = numbers(n, 7);
        double[] first = new double[n];
        double[] again = new double[n];
        double f = sum.gradient(x, first);
        assertEquals(f, sum.gradient(x, again));
        assertArrayEquals(first, again);
        for (int i : new int[] {0, 1, 500, n - 1}) {
            double expected = (i > 0 ? x[i - 1] * Math.exp(x[i - 1] * x[i]) : 0)
                    + (i + 1 < n ? x[i + 1] * Math.exp(x[i] * x[i + 1]) : 0);
            assertEquals(expected, first[i], 1e-14 * (1 + Math.abs(expected)));
        }
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertEquals("indices[0][1] must be 0 to 4, but is 5", assertThrows(IllegalArgumentException.class, () ->
                ElementSum.over(2, 5, e -> new int[] {4 + e}, (x, data) -> x[0])).getMessage());
        assertEquals("indices must be 1 for each element, as for element 0, but are 2 for 1",
                assertThrows(IllegalArgumentException.class, () ->
                        ElementSum.over(2, 5, e -> new int[1 + e], (x, data) -> x[0])).getMessage());
        assertEquals("elements must be at least 1, but was 0", assertThrows(IllegalArgumentException.class, () ->
                ElementSum.over(0, 5, e -> new int[1], (x, data) -> x[0])).getMessage());
        var sum = ElementSum.over(2, 5, e -> new int[] {e}, (x, data) -> x[0]);
        assertThrows(IllegalArgumentException.class, () -> sum.value(new double[4]));
    }
}
