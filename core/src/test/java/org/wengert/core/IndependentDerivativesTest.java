package org.wengert.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.wengert.core.formula.Formula;
import org.wengert.core.numeric.ComplexStep;
import org.wengert.core.numeric.Estimate;
import org.wengert.core.numeric.FiniteDifferences;

/** Derivatives of random smooth formulas, by ways that have nothing in common but the formula. */
class IndependentDerivativesTest {

    private static final List<String> NAMES = List.of("x", "y", "z");

    @Property(tries = 400)
    void dualNumbersSeriesComplexStepsAndDifferencesAgree(@ForAll("formulas") String text, @ForAll Random random) {
        Formula formula = Formula.parse(text).withNames(NAMES);
        double[] x = random.doubles(3, -1.5, 1.5).toArray();
        double[] v = random.doubles(3, -1, 1).toArray();
        Differentiable f = Formulas.differentiable(formula);
        Jvp dual = f.jvp(x, v);
        Along hyperDual = f.along(x, v);
        Derivatives series = f.derivatives(x, v, 6);
        assertEquals(formula.value(x), dual.value());
        assertEquals(formula.value(x), series.value());
        // Sums of products of a few numbers of size 1 to 20, so 1e-11 is a hundred rounding errors of the largest.
        assertEquals(dual.tangent(), series.derivative(1), 1e-11);
        assertEquals(dual.tangent(), ComplexStep.jvp(formula, x, v)[0], 1e-11);
        assertEquals(hyperDual.second(), series.derivative(2), 1e-10);
        Estimate differences = FiniteDifferences.jvp(formula::value, x, v);
        // Their error estimate is not a bound: where a function wiggles, extrapolations may agree by accident.
        assertEquals(dual.tangent(), differences.value(), 1e-4 + 100 * differences.error(), text);
    }

    @Property(tries = 200)
    void aSeriesPredictsTheFunctionNearby(@ForAll("formulas") String text, @ForAll Random random) {
        Formula formula = Formula.parse(text).withNames(NAMES);
        double[] x = random.doubles(3, -1.5, 1.5).toArray();
        double[] v = random.doubles(3, -1, 1).toArray();
        Derivatives series = Formulas.differentiable(formula).derivatives(x, v, 20);
        double t = 1e-2;
        double[] moved = {x[0] + t * v[0], x[1] + t * v[1], x[2] + t * v[2]};
        // What is left out is less than the last terms that are there.
        double left = Math.abs(series.coefficients()[20] * Math.pow(t, 20)) + Math.abs(series.coefficients()[19] * Math.pow(t, 19));
        assertTrue(left < 1e-12, text);
        assertEquals(formula.value(moved), series.at(t), 1e-11 + 10 * left, text);
    }

    @Provide
    Arbitrary<String> formulas() {
        return Arbitraries.randoms().map(random -> bounded(random, 4));
    }

    /** A random expression whose values and derivatives stay of moderate size. */
    private static String bounded(Random random, int depth) {
        if (depth == 0) {
            return random.nextInt(4) == 0 ? Double.toString(random.nextInt(1, 20) / 10.0) : NAMES.get(random.nextInt(3));
        }
        String a = bounded(random, depth - 1);
        String b = bounded(random, depth - 1);
        return switch (random.nextInt(14)) {
            case 0, 1 -> "(" + a + " + " + b + ")";
            case 2 -> "(" + a + " - " + b + ")";
            case 3 -> "sin(" + a + ")*" + b;
            case 4 -> "cos(" + a + ")";
            case 5 -> "tanh(" + a + ")";
            case 6 -> "atan(" + a + ")";
            case 7 -> "sigmoid(" + a + ")*" + b;
            case 8 -> "(" + a + ")/(2 + cos(" + b + "))";
            case 9 -> "sqrt(1 + (" + a + ")^2)";
            case 10 -> "log(2 + sin(" + a + "))";
            case 11 -> "(2 + cos(" + a + "))^sin(" + b + ")";
            case 12 -> "hypot(" + a + ", 1 + sin(" + b + ")^2)";
            default -> "exp(-(" + a + ")^2)";
        };
    }
}
