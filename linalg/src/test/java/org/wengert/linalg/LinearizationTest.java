package org.wengert.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.abs;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.floor;
import static org.wengert.core.scalar.ScalarMath.log;
import static org.wengert.core.scalar.ScalarMath.norm;
import static org.wengert.core.scalar.ScalarMath.sqrt;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.scalar.Scalar;

class LinearizationTest {

    private static double[] numbers(long seed, int n) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void close(double[] expected, double[] actual, double tolerance) {
        double scale = 1;
        for (double e : expected) {
            scale = Math.max(scale, Math.abs(e));
        }
        assertArrayEquals(expected, actual, tolerance * scale);
    }

    @Property(tries = 150, seed = "42")
    void forwardAndReverseProductsAreAdjointToEachOther(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int n, @ForAll @IntRange(min = 1, max = 6) int m) {
        Linearization j = Linearization.of(RandomFunction.of(seed, n, m, 40), RandomFunction.point(seed, n));
        double[] v = numbers(seed + 1, n);
        double[] w = numbers(seed + 2, m);
        double forward = dot(w, j.jvp(v));
        double scale = 1 + CommonOps_DDRM.elementMaxAbs(j.toDense()) * n * m;
        assertEquals(forward, dot(j.vjp(w), v), 1e-13 * scale);
    }

