package org.wengert.core.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;

/** Every row of the table as a series, compared with what its own value says next to the point. */
class TaylorRowsTest {

    private static final int ORDER = 24;

    /** Where the default points lie outside of the domain, or an argument is a whole number that does not move. */
    private static final Map<String, List<Double>> POINTS = Map.ofEntries(
            Map.entry("acosh", List.of(1.7)),
            Map.entry("rootN", List.of(0.7, 3.0)),
            Map.entry("polygamma", List.of(2.0, 1.3)),
            Map.entry("erfcxDerivative", List.of(2.0, 1.3)),
            Map.entry("besselJ", List.of(2.0, 1.3)),
            Map.entry("sphericalBesselJ", List.of(2.0, 1.3)),
            Map.entry("regularizedGammaPShape", List.of(1.0, 1.3, 0.9)),
            Map.entry("gammaDensityShape", List.of(1.0, 1.3, 0.9)));

    private static final List<Double> SLOPES = List.of(1.0, -0.6, 0.8);

    private final Differentiation of = new Differentiation("test");

    static List<Elementary> rows() {
        return ElementaryTable.rows();
    }

    private static List<Double> point(Elementary row) {
        List<Double> point = POINTS.get(row.name());
        return point != null ? point : switch (row) {
            case Unary _ -> List.of(0.7);
            case Binary _ -> List.of(0.7, 1.3);
            case Nary _ -> List.of(0.7, 0.4, 1.3);
        };
    }

    private static boolean moves(List<Double> point, int i) {
        return point.get(i) != Math.rint(point.get(i));
    }

    private Scalar apply(Elementary row, List<Double> point, int order, double t) {
        List<Scalar> x = new ArrayList<>();
        for (int i = 0; i < point.size(); i++) {
            double v = moves(point, i) ? SLOPES.get(i) : 0;
            x.add(order > 0 && v != 0 ? Taylor.line(of, point.get(i), v, order) : new Real(point.get(i) + t * v));
        }
        return apply(row, x);
    }

    private static Scalar apply(Elementary row, List<Scalar> x) {
        return switch (row) {
            case Unary f -> ScalarArithmetic.INSTANCE.apply(f, x.getFirst());
            case Binary f -> ScalarArithmetic.INSTANCE.apply(f, x.getFirst(), x.getLast());
            case Nary f -> ScalarArithmetic.INSTANCE.apply(f, x);
        };
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theTaylorPolynomialAgreesWithTheValuesAroundThePoint(Elementary row) {
        List<Double> point = point(row);
        double[] c = ((Taylor) apply(row, point, ORDER, 0)).coefficients();
        assertEquals(apply(row, point, 0, 0).value(), c[0]);
        double growth = 1;
        for (int k = ORDER / 2; k <= ORDER; k++) {
            growth = Math.max(growth, Math.pow(Math.abs(c[k] / Math.max(Math.abs(c[0]), 1e-3)), 1.0 / k));
        }
        // Not as far as the next kink or jump.
        double most = row.notes().family() == Family.PIECEWISE ? 0.01 : 0.25 / growth;
        for (double t : new double[] {most, -most}) {
            double sum = 0;
            double size = 0;
            for (int k = ORDER; k >= 0; k--) {
                sum = sum * t + c[k];
                size = size * Math.abs(t) + Math.abs(c[k]);
            }
            double expected = apply(row, point, 0, t).value();
            double tolerance = 1e-13 + 1e-15 * row.notes().valueUlps();
            assertEquals(expected, sum, tolerance * size, () -> row + " at " + point + " + " + t);
            assertTrue(Double.isFinite(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aSeriesOfLowOrderIsTheBeginningOfOneOfHighOrder(Elementary row) {
        Taylor high = (Taylor) apply(row, point(row), ORDER, 0);
        for (int order : new int[] {1, 2, 3, 7}) {
            Taylor low = (Taylor) apply(row, point(row), order, 0);
            for (int k = 0; k <= order; k++) {
                assertEquals(high.coefficient(k), low.coefficient(k));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aSeriesAlongACurveIsTheSeriesAlongALineWithTheCurvePutIn(Elementary row) {
        // x(t) = x + v u(t) with u = t + t²/2 - t³/3: the coefficients of f(x + v u), with u put in for t.
        int order = 8;
        double[] line = ((Taylor) apply(row, point(row), order, 0)).coefficients();
        Taylor u = Taylor.of(of, 0, 1, 0.5, -1 / 3.0, 0, 0, 0, 0, 0);
        Scalar expected = new Real(line[order]);
        for (int k = order - 1; k >= 0; k--) {
            expected = u.times(expected).plus(line[k]);
        }
        List<Double> point = point(row);
        List<Scalar> x = new ArrayList<>();
        for (int i = 0; i < point.size(); i++) {
            x.add(moves(point, i) ? u.times(SLOPES.get(i)).plus(point.get(i)) : new Real(point.get(i)));
        }
        Taylor curve = (Taylor) apply(row, x);
        double size = 0;
        for (int k = 0; k <= order; k++) {
            size = Math.max(size, Math.abs(line[k]));
            assertEquals(((Taylor) expected).coefficient(k), curve.coefficient(k), 1e-12 * Math.scalb(size, k / 2), row + ", order " + k);
        }
    }
}
