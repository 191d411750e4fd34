package org.wengert.core.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Equality, conversion, comparison and text of numbers. */
class NumbersAsObjectsTest {

    private static final Differentiation A = new Differentiation("test");
    private static final Differentiation B = new Differentiation("other test");

    private static Scalar nested(Scalar primal, Scalar... tangents) {
        return new Nested(B, primal, List.of(tangents));
    }

    /** One number of each kind, made anew at each call. */
    private static List<Supplier<Scalar>> kinds() {
        return List.of(
                () -> new Real(1),
                () -> Dual.of(A, 1, 2),
                () -> Dual.of(A, 1, 2, 3, 4),
                () -> Dual.of(A, 1, 2, 3, 4, 5, 6),
                () -> Dual.of(A, 1, new double[12]),
                () -> Dual.unit(A, 1, 3),
                () -> Dual.of(B, 1, 2),
                () -> Dual.of(A, 1, Double.NaN),
                () -> Dual.of(A, Double.NaN, 2),
                () -> Dual.of(A, 1, 0.0),
                () -> Dual.of(A, 1, -0.0),
                () -> HyperDual.of(A, 1, new double[] {2}, 3),
                () -> HyperDual.of(A, 1, new double[] {2, 3}, 3),
                () -> HyperDual.of(A, 1, new double[] {2, 3, 4, 5, 6}, 3),
                () -> nested(Dual.of(A, 1, 2), new Real(1)),
                () -> nested(Dual.of(A, 1, 2), new Real(Double.NaN)));
    }

    @Test
    void equalsComparesAllComponentsAndHashCodeAgrees() {
        List<Supplier<Scalar>> kinds = kinds();
        for (int i = 0; i < kinds.size(); i++) {
            for (int j = 0; j < kinds.size(); j++) {
                Scalar x = kinds.get(i).get();
                Scalar y = kinds.get(j).get();
                if (i == j) {
                    assertEquals(x, y);
                    assertEquals(x.hashCode(), y.hashCode());
                } else {
                    assertNotEquals(x, y);
                }
            }
        }
        assertNotEquals(Dual.of(A, 1, 0), new Real(1));
    }

    @Test
    void anIntegerCannotCarryTangents() {
        assertEquals(-2, new Real(-2.9).intValue());
        assertEquals(1L << 40, new Real(0.5 + (1L << 40)).longValue());
        assertEquals(2, Dual.of(A, 2.9, 0, 0, 0).intValue());
        assertEquals(2, HyperDual.of(A, 2.9, new double[] {0, 0}, 0).longValue());
        assertEquals(1, nested(new Real(1.5), new Real(0)).intValue());
        List<Scalar> moving = List.of(
                Dual.of(A, 2, 1), Dual.of(A, 2, 0, 0, 0, 1), Dual.of(A, 2, 0, 0, 0, 0, 0, Double.NaN),
                HyperDual.of(A, 2, new double[] {0}, 1), HyperDual.of(A, 2, new double[] {0, 0, 1}, 0),
                new HyperDual1(A, 2, 0, 0, 1),
                nested(new Real(2), new Real(1)), nested(Dual.of(A, 2, 1), new Real(0)),
                nested(new Real(2), Dual.of(A, 0, 1)));
        for (Scalar x : moving) {
            var e = assertThrows(ArithmeticException.class, x::intValue, x::toString);
            assertTrue(e.toString().contains("an integer cannot carry tangents, but the number is "), e.toString());
            assertThrows(ArithmeticException.class, x::longValue, x::toString);
        }
    }

    @Test
    void comparisonsLookAtValuesAlone() {
        Dual x = Dual.of(A, 1, 5);
        assertEquals(0, x.compareTo(new Real(1)));
        assertEquals(0, new Real(-0.0).compareTo(0.0));
        assertEquals(-1, x.compareTo(Double.NaN));
        assertEquals(0, new Real(Double.NaN).compareTo(Double.NaN));
        assertTrue(!new Real(Double.NaN).isLessThan(1) && !new Real(Double.NaN).isAtLeast(1));
        // By value alone, the branch of x == 1 ? 1 : x·x would lose the derivative; equals is about the whole number.
        assertNotEquals(x, new Real(1));
    }

    @Test
    void textShowsValueAndDerivatives() {
        assertEquals("1.0 + [2.0]ε", Dual.of(A, 1, 2).toString());
        assertEquals("1.0 + [2.0]ε + 3.0δ + [0.0]εδ", HyperDual.of(A, 1, new double[] {2}, 3).toString());
        assertTrue(nested(Dual.of(A, 1, 2), new Real(3)).toString()
                .matches("\\(1\\.0 \\+ \\[2\\.0]ε\\) \\+ \\[3\\.0]ε of other test #\\d+"));
    }

    @Test
    void lanesThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Dual.of(A, 1, new double[0]));
        assertThrows(IllegalArgumentException.class, () -> HyperDual.of(A, 1, new double[0], 1));
        assertThrows(IllegalArgumentException.class, () -> HyperDual.of(A, 1, new double[9], 1));
        assertThrows(IndexOutOfBoundsException.class, () -> Dual.of(A, 1, 2).tangent(1));
        assertThrows(IndexOutOfBoundsException.class, () -> HyperDual.of(A, 1, new double[4], 2).ab(4));
    }
}
