package org.wengert.linalg.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.wengert.core.scalar.Differentiation;

/** Identities between matrix functions hold for their tangents and second derivatives, too. */
class IdentitiesTest {

    private static final Differentiation OF = new Differentiation("identities");

    /** A hyper-dual matrix with two tangents and a second direction. */
    private static HyperDualMatrix variable(Random r, DMatrixRMaj at, boolean symmetric) {
        DMatrixRMaj[] d = new DMatrixRMaj[3];
        for (int k = 0; k < 3; k++) {
            d[k] = RuleCase.random(r, at.numRows, at.numCols);
            d[k] = symmetric ? RuleCase.symmetric(d[k]) : d[k];
        }
        return HyperDualMatrix.of(OF, at, new DMatrixRMaj[] {d[0], d[1]}, d[2]);
    }

    private static HyperDualMatrix variable(Random r, DMatrixRMaj at) {
        return variable(r, at, false);
    }

    private static DMatrixRMaj regular(Random r, int n) {
        DMatrixRMaj a = RuleCase.random(r, n, n);
        for (int i = 0; i < n; i++) {
            a.add(i, i, 4 + n / 4.0);
        }
        return a;
    }

    private static DMatrixRMaj definite(Random r, int n) {
        DMatrixRMaj a = RuleCase.random(r, n, n);
        DMatrixRMaj s = Dense.times(a, Dense.transpose(a, 1));
        for (int i = 0; i < n; i++) {
            s.add(i, i, 1);
        }
        return RuleCase.symmetric(s);
    }

    /** Value, tangents and mixed second derivatives agree, relative to the largest entry of all of them. */
    private static void assertSame(Matrix expected, Matrix actual, double tolerance) {
        double scale = 1;
        for (Matrix x : new Matrix[] {expected, actual}) {
            scale = Math.max(scale, Dense.maxAbs(x.value()));
            for (int k = 0; k < 2; k++) {
                scale = Math.max(scale, Math.max(Dense.maxAbs(a(x, k)), Dense.maxAbs(ab(x, k))));
            }
        }
        double allowed = tolerance * scale;
        assertEquals(0, Dense.maxAbs(Dense.minus(expected.value(), actual.value())), allowed, "value");
        for (int k = 0; k < 2; k++) {
            assertEquals(0, Dense.maxAbs(Dense.minus(a(expected, k), a(actual, k))), allowed, "tangent " + k);
            assertEquals(0, Dense.maxAbs(Dense.minus(ab(expected, k), ab(actual, k))), allowed, "second derivative " + k);
        }
    }

    private static DMatrixRMaj a(Matrix x, int k) {
        return x instanceof HyperDualMatrix h ? h.a(k) : new DMatrixRMaj(x.rows(), x.columns());
    }

    private static DMatrixRMaj ab(Matrix x, int k) {
        return x instanceof HyperDualMatrix h ? h.ab(k) : new DMatrixRMaj(x.rows(), x.columns());
    }

    /** Entries that should be zero are compared with 1. */
    private static void assertConstant(DMatrixRMaj expected, Matrix actual, double tolerance) {
        assertTrue(Dense.maxAbs(Dense.minus(expected, actual.value())) < tolerance);
        for (int k = 0; k < 2; k++) {
            assertTrue(Dense.maxAbs(a(actual, k)) < tolerance, "tangents");
            assertTrue(Dense.maxAbs(ab(actual, k)) < tolerance, "second derivatives");
        }
    }

    @Property(tries = 60, seed = "42")
    void aMatrixTimesItsInverseIsConstant(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int n) {
        Random r = new Random(seed);
        HyperDualMatrix a = variable(r, regular(r, n));
        assertConstant(Dense.identity(n), a.times(MatrixMath.inverse(a)), 1e-12);
        assertConstant(Dense.identity(n), MatrixMath.inverse(a).times(a), 1e-12);
    }

    @Property(tries = 60, seed = "42")
    void theDerivativeOfTheDeterminantIsJacobisFormula(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int n) {
        Random r = new Random(seed);
        DMatrixRMaj at = regular(r, n);
        HyperDualMatrix a = variable(r, at);
        if (MatrixMath.determinant(a) instanceof HyperDualMatrix det) {
            double value = det.value(0, 0);
            Matrix logarithm = MatrixMath.logDeterminant(a);
            for (int k = 0; k < 2; k++) {
                double t = MatrixMath.trace(MatrixMath.solve(Matrix.of(at), Matrix.of(a.a(k)))).value(0, 0);
                assertEquals(value * t, det.a(k).get(0, 0), 1e-12 * Math.abs(value));
                // det'' = det·((log det)'' + (log det)'(log det)')
                double b = MatrixMath.trace(MatrixMath.solve(Matrix.of(at), Matrix.of(a.b()))).value(0, 0);
                assertEquals(value * (ab(logarithm, k).get(0, 0) + t * b), det.ab(k).get(0, 0), 1e-12 * Math.abs(value));
            }
        } else {
            throw new AssertionError();
        }
    }

