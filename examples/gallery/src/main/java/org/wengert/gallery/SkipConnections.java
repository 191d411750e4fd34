package org.wengert.gallery;

import static org.wengert.core.scalar.ScalarMath.sum;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.wengert.core.batch.Points;
import org.wengert.core.scalar.Scalar;
import org.wengert.gallery.layers.Activation;
import org.wengert.gallery.layers.Dense;
import org.wengert.gallery.layers.Initialization;
import org.wengert.gallery.layers.Layer;
import org.wengert.gallery.layers.Loss;
import org.wengert.gallery.layers.Network;
import org.wengert.gallery.layers.Optimizer;
import org.wengert.gallery.layers.Residual;

/** Computes what skip connections, and losses at several depths, do for deep networks. */
final class SkipConnections {

    static final long SEED = 7;
    static final int STACK = 50;
    static final int EPOCHS = 40;
    static final int[] DEPTHS = {2, 5, 10, 20, 30};

    static final double RATE = 0.02;
    private static final int WIDTH = 8;
    private static final int OBJECTS = 64;

    /** How many blocks lie between the losses at several depths, in a network of so many. */
    static final int EVERY = 5;
    static final int DEEP = 20;

    private SkipConnections() {}

    /** f(W x + b), or x + f(W x + b). */
    private static Layer block(Activation activation, int width, boolean skips) {
        Layer layer = new Dense(width, width).then(activation.layer(width));
        return skips ? new Residual(layer) : layer;
    }

    /** The norm of a gradient after 0 to 50 layers of sigmoids back, relative to that at the top. */
    static double[] gradientNorms(boolean skips) {
        Random random = new Random(SEED);
        DeepStack stack = new DeepStack(block(Activation.SIGMOID, 32, skips));
        return stack.gradientNorms(stack.start(STACK, Initialization.glorot(), random), OBJECTS, random);
    }

    /**
     * Blocks with a head after every few of them and after the last: the outputs of all heads, one after the other.
     *
     * @param block what is stacked
     * @param depth how often
     * @param every how many blocks lie between heads
     */
    private record Deep(Layer block, int depth, int every) implements Layer {

        private static final Dense ENTRY = new Dense(Iris.LENGTHS, WIDTH);
        private static final Dense HEAD = new Dense(WIDTH, Iris.SPECIES.size());

        private int heads() {
            return (depth + every - 1) / every;
        }

        private boolean hasHead(int l) {
            return l % every == 0 || l == depth;
        }

        @Override
        public int inputs() {
            return ENTRY.inputs();
        }

        @Override
        public int outputs() {
            return heads() * HEAD.outputs();
        }

        @Override
        public int parameters() {
            return ENTRY.parameters() + depth * block.parameters() + heads() * HEAD.parameters();
        }

        @Override
        public Scalar[] apply(Scalar[] theta, Scalar[] x) {
            Scalar[] all = new Scalar[outputs()];
            int at = ENTRY.parameters();
            Scalar[] y = ENTRY.apply(Arrays.copyOf(theta, at), x);
            for (int l = 1, h = 0; l <= depth; l++) {
                y = block.apply(Arrays.copyOfRange(theta, at, at + block.parameters()), y);
                at += block.parameters();
                if (hasHead(l)) {
                    System.arraycopy(HEAD.apply(Arrays.copyOfRange(theta, at, at + HEAD.parameters()), y), 0, all, h++ * HEAD.outputs(), HEAD.outputs());
                    at += HEAD.parameters();
                }
            }
            return all;
        }

        @Override
        public double[] start(Initialization weights, Random random) {
            DoubleStream all = Arrays.stream(ENTRY.start(weights, random));
            for (int l = 1; l <= depth; l++) {
                all = DoubleStream.concat(all, Arrays.stream(block.start(weights, random)));
                all = hasHead(l) ? DoubleStream.concat(all, Arrays.stream(HEAD.start(weights, random))) : all;
            }
            return all.toArray();
        }

        /** The mean of the cross-entropies of all heads. */
        Scalar meanLoss(Scalar[] outputs, Scalar[] answers) {
            Scalar[] losses = new Scalar[heads()];
            Arrays.setAll(losses, h -> headLoss(outputs, answers, h));
            return sum(losses).div(heads());
        }

        /** The cross-entropy of the last head. */
        Scalar lastLoss(Scalar[] outputs, Scalar[] answers) {
            return headLoss(outputs, answers, heads() - 1);
        }

        private static Scalar headLoss(Scalar[] outputs, Scalar[] answers, int h) {
            int from = h * HEAD.outputs();
            int to = from + HEAD.outputs();
            return Loss.crossEntropy(Arrays.copyOfRange(outputs, from, to), Arrays.copyOfRange(answers, from, to));
        }

        /** Flowers with the answer once for each head. */
        double[][] rows(double[][] flowers) {
            return Arrays.stream(flowers).map(flower -> IntStream.range(0, inputs() + outputs())
                    .mapToDouble(j -> flower[j < inputs() ? j : inputs() + (j - inputs()) % HEAD.outputs()]).toArray()).toArray(double[][]::new);
        }
    }

    /** Networks of sigmoids: the loss over the flowers for training after each epoch, first before any. */
    static double[] losses(boolean skips, int depth) {
        return trained(new Deep(block(Activation.SIGMOID, WIDTH, skips), depth, depth)).losses;
    }

    /** A network of {@link #DEEP} layers of ReLU with its loss at the end, or with losses after each few layers too. */
    static Trained relu(boolean hasSeveralLosses) {
        return trained(new Deep(block(Activation.RELU, WIDTH, false), DEEP, hasSeveralLosses ? EVERY : DEEP));
    }

    /**
     * A training.
     *
     * @param firstGradient norm of the gradient by the parameters of the first layer before training, over all flowers for training
     * @param losses        of the last head over these flowers after each epoch, first before any
     */
    record Trained(double firstGradient, double[] losses) {}

    private static final Map<Deep, Trained> TRAINED = new ConcurrentHashMap<>();

    /** Trains each network once. */
    private static Trained trained(Deep layers) {
        return TRAINED.computeIfAbsent(layers, SkipConnections::train);
    }

    private static Trained train(Deep layers) {
        Random random = new Random(SEED);
        double[][] rows = layers.rows(Iris.split(random).train());
        double[] theta = layers.start(Initialization.glorot(), random);
        Network network = new Network(layers, layers::meanLoss);
        double[] gradient = new double[theta.length];
        network.gradient(Points.ofRows(rows), theta, gradient);
        double norm = Math.sqrt(Arrays.stream(gradient, 0, Deep.ENTRY.parameters()).map(g -> g * g).sum());
        return new Trained(norm, Training.losses(
                network, new Network(layers, layers::lastLoss), rows, theta, Optimizer.momentum(RATE, 0.9), EPOCHS, random));
    }
}
