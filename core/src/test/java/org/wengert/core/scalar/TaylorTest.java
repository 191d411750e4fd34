package org.wengert.core.scalar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.wengert.core.elementary.Exponentials;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Notes;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Trigonometry;
import org.wengert.core.elementary.Unary;
import org.wengert.core.formula.Formula;

class TaylorTest {

    private static final int ORDER = 30;
    private static final double INF = Double.POSITIVE_INFINITY;

    private final Differentiation of = new Differentiation("test");

    private Taylor x(double at) {
        return Taylor.line(of, at, 1, ORDER);
    }

    private Taylor evaluate(String formula, Taylor x) {
        return (Taylor) Formula.parse(formula).evaluate(ScalarArithmetic.INSTANCE, List.of(x)).getFirst();
    }

    private static void assertCoefficients(IntToDoubleFunction expected, double ulps, Taylor y) {
        for (int k = 0; k <= y.order(); k++) {
            double e = expected.applyAsDouble(k);
            assertEquals(e, y.coefficient(k), Double.isFinite(e) ? ulps * Math.ulp(e) : 0, "coefficient " + k + " of " + y);
        }
    }

    private static double factorial(int k) {
        return k == 0 ? 1 : k * factorial(k - 1);
    }

    @Test
    void theExponentialIsItsOwnDerivative() {
        assertCoefficients(k -> Math.exp(1.5) / factorial(k), ORDER, x(1.5).apply(Exponentials.EXP));
        Taylor y = x(1.5).apply(Exponentials.EXP);
        for (int k = 0; k <= ORDER; k++) {
            assertEquals(Math.exp(1.5), y.derivative(k), ORDER * Math.ulp(Math.exp(1.5)));
        }
    }

    @Test
    void sineAndCosineTakeTurns() {
        double s = Math.sin(0.7);
        double c = Math.cos(0.7);
        double[] cycle = {s, c, -s, -c};
        assertCoefficients(k -> cycle[k % 4] / factorial(k), ORDER, x(0.7).apply(Trigonometry.SIN));
        assertCoefficients(k -> cycle[(k + 1) % 4] / factorial(k), ORDER, x(0.7).apply(Trigonometry.COS));
    }

    @Test
    void theGeometricSeries() {
        assertCoefficients(k -> 1, 0, evaluate("1/(1 - x)", x(0)));
        assertCoefficients(k -> Math.pow(2, k + 1), 0, evaluate("1/(1 - x)", x(0.5)));
    }

    @Test
    void theLogarithm() {
        assertCoefficients(
                k -> k == 0 ? Math.log(3) : (k % 2 == 0 ? -1 : 1) / (k * Math.pow(3, k)), 8,
                x(3).apply(Exponentials.LOG));
    }

    @Test
    void powersAreBinomialSeries() {
        for (double p : new double[] {0.5, -0.5, 1 / 3.0, -3, 2.7, 100}) {
            for (double at : new double[] {2, 0.01, 1e100, 1e-100}) {
                IntToDoubleFunction expected = k -> {
                    double b = Math.pow(at, p);
                    for (int j = 0; j < k; j++) {
                        b *= (p - j) / (j + 1) / at;
                    }
                    return b;
                };
                Taylor y = evaluate("x^" + p, x(at));
                for (int k = 0; k <= ORDER; k++) {
                    double e = expected.applyAsDouble(k);
                    if (Double.isFinite(e) && Math.abs(e) > 1e-290 && y.coefficient(0) != 0 && Double.isFinite(y.value())) {
                        assertEquals(e, y.coefficient(k), 200 * Math.ulp(e), at + "^" + p + ", order " + k);
                    }
                }
            }
        }
    }

    @Test
    void wholePowersEndAtTheirDegreeAlsoAtZero() {
        for (int n = 0; n <= 8; n++) {
            int degree = n;
            assertCoefficients(k -> k == degree ? 1 : 0, 0, evaluate("x^" + n, x(0)));
            assertCoefficients(k -> k == degree ? 1 : 0, 0, evaluate("x^" + n, x(-0.0)));
        }
        assertCoefficients(k -> k == 70 ? 1 : 0, 0, evaluate("x^70", x(0)));
        assertCoefficients(k -> k <= 3 ? List.of(-8.0, 12.0, -6.0, 1.0).get(k) : 0, 0, evaluate("x^3", x(-2)));
    }

