package org.wengert.core.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Exponentials;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Notes;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Unary;

/** What a zero does: a zero tangent absorbs everything, a zero partial only where it means "not looked at". */
class ZeroLawsTest {

    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private static final Notes PIECEWISE = new Notes(Family.PIECEWISE, "", 0, 0, 0, "", "");
    private static final Notes SMOOTH = new Notes(Family.USER, "", 0, 0, 0, "", "");

    private static final Unary STEP = new Unary("step", Math::floor, (_, _) -> 0, (_, _, _) -> 0, "0", PIECEWISE);
    private static final Binary LEFT = left(PIECEWISE);
    private static final Binary SMOOTH_LEFT = left(SMOOTH);
    private static final Nary FIRST_OF = new Nary(
            "firstOf", Nary.ANY, x -> x[0], (_, _, i) -> i == 0 ? 1 : 0, (_, _, _, _) -> 0, List.of(), PIECEWISE);

    private final Differentiation of = new Differentiation("test");

    private static Binary left(Notes notes) {
        return new Binary(
                "left", (x, _) -> x, (_, _, _) -> 1, (_, _, _) -> 0,
                (_, _, _) -> 0, (_, _, _) -> 0, (_, _, _) -> 0, "1", "0", notes);
    }

    /** A number whose tangents are all t, of the chunk with that many lanes. */
    private Dual dual(int lanes, double value, double t) {
        double[] tangents = new double[lanes];
        Arrays.fill(tangents, t);
        return Dual.of(of, value, tangents);
    }

    private static void assertTangents(double expected, Scalar actual) {
        Dual dual = (Dual) actual;
        for (int lane = 0; lane < dual.lanes(); lane++) {
            assertEquals(expected, dual.tangent(lane) + 0.0, "lane " + lane);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 12})
    void aPiecewiseFunctionDropsTheArgumentItDoesNotLookAt(int lanes) {
        Dual infinite = dual(lanes, 2, INF);
        Dual undefined = dual(lanes, 2, NAN);
        assertTangents(3, dual(lanes, 1, 3).apply(LEFT, infinite));
        assertTangents(3, dual(lanes, 1, 3).apply(LEFT, undefined));
        assertTangents(0, undefined.apply(STEP));
        assertTangents(0, infinite.applyRight(1, LEFT));
        assertTangents(3, dual(lanes, 1, 3).apply(FIRST_OF, new Scalar[] {dual(lanes, 1, 3), undefined, infinite}));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 12})
    void elsewhereAZeroPartialTimesAnInfiniteTangentIsNaN(int lanes) {
        Dual infinite = dual(lanes, 2, INF);
        assertTangents(NAN, dual(lanes, 1, 3).apply(SMOOTH_LEFT, infinite));
        assertTangents(NAN, infinite.times(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 12})
    void aZeroTangentStaysZeroUnderAnInfinitePartial(int lanes) {
        assertTangents(0, dual(lanes, 0, 0).apply(Exponentials.LOG));
        assertTangents(INF, dual(lanes, 0, 1).apply(Exponentials.LOG));
        assertTangents(0, dual(lanes, 1, 0).div(dual(lanes, 0, 0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 12})
    void aValueOfNaNHasNaNTangentsInActiveDirectionsOnly(int lanes) {
        assertTangents(NAN, dual(lanes, -1, 1).apply(Exponentials.LOG));
        assertTangents(0, dual(lanes, -1, 0).apply(Exponentials.LOG));
        assertTangents(NAN, dual(lanes, NAN, 1).plus(1));
        assertTangents(NAN, dual(lanes, INF, 1).apply(Operations.MINUS, dual(lanes, INF, 3)));
        assertTangents(NAN, dual(lanes, INF, 1).minus(dual(lanes, INF, 3)));
    }

    /** A number that moves alike in all columns and along the second direction. */
    private HyperDual hyperDual(int lanes, double value, double a, double b) {
        double[] columns = new double[lanes];
        Arrays.fill(columns, a);
        return HyperDual.of(of, value, columns, b);
    }

    private static void assertDerivatives(double a, double b, double ab, Scalar actual) {
        HyperDual x = (HyperDual) actual;
        assertEquals(b, x.b() + 0.0, "b");
        for (int lane = 0; lane < x.lanes(); lane++) {
            assertEquals(a, x.a(lane) + 0.0, "a in lane " + lane);
            assertEquals(ab, x.ab(lane) + 0.0, "ab in lane " + lane);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void secondDerivativesObeyTheSameLaws(int lanes) {
        HyperDual infinite = hyperDual(lanes, 2, INF, NAN);
        // the argument not looked at
        assertDerivatives(3, 5, 0, hyperDual(lanes, 1, 3, 5).apply(LEFT, infinite));
        assertDerivatives(0, 0, 0, infinite.apply(STEP));
        assertDerivatives(0, 0, 0, infinite.applyRight(1, LEFT));
        assertDerivatives(3, 5, 0, hyperDual(lanes, 1, 3, 5).apply(
                FIRST_OF, new Scalar[] {hyperDual(lanes, 1, 3, 5), infinite, infinite}));
        // elsewhere
        assertDerivatives(NAN, NAN, 0, infinite.times(0));
        // zero tangents under infinite partials, f' = Inf and f'' = -Inf
        assertDerivatives(0, 0, 0, hyperDual(lanes, 0, 0, 0).apply(Exponentials.LOG));
        assertDerivatives(INF, 0, 0, hyperDual(lanes, 0, 1, 0).apply(Exponentials.LOG));
        assertDerivatives(0, INF, 0, hyperDual(lanes, 0, 0, 1).apply(Exponentials.LOG));
        assertDerivatives(INF, INF, -INF, hyperDual(lanes, 0, 1, 1).apply(Exponentials.LOG));
        // in a product of two tangents a zero absorbs an infinity
        assertDerivatives(INF, 6, INF, hyperDual(lanes, 2, INF, 0).times(hyperDual(lanes, 3, 0, 3)));
        assertDerivatives(INF, 0, 0, hyperDual(lanes, 2, INF, 0).times(hyperDual(lanes, 3, 1, 0)));
        // values of NaN
        assertDerivatives(NAN, 0, 0, hyperDual(lanes, -1, 1, 0).apply(Exponentials.LOG));
        assertDerivatives(NAN, NAN, NAN, hyperDual(lanes, -1, 1, 2).apply(Exponentials.LOG));
        assertDerivatives(NAN, NAN, NAN, hyperDual(lanes, NAN, 1, 2).plus(1));
        assertDerivatives(NAN, NAN, NAN, hyperDual(lanes, INF, 1, 2).minus(hyperDual(lanes, INF, 0, 0)));
    }
}
