package org.wengert.gallery;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.wengert.core.batch.Points;
import org.wengert.core.scalar.Scalar;
import org.wengert.gallery.layers.Activation;
import org.wengert.gallery.layers.Cell;
import org.wengert.gallery.layers.Clipping;
import org.wengert.gallery.layers.Dense;
import org.wengert.gallery.layers.GatedRecurrentUnit;
import org.wengert.gallery.layers.Initialization;
import org.wengert.gallery.layers.Layer;
import org.wengert.gallery.layers.LongShortTermMemory;
import org.wengert.gallery.layers.Loss;
import org.wengert.gallery.layers.Network;
import org.wengert.gallery.layers.Optimizer;
import org.wengert.gallery.layers.RecurrentCell;

/** Computes gradients through time, and trainings on sequences. */
final class Recurrences {

    static final long SEED = 8;
    static final int STEPS = 100;
    static final int SIZE = 32;
    static final double[] RADII = {0.5, 0.9, 1, 1.1, 1.5};

    /** Of the adding problem. */
    static final int LENGTH = 40;
    static final int CELLS = 8;
    static final int UPDATES = 600;
    static final int EVERY = 25;

    static final Cell PLAIN = new RecurrentCell(2, CELLS, Activation.TANH);
    static final Cell LSTM = new LongShortTermMemory(2, CELLS);
    static final Cell GRU = new GatedRecurrentUnit(2, CELLS);

    /** Where the descent before the wall starts, and how long it is. */
    static final double WALL_W = 4.5;
    static final double WALL_B = -2.5;
    static final int WALL_UPDATES = 300;

    private static final int MINIBATCH = 32;

    private Recurrences() {}

    /** A step of a cell without inputs as a layer from state to state. */
    private record Step(Cell cell) implements Layer {

        @Override
        public int inputs() {
            return cell.states();
        }

        @Override
        public int outputs() {
            return cell.states();
        }

        @Override
        public int parameters() {
            return cell.parameters();
        }

        @Override
        public Scalar[] apply(Scalar[] theta, Scalar[] x) {
            return cell.step(theta, x, new Scalar[0]);
        }

        @Override
        public double[] start(Initialization weights, Random random) {
            return cell.start(weights, random);
        }
    }

    /** The largest absolute value of an eigenvalue of the square matrix in front of θ. */
    static double spectralRadius(double[] theta, int size) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, false);
        if (!eigen.decompose(new DMatrixRMaj(size, size, true, Arrays.copyOf(theta, size * size)))) {
            throw new ArithmeticException("the eigenvalues of W do not converge");
        }
        double radius = 0;
        for (int i = 0; i < eigen.getNumberOfEigenvalues(); i++) {
            radius = Math.max(radius, eigen.getEigenvalue(i).getMagnitude());
        }
        return radius;
    }

    /** Parameters of a cell h' = W σ(h) + b with a Gaussian W of a spectral radius, and b = 0. */
    static double[] parameters(Cell cell, double radius) {
        double[] theta = cell.start(Initialization.glorot(), new Random(SEED));
        double factor = radius / spectralRadius(theta, cell.states());
        return Arrays.stream(theta).map(w -> w * factor).toArray();
    }

    /** The norm of a gradient after 0 to 100 steps back in time, relative to that at the end. */
    static double[] gradientNorms(Activation activation, double radius) {
        Cell cell = new RecurrentCell(0, SIZE, activation);
        double[][] thetas = new double[STEPS][];
        Arrays.fill(thetas, parameters(cell, radius));
        return new DeepStack(new Step(cell)).gradientNorms(thetas, 16, new Random(SEED));
    }

    /**
     * Descent on a wall, with or without clipping.
     *
     * @param losses   before each update, and after the last
     * @param steepest the greatest norm of a gradient, before clipping
     * @param theta    where it ends: w, b
     */
    record Descent(double[] losses, double steepest, double[] theta) {}

    private static final Network WALL = new Network(
            new RecurrentCell(0, 1, Activation.SIGMOID).over(50).then(Activation.SIGMOID.layer(1)), Loss::meanSquaredError);
    private static final Points TARGET = Points.ofRows(new double[][] {{0.7}});

    /** (σ(h₅₀) - 0.7)² of a cell h' = w σ(h) + b of one unit, at b = {@link #WALL_B}. */
    static double wall(double w) {
        return WALL.loss(TARGET, new double[] {w, WALL_B});
    }

    /** Descends from a place before the wall. */
    static Descent descend(Consumer<double[]> clip) {
        double[] theta = {WALL_W, WALL_B};
        double[] gradient = new double[2];
        double[] losses = new double[WALL_UPDATES + 1];
        double steepest = 0;
        Optimizer optimizer = Optimizer.sgd(1);
        for (int u = 0; u <= WALL_UPDATES; u++) {
            losses[u] = WALL.gradient(TARGET, theta, gradient);
            steepest = Math.max(steepest, Math.hypot(gradient[0], gradient[1]));
            clip.accept(gradient);
            optimizer.step(theta, gradient);
        }
        return new Descent(losses, steepest, theta);
    }

    /** Sequences of pairs (number in [0, 1], mark), two of them marked, one in each half, and the sum of the two marked numbers as the answer. */
    static Points adding(int size, int length, Random random) {
        Points points = Points.of(size, 2 * length + 1);
        for (int p = 0; p < size; p++) {
            for (int t = 0; t < length; t++) {
                points.set(p, 2 * t, random.nextDouble());
            }
            int first = random.nextInt(length / 2);
            int second = length / 2 + random.nextInt(length - length / 2);
            points.set(p, 2 * first + 1, 1);
            points.set(p, 2 * second + 1, 1);
            points.set(p, 2 * length, points.get(p, 2 * first) + points.get(p, 2 * second));
        }
        return points;
    }

    private static final Map<Cell, double[]> ADDING = new ConcurrentHashMap<>();

    /** {@link #learnToAdd}, computed once for each cell. */
    static double[] adding(Cell cell) {
        return ADDING.computeIfAbsent(cell, Recurrences::learnToAdd);
    }

    /** The mean square error on the adding problem over each {@link #EVERY} updates by Adam with gradients of norm at most 1. */
    private static double[] learnToAdd(Cell cell) {
        Layer layers = cell.over(LENGTH).then(new Dense(CELLS, 1));
        Network network = new Network(layers, Loss::meanSquaredError);
        Random random = new Random(SEED);
        double[] theta = layers.start(Initialization.glorot(), random);
        double[] gradient = new double[theta.length];
        Optimizer optimizer = Optimizer.adam(0.01);
        double[] error = new double[UPDATES / EVERY];
        for (int u = 0; u < UPDATES; u++) {
            error[u / EVERY] += network.gradient(adding(MINIBATCH, LENGTH, random), theta, gradient) / EVERY;
            Clipping.byNorm(gradient, 1);
            optimizer.step(theta, gradient);
        }
        return error;
    }
}
