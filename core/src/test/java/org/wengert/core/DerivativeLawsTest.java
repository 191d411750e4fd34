package org.wengert.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.wengert.core.scalar.Scalar;

/** Laws that derivatives of any function obey, over random functions. */
class DerivativeLawsTest {

    private static final int STEPS = 12;

    private static Differentiable function(long seed, int n) {
        return Differentiable.of(n, new RandomFunction(seed, n, STEPS)::apply);
    }

    private static DifferentiableVector vector(long seed, int n, int m) {
        return Differentiable.vector(n, m, x -> {
            Scalar[] y = new Scalar[m];
            for (int i = 0; i < m; i++) {
                y[i] = new RandomFunction(seed + 31L * i, n, 4).apply(x);
            }
            return y;
        });
    }

    private static void assertClose(double expected, double actual, String what) {
        assertEquals(expected, actual, 1e-11 * Math.max(1, Math.abs(expected)), what);
    }

    @Property(tries = 300)
    void valuesAreThoseOfPlainDoubleCodeBitForBit(@ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int n) {
        double expected = new RandomFunction(seed, n, STEPS).apply(RandomFunction.point(seed, n));
        double[] x = RandomFunction.point(seed, n);
        double[] v = RandomFunction.directions(seed, 1, n)[0];
        Differentiable f = function(seed, n);
        assertBits(expected, f.value(x));
        assertBits(expected, f.gradient(x).value());
        assertBits(expected, f.jvp(x, v).value());
        assertBits(expected, f.hvp(x, v).value());
        assertBits(expected, f.hessian(x).value());
        assertBits(expected, f.along(x, v).value());
    }

    private static void assertBits(double expected, double actual) {
        assertEquals(Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(actual));
    }

