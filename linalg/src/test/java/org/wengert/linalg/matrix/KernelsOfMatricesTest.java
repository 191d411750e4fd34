package org.wengert.linalg.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** What the rules stand on: products, triangular solutions, the Schur form. */
class KernelsOfMatricesTest {

    @Property(tries = 200, seed = "42")
    void theProductOnVectorUnitsIsThatOfTheLoops(
            @ForAll long seed, @ForAll @IntRange(max = 21) int m, @ForAll @IntRange(max = 50) int n,
            @ForAll @IntRange(max = 210) int k) {
        Random r = new Random(seed);
        double[] a = r.doubles(3 + (m + 1L) * (k + 2)).toArray();
        double[] b = r.doubles(5 + (k + 1L) * (n + 1)).toArray();
        double[] c = r.doubles(7 + (m + 1L) * (n + 3)).toArray();
        double[] expected = c.clone();
        Gemm.loops(m, n, k, -0.5, a, 3, k + 2, b, 5, n + 1, expected, 7, n + 3);
        new VectorGemm().multiplyAdd(m, n, k, -0.5, a, 3, k + 2, b, 5, n + 1, c, 7, n + 3);
        assertArrayEquals(expected, c, 1e-13 * (k + 1));
    }

    @Property(tries = 100, seed = "42")
    void triangularSystemsAreSolved(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int n, @ForAll boolean lower) {
        Random r = new Random(seed);
        DMatrixRMaj t = RuleCase.random(r, n, n);
        for (int i = 0; i < n; i++) {
            t.set(i, i, n + 1);
            for (int j = 0; j < n; j++) {
                if (lower ? j > i : j < i) {
                    t.set(i, j, 0);
                }
            }
        }
        DMatrixRMaj b = RuleCase.random(r, n, 1 + r.nextInt(20));
        DMatrixRMaj product = new DMatrixRMaj(1, 1);
        CommonOps_DDRM.mult(t, TriangularSolver.solve(t, lower, b), product);
        assertArrayEquals(b.data, product.data, 1e-13);
    }

    /** dL·Lᵀ + L·dLᵀ = dA with a lower triangular dL, which determines it. */
    @Property(tries = 150, seed = "42")
    void bothWaysToTheTangentsOfCholeskySolveItsEquation(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int n, @ForAll @IntRange(min = 1, max = 19) int lanes) {
        Random r = new Random(seed);
        DMatrixRMaj l = RuleCase.random(r, n, n);
        for (int i = 0; i < n; i++) {
            l.set(i, i, 2 + r.nextDouble() + n);
            for (int j = i + 1; j < n; j++) {
                l.set(i, j, 0);
            }
        }
        DMatrixRMaj da = RuleCase.random(r, n, lanes * n);
        for (DMatrixRMaj dl : new DMatrixRMaj[] {LaneCholesky.tangents(l, da, lanes), VectorCholesky.tangents(l, da, lanes)}) {
            for (int k = 0; k < lanes; k++) {
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        double sum = 0;
                        for (int q = 0; q < n; q++) {
                            sum += dl.get(i, k * n + q) * l.get(j, q) + l.get(i, q) * dl.get(j, k * n + q);
                        }
                        double expected = 0.5 * (da.get(i, k * n + j) + da.get(j, k * n + i));
                        assertEquals(expected, sum, 1e-12, "tangent " + k + ", entry " + i + ", " + j);
                        assertTrue(j <= i || dl.get(i, k * n + j) == 0);
                    }
                }
            }
        }
    }

    @Property(tries = 150, seed = "42")
    void theSchurFormIsUnitaryAndSimilarToTheMatrix(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int n) {
        Random r = new Random(seed);
        DMatrixRMaj a = RuleCase.random(r, n, n);
        switch (r.nextInt(5)) {
            case 0 -> a = RuleCase.symmetric(a);
            case 1 -> {
                // A companion matrix: all but the last column is a shift.
                DMatrixRMaj c = new DMatrixRMaj(n, n);
                for (int i = 0; i < n; i++) {
                    c.set(i, n - 1, a.get(i, n - 1));
                    if (i > 0) {
                        c.set(i, i - 1, 1);
                    }
                }
                a = c;
            }
            case 2 -> {
                // One Jordan block in a random orthogonal basis.
                DMatrixRMaj j = Dense.identity(n);
                for (int i = 1; i < n; i++) {
                    j.set(i - 1, i, 1);
                }
                DMatrixRMaj q = RuleCase.orthogonal(r, n);
                a = Dense.times(Dense.times(q, j), Dense.transpose(q, 1));
            }
            case 3 -> {
                // A cyclic shift, on which shifts taken from the last entries alone do not move.
                a = new DMatrixRMaj(n, n);
                for (int i = 0; i < n; i++) {
                    a.set(i, (i + 1) % n, 1);
                }
            }
            default -> {}
        }
        ComplexSchur s = ComplexSchur.of(a);
        double tolerance = 1e-14 * n * Math.max(1, Dense.norm1(a));
        assertArrayEquals(a.data, s.transformBack(s.tr, s.ti, s).data, tolerance);
        DMatrixRMaj[] unit = s.transform(Dense.identity(n), s);
        assertArrayEquals(Dense.identity(n).data, unit[0].data, 1e-14 * n);
        assertArrayEquals(new double[n * n], unit[1].data, 1e-14 * n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                assertEquals(0, s.tr[i * n + j]);
            }
        }
    }

    @Property(tries = 100, seed = "42")
    void eigenvaluesOfRealMatricesComeInConjugatePairsInAFixedOrder(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int n) {
        Matrix a = Matrix.of(RuleCase.random(new Random(seed), n, n));
        Eigen e = MatrixMath.eigen(a);
        for (int k = 0; k < n; k++) {
            if (e.values().imaginary().value(k, 0) < 0) {
                assertEquals(e.values().real().value(k, 0), e.values().real().value(k + 1, 0));
                assertEquals(-e.values().imaginary().value(k, 0), e.values().imaginary().value(k + 1, 0));
            }
            assertTrue(k == 0 || e.values().real().value(k, 0) >= e.values().real().value(k - 1, 0));
        }
    }
}
