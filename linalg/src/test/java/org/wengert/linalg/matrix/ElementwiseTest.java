package org.wengert.linalg.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Unary;
import org.wengert.core.scalar.Differentiation;
import org.wengert.core.scalar.HyperDual;
import org.wengert.core.scalar.Scalar;

/** Functions entry by entry are those of the table, with the derivatives that numbers have. */
class ElementwiseTest {

    private static final double[] POINTS = {0, -0.0, 0.3, 1, 1.7, -0.6, -3, 20, 800, -800, Double.NaN, Double.POSITIVE_INFINITY};
    private static final Differentiation OF = new Differentiation("elementwise");

    /** Points as one row, with a tangent that is zero in every third entry. */
    private static HyperDualMatrix variable(int shift, double... x) {
        int n = x.length;
        DMatrixRMaj a = new DMatrixRMaj(1, n);
        DMatrixRMaj b = new DMatrixRMaj(1, n);
        for (int k = 0; k < n; k++) {
            a.data[k] = (k + shift) % 3 == 0 ? 0 : 1 + k;
            b.data[k] = (k + shift) % 4 == 0 ? 0 : 2 - k;
        }
        return HyperDualMatrix.of(OF, DMatrixRMaj.wrap(1, n, x), new DMatrixRMaj[] {a}, b);
    }

    private static void assertSame(Scalar[] expected, Matrix y) {
        HyperDualMatrix h = (HyperDualMatrix) y;
        for (int k = 0; k < expected.length; k++) {
            HyperDual e = (HyperDual) expected[k];
            assertEquals(e.value(), h.value(0, k), "value " + k);
            assertClose(e.a(0), h.a(0).get(0, k), "tangent " + k);
            assertClose(e.b(), h.b().get(0, k), "second direction " + k);
            assertClose(e.ab(0), h.ab(0).get(0, k), "mixed " + k);
        }
    }

    private static void assertClose(double expected, double actual, String what) {
        // NaN equals NaN here, and 0.0 equals -0.0.
        if (Double.compare(expected + 0.0, actual + 0.0) != 0) {
            assertEquals(expected, actual, 1e-14 * Math.abs(expected) + Double.MIN_VALUE, what);
        }
    }

    @TestFactory
    Stream<DynamicTest> unaryRows() {
        return ElementaryTable.rows().stream().filter(Unary.class::isInstance).map(Unary.class::cast)
                .map(f -> DynamicTest.dynamicTest(f.name(), () -> {
                    HyperDualMatrix x = variable(0, POINTS);
                    Scalar[] expected = Stream.of(ScalarMatrices.toScalars(x)[0]).map(s -> s.apply(f)).toArray(Scalar[]::new);
                    assertSame(expected, MatrixMath.elementwise(f, x));
                }));
    }

    @TestFactory
    Stream<DynamicTest> binaryRows() {
        return ElementaryTable.rows().stream().filter(Binary.class::isInstance).map(Binary.class::cast)
                .map(f -> DynamicTest.dynamicTest(f.name(), () -> {
                    HyperDualMatrix x = variable(0, 0.3, 1.7, 2.5, 4, 0.9, 1.1);
                    HyperDualMatrix y = variable(1, 1.2, 0.4, 3.5, 2, 0.5, 0.7);
                    Scalar[] u = ScalarMatrices.toScalars(x)[0];
                    Scalar[] v = ScalarMatrices.toScalars(y)[0];
                    Scalar[] expected = new Scalar[u.length];
                    Arrays.setAll(expected, k -> u[k].apply(f, v[k]));
                    assertSame(expected, MatrixMath.elementwise(f, x, y));
                }));
    }

    @Test
    void anInfiniteSlopeDoesNotSpoilDirectionsThatStandStill() {
        var f = DifferentiableMatrix.of(a -> MatrixMath.sum(MatrixMath.elementwise(Powers.SQRT, a)));
        DMatrixRMaj at = new DMatrixRMaj(new double[][] {{0, 4}});
        DMatrixRMaj along = new DMatrixRMaj(new double[][] {{0, 1}});
        assertEquals(0.25, f.jvp(new DMatrixRMaj[] {at}, new DMatrixRMaj[] {along}).tangent().get(0, 0));
        assertEquals(List.of(Double.POSITIVE_INFINITY, 0.25),
                Arrays.stream(f.gradient(at).gradient()[0].data).boxed().toList());
    }
}
