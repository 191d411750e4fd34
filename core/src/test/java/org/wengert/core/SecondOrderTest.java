package org.wengert.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.log;
import static org.wengert.core.scalar.ScalarMath.minus;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.sqrt;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.core.scalar.Scalar;

/** Second derivatives against closed forms, and the zeros and infinities in them. */
class SecondOrderTest {

    private static final double INF = Double.POSITIVE_INFINITY;

    private static final Differentiable ROSENBROCK = Differentiable.of(3, x -> {
        Scalar sum = Scalar.of(0);
        for (int i = 0; i + 1 < x.length; i++) {
            Scalar a = minus(1, x[i]);
            Scalar b = x[i + 1].minus(x[i].times(x[i]));
            sum = sum.plus(a.times(a)).plus(b.times(b).times(100));
        }
        return sum;
    });

    @Test
    void rosenbrocksGradientAndHessian() {
        Hessian h = ROSENBROCK.hessian(0.1, 0.2, 0.3);
        double[] gradient = {
            -400 * 0.1 * (0.2 - 0.01) - 2 * 0.9,
            200 * (0.2 - 0.01) - 400 * 0.2 * (0.3 - 0.04) - 2 * 0.8,
            200 * (0.3 - 0.04)
        };
        assertArrayEquals(gradient, h.gradient(), 1e-13);
        double[] entries = {
            1200 * 0.01 - 400 * 0.2 + 2, -40, 0,
            -40, 200 + 1200 * 0.04 - 400 * 0.3 + 2, -80,
            0, -80, 200
        };
        assertArrayEquals(entries, h.entries(), 1e-13);
    }

    @Test
    void fikesFunction() {
        // eˣ / √(sin³x + cos³x), the example of the paper on hyper-dual numbers.
        var f = Differentiable.of(1, x -> {
            Scalar s = sin(x[0]);
            Scalar c = cos(x[0]);
            Scalar u = s.times(s).times(s).plus(c.times(c).times(c));
            return exp(x[0]).div(sqrt(u));
        });
        double[] x = {1.5};
        double[] one = {1};
        Along along = f.along(x, one);
        assertEquals(4.497780053946162, along.value(), 4e-15);
        assertEquals(4.053427893898621, along.first(), 4e-14);
        assertEquals(9.463073681596601, along.second(), 2e-13);
        assertEquals(along.second(), f.hessian(x).get(0, 0));
    }

    @Test
    void aSumOfSquaresHasTwiceTheIdentityAsHessianInEverySize() {
        for (int n : new int[] {1, 2, 4, 5, 8, 9, 16, 17, 33}) {
            var f = Differentiable.of(n, x -> {
                Scalar sum = x[0].times(x[0]);
                for (int i = 1; i < x.length; i++) {
                    sum = sum.plus(x[i].times(x[i]));
                }
                return sum;
            });
            double[] x = IntStream.range(0, n).mapToDouble(i -> i - 3).toArray();
            Hessian h = f.hessian(x);
            for (int i = 0; i < n; i++) {
                assertEquals(2 * x[i], h.gradient()[i]);
                for (int j = 0; j < n; j++) {
                    assertEquals(i == j ? 2 : 0, h.get(i, j));
                }
            }
            double[] v = IntStream.range(0, n).mapToDouble(i -> 1 + i % 2).toArray();
            assertArrayEquals(java.util.Arrays.stream(v).map(t -> 2 * t).toArray(), f.hvp(x, v).product());
        }
    }

    @Test
    void theSecondDerivativesOfAQuotientAtTheEndsOfTheRange() {
        var quotient = Differentiable.of(2, x -> x[0].div(x[1]));
        Hessian small = quotient.hessian(1e-200, 1e-200);
        assertArrayEquals(new double[] {1e200, -1e200}, small.gradient());
        assertArrayEquals(new double[] {0, -INF, -INF, INF}, small.entries());
        Hessian large = quotient.hessian(1e200, 1e200);
        assertArrayEquals(new double[] {1e-200, -1e-200}, large.gradient());
        assertArrayEquals(new double[] {0, 0, 0, 0}, large.entries());
        Hessian plain = quotient.hessian(1, 3);
        assertEquals(-1 / 9.0, plain.get(0, 1), 2e-17);
        assertEquals(2 / 27.0, plain.get(1, 1), 2e-17);
    }

