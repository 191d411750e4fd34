package org.wengert.core.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Notes;
import org.wengert.core.elementary.Unary;
import org.wengert.core.formula.Formula;

class ComplexStepTest {

    /** A complex function with the real one that it continues, and its derivative. */
    private record Continued(UnaryOperator<Complex> f, DoubleUnaryOperator real, DoubleUnaryOperator derivative, double... at) {}

    private static final Map<String, Continued> FUNCTIONS = Map.ofEntries(
            Map.entry("sqrt", new Continued(Complex::sqrt, Math::sqrt, x -> 0.5 / Math.sqrt(x), 1e-60, 0.3, 1e300)),
            Map.entry("exp", new Continued(Complex::exp, Math::exp, Math::exp, -20, 0, 700)),
            Map.entry("expm1", new Continued(Complex::expm1, Math::expm1, Math::exp, -20, 1e-10, 5)),
            Map.entry("log", new Continued(Complex::log, Math::log, x -> 1 / x, 1e-60, 0.99, 1e300)),
            Map.entry("log1p", new Continued(Complex::log1p, Math::log1p, x -> 1 / (1 + x), -0.5, 1e-10, 5)),
            Map.entry("sin", new Continued(Complex::sin, Math::sin, Math::cos, -3, 1e-8, 100)),
            Map.entry("cos", new Continued(Complex::cos, Math::cos, x -> -Math.sin(x), -3, 1e-8, 100)),
            Map.entry("tan", new Continued(Complex::tan, Math::tan, x -> 1 / (Math.cos(x) * Math.cos(x)), -1.5, 1e-8, 0.7)),
            Map.entry("sinh", new Continued(Complex::sinh, Math::sinh, Math::cosh, -3, 1e-8, 30)),
            Map.entry("cosh", new Continued(Complex::cosh, Math::cosh, Math::sinh, -3, 1e-8, 30)),
            Map.entry("tanh", new Continued(
                    Complex::tanh, Math::tanh, x -> 1 / (Math.cosh(x) * Math.cosh(x)), -25, 1e-8, 0.7, 19)),
            Map.entry("asin", new Continued(Complex::asin, Math::asin, x -> 1 / Math.sqrt((1 - x) * (1 + x)), -0.999, 1e-8, 0.7)),
            Map.entry("acos", new Continued(Complex::acos, Math::acos, x -> -1 / Math.sqrt((1 - x) * (1 + x)), -0.999, 1e-8, 0.7)),
            Map.entry("atan", new Continued(Complex::atan, Math::atan, x -> 1 / (1 + x * x), -1e5, 1e-8, 0.7, 20)),
            Map.entry("asinh", new Continued(
                    Complex::asinh, x -> Math.log(x + Math.sqrt(x * x + 1)), x -> 1 / Math.sqrt(x * x + 1), 0.7, 20, 1e5)),
            Map.entry("acosh", new Continued(
                    Complex::acosh, x -> Math.log(x + Math.sqrt(x * x - 1)), x -> 1 / Math.sqrt((x - 1) * (x + 1)), 1.5, 20, 1e5)),
            Map.entry("atanh", new Continued(
                    Complex::atanh, x -> (Math.log1p(x) - Math.log1p(-x)) / 2, x -> 1 / ((1 - x) * (1 + x)), -0.99, 1e-8, 0.7)));

    @Test
    void aTinyImaginaryPartCarriesTheDerivativeToFullAccuracy() {
        double h = 0x1p-300;
        FUNCTIONS.forEach((name, f) -> {
            for (double x : f.at) {
                Complex y = f.f.apply(new Complex(x, h));
                assertEquals(f.real.applyAsDouble(x), y.re(), 1e-14 * Math.abs(y.re()), name + " at " + x);
                double d = f.derivative.applyAsDouble(x);
                assertEquals(d, y.im() / h, 1e-14 * Math.abs(d) + 1e-25, name + "' at " + x);
            }
        });
    }

    @Test
    void theFunctionsAgreeWithTheirDefinitionsInThePlane() {
        for (double re : new double[] {-1.7, -0.3, 0.2, 0.9, 2.5}) {
            for (double im : new double[] {-1.1, 0.4, 2}) {
                Complex z = new Complex(re, im);
                assertNear(z, z.sqrt().times(z.sqrt()));
                assertNear(z, z.log().exp());
                assertNear(z, z.asin().sin());
                assertNear(z, z.acos().cos());
                assertNear(z, z.atan().tan());
                assertNear(z, z.asinh().sinh());
                assertNear(z, z.acosh().cosh());
                assertNear(z, z.atanh().tanh());
                assertNear(z.exp().minus(Complex.ONE), z.expm1());
                assertNear(z.plus(Complex.ONE).log(), z.log1p());
                assertNear(z.sin().div(z.cos()), z.tan());
                assertNear(z.times(z).times(z), z.pow(new Complex(3, 0)));
                assertNear(Complex.ONE.div(z.sqrt()), z.pow(new Complex(-0.5, 0)));
                assertNear(z.times(new Complex(0.5, 1)).exp(), new Complex(Math.E, 0).pow(z.times(new Complex(0.5, 1))));
            }
        }
    }

    private static void assertNear(Complex expected, Complex actual) {
        Complex d = expected.minus(actual);
        assertTrue(Math.hypot(d.re(), d.im()) <= 1e-14 * Math.hypot(expected.re(), expected.im()), expected + " and " + actual);
    }