    @Test
    void aRootAtZeroHasInfiniteDerivativesOfAlternatingSign() {
        assertCoefficients(
                k -> k == 0 ? 0 : k % 2 == 1 ? INF : -INF, 0, evaluate("x^0.5", Taylor.line(of, 0, 1, 6)));
        assertCoefficients(
                k -> k == 0 ? 0 : k % 2 == 1 ? INF : -INF, 0, evaluate("sqrt(x)", Taylor.line(of, 0, 1, 6)));
        assertCoefficients(
                k -> k < 3 ? 0 : k % 2 == 1 ? INF : -INF, 0, evaluate("x^2.5", Taylor.line(of, 0, 1, 6)));
    }

    @Test
    void theSeriesOfTangentAndErrorFunctionAtZero() {
        // tan: the numerators are the tangent numbers; erf: 2/√π Σ (-1)ⁿ x²ⁿ⁺¹ / (n! (2n+1)).
        double[] tangent = {0, 1, 0, 2, 0, 16, 0, 272, 0, 7936, 0, 353792, 0, 22368256, 0, 1903757312.0, 0, 209865342976.0};
        Taylor tan = evaluate("tan(x)", x(0));
        Taylor tanh = evaluate("tanh(x)", x(0));
        for (int k = 0; k < tangent.length; k++) {
            assertEquals(tangent[k], tan.derivative(k), 1e-14 * tangent[k]);
            assertEquals(k % 4 == 3 ? -tangent[k] : tangent[k], tanh.derivative(k), 1e-14 * tangent[k]);
        }
        assertCoefficients(
                k -> k % 2 == 0 ? 0 : 2 / Math.sqrt(Math.PI) / factorial(k / 2) / k * (k % 4 == 1 ? 1 : -1), 16,
                evaluate("erf(x)", x(0)));
    }

    @Test
    void theDerivativesOfTheErrorFunctionAreHermitePolynomials() {
        // erf⁽ᵏ⁾ = 2/√π (-1)ᵏ⁻¹ Hₖ₋₁(x) e^(-x²), Hₙ₊₁ = 2x Hₙ - 2n Hₙ₋₁.
        double at = 1.2;
        double before = 0;
        double hermite = 1;
        Taylor y = evaluate("erf(x)", x(at));
        for (int k = 1; k <= ORDER; k++) {
            double sign = k % 2 == 1 ? 1 : -1;
            double expected = sign * 2 / Math.sqrt(Math.PI) * hermite * Math.exp(-at * at);
            assertEquals(expected, y.derivative(k), 1e-12 * Math.sqrt(Math.pow(2, k) * factorial(k)), "order " + k);
            double next = 2 * at * hermite - 2 * (k - 1) * before;
            before = hermite;
            hermite = next;
        }
    }

    @Test
    void rootsAreBinomialSeriesToo() {
        Taylor x = x(2);
        assertCoefficients(evaluate("x^0.5", x)::coefficient, 64, evaluate("sqrt(x)", x));
        assertCoefficients(evaluate("1/x", x)::coefficient, 64, evaluate("reciprocal(x)", x));
        assertCoefficients(evaluate("x^(1/3)", x)::coefficient, 128, evaluate("cbrt(x)", x));
        assertCoefficients(evaluate("-cbrt(x)", x(2))::coefficient, 0, evaluate("cbrt(-x)", x(2)));
        assertCoefficients(evaluate("x^0.2", x)::coefficient, 128, evaluate("rootN(x, 5)", x));
    }

    @Test
    void atAKinkTheChosenSideIsFollowed() {
        assertCoefficients(k -> k == 1 ? 1 : 0, 0, evaluate("abs(x)", x(0.0)));
        assertCoefficients(k -> k == 1 ? -1 : 0, 0, evaluate("abs(x)", x(-0.0)));
        assertCoefficients(k -> k == 2 ? 1 : 0, 0, evaluate("abs(x)^2", x(0)));
        assertCoefficients(k -> k == 2 ? 1 : 0, 0, evaluate("x*abs(x)", x(0)));
        assertCoefficients(k -> 0, 0, evaluate("relu(x)", x(0)));
        assertCoefficients(k -> k == 0 ? 2 : k == 1 ? 1 : 0, 0, evaluate("max(x, x)", x(2)));
        assertCoefficients(k -> k == 0 ? 2 : k == 1 ? 0.5 : 0, 0, evaluate("max(x, 2)", x(2)));
        assertCoefficients(k -> 0, 0, evaluate("select(x, sqrt(x), 0)", x(0)));
    }

