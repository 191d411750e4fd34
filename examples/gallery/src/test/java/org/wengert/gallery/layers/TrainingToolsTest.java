package org.wengert.gallery.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wengert.core.batch.Points;

class TrainingToolsTest {

    @Test
    void descentGoesAgainstTheGradientAndMomentumRemembersIt() {
        double[] theta = {1, -2};
        Optimizer.sgd(0.5).step(theta, new double[] {2, 4});
        assertArrayEquals(new double[] {0, -4}, theta);
        Optimizer heavy = Optimizer.momentum(0.5, 0.5);
        heavy.step(theta, new double[] {2, 4});
        heavy.step(theta, new double[] {2, 4});
        assertArrayEquals(new double[] {-2.5, -9}, theta); // 0.5·(1 + 1.5)·g
    }

    /** Against the decaying means written out as sums over all gradients. */
    @Test
    void adamDividesTheMeanByTheRootOfTheMeanSquare() {
        Random random = new Random(3);
        double[] theta = {1};
        double expected = 1;
        Optimizer adam = Optimizer.adam(0.1);
        List<Double> gradients = new ArrayList<>();
        for (int t = 1; t <= 20; t++) {
            gradients.add(random.nextGaussian());
            adam.step(theta, new double[] {gradients.getLast()});
            double m = 0;
            double v = 0;
            double weightOfM = 0;
            double weightOfV = 0;
            for (int s = 0; s < t; s++) {
                m += Math.pow(0.9, t - 1 - s) * gradients.get(s);
                v += Math.pow(0.999, t - 1 - s) * gradients.get(s) * gradients.get(s);
                weightOfM += Math.pow(0.9, t - 1 - s);
                weightOfV += Math.pow(0.999, t - 1 - s);
            }
            expected -= 0.1 * (m / weightOfM) / (Math.sqrt(v / weightOfV) + 1e-8);
            assertEquals(expected, theta[0], 1e-12);
        }
    }

    @Test
    void clippingByValueBoundsEntriesAndByNormKeepsTheDirection() {
        double[] g = {3, -4, 0.5};
        Clipping.byValue(g, 1);
        assertArrayEquals(new double[] {1, -1, 0.5}, g);
        double[] h = {3, -4};
        assertEquals(5, Clipping.byNorm(h, 1), 1e-15);
        assertArrayEquals(new double[] {0.6, -0.8}, h, 1e-15);
        assertEquals(1, Clipping.byNorm(h, 2), 1e-15);
        assertArrayEquals(new double[] {0.6, -0.8}, h, 1e-15);
    }

    @Test
    void weightsHaveTheVarianceThatTheirNamesPromise() {
        assertEquals(2.0 / 300, variance(Initialization.glorot()), 2.0 / 300 * 0.03);
        assertEquals(2.0 / 100, variance(Initialization.kaiming()), 2.0 / 100 * 0.03);
        assertEquals(0.5 / 100, variance(Initialization.scaled(0.5)), 0.5 / 100 * 0.03);
        assertEquals(0.09, variance(Initialization.gaussian(0.3)), 0.09 * 0.03);
    }

    private static double variance(Initialization weights) {
        double[] theta = new Dense(100, 200).start(weights, new Random(5));
        assertEquals(0, Arrays.stream(theta, 20_000, 20_200).map(Math::abs).sum()); // the biases
        double mean = Arrays.stream(theta, 0, 20_000).average().orElseThrow();
        assertEquals(0, mean, 0.01);
        return Arrays.stream(theta, 0, 20_000).map(w -> (w - mean) * (w - mean)).average().orElseThrow();
    }

    @Test
    void theForgetGateStartsOpen() {
        double[] theta = new LongShortTermMemory(2, 3).start(Initialization.glorot(), new Random(5));
        assertArrayEquals(new double[] {0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0}, Arrays.copyOfRange(theta, 60, 72));
    }

    @Test
    void anEpochShowsEachRowOnceInAnOrderOfItsOwn() {
        double[][] rows = new double[10][1];
        Arrays.setAll(rows, i -> new double[] {i});
        Minibatches minibatches = new Minibatches(rows, 4, new Random(1));
        List<Integer> sizes = new ArrayList<>();
        List<List<Double>> orders = new ArrayList<>();
        for (int e = 0; e < 2; e++) {
            List<Double> seen = new ArrayList<>();
            minibatches.epoch(points -> {
                sizes.add(points.size());
                for (int p = 0; p < points.size(); p++) {
                    seen.add(points.get(p, 0));
                }
            });
            orders.add(seen);
            assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, seen.stream().mapToDouble(x -> x).sorted().toArray());
        }
        assertEquals(List.of(4, 4, 2, 4, 4, 2), sizes);
        assertTrue(!orders.get(0).equals(orders.get(1)), orders.toString());
        assertEquals(0, rows[0][0]); // the caller's order stays
    }

    @Test
    void aNetworkMeansOverItsRows() {
        Network network = new Network(new Dense(1, 2), Loss::crossEntropy);
        double[] theta = {1, -1, 0, 0}; // outputs (x, -x)
        Points rows = Points.ofRows(new double[][] {{2, 1, 0}, {-1, 1, 0}, {3, 1, 0}, {-4, 0, 1}});
        double[] gradient = new double[4];
        double loss = network.gradient(rows, theta, gradient);
        double expected = (Math.log1p(Math.exp(-4)) + Math.log1p(Math.exp(2)) + Math.log1p(Math.exp(-6)) + Math.log1p(Math.exp(-8))) / 4;
        assertEquals(expected, loss, 1e-15);
        assertEquals(expected, network.loss(rows, theta), 1e-15);
        assertEquals(0, gradient[2] + gradient[3], 1e-15);
        assertEquals(0.75, network.accuracy(rows, theta));
        assertEquals(-4, network.outputs(Points.ofRows(new double[][] {{4}}), theta).get(0, 1));
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertMessage("next must take 3 inputs, but takes 2", () -> new Dense(2, 3).then(new Dense(2, 1)));
        assertMessage("inner must have as many outputs as inputs, but has 2 inputs and 3 outputs", () -> new Residual(new Dense(2, 3)));
        assertMessage("inputs and outputs must be at least 1, but were 0 and 3", () -> new Dense(0, 3));
        assertMessage("steps must be at least 1, but was 0", () -> new LongShortTermMemory(1, 1).over(0));
        assertMessage("rows and size must be at least 1, but were 0 and 4", () -> new Minibatches(new double[0][], 4, new Random(1)));
        assertMessage("gradient must have 2 entries like theta, but has 1", () -> Optimizer.sgd(1).step(new double[2], new double[1]));
        assertMessage("minibatch must have at least 1 row, but has none",
                () -> new Network(new Dense(1, 1), Loss::meanSquaredError).loss(Points.of(0, 2), new double[2]));
    }

    private static void assertMessage(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