    @Property(tries = 60, seed = "42")
    void theDeterminantOfAProductIsTheProductAlsoWhereBothAreSingular(@ForAll long seed) {
        Random r = new Random(seed);
        HyperDualMatrix a = variable(r, RuleCase.withSingularValues(r, 4, 4, 2, 1, 0.5));
        HyperDualMatrix b = variable(r, RuleCase.withSingularValues(r, 4, 4, 1.5, 1, 0.7));
        Matrix product = MatrixMath.determinant(a.times(b));
        Matrix factors = MatrixMath.determinant(a).times(MatrixMath.determinant(b));
        assertSame(factors, product, 1e-11);
    }

    @Property(tries = 40, seed = "42")
    void factorsMultiplyToTheMatrix(@ForAll long seed, @ForAll @IntRange(min = 1, max = 14) int n) {
        Random r = new Random(seed);
        HyperDualMatrix a = variable(r, regular(r, n));
        Lu lu = MatrixMath.lu(a);
        assertSame(lu.p().times(a), lu.l().times(lu.u()), 1e-12);
        HyperDualMatrix tall = variable(r, RuleCase.withSingularValues(r, n + 2, n, descending(n)));
        Qr qr = MatrixMath.qr(tall);
        assertSame(tall, qr.q().times(qr.r()), 1e-11);
        assertConstant(Dense.identity(n), qr.q().transposeTimes(qr.q()), 1e-10);
        HyperDualMatrix s = variable(r, definite(r, n), true);
        Matrix l = MatrixMath.cholesky(s);
        assertSame(s, l.timesTranspose(l), 1e-12);
        Ldl ldl = MatrixMath.ldl(s);
        assertSame(s, ldl.l().times(MatrixMath.ofDiagonal(ldl.d())).timesTranspose(ldl.l()), 1e-11);
    }

    private static double[] descending(int n) {
        double[] d = new double[n];
        java.util.Arrays.setAll(d, k -> 1 + 0.5 * (n - k));
        return d;
    }

    @Property(tries = 40, seed = "42")
    void spectraMultiplyToTheMatrix(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int n) {
        Random r = new Random(seed);
        HyperDualMatrix s = variable(r, RuleCase.withEigenvalues(r, descending(n)), true);
        SymmetricEigen e = MatrixMath.symmetricEigen(s);
        assertSame(s.times(e.vectors()), e.vectors().times(MatrixMath.ofDiagonal(e.values())), 1e-10);
        assertConstant(Dense.identity(n), e.vectors().transposeTimes(e.vectors()), 1e-9);
        for (int m : new int[] {n, n + 2}) {
            HyperDualMatrix a = variable(r, RuleCase.withSingularValues(r, m, n, descending(n)));
            Svd svd = MatrixMath.svd(a);
            assertSame(a, svd.u().times(MatrixMath.ofDiagonal(svd.values())).timesTranspose(svd.v()), 1e-10);
            assertSame(MatrixMath.sum(svd.values()), MatrixMath.nuclearNorm(a), 1e-10);
            assertSame(svd.values().entry(0, 0), MatrixMath.spectralNorm(a), 1e-10);
            assertSame(MatrixMath.frobeniusNorm(svd.values()), MatrixMath.frobeniusNorm(a), 1e-10);
        }
    }

    @Property(tries = 60, seed = "42")
    void eigenvaluesSumToTheTraceAndVectorsSatisfyTheirEquation(@ForAll long seed) {
        Random r = new Random(seed);
        HyperDualMatrix a = variable(r, RuleCases.all().stream().filter(c -> c.name().equals("eigen"))
                .findFirst().orElseThrow().point().apply(r)[0]);
        Eigen e = MatrixMath.eigen(a);
        assertSame(MatrixMath.trace(a), MatrixMath.sum(e.values().real()), 1e-11);
        assertConstant(new DMatrixRMaj(1, 1), MatrixMath.sum(e.values().imaginary()), 1e-11);
        Matrix re = MatrixMath.ofDiagonal(e.values().real());
        Matrix im = MatrixMath.ofDiagonal(e.values().imaginary());
        assertSame(a.times(e.real()), e.real().times(re).minus(e.imaginary().times(im)), 1e-10);
        assertSame(a.times(e.imaginary()), e.real().times(im).plus(e.imaginary().times(re)), 1e-10);
        Eigenvalues alone = MatrixMath.eigenvalues(a);
        assertSame(e.values().real(), alone.real(), 1e-14);
    }