    @Test
    void aPowerWithVariableExponentIsTheExponentialOfItsLogarithm() {
        Taylor y = evaluate("x^x", x(1.5));
        Taylor e = evaluate("exp(x*log(x))", x(1.5));
        assertCoefficients(e::coefficient, 1e4, y);
    }

    @Test
    void theFirstCoefficientsAreThoseOfDualAndHyperDual() {
        Formula f = Formula.parse("exp(sin(x)*x)/(x^3 + log(x)) - x^-1.5*cos(x)");
        for (double at : new double[] {0.3, 1, 2.5, 17}) {
            Scalar dual = f.evaluate(ScalarArithmetic.INSTANCE, List.of(new Dual1(of, at, 1))).getFirst();
            Scalar second = f.evaluate(ScalarArithmetic.INSTANCE, List.of(new HyperDual1(of, at, 1, 1, 0))).getFirst();
            Scalar series = f.evaluate(ScalarArithmetic.INSTANCE, List.of(x(at))).getFirst();
            double[] c = ((Taylor) series).coefficients();
            assertEquals(f.value(at), c[0]);
            assertEquals(((Dual1) dual).t0(), c[1], 1e-14 * Math.abs(c[1]) + 1e-14);
            assertEquals(((HyperDual1) second).ab0() / 2, c[2], 1e-13 * Math.abs(c[2]) + 1e-13);
        }
    }

    @Test
    void theFifthDerivativeOfFikesFunctionAgreesWithItsPublishedOnes() {
        Taylor y = evaluate("exp(x)/(sin(x)^3 + cos(x)^3)^0.5", x(1.5));
        assertEquals(4.497780053946162, y.value(), 1e-14);
        assertEquals(4.053427893898621, y.derivative(1), 1e-13);
        assertEquals(9.463073681596601, y.derivative(2), 1e-12);
    }

    @Test
    void aSeriesIsShiftedToAnotherPointByItsPolynomial() {
        Formula f = Formula.parse("exp(-x)*cos(3*x) + x^4/(2 + x)");
        double t = 0.05;
        double[] c = ((Taylor) f.evaluate(ScalarArithmetic.INSTANCE, List.of(x(0.4))).getFirst()).coefficients();
        double[] shifted = ((Taylor) f.evaluate(ScalarArithmetic.INSTANCE, List.of(x(0.4 + t))).getFirst()).coefficients();
        for (int k = 0; k <= 10; k++) {
            double sum = 0;
            for (int j = ORDER; j >= k; j--) {
                sum += binomial(j, k) * c[j] * Math.pow(t, j - k);
            }
            assertEquals(shifted[k], sum, 1e-12 * Math.abs(shifted[k]), "coefficient " + k);
        }
    }

    private static double binomial(int n, int k) {
        double b = 1;
        for (int i = 1; i <= k; i++) {
            b = b * (n - k + i) / i;
        }
        return b;
    }

    @Test
    void inversesUndoEachOther() {
        Taylor curve = Taylor.of(of, 1.2, 0.7, -0.3, 0.25, 0.1, -0.05, 0.02, 0.3);
        assertCoefficients(curve::coefficient, 64, evaluate("log(exp(x))", curve));
        assertCoefficients(curve::coefficient, 64, evaluate("exp(log(x))", curve));
        assertCoefficients(curve::coefficient, 64, evaluate("(x^2)^0.5", curve));
        assertCoefficients(curve::coefficient, 64, evaluate("1/(1/x)", curve));
        Taylor one = evaluate("sin(x)^2 + cos(x)^2", curve);
        for (int k = 0; k <= one.order(); k++) {
            assertEquals(k == 0 ? 1 : 0, one.coefficient(k), 1e-15);
        }
    }

