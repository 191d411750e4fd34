package org.wengert.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.junit.jupiter.api.Test;

class DampedLeastSquaresTest {

    @Property(tries = 100, seed = "42")
    void theSolutionIsThatOfTheStackedProblem(
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 1, max = 6) int columns,
            @ForAll @IntRange(min = -6, max = 3) int exponent,
            @ForAll long seed) {
        Random random = new Random(seed);
        DMatrixRMaj a = gaussian(rows, columns, random);
        double[] b = gaussian(rows, 1, random).data;
        double[] scale = new double[columns];
        for (int j = 0; j < columns; j++) {
            scale[j] = 0.5 + random.nextDouble();
        }
        double damping = Math.pow(10, exponent);

        // [A; √λ D] p ≈ [b; 0] by EJML's own QR.
        DMatrixRMaj stacked = new DMatrixRMaj(rows + columns, columns);
        CommonOps_DDRM.insert(a, stacked, 0, 0);
        DMatrixRMaj right = new DMatrixRMaj(rows + columns, 1);
        System.arraycopy(b, 0, right.data, 0, rows);
        for (int j = 0; j < columns; j++) {
            stacked.set(rows + j, j, Math.sqrt(damping) * scale[j]);
        }
        var solver = LinearSolverFactory_DDRM.leastSquares(rows + columns, columns);
        assertTrue(solver.setA(stacked));
        DMatrixRMaj expected = new DMatrixRMaj(columns, 1);
        solver.solve(right, expected);

        var least = DampedLeastSquares.of(a, scale);
        double[] p = least.solve(b, damping);
        double size = 1 + norm(expected.data);
        assertArrayEquals(expected.data, p, 1e-9 * size);

        double[] atb = new double[columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                atb[j] += a.get(i, j) * b[i];
            }
        }
        assertArrayEquals(expected.data, least.solveNormal(atb, damping), 1e-9 * size);
    }

    @Test
    void amongAllSolutionsOfARankDeficientProblemTheOneOfLeastScaledNormIsTaken() {
        // p0 + p1 = 2 is all that is known. With D = diag(1, 2), p0² + 4 p1² is least at (1.6, 0.4).
        DMatrixRMaj a = new DMatrixRMaj(new double[][] {{1, 1}, {1, 1}, {1, 1}});
        var least = DampedLeastSquares.of(a, new double[] {1, 2});
        assertEquals(1, least.rank());
        assertEquals(Double.POSITIVE_INFINITY, least.condition());
        assertArrayEquals(new double[] {1.6, 0.4}, least.solve(new double[] {2, 2, 2}, 0), 1e-14);
        assertFalse(least.determines(0));
        assertFalse(least.determines(1));
    }

    @Test
    void anUnknownThatOnlyItsOwnColumnKnowsIsDetermined() {
        DMatrixRMaj a = new DMatrixRMaj(new double[][] {{1, 1, 0}, {2, 2, 0}, {0, 0, 3}});
        var least = DampedLeastSquares.of(a, DampedLeastSquares.columnNorms(a));
        assertEquals(2, least.rank());
        assertFalse(least.determines(0));
        assertFalse(least.determines(1));
        assertTrue(least.determines(2));
    }

    @Test
    void fewerRowsThanColumnsDetermineNothingThatTheyMix() {
        DMatrixRMaj a = new DMatrixRMaj(new double[][] {{1, 1, 0}, {0, 0, 1}});
        var least = DampedLeastSquares.of(a, new double[] {1, 1, 1});
        assertFalse(least.determines(0));
        assertTrue(least.determines(2));
        assertArrayEquals(new double[] {1, 1, 5}, least.solve(new double[] {2, 5}, 0), 1e-14);
    }

    @Property(tries = 50, seed = "42")
    void theSolutionDoesNotDependOnTheUnitsOfTheUnknowns(@ForAll long seed) {
        Random random = new Random(seed);
        DMatrixRMaj a = gaussian(7, 3, random);
        double[] b = gaussian(7, 1, random).data;
        double[] p = DampedLeastSquares.of(a, DampedLeastSquares.columnNorms(a)).solve(b, 0.1);
        double[] units = {0x1p-300, 1, 0x1p200};
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < 3; j++) {
                a.set(i, j, a.get(i, j) * units[j]);
            }
        }
        double[] q = DampedLeastSquares.of(a, DampedLeastSquares.columnNorms(a)).solve(b, 0.1);
        for (int j = 0; j < 3; j++) {
            assertEquals(p[j], q[j] * units[j], 0.0);
        }
    }

    @Property(tries = 50, seed = "42")
    void theInverseGramTimesTheGramIsTheIdentity(@ForAll @IntRange(min = 1, max = 5) int columns, @ForAll long seed) {
        DMatrixRMaj a = gaussian(columns + 10, columns, new Random(seed));
        DMatrixRMaj inverse = DampedLeastSquares.of(a, DampedLeastSquares.columnNorms(a)).inverseGram();
        DMatrixRMaj gram = new DMatrixRMaj(columns, columns);
        CommonOps_DDRM.multTransA(a, a, gram);
        DMatrixRMaj product = new DMatrixRMaj(columns, columns);
        CommonOps_DDRM.mult(inverse, gram, product);
        assertArrayEquals(CommonOps_DDRM.identity(columns).data, product.data, 1e-11);
    }

    @Test
    void anExplainedPartIsTheNormOfTheProjection() {
        DMatrixRMaj a = new DMatrixRMaj(new double[][] {{1, 0}, {0, 1}, {0, 0}});
        assertEquals(5, DampedLeastSquares.of(a, new double[] {1, 1}).explained(new double[] {3, 4, 12}), 1e-14);
    }

    @Test
    void entriesThatAreNotFiniteAreRefusedByPlace() {
        DMatrixRMaj a = new DMatrixRMaj(new double[][] {{1, 2}, {3, Double.NaN}});
        var e = assertThrows(IllegalArgumentException.class, () -> DampedLeastSquares.of(a, new double[] {1, 1}));
        assertEquals("a must be finite, but entry (1, 1) is NaN", e.getMessage());
        var f = assertThrows(IllegalArgumentException.class,
                () -> DampedLeastSquares.of(new DMatrixRMaj(2, 2), new double[] {1, 0}));
        assertEquals("scale must be positive and finite, but entry 1 is 0.0", f.getMessage());
    }

    private static DMatrixRMaj gaussian(int rows, int columns, Random random) {
        DMatrixRMaj a = new DMatrixRMaj(rows, columns);
        for (int k = 0; k < a.data.length; k++) {
            a.data[k] = random.nextGaussian();
        }
        return a;
    }

    private static double norm(double[] x) {
        double sum = 0;
        for (double each : x) {
            sum += each * each;
        }
        return Math.sqrt(sum);
    }
}
