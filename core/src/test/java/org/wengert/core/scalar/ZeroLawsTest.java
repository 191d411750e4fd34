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
    @ValueSource(ints = {1, 4, 8})
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
    @ValueSource(ints = {1, 4, 8})
    void elsewhereAZeroPartialTimesAnInfiniteTangentIsNaN(int lanes) {
        Dual infinite = dual(lanes, 2, INF);
        assertTangents(NAN, dual(lanes, 1, 3).apply(SMOOTH_LEFT, infinite));
        assertTangents(NAN, infinite.times(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void aZeroTangentStaysZeroUnderAnInfinitePartial(int lanes) {
        assertTangents(0, dual(lanes, 0, 0).apply(Exponentials.LOG));
        assertTangents(INF, dual(lanes, 0, 1).apply(Exponentials.LOG));
        assertTangents(0, dual(lanes, 1, 0).div(dual(lanes, 0, 0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void aValueOfNaNHasNaNTangentsInActiveDirectionsOnly(int lanes) {
        assertTangents(NAN, dual(lanes, -1, 1).apply(Exponentials.LOG));
        assertTangents(0, dual(lanes, -1, 0).apply(Exponentials.LOG));
        assertTangents(NAN, dual(lanes, NAN, 1).plus(1));
        assertTangents(NAN, dual(lanes, INF, 1).apply(Operations.MINUS, dual(lanes, INF, 3)));
        assertTangents(NAN, dual(lanes, INF, 1).minus(dual(lanes, INF, 3)));
    }
}
