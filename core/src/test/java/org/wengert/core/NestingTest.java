package org.wengert.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.log;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.wengert.core.scalar.Scalar;

/** Differentiation within differentiation: right, or refused with an error that names both. */
class NestingTest {

    private static final Scalar[] ONE = {Scalar.of(1)};

    /** f'(at), where f and at may depend on outer variables. */
    private static Scalar derivative(UnaryOperator<Scalar> f, Scalar at) {
        return Univariate.of(f).derivative(at);
    }

    private static double derivative(UnaryOperator<Scalar> f, double at) {
        return Univariate.of(f).derivative(at);
    }

    private static Scalar derivative(UnaryOperator<Scalar> f, Scalar at, int order) {
        return order == 0 ? f.apply(at) : derivative(x -> derivative(f, x, order - 1), at);
    }

    @Test
    void perturbationsAreNotConfused() {
        Scalar one = Scalar.of(1);
        assertEquals(1, derivative(x -> x.times(derivative(y -> x.plus(y), one)), 1));
        assertEquals(0, derivative(x -> derivative(_ -> x, Scalar.of(2)), 3));
        assertEquals(6, derivative(x -> x.times(derivative(y -> x.times(y), Scalar.of(2))), 3));
        assertEquals(1, derivative(x -> x.times(derivative(y -> y.plus(x), one)), 1));
    }

    @Test
    void oneFunctionNestedInItself() {
        var self = new Object() {
            Scalar f(Scalar x, int depth) {
                return depth == 0 ? x.times(x) : x.times(derivative(y -> f(y, depth - 1).plus(x), x));
            }
        };
        // x·(x²)' = 2x²; then x·(2x²)' = 4x²; each derivative by x alone ignores the x that is added.
        assertEquals(2 * 9, self.f(Scalar.of(3), 1).value());
        assertEquals(4 * 9, self.f(Scalar.of(3), 2).value());
        assertEquals(8 * 3, derivative(x -> self.f(x, 2), 3.0));
        // (6x·8x)' = 96x
        assertEquals(96 * 3, derivative(x -> derivative(y -> self.f(y, 2), x).times(x).times(6), 3.0));
    }

    @Property(tries = 30)
    void derivativesOfAnyOrderAreDerivativesOfDerivatives(@ForAll @IntRange(min = 0, max = 6) int order) {
        double x = 0.7;
        double tolerance = 1e-13 * Math.pow(4, order) * Math.exp(2 * x);
        assertEquals(Math.pow(2, order) * Math.exp(2 * x),
                derivative(t -> exp(t.times(2)), Scalar.of(x), order).value(), tolerance);
        double[] cycle = {Math.sin(x), Math.cos(x), -Math.sin(x), -Math.cos(x)};
        assertEquals(cycle[order % 4], derivative(t -> sin(t), Scalar.of(x), order).value(), 1e-15);
        double factorial = 1;
        for (int k = 2; k < order; k++) {
            factorial *= k;
        }
        double ofLog = order == 0 ? Math.log(x) : -factorial * Math.pow(-1 / x, order);
        assertEquals(ofLog, derivative(t -> log(t), Scalar.of(x), order).value(), 1e-13 * Math.abs(ofLog));
    }

    @Property(tries = 150)
    void aDerivativeOfADerivativeIsTheHyperDualOne(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int n) {
        var function = new RandomFunction(seed, n, 8);
        Differentiable f = Differentiable.of(n, function::apply);
        double[] x = RandomFunction.point(seed, n);
        double[][] v = RandomFunction.directions(seed, 2, n);
        Differentiable along = Differentiable.of(n, y -> f.jvp(y, constants(v[0])).tangent());
        Differentiable part = Differentiable.of(n, y -> f.gradient(y).gradient()[n - 1]);
        Hvp hvp = f.hvp(x, v[0]);
        Gradient nested = along.gradient(x);
        double expected = 0;
        for (int i = 0; i < n; i++) {
            assertClose(hvp.product()[i], nested.gradient()[i]);
            expected += hvp.product()[i] * v[1][i];
        }
        assertClose(f.jvp(x, v[0]).tangent(), nested.value());
        assertClose(expected, along.jvp(x, v[1]).tangent());
        assertEquals(f.gradient(x).gradient()[n - 1], part.value(x), Math.ulp(part.value(x)) * 8);
        double[] last = new double[n];
        last[n - 1] = 1;
        double[] row = part.gradient(x).gradient();
        for (int i = 0; i < n; i++) {
            assertClose(f.hvp(x, last).product()[i], row[i]);
        }
    }