    @Test
    void aValueThatUnderflowsHasRightDerivatives() {
        var square = Differentiable.of(1, x -> x[0].times(x[0]));
        Hessian h = square.hessian(1e-200);
        assertEquals(0, h.value());
        assertEquals(2e-200, h.gradient()[0]);
        assertEquals(2, h.get(0, 0));
        assertEquals(0.5, Differentiable.of(1, x -> x[0].times(0.5)).gradient(Double.MIN_VALUE).gradient()[0]);
        assertEquals(0, Differentiable.of(1, x -> x[0].minus(x[0])).hessian(3).get(0, 0));
    }

    @Test
    void aConstantZeroTimesAnOverflowIsNaNInValueAndDerivatives() {
        // Zero tangents absorb; the primal is never repaired.
        var f = Differentiable.of(1, x -> exp(x[0]).times(0));
        Hessian h = f.hessian(710);
        assertEquals(Double.NaN, h.value());
        assertEquals(Double.NaN, h.gradient()[0]);
        assertEquals(Double.NaN, h.get(0, 0));
    }

    @Test
    void zeroTangentsAbsorbInfinitePartials() {
        var f = Differentiable.of(2, x -> x[0].times(exp(x[1].unaryMinus())));
        Gradient g = f.gradient(1, -1000);
        assertEquals(INF, g.value());
        assertArrayEquals(new double[] {INF, -INF}, g.gradient());

        var k = Differentiable.of(2, x -> log(x[0].times(0).plus(x[1])));
        Gradient j = k.gradient(1, 0);
        assertEquals(-INF, j.value());
        assertArrayEquals(new double[] {0, INF}, j.gradient());
        Hessian h = k.hessian(1, 0);
        assertArrayEquals(new double[] {0, 0, 0, -INF}, h.entries());
    }

    @Test
    void aValueOfNaNHasNaNSecondDerivativesInActiveDirectionsOnly() {
        var f = Differentiable.of(3, x -> log(x[0].times(x[1])).plus(x[2].times(x[2])));
        Hessian h = f.hessian(-1, 1, 3);
        assertEquals(Double.NaN, h.value());
        for (int i = 0; i < 3; i++) {
            assertEquals(Double.NaN, h.gradient()[i]);
            for (int j = 0; j < 3; j++) {
                assertEquals(Double.NaN, h.get(i, j));
            }
        }
        double[] still = {0, 0, 0};
        Hvp hvp = f.hvp(new double[] {-1, 1, 3}, still);
        assertArrayEquals(still, hvp.product());
        assertEquals(0, f.jvp(new double[] {-1, 1, 3}, still).tangent());
    }

    @Test
    void argumentsAreCheckedByName() {
        double[] x = {1, 2, 3};
        double[] v = {1, Double.NaN, 0};
        assertMessage("direction must not hold NaN, but entry 1 is NaN", () -> ROSENBROCK.hvp(x, v));
        assertMessage("directions[1] must have 3 entries, but has 2",
                () -> ROSENBROCK.hvps(x, new double[][] {{1, 2, 3}, {1, 2}}));
        assertMessage("directions must have at least 1 row, but has none", () -> ROSENBROCK.jvps(x, new double[0][]));
        assertMessage("products must have 1 rows, but has 2",
                () -> ROSENBROCK.hvpsInto(x, new double[][] {x}, new double[3], new double[2][3]));
        assertMessage("gradient must not be the array of another argument", () -> ROSENBROCK.gradientInto(x, x));
        assertMessage("product must not be the array of another argument", () -> {
            double[] result = new double[3];
            ROSENBROCK.hvpInto(x, new double[3], result, result);
        });
        assertMessage("entries must have 9 entries, but has 6",
                () -> ROSENBROCK.hessianInto(x, new double[3], new double[6]));
        assertMessage("lanes must be 1, 4 or 8, but was 3", () -> ROSENBROCK.withLanes(3));
        assertMessage("inputs must be at least 1, but was 0", () -> Differentiable.of(0, y -> y[0]));
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable call) {
        assertEquals(expected, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    @SuppressWarnings("NullAway") // what happens when it is null all the same
    void nullsAreNamed() {
        var e = assertThrows(NullPointerException.class, () -> ROSENBROCK.hvp(new double[3], null));
        assertEquals("direction", e.getMessage());
        var f = Differentiable.of(1, x -> null);
        assertEquals("result of the function",
                assertThrows(NullPointerException.class, () -> f.gradient(1)).getMessage());
    }
}
