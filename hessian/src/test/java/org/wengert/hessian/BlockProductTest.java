package org.wengert.hessian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.pow;
import static org.wengert.core.scalar.ScalarMath.sum;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.core.Differentiable;
import org.wengert.core.scalar.Scalar;

/** Products with several vectors side by side, against those of one vector after the other. */
class BlockProductTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static DMatrixRMaj vectors(int n, int columns) {
        return DMatrixRMaj.wrap(n, columns, new Random(7).doubles((long) n * columns, -1, 1).toArray());
    }

    private static double[] column(DMatrixRMaj a, int k) {
        double[] column = new double[a.numRows];
        Arrays.setAll(column, i -> a.get(i, k));
        return column;
    }

    /** Multiplies until the code for blocks has come. */
    private static void heat(TwiceDifferentiable f, double[] x) {
        BlockProduct block = Objects.requireNonNull(f.path(x, null)).product(f.at(x).method()).block();
        HessianVectorProduct h = f.at(x);
        DMatrixRMaj v = vectors(x.length, 64);
        assertFalse(block.isReady());
        assertTimeoutPreemptively(PATIENCE, () -> {
            while (!block.isReady()) {
                h.apply(v);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 20})
    void blocksAreTheProductsOfTheirColumns(int columns) {
        var f = TwiceDifferentiable.of(ScalableProblem.BRTRIDIA.function(20));
        double[] x = ScalableProblem.BRTRIDIA.probe(20);
        heat(f, x);
        HessianVectorProduct h = f.at(x);
        DMatrixRMaj v = vectors(20, columns);
        DMatrixRMaj before = v.copy();
        DMatrixRMaj hv = h.apply(v);
        assertArrayEquals(before.data, v.data);
        var into = new DMatrixRMaj(20, columns);
        h.apply(v, into);
        assertArrayEquals(hv.data, into.data);
        for (int k = 0; k < columns; k++) {
            assertArrayEquals(h.apply(column(v, k)), column(hv, k), 1e-12, "column " + k);
        }
        // Another point of the same path, and the matrix that all columns together give.
        double[] there = ScalableProblem.BRTRIDIA.start(20);
        DMatrixRMaj dense = f.at(there).toDense();
        for (int k = 0; k < columns; k++) {
            double[] expected = new double[20];
            for (int i = 0; i < 20; i++) {
                for (int j = 0; j < 20; j++) {
                    expected[i] += dense.get(i, j) * v.get(j, k);
                }
            }
            assertArrayEquals(expected, column(f.at(there).apply(v), k), 1e-12, "column " + k);
        }
    }

    @Test
    void resultsOfAnotherShapeAreRefused() {
        HessianVectorProduct h = HessianVectorProduct.of(ScalableProblem.BRTRIDIA.function(20), ScalableProblem.BRTRIDIA.start(20));
        DMatrixRMaj v = vectors(20, 3);
        var wrong = assertThrows(IllegalArgumentException.class, () -> h.apply(v, new DMatrixRMaj(20, 2)));
        assertEquals("result must be 20 x 3, as v is, but is 20 x 2", wrong.getMessage());
        assertThrows(IllegalArgumentException.class, () -> h.apply(v, v));
        v.set(19, 2, Double.NaN);
        wrong = assertThrows(IllegalArgumentException.class, () -> h.apply(v));
        assertEquals("v must not hold NaN, but entry (19, 2) is NaN", wrong.getMessage());
    }

    @Test
    void columnsThatPlainProductsCannotTellAreMultipliedWithCare() {
        var f = TwiceDifferentiable.of(Differentiable.of(20, x -> {
            Scalar[] terms = new Scalar[20];
            Arrays.setAll(terms, i -> pow(x[i], 1.5).times(x[(i + 1) % 20]));
            return sum(terms);
        }));
        double[] x = new double[20];
        Arrays.fill(x, 0.5);
        heat(f, x);
        x[0] = 0; // the second derivative of x^1.5 is infinite there
        HessianVectorProduct h = f.at(x);
        DMatrixRMaj v = vectors(20, 8);
        for (int k = 0; k < 8; k++) {
            v.set(0, k, 0);
        }
        DMatrixRMaj hv = h.apply(v);
        for (int k = 0; k < 8; k++) {
            double[] expected = h.apply(column(v, k));
            assertTrue(RecordedPath.isNumber(expected));
            assertArrayEquals(expected, column(hv, k), 1e-13, "column " + k);
        }
    }
}