    private static void assertBits(double[] expected, double[] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            assertBits(expected[i], actual[i]);
        }
    }

    @Property(tries = 200)
    void noBitDependsOnTheChunks(@ForAll long seed, @ForAll @IntRange(min = 1, max = 19) int n) {
        double[] x = RandomFunction.point(seed, n);
        double[][] v = RandomFunction.directions(seed, 5, n);
        Differentiable f = function(seed, n);
        DifferentiableVector g = vector(seed, n, 3);
        double[] row = {1, 0, -2};
        for (int lanes : new int[] {1, 4, 8}) {
            Differentiable fixed = f.withLanes(lanes);
            assertBits(f.gradient(x).gradient(), fixed.gradient(x).gradient());
            assertBits(f.jvps(x, v).tangents(), fixed.jvps(x, v).tangents());
            assertBits(f.hvp(x, v[0]).product(), fixed.hvp(x, v[0]).product());
            assertBits(f.hvp(x, v[0]).gradient(), fixed.hvp(x, v[0]).gradient());
            assertBits(f.hessian(x).entries(), fixed.hessian(x).entries());
            assertBits(f.hessian(x).gradient(), fixed.hessian(x).gradient());
            assertBits(g.jacobian(x).entries(), g.withLanes(lanes).jacobian(x).entries());
            assertBits(g.vjp(x, row).adjoint(), g.withLanes(lanes).vjp(x, row).adjoint());
            assertBits(g.jvps(x, v).tangents()[4], g.withLanes(lanes).jvps(x, v).tangents()[4]);
        }
        assertBits(f.gradient(x).gradient(), f.hvp(x, v[0]).gradient());
        assertBits(f.gradient(x).gradient(), f.hessian(x).gradient());
        for (int k = 0; k < v.length; k++) {
            assertBits(f.jvp(x, v[k]).tangent(), f.jvps(x, v).tangents()[k]);
            assertBits(f.hvp(x, v[k]).product(), f.hvps(x, v).products()[k]);
            assertBits(g.jvp(x, v[k]).tangent(), g.jvps(x, v).tangents()[k]);
        }
    }

    @Property(tries = 300)
    void theDirectionalDerivativeIsLinearInTheDirectionAndTheGradientAppliedToIt(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int n) {
        double[] x = RandomFunction.point(seed, n);
        double[][] v = RandomFunction.directions(seed, 2, n);
        Differentiable f = function(seed, n);
        double[] sum = new double[n];
        double applied = 0;
        double[] gradient = f.gradient(x).gradient();
        double scale = 1;
        for (int i = 0; i < n; i++) {
            sum[i] = 2 * v[0][i] - 3 * v[1][i];
            applied += gradient[i] * v[0][i];
            scale = Math.max(scale, Math.abs(gradient[i]));
        }
        double a = f.jvp(x, v[0]).tangent();
        double b = f.jvp(x, v[1]).tangent();
        assertEquals(2 * a - 3 * b, f.jvp(x, sum).tangent(), 1e-12 * n * scale);
        assertEquals(applied, a, 1e-12 * n * scale);
    }

    @Property(tries = 200)
    void theHessianIsSymmetricAndItsProductsAreHessianVectorProducts(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int n) {
        double[] x = RandomFunction.point(seed, n);
        double[] v = RandomFunction.directions(seed, 1, n)[0];
        Differentiable f = function(seed, n);
        Hessian h = f.hessian(x);
        double[] product = f.hvp(x, v).product();
        double scale = 1;
        for (double entry : h.entries()) {
            scale = Math.max(scale, Math.abs(entry));
        }
        double quadratic = 0;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                assertBits(h.get(i, j), h.get(j, i));
                sum += h.get(i, j) * v[j];
            }
            quadratic += v[i] * sum;
            assertEquals(sum, product[i], 1e-11 * n * scale);
        }
        Along along = f.along(x, v);
        assertEquals(quadratic, along.second(), 1e-11 * n * n * scale);
        assertBits(f.jvp(x, v).tangent(), along.first());
    }

    @Property(tries = 200)
    void theHessianIsTheDerivativeOfTheGradient(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int n) {
        double[] x = RandomFunction.point(seed, n);
        double[] v = RandomFunction.directions(seed, 1, n)[0];
        Differentiable f = function(seed, n);
        double[] product = f.hvp(x, v).product();
        double h = 1e-4;
        double[] estimate = new double[n];
        double scale = 1;
        double[] weights = {1, -8, 8, -1};
        double[] steps = {-2, -1, 1, 2};
        for (int k = 0; k < 4; k++) {
            double[] moved = x.clone();
            for (int i = 0; i < n; i++) {
                moved[i] += steps[k] * h * v[i];
            }
            double[] gradient = f.gradient(moved).gradient();
            for (int i = 0; i < n; i++) {
                estimate[i] += weights[k] * gradient[i] / (12 * h);
                scale = Math.max(scale, Math.abs(gradient[i]));
            }
        }
        for (double p : product) {
            scale = Math.max(scale, Math.abs(p));
        }
        // Truncation h⁴·f⁽⁵⁾ of functions nested a dozen deep: generous, but a wrong term is of the order of scale.
        assertArrayEquals(estimate, product, 1e-4 * scale);
    }

    @Property(tries = 200)
    void aProductsDerivativesObeyTheProductRule(@ForAll long seed) {
        int n = 3;
        var first = new RandomFunction(seed, n, 5);
        var second = new RandomFunction(seed + 1, n, 5);
        double[] x = RandomFunction.point(seed, n);
        double[] v = RandomFunction.directions(seed, 1, n)[0];
        Along f = Differentiable.of(n, first::apply).along(x, v);
        Along g = Differentiable.of(n, second::apply).along(x, v);
        Along product = Differentiable.of(n, y -> first.apply(y).times(second.apply(y))).along(x, v);
        assertClose(f.first() * g.value() + f.value() * g.first(), product.first(), "first");
        assertEquals(
                f.second() * g.value() + 2 * f.first() * g.first() + f.value() * g.second(), product.second(),
                1e-12 * (1 + Math.abs(f.second() * g.value()) + Math.abs(f.first() * g.first())
                        + Math.abs(f.value() * g.second())));
    }

    @Property(tries = 200)
    void dividingUndoesMultiplyingInAllDerivatives(@ForAll long seed) {
        int n = 3;
        var first = new RandomFunction(seed, n, 5);
        var second = new RandomFunction(seed + 1, n, 5);
        double[] x = RandomFunction.point(seed, n);
        double[] v = RandomFunction.directions(seed, 1, n)[0];
        Along f = Differentiable.of(n, first::apply).along(x, v);
        Along g = Differentiable.of(n, y -> second.apply(y).plus(0.5)).along(x, v);
        Along quotient = Differentiable.of(n, y -> {
            Scalar divisor = second.apply(y).plus(0.5);
            return first.apply(y).times(divisor).div(divisor);
        }).along(x, v);
        double scale = 1 + Math.abs(f.value()) + Math.abs(f.first()) + Math.abs(f.second());
        double relative = (1 + Math.abs(g.first()) + Math.abs(g.second())) / g.value();
        assertEquals(f.first(), quotient.first(), 1e-12 * scale * (1 + relative));
        assertEquals(f.second(), quotient.second(), 1e-12 * scale * (1 + relative) * (1 + relative));
    }

    @Property(tries = 200)
    void theVectorJacobianProductIsTheGradientOfTheWeightedSum(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int n) {
        double[] x = RandomFunction.point(seed, n);
        double[] row = {2, -1, 0.5};
        DifferentiableVector f = vector(seed, n, 3);
        Vjp vjp = f.vjp(x, row);
        Jacobian jacobian = f.jacobian(x);
        Differentiable weighted = Differentiable.of(n, y -> {
            Scalar[] z = f.evaluate(y);
            return z[0].times(row[0]).plus(z[1].times(row[1])).plus(z[2].times(row[2]));
        });
        double[] gradient = weighted.gradient(x).gradient();
        for (int j = 0; j < n; j++) {
            double sum = 0;
            double scale = 1;
            for (int i = 0; i < 3; i++) {
                sum += row[i] * jacobian.get(i, j);
                scale = Math.max(scale, Math.abs(jacobian.get(i, j)));
            }
            assertEquals(sum, vjp.adjoint()[j], 1e-14 * scale);
            assertEquals(gradient[j], vjp.adjoint()[j], 1e-13 * scale);
        }
        double[] v = RandomFunction.directions(seed, 1, n)[0];
        VectorAlong along = f.along(x, v);
        assertBits(f.jvp(x, v).tangent(), along.first());
        for (int i = 0; i < 3; i++) {
            int component = i;
            Along single = Differentiable.of(n, y -> f.evaluate(y)[component]).along(x, v);
            assertBits(single.value(), along.value()[i]);
            assertBits(single.second(), along.second()[i]);
        }
    }
}
