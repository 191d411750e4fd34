package org.wengert.hessian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wengert.core.scalar.ScalarMath;

/** Models of real data, trained by second-order methods, beside methods of another kind. */
class IrisTest {

    private static final Irises IRISES = Irises.shipped();
    private static final double[][] X = IRISES.measurements();
    private static final MixtureModel MODEL = new MixtureModel(3, 4);
    private static final DataSum MIXTURE = MODEL.loss(X);
    private static final int PETAL_LENGTH = 2;

    /** What expectation and maximization converge to. */
    private static Mixture converged() {
        Mixture mixture = Mixture.ofGroups(X, 3, PETAL_LENGTH);
        for (int k = 0; k < 5_000; k++) {
            mixture = mixture.step(X);
        }
        return mixture;
    }

    @Test
    void theMixtureModelIsTheMixtureInOtherParameters() {
        Mixture mixture = Mixture.ofGroups(X, 3, PETAL_LENGTH);
        assertEquals(44, MODEL.parameters());
        assertEquals(mixture.loss(X), MIXTURE.value(MODEL.parameters(mixture)), 1e-13);
        Mixture next = mixture.step(X);
        assertEquals(next.loss(X), MIXTURE.value(MODEL.parameters(next)), 1e-13);
        assertTrue(next.loss(X) < mixture.loss(X));
    }

    @ParameterizedTest
    @EnumSource(names = {"NEWTON_CG", "TRUST_REGION", "LANCZOS_TRUST_REGION", "EXACT_TRUST_REGION", "CUBIC", "LBFGS"})
    void mixturesComeToWhatExpectationAndMaximizationConvergeTo(MinimizeMethod method) {
        Mixture expected = converged();
        double[] theta = MODEL.parameters(expected);
        double[] gradient = new double[theta.length];
        assertEquals(expected.loss(X), MIXTURE.gradient(theta, gradient), 1e-13);
        assertArrayEquals(new double[theta.length], gradient, 1e-10);
        Minimum m = new Minimizer(method).withTolerance(1e-9).withMostIterations(5_000)
                .minimize(MIXTURE, MODEL.parameters(Mixture.ofGroups(X, 3, PETAL_LENGTH)));
        assertTrue(m.converged(), m.message());
        assertEquals(expected.loss(X), m.value(), 1e-13);
        assertArrayEquals(theta, m.point(), 1e-5);
        // What mclust for R prints for three components with free covariances: -180.1858.
        assertEquals(-180.186, -150 * m.value(), 1e-3);
    }

    @ParameterizedTest
    @EnumSource(names = {"NEWTON_CG", "TRUST_REGION", "LANCZOS_TRUST_REGION", "EXACT_TRUST_REGION", "CUBIC", "LBFGS"})
    void logisticRegressionComesToWhereTheGradientByHandIsZero(MinimizeMethod method) {
        var model = LayeredModel.of(ScalarMath::tanh, 4, 3);
        double decay = 1e-3;
        Minimum m = new Minimizer(method).withTolerance(1e-10).minimize(IRISES.loss(model, decay), new double[15]);
        assertTrue(m.converged(), m.message());
        assertArrayEquals(new double[15], logisticGradient(m.point(), decay), 1e-10);
        int right = 0;
        for (int i = 0; i < X.length; i++) {
            double[] z = logits(m.point(), IRISES.standardized()[i]);
            right += IRISES.species()[i][z[0] > z[1] && z[0] > z[2] ? 0 : z[1] > z[2] ? 1 : 2] == 1 ? 1 : 0;
        }
        assertTrue(right >= 145, right + " of 150 flowers told right");
    }

    private static double[] logits(double[] theta, double[] x) {
        double[] z = new double[3];
        for (int k = 0; k < 3; k++) {
            z[k] = theta[5 * k + 4];
            for (int j = 0; j < 4; j++) {
                z[k] += theta[5 * k + j] * x[j];
            }
        }
        return z;
    }

    /** 1/N · Σᵢ (pᵢ - yᵢ)·(xᵢ, 1)ᵀ + decay·θ, with p the softmax of the logits. */
    private static double[] logisticGradient(double[] theta, double decay) {
        double[][] x = IRISES.standardized();
        double[] g = new double[15];
        for (int i = 0; i < x.length; i++) {
            double[] z = logits(theta, x[i]);
            double all = Math.exp(z[0]) + Math.exp(z[1]) + Math.exp(z[2]);
            for (int k = 0; k < 3; k++) {
                double share = (Math.exp(z[k]) / all - IRISES.species()[i][k]) / x.length;
                for (int j = 0; j < 4; j++) {
                    g[5 * k + j] += share * x[i][j];
                }
                g[5 * k + 4] += share;
            }
        }
        for (int k = 0; k < g.length; k++) {
            g[k] += decay * theta[k];
        }
        return g;
    }
}
