package org.wengert.linalg.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Forward and reverse mode of compositions, beside differences. */
class DifferentiableMatrixTest {

    /** A composition of many rules: the logarithm of a Gaussian density, and more. */
    private static final DifferentiableMatrix DENSITY = DifferentiableMatrix.of((a, b) -> {
        Matrix covariance = a.timesTranspose(a).plus(Matrix.identity(a.rows()));
        Matrix l = MatrixMath.cholesky(covariance);
        Matrix z = MatrixMath.solve(l, b);
        Matrix norm = MatrixMath.frobeniusNorm(MatrixMath.exp(covariance.times(0.05)));
        return MatrixMath.inner(z, z).plus(MatrixMath.logDeterminant(covariance)).plus(norm)
                .plus(MatrixMath.sum(MatrixMath.symmetricEigenvalues(covariance).submatrix(0, 0, 1, 1)));
    });

    private static DMatrixRMaj[] point(Random r) {
        return new DMatrixRMaj[] {RuleCase.random(r, 4, 4), RuleCase.random(r, 4, 2)};
    }

    private static DMatrixRMaj[] moved(DMatrixRMaj[] at, double h, DMatrixRMaj[] along) {
        DMatrixRMaj[] x = new DMatrixRMaj[at.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = Dense.plus(at[i], Dense.scale(h, along[i]));
        }
        return x;
    }

    private static double inner(DMatrixRMaj[] x, DMatrixRMaj[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += Dense.inner(x[i], y[i], 1).data[0];
        }
        return sum;
    }

    @Property(tries = 50, seed = "42")
    void gradientsTangentsAndDifferencesOfACompositionAgree(@ForAll long seed) {
        Random r = new Random(seed);
        DMatrixRMaj[] at = point(r);
        DMatrixRMaj[] u = point(r);
        DMatrixRMaj[] v = point(r);
        MatrixGradient g = DENSITY.gradient(at);
        MatrixJvps forward = DENSITY.jvps(at, u, v);
        double size = 1 + Math.sqrt(inner(g.gradient(), g.gradient()));
        assertEquals(inner(g.gradient(), u), forward.tangents()[0].get(0, 0), 1e-10 * size);
        assertEquals(inner(g.gradient(), v), forward.tangents()[1].get(0, 0), 1e-10 * size);
        assertEquals(DENSITY.jvp(at, v).tangent().get(0, 0), forward.tangents()[1].get(0, 0), 1e-11 * size);
        assertEquals(g.value(), DENSITY.value(at).get(0, 0), 1e-13 * Math.abs(g.value()));
        MatrixHvp h = DENSITY.hvp(at, v);
        double scale = 1 + Math.sqrt(inner(h.product(), h.product()));
        // Symmetry of the Hessian, and differences of gradients.
        assertEquals(inner(DENSITY.hvp(at, u).product(), v), inner(h.product(), u), 1e-8 * scale);
        double step = 1e-4;
        double difference = (8 * inner(DENSITY.gradient(moved(at, step, v)).gradient(), u)
                - 8 * inner(DENSITY.gradient(moved(at, -step, v)).gradient(), u)
                - inner(DENSITY.gradient(moved(at, 2 * step, v)).gradient(), u)
                + inner(DENSITY.gradient(moved(at, -2 * step, v)).gradient(), u)) / (12 * step);
        assertEquals(difference, inner(h.product(), u), 1e-4 * scale);
    }

    @Test
    void constantsHaveNoDerivatives() {
        DMatrixRMaj a = Dense.identity(3);
        var constant = DifferentiableMatrix.of(x -> MatrixMath.trace(Matrix.identity(2)));
        assertEquals(2, constant.value(a).get(0, 0));
        assertArrayEquals(new double[9], constant.gradient(a).gradient()[0].data);
        assertArrayEquals(new double[9], constant.hvp(new DMatrixRMaj[] {a}, new DMatrixRMaj[] {a}).product()[0].data);
        assertEquals(0, constant.jvp(new DMatrixRMaj[] {a}, new DMatrixRMaj[] {a}).tangent().get(0, 0));
    }

    @Test
    void aLinearFunctionHasNoSecondDerivative() {
        var f = DifferentiableMatrix.of(x -> MatrixMath.trace(x.times(3)));
        DMatrixRMaj a = RuleCase.random(new Random(1), 3, 3);
        MatrixHvp h = f.hvp(new DMatrixRMaj[] {a}, new DMatrixRMaj[] {a});
        assertArrayEquals(Dense.scale(3, Dense.identity(3)).data, h.gradient()[0].data);
        assertArrayEquals(new double[9], h.product()[0].data);
    }

    @Test
    void longRecordingsNeedNoStack() {
        var f = DifferentiableMatrix.of(x -> {
            Matrix y = x;
            for (int k = 0; k < 20_000; k++) {
                y = y.plus(x);
            }
            return MatrixMath.trace(y);
        });
        assertArrayEquals(Dense.scale(20_001, Dense.identity(2)).data, f.gradient(Dense.identity(2)).gradient()[0].data);
    }

    @Test
    void aPullbackMayBeAppliedByManyThreads() {
        Random r = new Random(2);
        DMatrixRMaj a = RuleCase.random(r, 6, 6);
        for (int i = 0; i < 6; i++) {
            a.add(i, i, 5);
        }
        Pullback p = DifferentiableMatrix.of(MatrixMath::inverse).pullback(a);
        DMatrixRMaj w = RuleCase.random(r, 6, 6);
        double[] expected = p.apply(w)[0].data;
        java.util.stream.IntStream.range(0, 200).parallel()
                .forEach(k -> assertArrayEquals(expected, p.apply(w)[0].data));
    }
}