    @Property(tries = 150, seed = "42")
    void allWaysToTheJacobianAgreeWithEagerNumbers(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 19) int n, @ForAll @IntRange(min = 1, max = 6) int m) {
        DifferentiableVector f = RandomFunction.of(seed, n, m, 30);
        double[] x = RandomFunction.point(seed, n);
        double[] expected = f.jacobian(x).entries();
        double[] value = f.value(x);
        close(expected, Linearization.of(f, x).toDense().data, 1e-13);
        close(expected, Linearizer.eager(f).at(x).toDense().data, 0);
        for (DenseJacobian.Method method : DenseJacobian.Method.values()) {
            DenseJacobian by = DenseJacobian.of(f).by(method);
            close(expected, by.at(x).entries(), 1e-13);
            assertArrayEquals(value, by.at(x).value());
            assertEquals(method, by.report(x).chosen());
        }
    }

    @Property(tries = 60, seed = "42")
    void manyDirectionsAtOnceAreTheProductsOneByOne(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 11) int k) {
        int n = 5;
        int m = 4;
        DifferentiableVector f = RandomFunction.of(seed, n, m, 30);
        double[] x = RandomFunction.point(seed, n);
        for (Linearization j : new Linearization[] {Linearization.of(f, x), Linearizer.eager(f).at(x)}) {
            DMatrixRMaj v = new DMatrixRMaj(n, k, true, numbers(seed, n * k));
            DMatrixRMaj w = new DMatrixRMaj(m, k, true, numbers(seed, m * k));
            DMatrixRMaj jv = j.jvp(v);
            DMatrixRMaj jw = j.vjp(w);
            for (int lane = 0; lane < k; lane++) {
                close(j.jvp(column(v, lane)), column(jv, lane), 1e-14);
                close(j.vjp(column(w, lane)), column(jw, lane), 1e-14);
            }
        }
    }

    private static double[] column(DMatrixRMaj a, int k) {
        double[] column = new double[a.numRows];
        Arrays.setAll(column, i -> a.get(i, k));
        return column;
    }

    private final DifferentiableVector branching = Differentiable.vector(2, 1, x -> new Scalar[] {
        x[0].isLessThan(x[1]) ? x[0].times(x[1]) : x[0].minus(x[1])});

    @Test
    void aFunctionWithBranchesIsRecordedAnewOncePerBranch() {
        Linearizer linearizer = Linearizer.of(branching);
        for (int k = 0; k < 50; k++) {
            assertArrayEquals(new double[] {3 + k, 2}, linearizer.at(2, 3 + k).vjp(1));
            assertArrayEquals(new double[] {1, -1}, linearizer.at(9 + k, 3).vjp(1));
        }
        assertEquals(2, linearizer.recordings());
        assertFalse(linearizer.isEager());
    }

    @Test
    void aFunctionThatReadsDoublesIsRunByEagerNumbers() {
        DifferentiableVector f = Differentiable.vector(2, 1, x -> {
            int steps = (int) Math.floor(Math.abs(x[1].value()));
            Scalar y = x[0];
            for (int i = 0; i < steps; i++) {
                y = y.times(x[0]);
            }
            return new Scalar[] {y};
        });
        Linearizer linearizer = Linearizer.of(f);
        for (int k = 1; k < 5; k++) {
            assertEquals((k + 1) * Math.pow(1.5, k), linearizer.at(1.5, k + 0.5).jvp(1, 0)[0], 1e-12);
        }
        assertTrue(linearizer.isEager());
        assertEquals(1, linearizer.recordings());
        assertEquals("run by eager numbers, column by column", linearizer.at(1, 1).report());
    }

    @Test
    void aFunctionThatTakesANewPathAtEveryPointIsNotRecordedForever() {
        DifferentiableVector f = Differentiable.vector(1, 1, x -> {
            Scalar y = x[0];
            for (int i = 0; i < 1000 && y.isLessThan(1000); i++) {
                y = y.plus(1);
            }
            return new Scalar[] {y.times(x[0])};
        });
        Linearizer linearizer = Linearizer.of(f);
        for (int k = 0; k < 100; k++) {
            double x = 900 - 5 * k + 0.25;
            assertEquals(1000.25 + x, linearizer.at(x).jvp(1)[0], 1e-9);
        }
        assertTrue(linearizer.recordings() <= Linearizer.PATIENCE + 1);
    }

    @Test
    void functionsThatFailSayWhyThemselves() {
        DifferentiableVector f = Differentiable.vector(1, 1, x -> {
            throw new ArithmeticException("no such number");
        });
        assertEquals("no such number",
                assertThrows(ArithmeticException.class, () -> Linearization.of(f, 1)).getMessage());
    }

    @Test
    void zeroTangentsStayZeroAndNotANumberGoesThrough() {
        DifferentiableVector f = Differentiable.vector(3, 4, x -> new Scalar[] {
            sqrt(x[0]).plus(x[1]), abs(x[2]).times(x[1]), log(x[0].minus(1)), floor(x[1])});
        double[] x = {0, 2, 0};
        for (Linearization j : new Linearization[] {Linearization.of(f, x), Linearizer.eager(f).at(x)}) {
            assertArrayEquals(new double[] {1, 0, Double.NaN, 0}, nanFree(j.jvp(0, 1, 0), f.jvp(x, new double[] {0, 1, 0}).tangent()));
            assertEquals(Double.POSITIVE_INFINITY, j.jvp(1, 0, 0)[0]);
            assertTrue(Double.isNaN(j.jvp(1, 0, 0)[2]));
            assertEquals(0, j.jvp(1, 0, 0)[1]);
            double[] row = j.vjp(1, 0, 0, 0);
            assertEquals(1, row[1]);
        }
    }

    /** The log of a negative number does not depend on the direction: both zero and NaN are right for it. */
    private static double[] nanFree(double[] actual, double[] eager) {
        double[] a = actual.clone();
        assertEquals(4, eager.length);
        a[2] = Double.NaN;
        return a;
    }

    @Test
    void reductionsOverConstantsAndInputsHaveTheirPartials() {
        DifferentiableVector f = Differentiable.vector(2, 2, x -> new Scalar[] {
            norm(x[0], Scalar.of(2), x[1]), exp(x[0]).plus(x[0].times(x[0]))});
        DMatrixRMaj j = Linearization.of(f, 1, 2).toDense();
        assertArrayEquals(new double[] {1 / 3.0, 2 / 3.0, Math.exp(1) + 2, 0}, j.data, 1e-15);
    }

    @Test
    void theCheapestWayIsChosenByCountAndReported() {
        DifferentiableVector tall = Differentiable.vector(1, 30, x -> {
            Scalar[] y = new Scalar[30];
            Arrays.setAll(y, i -> exp(x[0].times(i + 1)));
            return y;
        });
        DifferentiableVector wide = Differentiable.vector(30, 1, x -> {
            Scalar y = x[0];
            for (int i = 1; i < 30; i++) {
                y = exp(y.times(x[i]).times(0.1));
            }
            return new Scalar[] {y};
        });
        double[] x = new double[30];
        Arrays.fill(x, 0.5);
        DenseJacobian.Costs byColumns = DenseJacobian.of(tall).report(0.1);
        DenseJacobian.Costs byRows = DenseJacobian.of(wide).report(x);
        assertTrue(byColumns.columns() < byColumns.rows(), byColumns::toString);
        assertTrue(byRows.rows() < byRows.columns(), byRows::toString);
        assertTrue(byRows.toString().contains("operations by columns"), byRows::toString);
        assertTrue(Linearization.of(wide, x).report().startsWith("by rows"));
    }

    @Test
    void argumentsOfTheWrongSizeAreNamed() {
        Linearization j = Linearization.of(branching, 1, 2);
        assertEquals("v must have 2 entries, but has 1",
                assertThrows(IllegalArgumentException.class, () -> j.jvp(1)).getMessage());
        assertEquals("w must have 1 entries, but has 2",
                assertThrows(IllegalArgumentException.class, () -> j.vjp(1, 2)).getMessage());
        assertEquals("x must have 2 entries, but has 3",
                assertThrows(IllegalArgumentException.class, () -> Linearization.of(branching, 1, 2, 3)).getMessage());
        assertEquals("v must not hold NaN, but entry 1 is NaN",
                assertThrows(IllegalArgumentException.class, () -> j.jvp(1, Double.NaN)).getMessage());
        assertEquals("v must have 2 rows, but has 3",
                assertThrows(IllegalArgumentException.class, () -> j.jvp(new DMatrixRMaj(3, 1))).getMessage());
    }
}
