package org.wengert.linalg.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.tanh;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.ops.DConvertMatrixStruct;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.scalar.Scalar;

class JacobianChainTest {

    /** Factors of all kinds, drawn by chance. */
    private static Factor[] chain(Random random, int length, boolean stages) {
        Factor[] factors = new Factor[length];
        int columns = 1 + random.nextInt(6);
        for (int i = 0; i < length; i++) {
            int rows = 1 + random.nextInt(6);
            int n = columns;
            factors[i] = switch (random.nextInt(stages ? 3 : 2)) {
                case 0 -> Factor.of(new DMatrixRMaj(rows, n, true, random.doubles((long) rows * n, -1, 1).toArray()));
                case 1 -> Factor.of(sparse(random, rows, n));
                default -> new Factor.Stage(Differentiable.vector(n, rows, x -> new Scalar[rows]), random.nextInt(60));
            };
            columns = rows;
        }
        return factors;
    }

    private static DMatrixSparseCSC sparse(Random random, int rows, int columns) {
        DMatrixRMaj a = new DMatrixRMaj(rows, columns);
        for (int k = 0; k < a.data.length; k++) {
            a.data[k] = random.nextInt(3) == 0 ? 1 + random.nextDouble() : 0;
        }
        return DConvertMatrixStruct.convert(a, (DMatrixSparseCSC) null, 0);
    }

    // ---- all bracketings, from the definition ----------------------------------------------------------

    private static boolean[][] pattern(Factor[] f, int i, int j) {
        boolean[][] product = null;
        for (int k = i; k <= j; k++) {
            boolean[][] next = new boolean[f[k].rows()][f[k].columns()];
            for (int r = 0; r < next.length; r++) {
                for (int c = 0; c < next[r].length; c++) {
                    next[r][c] = !(f[k] instanceof Factor.Sparse s) || s.matrix().isAssigned(r, c);
                }
            }
            product = product == null ? next : product(next, product, new long[1]);
        }
        return product == null ? new boolean[0][] : product;
    }