    private static Scalar[] constants(double[] v) {
        return java.util.Arrays.stream(v).mapToObj(Scalar::of).toArray(Scalar[]::new);
    }

    private static void assertClose(double expected, double actual) {
        assertEquals(expected, actual, 1e-10 * Math.max(1, Math.abs(expected)));
    }

    @Property(tries = 100)
    void anInnerDerivativeDependsOnTheOuterVariableThroughPointAndFunction(@ForAll long seed) {
        // F(x) = ∂g/∂y (x, h(x)), so F' = g_xy + g_yy·h' and F'' follows from the third derivatives.
        var g = new RandomFunction(seed, 2, 6);
        var h = new RandomFunction(seed + 1, 1, 4);
        double[] x = RandomFunction.point(seed, 1);
        Differentiable outer = Differentiable.of(1, a -> derivative(
                y -> g.apply(new Scalar[] {a[0], y}), h.apply(a)));
        Gradient inner = Differentiable.of(1, h::apply).gradient(x);
        Hessian hessian = Differentiable.of(2, g::apply).hessian(x[0], inner.value());
        Gradient result = outer.gradient(x);
        assertClose(hessian.gradient()[1], result.value());
        assertClose(hessian.get(0, 1) + hessian.get(1, 1) * inner.gradient()[0], result.gradient()[0]);
        Hessian second = outer.hessian(x);
        assertClose(result.gradient()[0], second.gradient()[0]);
        double step = 1e-5;
        double estimate = (outer.gradient(x[0] + step).gradient()[0] - outer.gradient(x[0] - step).gradient()[0])
                / (2 * step);
        double curvature = Math.abs(estimate) + Math.abs(result.gradient()[0]) + 1;
        assertEquals(estimate, second.get(0, 0), 1e-4 * curvature * curvature);
    }

    @Test
    void aHessianOfAnInnerDerivativeIsOfThirdOrder() {
        // D_y sin(xy) at y = x is x·cos(x²).
        Differentiable f = Differentiable.of(1, a -> derivative(y -> sin(a[0].times(y)), a[0]));
        double x = 0.9;
        double s = Math.sin(x * x);
        double c = Math.cos(x * x);
        Hessian h = f.hessian(x);
        assertEquals(x * c, h.value(), 1e-15);
        assertEquals(c - 2 * x * x * s, h.gradient()[0], 1e-15);
        assertEquals(-6 * x * s - 4 * x * x * x * c, h.get(0, 0), 1e-14);
    }

    @Property(tries = 20)
    void anInnerDerivativeWithinAGradientOfManyInputs(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int n) {
        // D_y sin(f(x)·y) at y = 2 is f(x)·cos(2·f(x)).
        var function = new RandomFunction(seed, n, 8);
        double[] x = RandomFunction.point(seed, n);
        Differentiable nested = Differentiable.of(n, a -> {
            Scalar f = function.apply(a);
            return derivative(y -> sin(f.times(y)), Scalar.of(2)).plus(a[n - 1]);
        });
        Differentiable plain = Differentiable.of(n, a -> {
            Scalar f = function.apply(a);
            return f.times(cos(f.times(2))).plus(a[n - 1]);
        });
        double[] expected = plain.gradient(x).gradient();
        double[] actual = nested.gradient(x).gradient();
        double[] byScalars = constantsOf(nested.gradient(constants(x)).gradient());
        for (int i = 0; i < n; i++) {
            assertClose(expected[i], actual[i]);
            assertClose(expected[i], byScalars[i]);
        }
    }

    private static double[] constantsOf(Scalar[] numbers) {
        return java.util.Arrays.stream(numbers).mapToDouble(Scalar::value).toArray();
    }

    @Test
    void aSeriesOfAnInnerDerivative() {
        // D_y exp(xy) at y = x is x·exp(x²).
        var f = Univariate.of(x -> Univariate.of(y -> exp(x.times(y))).derivative(x));
        Derivatives nested = f.derivatives(0.5, 6);
        Derivatives plain = Univariate.of(x -> x.times(exp(x.times(x)))).derivatives(0.5, 6);
        for (int k = 0; k <= 6; k++) {
            assertClose(plain.derivative(k), nested.derivative(k));
        }
    }

