package org.wengert.linalg.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.data.DMatrixSparseTriplet;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.ops.DConvertMatrixStruct;
import org.junit.jupiter.api.Test;
import org.wengert.linalg.DampedLeastSquares;
import org.wengert.linalg.LinearOperator;
import org.wengert.linalg.solve.LinearSolution.Reason;

class LinearSolversTest {

    /** Convection and diffusion on a grid: not symmetric, and badly conditioned enough to need many iterations. */
    static DMatrixSparseCSC grid(int side, double wind) {
        int n = side * side;
        var entries = new DMatrixSparseTriplet(n, n, 5 * n);
        for (int r = 0; r < side; r++) {
            for (int c = 0; c < side; c++) {
                int i = r * side + c;
                entries.addItem(i, i, 4);
                if (c > 0) {
                    entries.addItem(i, i - 1, -1 - wind);
                }
                if (c + 1 < side) {
                    entries.addItem(i, i + 1, -1 + wind);
                }
                if (r > 0) {
                    entries.addItem(i, i - side, -1);
                }
                if (r + 1 < side) {
                    entries.addItem(i, i + side, -1);
                }
            }
        }
        return DConvertMatrixStruct.convert(entries, (DMatrixSparseCSC) null);
    }

    static double[] numbers(long seed, int n) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }

    @Test
    void everyMethodWithEveryPreconditionerSolvesAGrid() {
        DMatrixSparseCSC a = grid(20, 0.4);
        double[] expected = numbers(1, a.numCols);
        double[] b = LinearOperator.of(a).apply(expected);
        List<LinearOperator> preconditioners = List.of(LinearOperator.identity(a.numRows),
                Preconditioners.jacobi(a), Preconditioners.block(a, 20), Preconditioners.block(a, 7), Preconditioners.ilu0(a));
        for (KrylovMethod method : List.of(Gmres.DEFAULT, new Gmres(500, 500), BiCgStab.DEFAULT)) {
            int plain = 0;
            int least = Integer.MAX_VALUE;
            for (LinearOperator m : preconditioners) {
                LinearSolution s = method.solve(LinearOperator.of(a), b, m, 1e-12);
                assertTrue(s.converged(), method + ": " + s.reason());
                assertArrayEquals(expected, s.x(), 1e-9);
                assertTrue(s.residualNorm() <= 1.01e-12 * Vectors.norm(b));
                plain = plain == 0 ? s.iterations() : plain;
                least = Math.min(least, s.iterations());
            }
            assertTrue(least < 0.6 * plain, method + " takes " + plain + " iterations plain, " + least + " at best");
        }
    }

    @Property(tries = 60, seed = "42")
    void gmresIsADirectMethodInExactArithmetic(@ForAll long seed, @ForAll @IntRange(min = 1, max = 15) int n) {
        DMatrixRMaj a = new DMatrixRMaj(n, n, true, numbers(seed, n * n));
        for (int i = 0; i < n; i++) {
            a.add(i, i, 3);
        }
        double[] expected = numbers(seed + 1, n);
        LinearSolution s = new Gmres(n, n).solve(LinearOperator.of(a), LinearOperator.of(a).apply(expected), 1e-10);
        assertTrue(s.converged(), () -> s.reason() + " " + s.residualNorm());
        assertArrayEquals(expected, s.x(), 1e-7);
    }

    @Property(tries = 60, seed = "42")
    void lsmrFindsWhatTheSingularValueDecompositionFinds(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int m, @ForAll @IntRange(min = 1, max = 12) int n,
            @ForAll @DoubleRange(min = 0, max = 2) double damping) {
        DMatrixRMaj a = new DMatrixRMaj(m, n, true, numbers(seed, m * n));
        double[] b = numbers(seed + 1, m);
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        DampedLeastSquares reference = DampedLeastSquares.of(a, ones);
        if (damping < 0.3 && reference.condition() > 1e3) {
            return; // ill-conditioned: the two then differ by what rounding allows
        }
        double[] expected = reference.solve(b, damping * damping);
        LinearSolution s = new Lsmr(damping, 2000).solve(LinearOperator.of(a), b, 1e-14);
        assertArrayEquals(expected, s.x(), 1e-8 * (1 + Vectors.norm(expected)));
    }

    @Test
    void aSingularSystemEndsInABreakdownAndNotInAnEndlessLoop() {
        DMatrixRMaj a = new DMatrixRMaj(new double[][] {{1, 2, 3}, {2, 4, 6}, {0, 1, 1}});
        LinearSolution s = Gmres.DEFAULT.solve(LinearOperator.of(a), new double[] {1, 0, 1}, 1e-12);
        assertEquals(Reason.BREAKDOWN, s.reason());
        assertTrue(String.valueOf(assertThrows(ArithmeticException.class, s::orThrow).getMessage()).contains("BREAKDOWN"));
        assertFalse(BiCgStab.DEFAULT.solve(LinearOperator.of(a), new double[] {1, 0, 1}, 1e-12).converged());
        LinearSolution zero = Gmres.DEFAULT.solve(LinearOperator.of(new DMatrixRMaj(3, 3)), new double[] {1, 0, 1}, 1e-12);
        assertEquals(Reason.BREAKDOWN, zero.reason());
        assertTrue(Gmres.DEFAULT.solve(LinearOperator.of(a), new double[3], 1e-12).converged());
    }

    @Test
    void tooFewIterationsAreReported() {
        DMatrixSparseCSC a = grid(15, 0.1);
        double[] b = numbers(3, a.numRows);
        assertEquals(Reason.TOO_MANY_ITERATIONS, new Gmres(5, 12).solve(LinearOperator.of(a), b, 1e-12).reason());
        assertEquals(Reason.TOO_MANY_ITERATIONS, new BiCgStab(3).solve(LinearOperator.of(a), b, 1e-12).reason());
        assertEquals(Reason.TOO_MANY_ITERATIONS, new Lsmr(0, 3).solve(LinearOperator.of(a), b, 1e-12).reason());
    }

    @Property(tries = 40, seed = "42")
    void iluWithoutFillIsExactForBandsThatHaveNone(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int n) {
        DMatrixSparseCSC a = tridiagonal(numbers(seed, 3 * n), n);
        LinearOperator inverse = Preconditioners.ilu0(a);
        double[] expected = numbers(seed + 1, n);
        assertArrayEquals(expected, inverse.apply(LinearOperator.of(a).apply(expected)), 1e-12);
        assertArrayEquals(expected, inverse.applyTranspose(LinearOperator.of(a).applyTranspose(expected)), 1e-12);
    }

    private static DMatrixSparseCSC tridiagonal(double[] r, int n) {
        var entries = new DMatrixSparseTriplet(n, n, 3 * n);
        for (int i = 0; i < n; i++) {
            entries.addItem(i, i, 4 + r[i]);
            if (i > 0) {
                entries.addItem(i, i - 1, r[n + i]);
                entries.addItem(i - 1, i, r[2 * n + i]);
            }
        }
        return DConvertMatrixStruct.convert(entries, (DMatrixSparseCSC) null);
    }

    @Test
    void preconditionersOfSingularMatricesSayWhere() {
        var entries = new DMatrixSparseTriplet(3, 3, 4);
        entries.addItem(0, 0, 1);
        entries.addItem(1, 2, 1);
        entries.addItem(2, 2, 1);
        DMatrixSparseCSC a = DConvertMatrixStruct.convert(entries, (DMatrixSparseCSC) null);
        assertEquals("the Jacobi preconditioner needs a diagonal without zeros, but entry (1, 1) is 0.0",
                assertThrows(ArithmeticException.class, () -> Preconditioners.jacobi(a)).getMessage());
        assertEquals("ILU(0) needs all entries of the diagonal, but (1, 1) is not stored",
                assertThrows(ArithmeticException.class, () -> Preconditioners.ilu0(a)).getMessage());
        assertEquals("the block preconditioner needs regular blocks, but the one of rows 0 to 1 is singular",
                assertThrows(ArithmeticException.class, () -> Preconditioners.block(a, 2)).getMessage());
    }

    @Test
    void badArgumentsAreNamed() {
        DMatrixRMaj wide = new DMatrixRMaj(2, 3);
        assertEquals("a must be square, but is 2 x 3", assertThrows(IllegalArgumentException.class,
                () -> Gmres.DEFAULT.solve(LinearOperator.of(wide), new double[2], 1e-9)).getMessage());
        DMatrixRMaj one = CommonOps_DDRM.identity(2);
        assertEquals("b must have 2 entries, but has 3", assertThrows(IllegalArgumentException.class,
                () -> Gmres.DEFAULT.solve(LinearOperator.of(one), new double[3], 1e-9)).getMessage());
        assertEquals("tolerance must be positive and finite, but was 0.0", assertThrows(IllegalArgumentException.class,
                () -> BiCgStab.DEFAULT.solve(LinearOperator.of(one), new double[2], 0)).getMessage());
        assertEquals("restart must be at least 1, but was 0",
                assertThrows(IllegalArgumentException.class, () -> new Gmres(0, 1)).getMessage());
    }
}
