package org.wengert.core.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Hessian;
import org.wengert.core.Jacobian;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.RandomExpression;

/** Functions compiled for one point at a time against the eager numbers. */
class CompiledFunctionTest {

    private static final int N = 4;

    private static void close(double[] expected, double[] actual) {
        double scale = 1;
        for (double e : expected) {
            scale = Double.isFinite(e) ? Math.max(scale, Math.abs(e)) : scale;
        }
        for (int i = 0; i < expected.length; i++) {
            if (Double.isFinite(expected[i]) && Double.isFinite(actual[i])) {
                assertEquals(expected[i], actual[i], 1e-8 * scale);
            }
        }
    }

    @Property(tries = 150, seed = "42")
    void everyOperatorAgreesWithTheEagerNumbers(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int steps, @ForAll @IntRange(min = 1, max = 3) int m) {
        var random = new SplittableRandom(seed);
        var expression = new RandomExpression(seed, ElementaryTable.rows(), N, steps, m);
        DifferentiableVector f = Differentiable.vector(N, m, expression::apply);
        CompiledFunction compiled = CompiledFunction.of(f);
        double[] value = new double[m];
        double[] entries = new double[m * N];
        double[] tangent = new double[m];
        double[] adjoint = new double[N];
        for (int round = 0; round < 8; round++) {
            double[] x = random.doubles(N, -1.5, 1.5).toArray();
            double[] v = random.doubles(N, -1, 1).toArray();
            double[] w = random.doubles(m, -1, 1).toArray();
            Jacobian j = f.jacobian(x);
            compiled.value(x, value);
            assertArrayEquals(j.value(), value);
            compiled.jacobian(x, value, entries);
            assertArrayEquals(j.value(), value);
            close(j.entries(), entries);
            compiled.jvp(x, v, value, tangent);
            close(f.jvp(x, v).tangent(), tangent);
            compiled.vjp(x, w, value, adjoint);
            close(f.vjp(x, w).adjoint(), adjoint);
        }
    }

    @Example
    void secondDerivativesAgreeOnEveryPath() {
        Differentiable f = Differentiable.of(3, x -> x[0].isLessThan(0.3)
                ? x[0].times(x[1])
                : x[0].times(org.wengert.core.scalar.ScalarMath.sin(x[1])).plus(x[2].times(x[2])));
        CompiledFunction compiled = CompiledFunction.of(f);
        var random = new SplittableRandom(1);
        double[] gradient = new double[3];
        double[] product = new double[3];
        double[] entries = new double[9];
        for (int round = 0; round < 200; round++) {
            double[] x = random.doubles(3, -1, 1).toArray();
            double[] v = random.doubles(3, -1, 1).toArray();
            Hessian h = f.hessian(x);
            assertEquals(h.value(), compiled.value(x));
            assertEquals(h.value(), compiled.gradient(x, gradient));
            assertArrayEquals(h.gradient(), gradient, 1e-13);
            assertEquals(h.value(), compiled.hvp(x, v, gradient, product));
            assertArrayEquals(f.hvp(x, v).product(), product, 1e-13);
            assertEquals(h.value(), compiled.hessian(x, gradient, entries));
            assertArrayEquals(h.entries(), entries, 1e-13);
        }
    }

    @Example
    void wrongArgumentsAreNamed() {
        CompiledFunction f = CompiledFunction.of(Differentiable.vector(2, 2, x -> new Scalar[] {x[0], x[1]}));
        assertEquals("x must have 2 entries, but has 1",
                assertThrows(IllegalArgumentException.class, () -> f.value(new double[1], new double[2])).getMessage());
        assertEquals("a gradient needs a function of 1 output, but it has 2",
                assertThrows(IllegalArgumentException.class, () -> f.gradient(new double[2], new double[2])).getMessage());
    }
}
