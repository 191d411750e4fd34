package org.wengert.hessian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wengert.core.Differentiable;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;
import org.wengert.linalg.LinearOperator;

/** Sums over data, and the minimizers that live on their Gauss-Newton matrices. */
class DataSumTest {

    private static final int ROWS = 40;

    private static double[][] inputs(int columns) {
        var random = new Random(5);
        double[][] x = new double[ROWS][columns];
        for (double[] row : x) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        return x;
    }

    /** Three classes along a bent border, some of them mixed up. */
    private static double[][] classes(double[][] x) {
        var random = new Random(6);
        double[][] y = new double[x.length][3];
        for (int i = 0; i < x.length; i++) {
            double t = x[i][0] + Math.sin(x[i][1]) + 0.3 * random.nextGaussian();
            y[i][t < -0.5 ? 0 : t < 0.5 ? 1 : 2] = 1;
        }
        return y;
    }

    private static DataSum sum(LayeredModel model, OutputLoss loss, double decay) {
        double[][] x = inputs(2);
        return DataSum.of(model.parameters(), model, loss, x, classes(x)).withDecay(decay);
    }

    /** The same mean, written down as one function of the parameters. */
    private static Differentiable whole(LayeredModel model, OutputLoss loss, double decay) {
        double[][] x = inputs(2);
        double[][] y = classes(x);
        return Differentiable.of(model.parameters(), theta -> {
            Scalar total = Scalar.of(0);
            for (int i = 0; i < x.length; i++) {
                total = total.plus(loss.of(model.apply(theta, scalars(x[i])), scalars(y[i])));
            }
            Scalar squares = Scalar.of(0);
            for (Scalar t : theta) {
                squares = squares.plus(t.times(t));
            }
            return total.div(x.length).plus(squares.times(decay / 2));
        });
    }