    @Test
    void aJacobianWithinAGradient() {
        DifferentiableVector polar = Differentiable.vector(
                2, 2, p -> new Scalar[] {p[0].times(cos(p[1])), p[0].times(sin(p[1]))});
        // The determinant of the Jacobian of polar coordinates is r.
        Differentiable determinant = Differentiable.of(2, p -> {
            Scalar[][] j = polar.jacobian(p).rows();
            return j[0][0].times(j[1][1]).minus(j[0][1].times(j[1][0]));
        });
        Gradient g = determinant.gradient(2, 0.3);
        assertEquals(2, g.value(), 1e-15);
        assertEquals(1, g.gradient()[0], 1e-15);
        assertEquals(0, g.gradient()[1], 1e-15);
    }

    @Test
    void valuesAtScalarPointsCarryTheOuterTangents() {
        Differentiable square = Differentiable.of(1, x -> x[0].times(x[0]));
        assertEquals(12, derivative(x -> square.value(x.times(x).times(0.5)), Math.cbrt(12)), 1e-14);
        DifferentiableVector pair = Differentiable.vector(1, 2, x -> new Scalar[] {x[0], x[0].times(x[0])});
        assertEquals(6, derivative(x -> pair.value(x)[1], 3));
        assertEquals(2, derivative(x -> pair.jvp(new Scalar[] {x}, ONE).tangent()[1], 3));
    }

    @Test
    void zeroTangentsOfAnInnerDifferentiationAreSkipped() {
        // ∂/∂y of log(0·x + y) at y = 0 is infinite; x is a constant to it, and y to the outer one.
        assertEquals(0, derivative(x -> derivative(_ -> log(x.minus(1)), Scalar.of(0)), 1));
        assertEquals(Double.POSITIVE_INFINITY,
                derivative(x -> derivative(y -> x.times(log(y)), Scalar.of(0)), 1));
    }

    @Test
    void comparisonsOfNestedNumbersLookAtTheInnermostValue() {
        double[] seen = new double[1];
        derivative(x -> derivative(y -> {
            Scalar z = x.times(y);
            seen[0] = z.value();
            assertTrue(z.isLessThan(7) && z.isLessThan(x.times(x).plus(y)) && z.isAtMost(6) && z.isAtMost(z));
            assertTrue(z.isGreaterThan(5) && z.isGreaterThan(y) && z.isAtLeast(6) && z.isAtLeast(x) && !z.isNaN());
            assertEquals(0, z.compareTo(6));
            assertEquals(-1, y.compareTo(z));
            return z;
        }, Scalar.of(2)), 3);
        assertEquals(6, seen[0]);
    }

    @Test
    void resultsInDoublesThatWouldLoseAnOuterTangentAreRefused() {
        assertRefused(() -> derivative(x -> Scalar.of(derivative(y -> x.times(y), 2)), 3),
                "the result of the directional derivative #", "tangents of the directional derivative #", "Scalar points");
        Differentiable inner = Differentiable.of(1, y -> y[0]);
        assertEquals(1, inner.value(1));
        assertRefused(() -> derivative(
                        x -> Scalar.of(Differentiable.of(1, y -> y[0].times(x)).value(2)), 3),
                "the value was asked for as a double", "the directional derivative #");
        assertRefused(() -> derivative(
                        x -> Scalar.of(Differentiable.of(1, y -> y[0].times(x)).hessian(2).get(0, 0)), 3),
                "the result of the Hessian #", "tangents of the directional derivative #");
        assertRefused(() -> derivative(
                        x -> Scalar.of(Differentiable.of(1, _ -> x).gradient(2).gradient()[0]), 3),
                "the result of the gradient #", "tangents of the directional derivative #");
    }

    @Test
    void twoSecondOrderDifferentiationsAreNotMixed() {
        Differentiable outer = Differentiable.of(1, x ->
                Scalar.of(Differentiable.of(1, y -> y[0].times(x[0])).hessian(2).get(0, 0)));
        assertRefused(() -> outer.hessian(3), "times cannot mix numbers of", "Hessian #", " and Hessian #");
    }

    private static void assertRefused(org.junit.jupiter.api.function.Executable call, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, call).toString();
        for (String part : parts) {
            assertTrue(message.contains(part), () -> message + "\nshould contain: " + part);
        }
    }
}
