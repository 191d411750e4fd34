package org.wengert.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.sqrt;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.ops.DConvertMatrixStruct;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Pattern;
import org.wengert.linalg.coloring.Ordering;
import org.wengert.linalg.coloring.Patterns;

class SparseJacobianTest {

    static double[] dense(DMatrixSparseCSC a) {
        return DConvertMatrixStruct.convert(a, new DMatrixRMaj(a.numRows, a.numCols)).data;
    }

    private static void close(double[] expected, double[] actual) {
        double scale = 1;
        for (double e : expected) {
            scale = Math.max(scale, Math.abs(e));
        }
        assertArrayEquals(expected, actual, 1e-13 * scale);
    }

    @Property(tries = 120, seed = "42")
    void everyWayGivesTheDenseJacobian(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 14) int n, @ForAll @IntRange(min = 1, max = 14) int m,
            @ForAll Ordering ordering) {
        DifferentiableVector f = RandomFunction.of(seed, n, m, 25);
        double[] x = RandomFunction.point(seed, n);
        double[] expected = f.jacobian(x).entries();
        SparseJacobian prepared = SparseJacobian.of(f, x);
        close(expected, dense(prepared.matrix(x)));
        close(expected, dense(prepared.by(SparseJacobian.Method.COMPRESSION).matrix(x)));
        close(expected, dense(prepared.by(SparseJacobian.Method.ELIMINATION).matrix(x)));
        close(expected, dense(prepared.byColumns(ordering).matrix(x)));
        close(expected, dense(prepared.byRows(ordering).matrix(x)));
        close(expected, dense(prepared.bidirectional(ordering).matrix(x)));
        close(expected, dense(SparseJacobian.of(Linearizer.eager(f), x).matrix(x)));
        close(expected, dense(Linearization.of(f, x).toSparse()));
        close(expected, dense(Linearizer.eager(f).at(x).toSparse()));
        prepared.check(x);
        assertArrayEquals(f.value(x), prepared.at(x).value());
    }

    @Property(tries = 60, seed = "42")
    void thePatternOfEagerNumbersHasTheEntriesOfTheRecordedOne(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int n) {
        DifferentiableVector f = RandomFunction.of(seed, n, 5, 25);
        double[] x = RandomFunction.point(seed, n);
        Pattern recorded = SparseJacobian.of(f, x).pattern();
        Pattern eager = SparseJacobian.of(Linearizer.eager(f), x).pattern();
        assertTrue(Patterns.contains(eager, recorded), () -> eager + "\n" + recorded);
    }

    static DifferentiableVector broyden(int n) {
        return Differentiable.vector(n, n, x -> {
            Scalar[] y = new Scalar[n];
            for (int i = 0; i < n; i++) {
                Scalar t = x[i].times(2).minusFrom(3).times(x[i]).plus(1);
                t = i > 0 ? t.minus(x[i - 1]) : t;
                y[i] = i + 1 < n ? t.minus(x[i + 1].times(2)) : t;
            }
            return y;
        });
    }

    static double broydenEntry(double[] x, int i, int j) {
        return i == j ? 3 - 4 * x[i] : j == i - 1 ? -1 : j == i + 1 ? -2 : 0;
    }

    @Test
    void aTridiagonalJacobianTakesThreeColorsAndIsWrittenIntoPlace() {
        int n = 500;
        double[] x = new double[n];
        Arrays.setAll(x, i -> Math.sin(i));
        SparseJacobian prepared = SparseJacobian.of(broyden(n), x);
        assertEquals(3, prepared.coloring().colors());
        assertEquals(3 * n - 2, prepared.pattern().size());
        DMatrixSparseCSC j = new DMatrixSparseCSC(1, 1);
        for (double shift : new double[] {0, 0.5}) {
            double[] at = x.clone();
            at[7] += shift;
            double[] values = j.nz_values;
            prepared.into(at, j);
            if (shift > 0) {
                assertSame(values, j.nz_values);
            }
            for (int i = 0; i < n; i++) {
                for (int k = Math.max(0, i - 2); k < Math.min(n, i + 3); k++) {
                    assertEquals(broydenEntry(at, i, k), j.get(i, k), 1e-14);
                }
            }
        }
        assertTrue(prepared.report(x).startsWith("by "), prepared.report(x));
    }

    @Test
    void aLargeFunctionOfLocalResultsIsEliminatedAndRunOnVectors() {
        int n = 20_000;
        double[] x = new double[n];
        Arrays.setAll(x, i -> Math.sin(i));
        SparseJacobian prepared = SparseJacobian.of(broyden(n), x);
        assertTrue(prepared.report(x).startsWith("by elimination"), prepared.report(x));
        for (DMatrixSparseCSC j : new DMatrixSparseCSC[] {
            prepared.matrix(x), prepared.by(SparseJacobian.Method.COMPRESSION).matrix(x)}) {
            assertEquals(3 * n - 2, j.nz_length);
            for (int column = 0; column < n; column++) {
                for (int q = j.col_idx[column]; q < j.col_idx[column + 1]; q++) {
                    assertEquals(broydenEntry(x, j.nz_rows[q], column), j.nz_values[q], 1e-14);
                }
            }
        }
    }

    /** Hot or cold, in a matrix with room for the values and in one without: the same entries. */
    @Test
    void valuesAndEntriesAreWrittenInPlace() {
        int n = 700;
        SparseJacobian prepared = SparseJacobian.of(broyden(n), new double[n]);
        DMatrixSparseCSC roomy = prepared.newMatrix();
        var tight = new DMatrixSparseCSC(n, n, 3 * n - 2);
        double[] value = new double[n];
        double[] other = new double[n];
        for (int call = 0; call < 400; call++) {
            double[] x = new double[n];
            double shift = call;
            Arrays.setAll(x, i -> Math.sin(i + shift));
            prepared.into(x, value, roomy);
            prepared.into(x, other, tight);
            assertArrayEquals(broyden(n).value(x), value, 1e-14);
            assertArrayEquals(value, other, 1e-14);
            assertEquals(3 * n - 2, roomy.nz_length);
            for (int j = 0; j < n; j++) {
                for (int q = roomy.col_idx[j]; q < roomy.col_idx[j + 1]; q++) {
                    assertEquals(broydenEntry(x, roomy.nz_rows[q], j), roomy.nz_values[q], 1e-14);
                    assertEquals(roomy.nz_values[q], tight.nz_values[q], 1e-14);
                }
            }
        }
        assertThrows(IllegalArgumentException.class, () -> prepared.into(value, value, roomy));
        assertThrows(IllegalArgumentException.class, () -> prepared.into(value, new double[n - 1], roomy));
    }

    @Test
    void derivativesThatAreNoNumbersByPlainProductsFollowTheRulesAboutZeros() {
        DifferentiableVector f = Differentiable.vector(2, 2, x -> new Scalar[] {sqrt(x[0].times(x[1])), sin(x[1])});
        double[] x = {0, 2};
        double[] expected = f.jacobian(x).entries();
        assertEquals(0, expected[1]);
        for (SparseJacobian.Method method : SparseJacobian.Method.values()) {
            assertArrayEquals(expected, dense(SparseJacobian.of(f, x).by(method).matrix(x)), method.name());
        }
        for (DenseJacobian.Method method : new DenseJacobian.Method[] {
            DenseJacobian.Method.COLUMNS, DenseJacobian.Method.ELIMINATION}) {
            assertArrayEquals(expected, DenseJacobian.of(f).by(method).matrix(x).data, method.name());
        }
    }

    @Test
    void thePatternGrowsWhereABranchBringsNewEntries() {
        DifferentiableVector f = Differentiable.vector(2, 2, x -> new Scalar[] {
            x[0].isGreaterThan(0) ? sin(x[0]) : x[0].times(x[1]), exp(x[1])});
        SparseJacobian prepared = SparseJacobian.of(f, 1, 1);
        assertEquals(2, prepared.pattern().size());
        assertArrayEquals(new double[] {2, -1, 0, Math.exp(2)}, dense(prepared.matrix(-1, 2)));
        assertEquals(3, prepared.pattern().size());
        assertArrayEquals(new double[] {Math.cos(1), 0, 0, Math.exp(2)}, dense(prepared.matrix(1, 2)));
        assertEquals(3, prepared.matrix(1, 2).nz_length);
    }

    @Test
    void aWrongPatternIsFoundByTheCheck() {
        int n = 30;
        double[] x = new double[n];
        Arrays.fill(x, 0.3);
        Pattern diagonal = Patterns.of(n, n, IntStream.range(0, n).mapToObj(i -> new int[] {i}).toArray(int[][]::new));
        SparseJacobian wrong = SparseJacobian.withPattern(broyden(n), diagonal);
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> wrong.check(x)).getMessage());
        assertEquals("pattern must have every entry that is not zero, but lacks (0, 1), which is -2.0 at this point", message);
        SparseJacobian.withPattern(broyden(n), Patterns.dense(n, n)).check(x);
        assertFalse(wrong.pattern().size() > n);
    }

    @Test
    void aPatternOfTheWrongShapeIsRefused() {
        assertEquals("pattern must be 4 x 4 like the Jacobian, but is 4 x 5",
                assertThrows(IllegalArgumentException.class,
                        () -> SparseJacobian.withPattern(broyden(4), Patterns.dense(4, 5))).getMessage());
    }
}