    private static Scalar[] scalars(double[] a) {
        return Arrays.stream(a).mapToObj(Scalar::of).toArray(Scalar[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void sumsOverRowsHaveTheDerivativesOfTheWholeFunction(OutputLoss loss) {
        var model = LayeredModel.of(ScalarMath::tanh, 2, 4, 3);
        assertEquals(27, model.parameters());
        DataSum f = sum(model, loss, 0.01);
        Differentiable whole = whole(model, loss, 0.01);
        double[] theta = model.start(1);
        double[] v = new Random(2).doubles(27, -1, 1).toArray();
        double[] gradient = new double[27];
        double value = f.gradient(theta, gradient);
        assertEquals(whole.value(theta), value, 1e-13);
        assertEquals(value, f.value(theta), 1e-13);
        assertArrayEquals(whole.gradient(theta).gradient(), gradient, 1e-13);
        double[] hv = f.hessian(theta).apply(v);
        assertArrayEquals(whole.hvp(theta, v).product(), hv, 1e-12);
        assertArrayEquals(TwiceDifferentiable.of(whole).by(HvpMethod.DIFFERENCES).at(theta).apply(v), hv, 1e-7);
    }

    /** Jᵀ·∇²L·J of each row alone, from another class. */
    @ParameterizedTest
    @EnumSource
    void gaussNewtonProductsAreThoseOfTheRows(OutputLoss loss) {
        var model = LayeredModel.of(ScalarMath::tanh, 2, 4, 3);
        DataSum f = sum(model, loss, 0.02);
        double[] theta = model.start(3);
        double[] v = new Random(4).doubles(27, -1, 1).toArray();
        double[][] x = inputs(2);
        double[][] y = classes(x);
        double[] expected = new double[27];
        for (int i = 0; i < ROWS; i++) {
            double[] xi = x[i];
            double[] yi = y[i];
            var z = Differentiable.vector(27, 3, t -> model.apply(t, scalars(xi)));
            var l = Differentiable.of(3, s -> loss.of(s, scalars(yi)));
            MinimizerRun.add(expected, 1.0 / ROWS, CurvatureProducts.gaussNewton(l, z, theta).apply(v));
        }
        MinimizerRun.add(expected, 0.02, v);
        assertArrayEquals(expected, f.gaussNewton(theta).apply(v), 1e-13);
    }

    @Test
    void withoutHiddenLayersGaussNewtonIsTheHessian() {
        var model = LayeredModel.of(ScalarMath::tanh, 2, 3);
        DataSum f = sum(model, OutputLoss.CROSS_ENTROPY, 0.1);
        double[] theta = model.start(1);
        double[] v = new Random(4).doubles(9, -1, 1).toArray();
        assertArrayEquals(f.hessian(theta).apply(v), f.gaussNewton(theta).apply(v), 1e-13);
    }

    /** Of one row and one layer the Fisher matrix is a Kronecker product, and K-FAC is exact. */
    @Test
    void kroneckerFactorsOfOneRowAndOneLayerAreTheFisherMatrix() {
        var model = LayeredModel.of(ScalarMath::tanh, 2, 3);
        DataSum f = sum(model, OutputLoss.CROSS_ENTROPY, 0).sample(1, 7);
        double[] theta = model.start(1);
        var run = new MinimizerRun(f, theta, 0, 1, null, _ -> true);
        var kfac = new Kfac(run, f, model, _ -> f);
        kfac.update(f, theta, 0);
        double[] v = new Random(4).doubles(9, -1, 1).toArray();
        double[] product = new double[9];
        for (int i = 0; i < 3; i++) { // G·V·A
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    for (int l = 0; l < 3; l++) {
                        product[3 * i + j] += kfac.g[0].get(i, k) * v[3 * k + l] * kfac.a[0].get(l, j);
                    }
                }
            }
        }
        assertArrayEquals(f.gaussNewton(theta).apply(v), product, 1e-14);
        // And the direction solves (A + πγI) ⊗ (G + γ/πI) d = -v.
        double[] d = kfac.direction(v, 0.3);
        double pi = Math.sqrt(trace(kfac.a[0]) / trace(kfac.g[0]));
        double[] back = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    for (int l = 0; l < 3; l++) {
                        back[3 * i + j] -= (kfac.g[0].get(i, k) + (i == k ? 0.3 / pi : 0)) * d[3 * k + l]
                                * (kfac.a[0].get(l, j) + (l == j ? 0.3 * pi : 0));
                    }
                }
            }
        }
        assertArrayEquals(v, back, 1e-12);
    }

    private static double trace(DMatrixRMaj a) {
        double sum = 0;
        for (int i = 0; i < a.numRows; i++) {
            sum += a.get(i, i);
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource
    void convexModelsComeToTheirOneMinimum(GaussNewtonMethod method) {
        var model = LayeredModel.of(ScalarMath::tanh, 2, 3);
        DataSum f = sum(model, OutputLoss.CROSS_ENTROPY, 1e-2);
        double[] start = model.start(1);
        Minimum expected = new Minimizer().withTolerance(1e-10).minimize(f, start);
        assertTrue(expected.converged(), expected.message());
        Minimum m = new GaussNewtonMinimizer(method).withTolerance(1e-8).minimize(f, start);
        assertTrue(m.converged(), m.message());
        assertArrayEquals(expected.point(), m.point(), 1e-5);
        assertTrue(m.evaluations().products() > 0);
        Minimum sampled = new GaussNewtonMinimizer(method).withTolerance(1e-6).withSample(20, 3).minimize(f, start);
        assertTrue(sampled.converged(), sampled.message());
        assertArrayEquals(expected.point(), sampled.point(), 1e-3);
        assertEquals(sampled.evaluations(), new GaussNewtonMinimizer(method).withTolerance(1e-6).withSample(20, 3)
                .minimize(f, start).evaluations(), "deterministic");
    }

    @Test
    void subsampledNewtonComesToTheMinimumToo() {
        var model = LayeredModel.of(ScalarMath::tanh, 2, 3);
        DataSum f = sum(model, OutputLoss.CROSS_ENTROPY, 1e-2);
        Minimum expected = new Minimizer().withTolerance(1e-10).minimize(f, model.start(1));
        Objective g = f.subsampled(15, 9);
        Minimum m = new Minimizer(MinimizeMethod.NEWTON_CG).withTolerance(1e-7).minimize(g, model.start(1));
        assertTrue(m.converged(), m.message());
        assertArrayEquals(expected.point(), m.point(), 1e-4);
        assertEquals(f.value(m.point()), m.value(), 0);
        double[] v = new double[9];
        v[2] = 1;
        LinearOperator h = g.hessian(m.point());
        assertArrayEquals(h.apply(v), g.hessian(m.point()).apply(v), 0, "the same sample at the same point");
    }

    @ParameterizedTest
    @EnumSource
    void networksLearnWhatTheirLayersCanTell(GaussNewtonMethod method) {
        var model = LayeredModel.of(ScalarMath::tanh, 2, 8, 8, 3);
        DataSum f = sum(model, OutputLoss.CROSS_ENTROPY, 1e-4);
        Minimum m = new GaussNewtonMinimizer(method).withMostIterations(60).minimize(f, model.start(2));
        assertTrue(m.value() < 0.1, m.message());
        for (int k = 1; k < m.history().size(); k++) {
            assertTrue(m.history().get(k).value() <= m.history().get(k - 1).value() + 1e-12, "never uphill, step " + k);
        }
    }

    @Test
    void wrongArgumentsAreNamed() {
        var model = LayeredModel.of(ScalarMath::tanh, 2, 3);
        double[][] x = inputs(2);
        DataSum f = sum(model, OutputLoss.SQUARED, 0);
        assertEquals("y must have 40 rows, as x has, but has 1", message(() -> DataSum.of(9, model, OutputLoss.SQUARED, x, new double[1][3])));
        assertEquals("row 1 of x must have 2 entries, but has 1",
                message(() -> DataSum.of(9, model, OutputLoss.SQUARED, new double[][] {{1, 2}, {1}}, new double[2][3])));
        assertEquals("k must be from 1 to 40, but was 41", message(() -> f.sample(41, 0)));
        assertEquals("decay must be at least 0 and finite, but was -1.0", message(() -> f.withDecay(-1)));
        assertEquals("start must have 9 entries, but has 1",
                message(() -> new GaussNewtonMinimizer(GaussNewtonMethod.KFAC).minimize(f, 1)));
        DataSum other = DataSum.of(2, (t, z) -> new Scalar[] {t[0].times(z[0]).plus(t[1])}, OutputLoss.SQUARED, x, new double[ROWS][1]);
        assertTrue(message(() -> new GaussNewtonMinimizer(GaussNewtonMethod.KFAC).minimize(other, 1, 1))
                .startsWith("the model of f must be a LayeredModel, but is a "));
    }

    private static String message(Executable call) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
