package org.wengert.gallery.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.wengert.core.scalar.ScalarMath.dot;
import static org.wengert.gallery.layers.ByHand.sigmoid;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.batch.Batch;
import org.wengert.core.batch.Gradients;
import org.wengert.core.batch.Points;
import org.wengert.core.numeric.Estimate;
import org.wengert.core.numeric.FiniteDifferences;
import org.wengert.core.scalar.Scalar;

/**
 * Gradients of every layer, by the engine's batches and by its eager numbers, against two sources that know nothing of the engine: backpropagation
 * written by hand, and extrapolated differences of the plain-Java layer.
 */
class LayerGradientTest {

    private static final int STEPS = 4;

    private final Random random = new Random(7);

    private double[] numbers(int n) {
        return random.doubles(n, -1.5, 1.5).toArray();
    }

    private void check(Layer layer, ByHand hand) {
        int k = layer.parameters();
        int n = layer.inputs();
        double[] w = numbers(layer.outputs());
        Differentiable f = Differentiable.of(k + n, z -> dot(w, layer.apply(Arrays.copyOf(z, k), Arrays.copyOfRange(z, k, k + n))));
        double[][] points = {numbers(k + n), numbers(k + n), numbers(k + n)};
        Gradients batch = Batch.of(f).reproducible().gradient(Points.ofRows(points));
        for (int p = 0; p < points.length; p++) {
            double[] theta = Arrays.copyOf(points[p], k);
            double[] x = Arrays.copyOfRange(points[p], k, k + n);
            double[] byHand = hand.backward(theta, x, w);
            double[] byBatch = new double[k + n];
            int point = p;
            Arrays.setAll(byBatch, j -> batch.get(point, j));
            assertEquals(inner(w, hand.forward(theta, x)), batch.value(p), 1e-13);
            assertArrayEquals(byHand, byBatch, 1e-13);
            assertArrayEquals(byHand, f.gradient(points[p]).gradient(), 1e-13);
            Estimate[] differences = FiniteDifferences.riddersGradient(
                    z -> inner(w, hand.forward(Arrays.copyOf(z, k), Arrays.copyOfRange(z, k, k + n))), points[p]);
            assertArrayEquals(Arrays.stream(differences).mapToDouble(Estimate::value).toArray(), byBatch, 1e-7);
        }
    }

    private static double inner(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    @Test
    void dense() {
        check(new Dense(3, 4), new ByHand.Matrix(0, 3, 4));
    }

    @Test
    void residualBlock() {
        check(new Residual(new Dense(3, 3).then(Activation.TANH.layer(3))), new ByHand.TanhBlock(new ByHand.Matrix(0, 3, 3)));
    }

    @Test
    void recurrentCell() {
        check(new RecurrentCell(2, 3, Activation.TANH).over(STEPS),
                new ByHand.Through(new ByHand.Plain(new ByHand.Matrix(0, 5, 3)), 2, 3, 3, STEPS));
    }

    @Test
    void longShortTermMemory() {
        check(new LongShortTermMemory(2, 3).over(STEPS),
                new ByHand.Through(new ByHand.Lstm(new ByHand.Matrix(0, 5, 12), 3), 2, 6, 3, STEPS));
    }

    @Test
    void gatedRecurrentUnit() {
        check(new GatedRecurrentUnit(2, 3).over(STEPS),
                new ByHand.Through(new ByHand.Gru(new ByHand.Matrix(0, 5, 6), new ByHand.Matrix(36, 5, 3), 3), 2, 3, 3, STEPS));
    }

    @Test
    void everyActivation() {
        double root = 1 / Math.sqrt(2 * Math.PI);
        Map<Activation, ByHand> hand = Map.of(
                Activation.IDENTITY, new ByHand.Elementwise(x -> x, x -> 1),
                Activation.SIGMOID, new ByHand.Elementwise(ByHand::sigmoid, x -> sigmoid(x) * (1 - sigmoid(x))),
                Activation.TANH, new ByHand.Elementwise(Math::tanh, x -> 1 / (Math.cosh(x) * Math.cosh(x))),
                Activation.RELU, new ByHand.Elementwise(x -> Math.max(x, 0), x -> x > 0 ? 1 : 0),
                Activation.LEAKY_RELU, new ByHand.Elementwise(x -> x > 0 ? x : 0.01 * x, x -> x > 0 ? 1 : 0.01),
                Activation.ELU, new ByHand.Elementwise(x -> x > 0 ? x : Math.exp(x) - 1, x -> x > 0 ? 1 : Math.exp(x)),
                Activation.SOFTPLUS, new ByHand.Elementwise(x -> Math.log(1 + Math.exp(x)), ByHand::sigmoid),
                Activation.GELU, new ByHand.Elementwise(x -> x * normal(x), x -> normal(x) + x * root * Math.exp(-x * x / 2)),
                Activation.SILU, new ByHand.Elementwise(x -> x * sigmoid(x), x -> sigmoid(x) + x * sigmoid(x) * (1 - sigmoid(x))));
        assertEquals(Activation.values().length, hand.size());
        hand.forEach((activation, byHand) -> check(activation.layer(6), byHand));
    }

    /** The normal distribution function by its series, which is exact to rounding for small x. */
    private static double normal(double x) {
        double term = x;
        double sum = x;
        for (int k = 1; k < 60; k++) {
            term *= x * x / (2 * k + 1);
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    /** A loss as a layer whose inputs are outputs and answer. */
    private record Cost(Loss loss, int size) implements Layer {

        @Override
        public int inputs() {
            return 2 * size;
        }

        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public int parameters() {
            return 0;
        }

        @Override
        public Scalar[] apply(Scalar[] theta, Scalar[] x) {
            return new Scalar[] {loss.of(Arrays.copyOf(x, size), Arrays.copyOfRange(x, size, 2 * size))};
        }

        @Override
        public double[] start(Initialization weights, Random random) {
            return new double[0];
        }
    }

    @Test
    void meanSquaredError() {
        check(new Cost(Loss::meanSquaredError, 3), new ByHand() {
            @Override
            public double[] forward(double[] theta, double[] x) {
                double sum = 0;
                for (int i = 0; i < 3; i++) {
                    sum += (x[i] - x[3 + i]) * (x[i] - x[3 + i]) / 3;
                }
                return new double[] {sum};
            }

            @Override
            public double[] backward(double[] theta, double[] x, double[] w) {
                double[] g = new double[6];
                Arrays.setAll(g, i -> i < 3 ? w[0] * 2 * (x[i] - x[3 + i]) / 3 : w[0] * 2 * (x[i] - x[i - 3]) / 3);
                return g;
            }
        });
    }

    @Test
    void crossEntropy() {
        check(new Cost(Loss::crossEntropy, 3), new ByHand() {
            private double total(double[] x) {
                return Math.exp(x[0]) + Math.exp(x[1]) + Math.exp(x[2]);
            }

            @Override
            public double[] forward(double[] theta, double[] x) {
                return new double[] {Math.log(total(x)) - x[0] * x[3] - x[1] * x[4] - x[2] * x[5]};
            }

            @Override
            public double[] backward(double[] theta, double[] x, double[] w) {
                double[] g = new double[6];
                Arrays.setAll(g, i -> i < 3 ? w[0] * (Math.exp(x[i]) / total(x) - x[3 + i]) : -w[0] * x[i - 3]);
                return g;
            }
        });
    }
}