    private static boolean[][] product(boolean[][] a, boolean[][] b, long[] count) {
        boolean[][] c = new boolean[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                for (int j = 0; j < b[0].length; j++) {
                    if (a[i][k] && b[k][j]) {
                        c[i][j] = true;
                        count[0]++;
                    }
                }
            }
        }
        return c;
    }

    private static long edges(Factor[] f, int i, int j) {
        long sum = 0;
        for (int k = i; k <= j; k++) {
            if (!(f[k] instanceof Factor.Stage s)) {
                return -1;
            }
            sum += s.edges();
        }
        return sum;
    }

    private static long leastByTryingAll(Factor[] f, int i, int j) {
        if (i == j) {
            return f[i] instanceof Factor.Stage s ? s.edges() * Math.min(s.rows(), s.columns()) : 0;
        }
        long least = Long.MAX_VALUE;
        for (int s = i; s < j; s++) {
            long right = leastByTryingAll(f, i, s);
            long left = leastByTryingAll(f, s + 1, j);
            long[] count = new long[1];
            product(pattern(f, s + 1, j), pattern(f, i, s), count);
            least = Math.min(least, left + right + count[0]);
            if (edges(f, s + 1, j) >= 0) {
                least = Math.min(least, right + edges(f, s + 1, j) * f[i].columns());
            }
            if (edges(f, i, s) >= 0) {
                least = Math.min(least, left + edges(f, i, s) * f[j].rows());
            }
        }
        return least;
    }

    @Property(tries = 150, seed = "42")
    void thePlanIsAsGoodAsTheBestOfAllBracketings(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int length) {
        Factor[] factors = chain(new Random(seed), length, true);
        ChainPlan plan = ChainPlan.of(factors);
        assertEquals(leastByTryingAll(factors, 0, length - 1), plan.multiplications(), plan::toString);
    }

    @Property(tries = 150, seed = "42")
    void thePlanIsNeverWorseThanForwardOrReverseAlone(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int length) {
        ChainPlan plan = ChainPlan.of(chain(new Random(seed), length, true));
        assertTrue(plan.multiplications() <= plan.forwardMultiplications(), plan::toString);
        assertTrue(plan.multiplications() <= plan.reverseMultiplications(), plan::toString);
    }

    @Property(tries = 100, seed = "42")
    void theProductIsThatOfPlainMultiplication(@ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int length) {
        Factor[] factors = chain(new Random(seed), length, false);
        DMatrixRMaj expected = CommonOps_DDRM.identity(factors[0].columns());
        for (Factor f : factors) {
            DMatrixRMaj next = f instanceof Factor.Dense d ? d.matrix()
                    : DConvertMatrixStruct.convert(((Factor.Sparse) f).matrix(), (DMatrixRMaj) null);
            DMatrixRMaj product = new DMatrixRMaj(next.numRows, expected.numCols);
            CommonOps_DDRM.mult(next, expected, product);
            expected = product;
        }
        DMatrixRMaj actual = JacobianChain.multiply(factors);
        assertEquals(expected.numRows, actual.numRows);
        assertArrayEquals(expected.data, actual.data, 1e-12 * (1 + CommonOps_DDRM.elementMaxAbs(expected)));
    }

    // ---- composed functions --------------------------------------------------------------------------

    private static DifferentiableVector layer(int n, int m, int kind) {
        return Differentiable.vector(n, m, x -> {
            Scalar[] y = new Scalar[m];
            for (int i = 0; i < m; i++) {
                Scalar sum = x[i % n].times(0.7);
                for (int j = 0; j < n; j++) {
                    sum = sum.plus(x[j].times(Math.cos(i + 2.0 * j + kind) / n));
                }
                y[i] = kind == 0 ? tanh(sum) : kind == 1 ? sin(sum).times(x[0]) : exp(sum.times(0.3));
            }
            return y;
        });
    }

    @Property(tries = 40, seed = "42")
    void theJacobianOfAComposedFunctionIsThatOfTheWhole(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int length) {
        Random random = new Random(seed);
        DifferentiableVector[] stages = new DifferentiableVector[length];
        int n = 1 + random.nextInt(9);
        int first = n;
        for (int i = 0; i < length; i++) {
            int m = 1 + random.nextInt(9);
            stages[i] = layer(n, m, random.nextInt(3));
            n = m;
        }
        DifferentiableVector whole = Differentiable.vector(first, n, x -> {
            Scalar[] at = x;
            for (DifferentiableVector stage : stages) {
                at = stage.value(at);
            }
            return at;
        });
        double[] x = random.doubles(first, -1, 1).toArray();
        JacobianChain chain = JacobianChain.of(x, stages);
        double[] expected = whole.jacobian(x).entries();
        assertArrayEquals(expected, chain.jacobian(x).data, 1e-12);
        assertArrayEquals(whole.value(x), chain.value(x));
    }

    @Test
    void aWaistInTheMiddleIsBestCrossedFromBothSides() {
        // 20 inputs through 2 to 20: forward carries 20 columns, reverse 20 rows, the product of both sides neither.
        double[] x = new double[20];
        Arrays.setAll(x, i -> 0.1 * i);
        JacobianChain chain = JacobianChain.of(x, layer(20, 2, 0), layer(2, 20, 2));
        ChainPlan plan = chain.plan();
        assertEquals("(J1 * J0)", plan.order());
        assertTrue(plan.multiplications() < plan.forwardMultiplications() / 3, plan::toString);
        assertTrue(plan.multiplications() < plan.reverseMultiplications() / 3, plan::toString);
        assertTrue(plan.toString().contains(" saved, "), plan::toString);
    }

    @Test
    void matricesAreBracketedAsInTheTextbook() {
        // Cormen, Leiserson, Rivest and Stein: dimensions 30, 35, 15, 5, 10, 20, 25 take 15125 multiplications.
        int[] d = {30, 35, 15, 5, 10, 20, 25};
        Factor[] factors = new Factor[6];
        Arrays.setAll(factors, i -> Factor.of(new DMatrixRMaj(d[5 - i], d[6 - i])));
        ChainPlan plan = ChainPlan.of(factors);
        assertEquals(15125, plan.multiplications());
        assertEquals("((J5 * (J4 * J3)) * ((J2 * J1) * J0))", plan.order());
    }

    @Test
    void factorsThatDoNotFitAreNamed() {
        assertEquals("factor 1 must have as many columns as factor 0 has rows, but it is 2 x 3 after 4 x 5",
                assertThrows(IllegalArgumentException.class,
                        () -> ChainPlan.of(Factor.of(new DMatrixRMaj(4, 5)), Factor.of(new DMatrixRMaj(2, 3)))).getMessage());
        assertEquals("stage 1 must have as many inputs as stage 0 has results, 3, but has 2",
                assertThrows(IllegalArgumentException.class,
                        () -> JacobianChain.of(new double[2], layer(2, 3, 0), layer(2, 2, 0))).getMessage());
    }
}
