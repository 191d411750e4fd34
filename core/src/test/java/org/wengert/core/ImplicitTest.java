package org.wengert.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.sqrt;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.wengert.core.scalar.Scalar;

/** Derivatives of roots and fixed points, whatever the solver does. */
class ImplicitTest {

    /** y with y³ + y = p, by Newton's method. */
    private static double cubicRoot(double p) {
        double y = p;
        for (int k = 0; k < 100; k++) {
            y -= (y * y * y + y - p) / (3 * y * y + 1);
        }
        return y;
    }

    private static final Differentiable CUBIC = Differentiable.of(1, p -> Implicit.root(
            (y, q) -> y.times(y).times(y).plus(y).minus(q[0]), q -> cubicRoot(q[0]), p));

    @Test
    void aCubicsRootHasItsFirstThreeDerivatives() {
        Hessian h = CUBIC.hessian(2);
        assertEquals(1, h.value());
        assertEquals(0.25, h.gradient()[0]);
        assertEquals(-0.09375, h.get(0, 0));
        // y' = 1/(3y² + 1), y'' = -6y·y'³, y''' = -6y'⁴ - 18y·y'²·y''
        Scalar[] one = {Scalar.of(1)};
        Differentiable second = Differentiable.of(1, p -> Differentiable.of(1, q -> CUBIC.jvp(q, one).tangent())
                .jvp(p, one).tangent());
        assertEquals(-0.09375, second.value(2));
        assertEquals(-6.0 / 256 + 18.0 / 16 * 6 / 64, second.gradient(2).gradient()[0]);
    }

    @Test
    void aSeriesGivesTheSameDerivativesAndMore() {
        Derivatives d = CUBIC.derivatives(new double[] {2}, new double[] {1}, 4);
        assertEquals(1, d.derivative(0));
        assertEquals(0.25, d.derivative(1), 1e-16);
        assertEquals(-0.09375, d.derivative(2), 1e-16);
        assertEquals(0.08203125, d.derivative(3), 1e-15);
        // F⁗ = 0 of F = y³ + y: 4y'''' + 18·y'²·y'' ·2 + 18y·y''² + 24y·y'·y''' = 0
        double fourth = -(36 * 0.0625 * -0.09375 + 18 * 0.09375 * 0.09375 + 24 * 0.25 * 0.08203125) / 4;
        assertEquals(fourth, d.derivative(4), 1e-14);
    }

    @Test
    void aSolverStartedAtTheRootDoesNotLoseTheDerivatives() {
        // Newton's iteration for √x that stops before its first step: differentiated, it would give zeros.
        Differentiable root = Differentiable.of(1, p -> Implicit.root(
                (y, q) -> y.times(y).minus(q[0]),
                q -> {
                    double y = 2;
                    while (Math.abs(y * y - q[0]) > 1e-9) {
                        y = (y + q[0] / y) / 2;
                    }
                    return y;
                }, p));
        Hessian h = root.hessian(4);
        assertEquals(2, h.value());
        assertEquals(0.25, h.gradient()[0]);
        assertEquals(-0.03125, h.get(0, 0));
    }

    @Property(tries = 200)
    void keplersEquationAsAFixedPoint(@ForAll @IntRange(min = 0, max = 300) int tenths, @ForAll @IntRange(max = 90) int percent) {
        double anomaly = tenths * 0.0217 - 3;
        double eccentricity = percent * 0.01;
        // E = M + e·sin E
        Differentiable f = Differentiable.of(2, p -> Implicit.fixedPoint(
                (x, q) -> q[0].plus(q[1].times(sin(x))), ImplicitTest::kepler, p));
        Hessian h = f.hessian(anomaly, eccentricity);
        double x = h.value();
        double d = 1 - eccentricity * Math.cos(x);
        double s = Math.sin(x);
        double c = Math.cos(x);
        assertClose(1 / d, h.gradient()[0]);
        assertClose(s / d, h.gradient()[1]);
        assertClose(-eccentricity * s / (d * d * d), h.get(0, 0));
        assertClose(c / (d * d) - eccentricity * s * s / (d * d * d), h.get(1, 0));
        assertClose(2 * s * c / (d * d) - eccentricity * s * s * s / (d * d * d), h.get(1, 1));
    }

    private static double kepler(double[] p) {
        double x = p[0];
        double low = p[0] - 1;
        double high = p[0] + 1;
        for (int k = 0; k < 200; k++) {
            x = (low + high) / 2;
            if (x - p[1] * Math.sin(x) > p[0]) {
                high = x;
            } else {
                low = x;
            }
        }
        return x;
    }

    private static void assertClose(double expected, double actual) {
        assertEquals(expected, actual, 2e-11 * Math.max(1, Math.abs(expected)));
    }

    private static final Implicit.Equations CIRCLE_AND_HYPERBOLA = (x, q) -> new Scalar[] {
        x[0].times(x[0]).plus(x[1].times(x[1])).minus(q[0]), x[0].times(x[1]).minus(q[1])
    };