    @Test
    void anUndefinedValueHasUndefinedCoefficientsWhereTheArgumentMoves() {
        double nan = Double.NaN;
        for (String f : List.of("log(x)", "x^0.5", "x - 1/0*0", "sin(x)*(1/0*0)", "x/(0/0)", "(1/0 - 1/0)*x", "exp(log(x))")) {
            Taylor y = evaluate(f, Taylor.of(of, -1, 0, 2, 0));
            assertArrayEquals(new double[] {nan, 0, nan, nan}, y.coefficients(), f);
        }
    }

    @Test
    void aZeroCoefficientStaysZero() {
        Taylor still = Taylor.of(of, 0, 0, 0, 0);
        assertArrayEquals(new double[] {0, 0, 0, 0}, evaluate("x^0.5", still).coefficients());
        assertArrayEquals(new double[] {-INF, 0, 0, 0}, evaluate("log(x)", still).coefficients());
    }

    @Test
    void aRowWithoutAFormulaTakesPartUpToOrderTwo() {
        Unary f = new Unary("cubic", x -> x * x * x, (x, y) -> 3 * x * x, (x, y, d) -> 6 * x, "",
                new Notes(Family.USER, "x^3", 1, 1, 1, "", ""));
        assertArrayEquals(new double[] {8, 12, 6}, Taylor.line(of, 2, 1, 2).apply(f).coefficients());
        var e = assertThrows(IllegalArgumentException.class, () -> Taylor.line(of, 2, 1, 3).apply(f));
        assertEquals("a series of order 3 needs the derivative of 'cubic' as a formula, but its row states only its first two"
                + " derivatives as functions", e.getMessage());
    }

    @Test
    void aFormulaIsEnoughForARowOfAUser() {
        Unary f = Unary.of("halfSquare", x -> 0.5 * x * x, x -> x).withDerivative("x");
        assertArrayEquals(new double[] {2, 2, 0.5, 0, 0}, Taylor.line(of, 2, 1, 4).apply(f).coefficients());
    }

    @Test
    void aSumOfAHundredThousandSeries() {
        Scalar[] x = new Scalar[100_000];
        Arrays.fill(x, Taylor.of(of, 1, 2, 0, 0, 5));
        x[7] = new Real(1);
        assertArrayEquals(
                new double[] {1e5, 2e5 - 2, 0, 0, 5e5 - 5}, ((Taylor) x[0].apply(Reductions.SUM, x)).coefficients());
    }

    @Test
    void aRowMayNameItselfInItsFormula() {
        Unary f = new Unary("decay", x -> Math.exp(-x), (x, y) -> -y, (x, y, d) -> y, "-decay(x)",
                new Notes(Family.USER, "exp(-x)", 1, 1, 1, "", ""));
        assertCoefficients(k -> (k % 2 == 0 ? 1 : -1) * Math.exp(-2) / factorial(k), ORDER, x(2).apply(f));
    }

    @Test
    void seriesOfOtherOrdersAndDifferentiationsAreRefused() {
        var order = assertThrows(IllegalArgumentException.class,
                () -> Taylor.line(of, 1, 1, 3).plus(Taylor.line(of, 1, 1, 4)));
        assertEquals("series of one differentiation must have the same order, but have orders 3 and 4", order.getMessage());
        var other = Taylor.line(new Differentiation("other"), 1, 1, 3);
        assertThrows(IllegalArgumentException.class, () -> Taylor.line(of, 1, 1, 3).times(other));
        assertThrows(IllegalArgumentException.class, () -> Taylor.line(of, 1, 1, -1));
        assertThrows(IllegalArgumentException.class, () -> Taylor.of(of));
    }

    @Test
    void equalityIsThatOfAllCoefficients() {
        assertEquals(Taylor.of(of, 1, 1, 0), Taylor.line(of, 1, 1, 2));
        assertEquals(Taylor.of(of, 1, 1, 0).hashCode(), Taylor.line(of, 1, 1, 2).hashCode());
        assertNotEquals(Taylor.of(of, 1, 1, 0), Taylor.of(of, 1, 1));
        assertNotEquals(Taylor.of(of, 1), Taylor.of(new Differentiation("other"), 1));
        assertEquals("1.0 + 1.0·t + 0.0·t^2", Taylor.line(of, 1, 1, 2).toString());
    }
}
