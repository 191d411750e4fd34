package org.wengert.core.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.formula.DerivativeFormulas;

/**
 * Every row of the table in nested numbers, which differentiate its formulas, beside hyper-dual numbers, which use its
 * double functions: two independent statements of the same first and second derivatives.
 */
class RowsInNestedNumbersTest {

    private static final int POINTS = 300;

    /** Where logarithms, exponents and differences are 0 or 1, and formulas may take another branch. */
    private static final double[] ROUND = {0.25, 0.5, 1, 2};

    static Stream<Elementary> rows() {
        return ElementaryTable.rows().stream().filter(DerivativeFormulas::exist);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void nestedAndHyperDualDerivativesAgree(Elementary row) {
        var random = new SplittableRandom(row.name().hashCode());
        var inner = new Differentiation("inner");
        inner.order();
        var outer = new Differentiation("outer");
        var both = new Differentiation("both");
        int compared = 0;
        for (int k = 0; k < POINTS; k++) {
            int n = arity(row);
            Scalar[] hyper = new Scalar[n];
            Scalar[] nested = new Scalar[n];
            double low = k % 3 == 0 ? 0.05 : k % 3 == 1 ? 1.05 : -3;
            double high = k % 3 == 0 ? 0.95 : 3;
            for (int i = 0; i < n; i++) {
                double x = k % 8 == 7 ? ROUND[random.nextInt(ROUND.length)] : random.nextDouble(low, high);
                double a = random.nextDouble(-1, 1);
                double b = random.nextDouble(-1, 1);
                if (i == whole(row)) {
                    hyper[i] = new Real(1 + k % 4);
                    nested[i] = hyper[i];
                    continue;
                }
                hyper[i] = HyperDual.of(both, x, new double[] {a}, b);
                nested[i] = Nested.variable(outer, Dual.of(inner, x, b), List.of(new Real(a)));
            }
            HyperDual1 expected = (HyperDual1) apply(row, hyper);
            if (!Double.isFinite(expected.ab0()) || !Double.isFinite(expected.value())) {
                continue;
            }
            Scalar actual = apply(row, nested);
            Scalar value = Nested.primal(outer, actual);
            Scalar a = Nested.tangent(outer, actual, 0);
            double scale = Math.max(1, Math.abs(expected.a0()) + Math.abs(expected.b()) + Math.abs(expected.ab0()));
            assertEquals(expected.value(), value.value());
            assertEquals(expected.b(), Nested.tangent(inner, value, 0).value(), 1e-13 * scale);
            assertEquals(expected.a0(), a.value(), 1e-12 * scale);
            assertEquals(expected.ab0(), Nested.tangent(inner, a, 0).value(), 1e-10 * scale, () -> "at " + expected);
            compared++;
        }
        int points = compared;
        assertTrue(points >= POINTS / 4, () -> "only " + points + " points with finite derivatives");
    }

    /** The argument that must be a whole number without derivatives, or -1. */
    private static int whole(Elementary row) {
        return switch (row.name()) {
            case "rootN" -> 1;
            case "erfcxDerivative", "polygamma", "besselJ", "sphericalBesselJ", "regularizedGammaPShape",
                 "gammaDensityShape" -> 0;
            default -> -1;
        };
    }

    private static int arity(Elementary row) {
        return switch (row) {
            case Unary _ -> 1;
            case Binary _ -> 2;
            case Nary f -> f.arity() == Nary.ANY ? 4 : f.arity();
        };
    }

    private static Scalar apply(Elementary row, Scalar[] x) {
        return switch (row) {
            case Unary f -> x[0].apply(f);
            case Binary f -> x[0].apply(f, x[1]);
            case Nary f -> x[0].apply(f, x);
        };
    }
}
