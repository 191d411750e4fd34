package org.wengert.linalg.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.Hessian;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Differentiation;
import org.wengert.core.scalar.Dual;
import org.wengert.core.scalar.HyperDual;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.SecondOrder;
import org.wengert.core.transform.Tangent;

/** Matrix functions of matrices of numbers, and within recorded programs. */
class ScalarMatricesTest {

    private static final DifferentiableMatrix SOLVE = DifferentiableMatrix.of(MatrixMath::solve);
    private static final DifferentiableMatrix EXP = DifferentiableMatrix.of(x -> MatrixMath.exp(x));

    /** n numbers make a regular n × n matrix and a right side. */
    private static Scalar[][] system(Scalar[] x) {
        int n = x.length;
        Scalar[][] a = new Scalar[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = i == j ? exp(x[i]).plus(n) : sin(x[i].times(j + 1).plus(x[j]));
            }
        }
        return a;
    }

    private static Scalar byRules(Scalar[] x) {
        Scalar[][] y = SOLVE.apply(system(x), ScalarAlgorithms.column(x));
        Scalar[][] e = EXP.apply(ScalarAlgorithms.scale(0.1, system(y(y))));
        return total(e).times(x[0]);
    }

    private static Scalar byNumbers(Scalar[] x) {
        Scalar[][] y = ScalarAlgorithms.solve(system(x), ScalarAlgorithms.column(x));
        Scalar[][] e = ScalarAlgorithms.exp(ScalarAlgorithms.scale(0.1, system(y(y))));
        return total(e).times(x[0]);
    }

    private static Scalar[] y(Scalar[][] column) {
        return Arrays.stream(column).map(row -> row[0]).toArray(Scalar[]::new);
    }

    private static Scalar total(Scalar[][] e) {
        Scalar sum = Scalar.of(0);
        for (Scalar[] row : e) {
            for (Scalar s : row) {
                sum = sum.plus(s.times(s));
            }
        }
        return sum;
    }

    private static double[] point(long seed, int n) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }

    @Property(tries = 20, seed = "42")
    void gradientsAndHessiansPassThroughMatrixFunctionsWhateverTheChunks(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int n) {
        double[] x = point(seed, n);
        Differentiable rules = Differentiable.of(n, ScalarMatricesTest::byRules);
        Differentiable numbers = Differentiable.of(n, ScalarMatricesTest::byNumbers);
        double[] g = numbers.gradient(x).gradient();
        for (int lanes : new int[] {1, 4, 8}) {
            assertClose(g, rules.withLanes(lanes).gradient(x).gradient());
        }
        Hessian h = rules.hessian(x);
        assertClose(numbers.hessian(x).entries(), h.entries());
        assertClose(g, h.gradient());
        assertEquals(numbers.value(x), rules.value(x), 1e-12 * Math.abs(rules.value(x)));
    }

    @Test
    void manyDirectionsTravelInAWindow() {
        int n = 20;
        double[] x = point(3, n);
        Differentiable rules = Differentiable.of(n, z -> total(SOLVE.apply(system(z), ScalarAlgorithms.column(z))).plus(z[0]));
        Differentiable numbers = Differentiable.of(
                n, z -> total(ScalarAlgorithms.solve(system(z), ScalarAlgorithms.column(z))).plus(z[0]));
        assertClose(numbers.gradient(x).gradient(), rules.gradient(x).gradient());
        // Only the first 4 of 20 inputs in the matrix: the window is small, and mixes with larger ones.
        Differentiable few = Differentiable.of(n, z -> total(EXP.apply(system(Arrays.copyOf(z, 4)))).plus(z[19].times(z[1])));
        Differentiable fewNumbers = Differentiable.of(
                n, z -> total(ScalarAlgorithms.exp(system(Arrays.copyOf(z, 4)))).plus(z[19].times(z[1])));
        assertClose(fewNumbers.gradient(x).gradient(), few.gradient(x).gradient());
    }

    private static void assertClose(double[] expected, double[] actual) {
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(1);
        assertArrayEquals(expected, actual, 1e-11 * scale);
    }

    @Property(tries = 10, seed = "42")
    void aRecordedProgramHoldsTheFunctionAsOneOperationWithItsDerivatives(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 3) int n) {
        Program p = Tracer.trace(point(1, n), x -> new Scalar[] {byRules(x)});
        // Away from the point of recording.
        double[] x = point(seed, n);
        double[] v = point(seed + 1, n);
        Differentiable numbers = Differentiable.of(n, ScalarMatricesTest::byNumbers);
        double[] g = numbers.gradient(x).gradient();
        double value = numbers.value(x);
        assertEquals(value, p.value(x)[0], 1e-12 * Math.abs(value));
        double[] adjoint = Adjoint.gradient(p).value(x);
        assertClose(g, Arrays.copyOfRange(adjoint, 1, 1 + n));
        double[] xv = new double[2 * n];
        System.arraycopy(x, 0, xv, 0, n);
        System.arraycopy(v, 0, xv, n, n);
        double along = 0;
        for (int i = 0; i < n; i++) {
            along += g[i] * v[i];
        }
        assertEquals(along, Tangent.of(p).value(xv)[1], 1e-11 * Arrays.stream(g).map(Math::abs).sum());
        double[] product = numbers.hvp(x, v).product();
        assertClose(product, Arrays.copyOfRange(SecondOrder.hvp(p).value(xv), 1 + n, 1 + 2 * n));
        assertClose(product, Arrays.copyOfRange(SecondOrder.hvpReverseOverForward(p).value(xv), 1 + n, 1 + 2 * n));
    }

    @Test
    void rowsOfARecordingShareTheirWork() {
        int[] calls = {0};
        var counted = DifferentiableMatrix.of(a -> {
            calls[0]++;
            return MatrixMath.inverse(a);
        });
        double[] x = {4, 1, 0, 1, 5, 2, 0, 1, 6};
        Program p = Tracer.trace(x, z -> {
            Scalar[][] a = {{z[0], z[1], z[2]}, {z[3], z[4], z[5]}, {z[6], z[7], z[8]}};
            return Arrays.stream(counted.apply(a)).flatMap(Arrays::stream).toArray(Scalar[]::new);
        });
        assertEquals(9, p.operations());
        assertEquals(1, calls[0]);
        Program jacobian = Tangent.columns(p, 0, 1, 2, 3, 4, 5, 6, 7, 8);
        x[0] = 4.5;
        double[] y = jacobian.value(x);
        assertEquals(2, calls[0]);
        // ∂(A⁻¹)ᵢⱼ/∂aₖₗ = -(A⁻¹)ᵢₖ(A⁻¹)ₗⱼ
        for (int in = 0; in < 9; in++) {
            for (int out = 0; out < 9; out++) {
                double expected = -y[out / 3 * 3 + in / 3] * y[in % 3 * 3 + out % 3];
                assertEquals(expected, y[9 + in * 9 + out], 1e-15);
            }
        }
    }

    @Test
    void numbersGoInAndComeOutUnchanged() {
        var of = new Differentiation("there and back");
        Scalar[][] dual = {{Dual.of(of, 1, 2, 3, 4), Scalar.of(5)}, {Dual.of(of, 6, 0, 7, 0, 8), Dual.of(of, 9, 1)}};
        DualMatrix a = assertInstanceOf(DualMatrix.class, ScalarMatrices.toMatrix(dual));
        assertEquals(4, a.lanes());
        assertEquals(7, a.tangent(1, 1, 0));
        assertEquals(0, a.tangent(1, 0, 1));
        Scalar[][] back = ScalarMatrices.toScalars(a);
        assertEquals(dual[0][0], back[0][0]);
        assertEquals(dual[1][0], back[1][0]);
        Scalar[][] hyper = {{HyperDual.of(of, 2, new double[] {1, 3}, 4).times(HyperDual.of(of, 5, new double[] {6, 7}, 8))}};
        HyperDualMatrix h = assertInstanceOf(HyperDualMatrix.class, ScalarMatrices.toMatrix(hyper));
        assertEquals(hyper[0][0], ScalarMatrices.toScalars(h)[0][0]);
        assertInstanceOf(RealMatrix.class, ScalarMatrices.toMatrix(ScalarAlgorithms.identity(2)));
    }

    @Test
    void numbersThatDoNotBelongTogetherAreRefused() {
        var one = new Differentiation("one");
        Scalar[][] mixed = {{Dual.of(one, 1, 1), Dual.of(new Differentiation("two"), 1, 1)}};
        assertTrue(String.valueOf(assertThrows(IllegalArgumentException.class,
                () -> ScalarMatrices.toMatrix(mixed)).getMessage())
                .startsWith("entries must be numbers of one differentiation"));
        Scalar[][] ragged = {{Scalar.of(1)}, {Scalar.of(1), Scalar.of(2)}};
        assertEquals("rows must be equally long, but row 1 has 2 entries and row 0 has 1",
                assertThrows(IllegalArgumentException.class, () -> ScalarMatrices.toMatrix(ragged)).getMessage());
        Scalar[][] kinds = {{Dual.of(one, 1, 1), HyperDual.of(one, 1, new double[] {1}, 1)}};
        assertThrows(IllegalArgumentException.class, () -> ScalarMatrices.toMatrix(kinds));
    }

    @Test
    void aBatchOfPointsPassesThroughARecordedFunction() {
        Program p = Tracer.trace(new double[] {1, 2}, x -> new Scalar[] {
            DifferentiableMatrix.of(a -> MatrixMath.logDeterminant(a)).apply(new Scalar[][] {{x[0].plus(3), x[1]}, {x[1], exp(x[0])}})[0][0]
        });
        Program gradient = Adjoint.gradient(p);
        for (int k = 0; k < 50; k++) {
            double[] x = {k * 0.1, 0.5 - k * 0.01};
            double[] expected = Differentiable.of(2, z -> ScalarAlgorithms.logDeterminant(
                    new Scalar[][] {{z[0].plus(3), z[1]}, {z[1], exp(z[0])}})).gradient(x).gradient();
            assertArrayEquals(expected, Arrays.copyOfRange(gradient.value(x), 1, 3), 1e-13);
        }
    }

    private static final DMatrixRMaj EMPTY = new DMatrixRMaj(0, 0);

    @Test
    void theEmptyMatrixHasDeterminantOne() {
        assertEquals(1, MatrixMath.determinant(Matrix.of(EMPTY)).value(0, 0));
        assertEquals(0, MatrixMath.trace(Matrix.of(EMPTY)).value(0, 0));
    }
}