    @Test
    void theAngleIsContinuedInAllQuadrants() {
        double h = 0x1p-300;
        for (double[] p : new double[][] {{1, 2}, {-1, 2}, {-1, -2}, {1, -2}, {3, 2}, {-3, 2}, {-3, -2}, {3, -2}}) {
            Complex dy = Complex.atan2(new Complex(p[1], h), new Complex(p[0], 0));
            Complex dx = Complex.atan2(new Complex(p[1], 0), new Complex(p[0], h));
            double r = p[0] * p[0] + p[1] * p[1];
            assertEquals(Math.atan2(p[1], p[0]), dy.re(), 1e-15);
            assertEquals(p[0] / r, dy.im() / h, 1e-15);
            assertEquals(-p[1] / r, dx.im() / h, 1e-15);
        }
    }

    @Test
    void gradientsAndJacobiansOfFormulas() {
        Formula f = Formula.parse("x*exp(-y)/sin(x) + y^3 - x^0.5; x*y");
        double[] gradient = ComplexStep.gradient(f.output(0), 0.8, 1.3);
        double s = Math.sin(0.8);
        assertEquals(Math.exp(-1.3) * (s - 0.8 * Math.cos(0.8)) / (s * s) - 0.5 / Math.sqrt(0.8), gradient[0], 1e-15);
        assertEquals(-0.8 * Math.exp(-1.3) / s + 3 * 1.3 * 1.3, gradient[1], 1e-15);
        assertArrayEquals(gradient, ComplexStep.jacobian(f, 0.8, 1.3)[0]);
        assertArrayEquals(new double[] {1.3, 0.8}, ComplexStep.jacobian(f, 0.8, 1.3)[1]);
        assertEquals(1.3 * 2 + 0.8 * 3, ComplexStep.jvp(f, new double[] {0.8, 1.3}, new double[] {2, 3})[1], 1e-15);
        assertThrows(IllegalArgumentException.class, () -> ComplexStep.gradient(f, 0.8, 1.3));
    }

    static Stream<Elementary> rows() {
        return ElementaryTable.rows().stream().filter(row -> !(row instanceof Nary));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyRowIsRefusedOrHasTheFirstDerivativesOfTheTable(Elementary row) {
        Complex x = new Complex(row.name().equals("acosh") ? 1.7 : 0.7, 0);
        Complex y = new Complex(1.3, 0);
        Complex step = new Complex(0, 0x1p-300);
        try {
            switch (row) {
                case Unary f -> {
                    double d = f.first(x.re(), f.value(x.re()));
                    assertEquals(d, ComplexArithmetic.INSTANCE.apply(f, x.plus(step)).im() / step.im(), 2e-15 * Math.abs(d));
                }
                case Binary f -> {
                    double z = f.value(x.re(), y.re());
                    double dx = f.fx(x.re(), y.re(), z);
                    double dy = f.fy(x.re(), y.re(), z);
                    Complex alongX = ComplexArithmetic.INSTANCE.apply(f, x.plus(step), y);
                    Complex alongY = ComplexArithmetic.INSTANCE.apply(f, x, y.plus(step));
                    assertEquals(dx, alongX.im() / step.im(), 2e-15 * Math.abs(dx));
                    assertEquals(dy, alongY.im() / step.im(), 2e-15 * Math.abs(dy));
                }
                case Nary f -> throw new AssertionError(f);
            }
        } catch (IllegalArgumentException refused) {
            assertTrue(Set.of(Family.PIECEWISE, Family.SPECIAL, Family.LEARNING, Family.POWER).contains(row.notes().family()),
                    refused.toString());
        }
    }

    @Test
    void reductionsHaveTheirGradients() {
        Formula f = Formula.parse("sum(x, y, z); product(x, y, z); sumOfSquares(x, y, z); norm(x, y, z); logSumExp(x, y, z);"
                + " fma(x, y, z)");
        double[] x = {0.7, -1.3, 2.1};
        double n = Math.sqrt(0.7 * 0.7 + 1.3 * 1.3 + 2.1 * 2.1);
        double s = Math.exp(0.7) + Math.exp(-1.3) + Math.exp(2.1);
        double[][] expected = {
            {1, 1, 1}, {-1.3 * 2.1, 0.7 * 2.1, 0.7 * -1.3}, {1.4, -2.6, 4.2}, {0.7 / n, -1.3 / n, 2.1 / n},
            {Math.exp(0.7) / s, Math.exp(-1.3) / s, Math.exp(2.1) / s}, {-1.3, 0.7, 1}
        };
        double[][] jacobian = ComplexStep.jacobian(f, x);
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], jacobian[i], 1e-15);
        }
    }

    @Test
    void theFirstRowWithoutAComplexFormIsNamed() {
        Unary kink = new Unary("exp", Math::abs, (x, y) -> 1, (x, y, d) -> 0, "1", new Notes(Family.USER, "|x|", 0, 0, 0, "", ""));
        Formula f = Formula.parse("sin(x) + exp(x)", List.of(kink));
        var e = assertThrows(IllegalArgumentException.class, () -> ComplexStep.gradient(f, 1));
        assertEquals("a complex step needs functions with a complex form, but 'exp' is not analytic or has none here;"
                + " use finite differences", e.getMessage());
    }
}