    @Property(tries = 40, seed = "42")
    void exponentialLogarithmRootAndPowersUndoEachOther(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int n) {
        Random r = new Random(seed);
        HyperDualMatrix a = variable(r, regular(r, n));
        Matrix root = MatrixMath.sqrt(a);
        assertSame(a, root.times(root), 1e-12);
        assertSame(root, MatrixMath.power(a, 0.5), 1e-11);
        assertSame(a, MatrixMath.exp(MatrixMath.log(a)), 1e-11);
        assertSame(a, MatrixMath.power(MatrixMath.power(a, 1.7), 1 / 1.7), 1e-10);
        assertSame(MatrixMath.inverse(a), MatrixMath.power(a, -1), 1e-13);
        HyperDualMatrix small = variable(r, Dense.scale(0.3, RuleCase.random(r, n, n)));
        assertConstant(Dense.identity(n), MatrixMath.exp(small).times(MatrixMath.exp(small.times(-1))), 1e-9);
        assertSame(MatrixMath.trace(small), MatrixMath.logDeterminant(MatrixMath.exp(small)), 1e-10);
    }

    @Property(tries = 40, seed = "42")
    void solutionsSatisfyTheirEquations(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int n) {
        Random r = new Random(seed);
        HyperDualMatrix a = variable(r, regular(r, n));
        HyperDualMatrix b = variable(r, regular(r, 4));
        HyperDualMatrix c = variable(r, RuleCase.random(r, n, 4));
        assertSame(c, a.times(MatrixMath.solve(a, c)), 1e-12);
        Matrix x = MatrixMath.sylvester(a, b, c);
        assertSame(c, a.times(x).plus(x.times(b)), 1e-12);
        HyperDualMatrix q = variable(r, definite(r, n), true);
        Matrix y = MatrixMath.lyapunov(a, q);
        assertSame(q, a.times(y).plus(y.timesTranspose(a)), 1e-12);
        assertSame(y, y.transpose(), 1e-11);
    }

    @Property(tries = 60, seed = "42")
    void theFourEquationsOfThePseudoInverseHold(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int rank) {
        Random r = new Random(seed);
        double[] d = {2, 1.2, 0.6};
        HyperDualMatrix b = variable(r, RuleCase.withSingularValues(r, 5, rank, java.util.Arrays.copyOf(d, rank)));
        HyperDualMatrix c = variable(r, RuleCase.withSingularValues(r, rank, 3, java.util.Arrays.copyOf(d, rank)));
        Matrix a = b.times(c);
        Matrix p = MatrixMath.pseudoInverse(a);
        assertSame(a, a.times(p).times(a), 1e-11);
        assertSame(p, p.times(a).times(p), 1e-11);
        assertSame(a.times(p), a.times(p).transpose(), 1e-11);
        assertSame(p.times(a), p.times(a).transpose(), 1e-11);
    }

    @Property(tries = 40, seed = "42")
    void theGradientOfALeastSquaresResidualIsOrthogonalToTheColumns(@ForAll long seed) {
        Random r = new Random(seed);
        HyperDualMatrix a = variable(r, RuleCase.withSingularValues(r, 7, 3, 2, 1.5, 1));
        HyperDualMatrix b = variable(r, RuleCase.random(r, 7, 2));
        Matrix x = MatrixMath.leastSquares(a, b);
        assertConstant(new DMatrixRMaj(3, 2), a.transposeTimes(a.times(x).minus(b)), 1e-10);
        assertSame(MatrixMath.pseudoInverse(a).times(b), x, 1e-11);
    }

    /** ⟨W, L(A, E)⟩ = ⟨L(Aᵀ, W), E⟩ for a function of a matrix: the pullback is the derivative at the transposed matrix. */
    @Property(tries = 30, seed = "42")
    void thePullbackOfAMatrixFunctionIsItsDerivativeAtTheTransposedMatrix(@ForAll long seed) {
        Random r = new Random(seed);
        DMatrixRMaj a = regular(r, 5);
        DMatrixRMaj w = RuleCase.random(r, 5, 5);
        for (var f : java.util.List.of(
                DifferentiableMatrix.of(x -> MatrixMath.exp(x.times(0.2))), DifferentiableMatrix.of(x -> MatrixMath.log(x)),
                DifferentiableMatrix.of(x -> MatrixMath.sqrt(x)), DifferentiableMatrix.of(x -> MatrixMath.power(x, -1.3)))) {
            DMatrixRMaj pulled = f.pullback(a).apply(w)[0];
            DMatrixRMaj pushed = f.jvp(new DMatrixRMaj[] {Dense.transpose(a, 1)}, new DMatrixRMaj[] {w}).tangent();
            assertTrue(Agreement.distance(pushed, pulled) < 1e-12);
        }
    }
}
