package org.wengert.gallery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KroneckerFactorsTest {

    @Test
    void forOneExampleTheFactorsAreTheGaussNewtonMatrixOfEachLayer() {
        KroneckerFactors network = new KroneckerFactors(2, 3, 2, 1);
        double[] theta = network.initial(5);
        double[][] x = {{0.3, -0.8}};
        double[][] whole = network.gaussNewton(x, new double[] {0.7}, theta);
        int w = 0;
        for (double[][][] layer : network.factors(x, theta)) {
            double[][] a = layer[0];
            double[][] g = layer[1];
            int n = a.length * g.length;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    assertEquals(g[i / a.length][j / a.length] * a[i % a.length][j % a.length], whole[w + i][w + j], 1e-15, i + ", " + j);
                }
            }
            w += n;
        }
        assertEquals(network.weights(), w);
    }

    @Test
    void theGradientOfTheLossIsThatOfCentralDifferences() {
        KroneckerFactors network = new KroneckerFactors(2, 3, 1);
        KroneckerSteps.Data data = KroneckerSteps.Data.of(20, 6);
        double[] theta = network.initial(7);
        double[] gradient = network.gradient(data.x(), data.y(), theta);
        double h = 1e-5;
        for (int i = 0; i < theta.length; i++) {
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[i] += h;
            down[i] -= h;
            assertEquals((network.loss(data.x(), data.y(), up) - network.loss(data.x(), data.y(), down)) / (2 * h), gradient[i], 1e-8);
        }
    }

    @Test
    void oneStepWithoutDampingSolvesALinearModel() {
        KroneckerFactors line = new KroneckerFactors(2, 1);
        KroneckerSteps.Data data = KroneckerSteps.Data.of(50, 8);
        double[] theta = line.initial(9);
        double[] step = line.precondition(line.gradient(data.x(), data.y(), theta), line.factors(data.x(), theta), 0);
        for (int i = 0; i < theta.length; i++) {
            theta[i] -= step[i];
        }
        assertArrayEquals(new double[3], line.gradient(data.x(), data.y(), theta), 1e-13);
    }

    @Test
    void kroneckerFactorsTakeTheLossWhereGradientStepsDoNotCome() {
        KroneckerSteps.Data data = KroneckerSteps.Data.of(KroneckerSteps.EXAMPLES, KroneckerSteps.SEED);
        double[] kfac = KroneckerSteps.kfac(data, KroneckerSteps.DAMPING);
        double best = Arrays.stream(KroneckerSteps.RATES).map(rate -> Arrays.stream(KroneckerSteps.descend(data, rate)).min().orElseThrow())
                .min().orElseThrow();
        assertTrue(kfac[20] < best, kfac[20] + " after 20 steps, " + best);
        assertTrue(3 * kfac[KroneckerSteps.STEPS] < best, kfac[KroneckerSteps.STEPS] + " at the end, " + best);
    }

    @Test
    void systemsThatAreNotPositiveDefiniteAreRefused() {
        double[][] a = {{4, 2}, {2, 3}};
        assertArrayEquals(new double[] {0.25, 1}, Arrays.stream(LinearSystem.solve(a, 1, new double[][] {{3.25}, {4.5}})).mapToDouble(r -> r[0]).toArray(), 1e-15);
        ArithmeticException problem = assertThrows(ArithmeticException.class, () -> LinearSystem.solve(new double[][] {{1, 2}, {2, 1}}, 0, a));
        assertEquals("a + c·I must be positive definite, but pivot 1 is -3.0", problem.getMessage());
    }
}