    /** x₀² + x₁² = p₀ and x₀·x₁ = p₁ have the solution x₀,₁ = (√(p₀ + 2p₁) ± √(p₀ - 2p₁)) / 2. */
    private static Scalar closedForm(Scalar[] p, int sign) {
        return sqrt(p[0].plus(p[1].times(2))).plus(sqrt(p[0].minus(p[1].times(2))).times(sign)).times(0.5);
    }

    private static double[] intersect(double[] q) {
        double sum = Math.sqrt(q[0] + 2 * q[1]);
        double difference = Math.sqrt(q[0] - 2 * q[1]);
        return new double[] {(sum + difference) / 2, (sum - difference) / 2};
    }

    @Property(tries = 100)
    void anImplicitSystemHasTheDerivativesOfItsClosedForm(@ForAll @IntRange(max = 1) int component, @ForAll @IntRange(min = 1, max = 99) int percent) {
        double[] p = {1 + percent * 0.03, percent * 0.004};
        Hessian implicit = Differentiable.of(2,
                q -> Implicit.roots(CIRCLE_AND_HYPERBOLA, ImplicitTest::intersect, q)[component]).hessian(p);
        Hessian closed = Differentiable.of(2, q -> closedForm(q, component == 0 ? 1 : -1)).hessian(p);
        assertEquals(closed.value(), implicit.value(), 1e-15);
        assertArrayEquals(closed.gradient(), implicit.gradient(), 1e-13);
        assertArrayEquals(closed.entries(), implicit.entries(), 1e-12);
    }

    @Test
    void fixedPointsOfSeveralUnknowns() {
        // x = (cos(p·y), sin(p·x)) / 2, iterated; checked against differences of the solver itself.
        Implicit.Equations map = (x, q) -> new Scalar[] {
            cos(q[0].times(x[1])).div(2), sin(q[0].times(x[0])).div(2)
        };
        DifferentiableVector f = Differentiable.vector(1, 2, p -> Implicit.fixedPoints(map, ImplicitTest::iterate, p));
        double p = 0.8;
        double h = 1e-4;
        VectorAlong along = f.along(new double[] {p}, new double[] {1});
        double[] before = iterate(new double[] {p - h});
        double[] after = iterate(new double[] {p + h});
        double[] here = iterate(new double[] {p});
        for (int i = 0; i < 2; i++) {
            assertEquals(here[i], along.value()[i]);
            assertEquals((after[i] - before[i]) / (2 * h), along.first()[i], 1e-8);
            assertEquals((after[i] - 2 * here[i] + before[i]) / (h * h), along.second()[i], 1e-6);
        }
    }

    private static double[] iterate(double[] q) {
        double[] x = new double[2];
        for (int k = 0; k < 200; k++) {
            x = new double[] {Math.cos(q[0] * x[1]) / 2, Math.sin(q[0] * x[0]) / 2};
        }
        return x;
    }

    @Test
    void whatIsNoRootIsNamed() {
        assertFails("the solver's result is no root: at x = [3.0], p = [4.0] the residual is [5.0]",
                () -> Implicit.root((y, q) -> y.times(y).minus(q[0]), _ -> 3, Scalar.of(4)));
        assertFails("singular at x = [0.0], p = [0.0]",
                () -> Implicit.root((y, q) -> y.times(y).minus(q[0]), _ -> 0, Scalar.of(0)));
        assertFails("the solver's result must be finite, but was [NaN], p = [-1.0]",
                () -> Implicit.root((y, q) -> y.times(y).minus(q[0]), q -> Math.sqrt(q[0]), Scalar.of(-1)));
        assertFails("singular", () -> Implicit.roots(
                (x, _) -> new Scalar[] {x[0].plus(x[1]), x[0].plus(x[1]).times(2)}, _ -> new double[2], Scalar.of(1)));
    }

    @Test
    void tangentsThatDoNotComeThroughTheParametersAreRefused() {
        Differentiable hidden = Differentiable.of(1, p -> Implicit.root(
                (y, _) -> y.minus(p[0]), _ -> 3, Scalar.of(3)));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> hidden.gradient(3)).toString()
                .contains("the result of the jacobian"));
    }

    private static void assertFails(String part, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(ArithmeticException.class, call).toString();
        assertTrue(message.contains(part), message);
    }

    @Test
    void eliminationSolvesSystemsThatNeedPivoting() {
        double[] a = {0, 2, 1, 1, 0, 0, 3, 1, -1};
        LinearSystem system = java.util.Objects.requireNonNull(LinearSystem.of(a, 3));
        Scalar[] x = system.solve(Seeds.constants(new double[] {7, 1, 2}));
        // x = 1, 2y + z = 7, 3 + y - z = 2
        assertEquals(1, x[0].value(), 1e-15);
        assertEquals(2, x[1].value(), 1e-15);
        assertEquals(3, x[2].value(), 1e-15);
    }
}
