package org.wengert.core.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class FiniteDifferencesTest {

    /** A function with its derivative and a point. */
    private record Case(DoubleUnaryOperator f, double x, double derivative) {}

    private static final List<Case> CASES = List.of(
            new Case(Math::exp, 1, Math.E),
            new Case(Math::sin, 0.3, Math.cos(0.3)),
            new Case(Math::sin, 1e-8, 1),
            new Case(Math::log, 5, 0.2),
            new Case(Math::tanh, 0.5, 1 / (Math.cosh(0.5) * Math.cosh(0.5))),
            new Case(x -> 1 / x, 1e5, -1e-10),
            new Case(x -> x * x * x, -20, 1200),
            new Case(x -> Math.exp(x) / Math.sqrt(Math.pow(Math.sin(x), 3) + Math.pow(Math.cos(x), 3)), 1.5, 4.053427893898621));

    @Test
    void theErrorOfForwardDifferencesIsOfFirstOrder() {
        assertOrder(1, h -> FiniteDifferences.forward(Math::exp, 1, h) - Math.E);
    }

    @Test
    void theErrorOfCentralDifferencesIsOfSecondOrder() {
        assertOrder(2, h -> FiniteDifferences.central(Math::exp, 1, h) - Math.E);
        assertOrder(2, h -> FiniteDifferences.second(Math::exp, 1, h) - Math.E);
    }

    @Test
    void everyLevelOfRichardsonRaisesTheOrderByTwo() {
        for (int levels = 1; levels <= 3; levels++) {
            int n = levels;
            assertOrder(2 * n, h -> FiniteDifferences.richardson(Math::exp, 1, h, n).value() - Math.E);
        }
    }

    /** Halving a step divides the error by 2 to the power of the order. */
    private static void assertOrder(int order, DoubleUnaryOperator error) {
        double ratio = error.applyAsDouble(0.2) / error.applyAsDouble(0.1);
        assertEquals(order, Math.log(ratio) / Math.log(2), 0.15);
    }

    @Test
    void differencesHoldAsManyDigitsAsTheirDocumentationSays() {
        for (Case c : CASES) {
            assertDigits(6.5, c.derivative, FiniteDifferences.forward(c.f, c.x));
            assertDigits(9, c.derivative, FiniteDifferences.central(c.f, c.x));
            assertDigits(11.5, c.derivative, FiniteDifferences.ridders(c.f, c.x).value());
        }
        assertDigits(7, -Math.sin(0.3), FiniteDifferences.second(Math::sin, 0.3));
    }

    private static void assertDigits(double least, double expected, double actual) {
        assertTrue(Digits.shared(expected, actual) >= least, expected + " and " + actual);
    }

    @Test
    void theErrorEstimateOfRiddersIsOfTheSizeOfTheError() {
        for (Case c : CASES) {
            Estimate e = FiniteDifferences.ridders(c.f, c.x);
            double error = Math.abs(e.value() - c.derivative);
            assertTrue(error <= 30 * e.error() + 1e-14 * Math.abs(c.derivative), e + " for " + c.derivative);
            assertTrue(e.error() <= 1e-9 * Math.abs(c.derivative), e + " for " + c.derivative);
        }
    }

    @Test
    void riddersLeavesOutStepsThatLeaveTheDomain() {
        assertDigits(11, 100, FiniteDifferences.ridders(Math::log, 0.01).value());
        assertDigits(9, 1e6, FiniteDifferences.ridders(Math::log, 1e-6).value());
        Estimate outside = FiniteDifferences.ridders(Math::log, -1);
        assertTrue(Double.isNaN(outside.value()) && Double.isNaN(outside.error()));
    }

    @Test
    void theStepThatIsMeantIsTheStepThatIsTaken() {
        // 0.1 is not a binary fraction, so 3 + 0.1 - 3 differs from it; for a straight line no rounding error remains.
        assertEquals(2, FiniteDifferences.forward(x -> 2 * x, 3, 0.1));
        assertEquals(2, FiniteDifferences.central(x -> 2 * x, 3, 0.1));
        var e = assertThrows(IllegalArgumentException.class, () -> FiniteDifferences.central(Math::exp, 1, 0));
        assertEquals("step must be a number other than 0, but was 0.0", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> FiniteDifferences.richardson(Math::exp, 1, 0.1, 0));
    }

    @Test
    void gradientsJacobiansAndProductsWithDirections() {
        double[] x = {1.5, -2, 40};
        double[] exact = {x[1] * Math.cos(1.5), Math.sin(1.5), 2 * x[2]};
        double[] v = {0.5, 3, 2};
        double along = exact[0] * v[0] + exact[1] * v[1] + exact[2] * v[2];
        assertArrayEquals(exact, FiniteDifferences.gradient(FiniteDifferencesTest::example, x), 1e-6);
        Estimate[] ridders = FiniteDifferences.riddersGradient(FiniteDifferencesTest::example, x);
        for (int i = 0; i < x.length; i++) {
            assertEquals(exact[i], ridders[i].value(), 1e-9);
        }
        assertDigits(10, along, FiniteDifferences.jvp(FiniteDifferencesTest::example, x, v).value());
        double[][] jacobian = FiniteDifferences.jacobian(y -> new double[] {y[0] * y[1], y[2], 7}, x);
        assertArrayEquals(new double[] {-2, 1.5, 0}, jacobian[0], 1e-9);
        assertArrayEquals(new double[] {0, 0, 1}, jacobian[1], 1e-9);
        assertArrayEquals(new double[] {0, 0, 0}, jacobian[2]);
        double[] product = FiniteDifferences.vectorJvp(y -> new double[] {y[0] * y[1], y[2], 7}, x, v);
        assertArrayEquals(new double[] {-2 * 0.5 + 1.5 * 3, 2, 0}, product, 1e-6);
        assertEquals(new Estimate(0, 0), FiniteDifferences.jvp(FiniteDifferencesTest::example, x, new double[3]));
        var e = assertThrows(IllegalArgumentException.class,
                () -> FiniteDifferences.jvp(FiniteDifferencesTest::example, x, new double[2]));
        assertEquals("v must have as many entries as x, 3, but has 2", e.getMessage());
    }

    private static double example(double[] x) {
        return x[1] * Math.sin(x[0]) + x[2] * x[2];
    }

    @Test
    void digitsAreGainedAndLostAgainAsTheStepShrinks() {
        StepSizeStudy study = StepSizeStudy.of(Math::exp, 1, Math.E);
        List<StepSizeStudy.Row> rows = study.rows();
        assertEquals(16, rows.size());
        assertEquals(1e-1, rows.getFirst().step());
        assertEquals(1e-16, rows.getLast().step());
        double forward = rows.stream().mapToDouble(StepSizeStudy.Row::forwardDigits).max().orElseThrow();
        double central = rows.stream().mapToDouble(StepSizeStudy.Row::centralDigits).max().orElseThrow();
        assertTrue(7 < forward && forward < 10 && 9.5 < central && central < 13, study.toString());
        for (StepSizeStudy.Row row : List.of(rows.getFirst(), rows.getLast())) {
            assertTrue(row.forwardDigits() < 2 && row.centralDigits() < 4, study.toString());
        }
        assertEquals(18, study.toString().lines().count());
    }

    @Test
    void sharedDigits() {
        assertEquals(Digits.ALL, Digits.shared(1.5, 1.5));
        assertEquals(Digits.ALL, Digits.shared(0.0, -0.0));
        assertEquals(Digits.ALL, Digits.shared(Double.NaN, Double.NaN));
        assertEquals(3, Digits.shared(1000, 1001), 0.01);
        assertEquals(3, Digits.shared(-1e300, -1.001e300), 0.01);
        assertEquals(0, Digits.shared(1, -1));
        assertEquals(0, Digits.shared(Double.MAX_VALUE, -Double.MAX_VALUE));
        assertEquals(0, Digits.shared(1, 0));
        assertEquals(0, Digits.shared(1, Double.NaN));
        assertEquals(0, Digits.shared(1, Double.POSITIVE_INFINITY));
    }
}
