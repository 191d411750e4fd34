package org.wengert.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.wengert.core.Differentiable;
import org.wengert.core.batch.Adjoints;
import org.wengert.core.batch.Batch;
import org.wengert.core.batch.Gradients;
import org.wengert.core.batch.Points;
import org.wengert.core.batch.Values;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;
import org.wengert.gallery.layers.Activation;
import org.wengert.gallery.layers.Dense;
import org.wengert.gallery.layers.Initialization;
import org.wengert.gallery.layers.Layer;
import org.wengert.gallery.layers.Loss;
import org.wengert.gallery.layers.Minibatches;
import org.wengert.gallery.layers.Network;
import org.wengert.gallery.layers.Optimizer;

/** Chapter 4: one step of training in all its quantities, then training on Fisher's iris. */
final class TrainingStep implements Chapter {

    static final long SEED = 4;
    static final int SPLITS = 20;
    static final int EPOCHS = 40;
    static final double RATE = 0.05;

    private static final int HIDDEN = 8;
    private static final int SPECIES = Iris.SPECIES.size();

    /** Four lengths to three scores; softmax of the scores is what the network believes. */
    static final Layer LAYERS = new Dense(Iris.LENGTHS, HIDDEN).then(Activation.TANH.layer(HIDDEN)).then(new Dense(HIDDEN, SPECIES));

    private static final Network NETWORK = new Network(LAYERS, Loss::crossEntropy);

    /**
     * One stochastic step.
     *
     * @param rows       the minibatch
     * @param outputs    of the network, then the answer, a row for each object
     * @param byOutputs  the gradient of the mean loss by them
     * @param loss       the mean loss
     * @param byTheta    its gradient by the parameters
     * @param throughOutputs the same, from the gradient by the outputs through the network
     * @param theta      the parameters before the step
     * @param next       after it
     * @param nextLoss   the mean loss of the same minibatch after it
     */
    record Step(double[][] rows, double[][] outputs, double[][] byOutputs, double loss, double[] byTheta, double[] throughOutputs,
            double[] theta, double[] next, double nextLoss) {}

    /**
     * What training came to after each epoch, first before any.
     *
     * @param trainLoss     mean loss of the flowers for training
     * @param testLoss      of those for testing
     * @param trainAccuracy share of the flowers for training that are told right
     * @param testAccuracy  of those for testing
     */
    record Curve(double[] trainLoss, double[] testLoss, double[] trainAccuracy, double[] testAccuracy) {

        double accuracy() {
            return testAccuracy[testAccuracy.length - 1];
        }
    }

    @Override
    public String name() {
        return "training-step";
    }

    @Override
    public String title() {
        return "The training step";
    }

    @Override
    public String claim() {
        return "Training needs one thing of the engine: the gradient of a loss by the parameters. It is the gradient by the outputs, sent back "
                + "through the network, and a small step against it, many times, tells the species of flowers that were never seen.";
    }

    /** A step on three flowers, one of each species. */
    static Step step() {
        Random random = new Random(SEED);
        double[][] train = Iris.split(random).train();
        double[][] rows = {train[0], train[35], train[70]};
        double[] theta = LAYERS.start(Initialization.glorot(), random);
        double[] byTheta = new double[theta.length];
        double loss = NETWORK.gradient(Points.ofRows(rows), theta, byTheta);

        double[][] objects = new double[rows.length][];
        double[][] outputsAndAnswers = new double[rows.length][];
        Arrays.setAll(objects, p -> Arrays.copyOf(rows[p], Iris.LENGTHS));
        Values outputs = NETWORK.outputs(Points.ofRows(objects), theta);
        for (int p = 0; p < rows.length; p++) {
            outputsAndAnswers[p] = new double[] {outputs.get(p, 0), outputs.get(p, 1), outputs.get(p, 2), rows[p][4], rows[p][5], rows[p][6]};
        }
        Batch lossOfOutputs = Batch.of(Differentiable.of(2 * SPECIES, z -> meanShare(z, rows.length))).withRespectTo(0, 1, 2);
        Gradients gradients = lossOfOutputs.gradient(Points.ofRows(outputsAndAnswers));
        double[][] byOutputs = new double[rows.length][];
        Arrays.setAll(byOutputs, p -> new double[] {gradients.get(p, 0), gradients.get(p, 1), gradients.get(p, 2)});

        double[] next = theta.clone();
        Optimizer.sgd(RATE).step(next, byTheta);
        return new Step(rows, outputsAndAnswers, byOutputs, loss, byTheta, back(Points.ofRows(objects), byOutputs, theta), theta, next,
                NETWORK.loss(Points.ofRows(rows), next));
    }

    /** What one object adds to the mean loss, from its outputs and its answer. */
    private static Scalar meanShare(Scalar[] z, int objects) {
        return Loss.crossEntropy(Arrays.copyOf(z, SPECIES), Arrays.copyOfRange(z, SPECIES, 2 * SPECIES)).div(objects);
    }

    /** Sends the gradient by the outputs back through the network: the sum over objects of its product with the Jacobian by the parameters. */
    private static double[] back(Points objects, double[][] byOutputs, double[] theta) {
        int k = theta.length;
        int[] parameters = IntStream.range(0, k).toArray();
        Batch network = Batch.of(Differentiable.vector(k + Iris.LENGTHS, SPECIES,
                z -> LAYERS.apply(Arrays.copyOf(z, k), Arrays.copyOfRange(z, k, z.length)))).withUniform(parameters).withRespectTo(parameters);
        Adjoints products = network.vjp(objects, Points.ofRows(byOutputs), theta);
        double[] sum = new double[k];
        Arrays.setAll(sum, j -> IntStream.range(0, objects.size()).mapToDouble(p -> products.get(p, j)).sum());
        return sum;
    }

    /** Trains from a seed, which decides the split, the weights and the minibatches. */
    static Curve train(long seed) {
        Random random = new Random(seed);
        Iris iris = Iris.split(random);
        Points train = Points.ofRows(iris.train());
        Points test = Points.ofRows(iris.test());
        double[] theta = LAYERS.start(Initialization.glorot(), random);
        double[] gradient = new double[theta.length];
        Optimizer optimizer = Optimizer.momentum(RATE, 0.9);
        Minibatches minibatches = new Minibatches(iris.train(), 15, random);
        Curve curve = new Curve(new double[EPOCHS + 1], new double[EPOCHS + 1], new double[EPOCHS + 1], new double[EPOCHS + 1]);
        for (int epoch = 0; epoch <= EPOCHS; epoch++) {
            curve.trainLoss[epoch] = NETWORK.loss(train, theta);
            curve.testLoss[epoch] = NETWORK.loss(test, theta);
            curve.trainAccuracy[epoch] = NETWORK.accuracy(train, theta);
            curve.testAccuracy[epoch] = NETWORK.accuracy(test, theta);
            minibatches.epoch(minibatch -> {
                NETWORK.gradient(minibatch, theta, gradient);
                optimizer.step(theta, gradient);
            });
        }
        return curve;
    }

    /** Test accuracies of many trainings, each with a split, weights and an order of its own. */
    static double[] accuracies() {
        return LongStream.range(0, SPLITS).mapToDouble(s -> train(SEED + s).accuracy()).toArray();
    }

    @Override
    public void write(Page page, boolean quick) {
        writeStep(page);
        writeTraining(page);
    }

    private static void writeStep(Page page) {
        Step step = step();
        page.text("A network of " + LAYERS.parameters() + " parameters takes four lengths x of a flower (standardized), passes them through eight "
                + "units of tanh, and gives a score to each of three species. The softmax of the scores is what it believes. One minibatch of three "
                + "flowers, from x to the gradient by the scores:");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("answer y", "object x", "outputs", "softmax", "loss", "∂ mean loss / ∂ outputs"));
        for (int p = 0; p < step.rows.length; p++) {
            double[] scores = Arrays.copyOf(step.outputs[p], SPECIES);
            double[] beliefs = softmax(scores);
            rows.add(List.of(Iris.SPECIES.get(p), numbers(Arrays.copyOf(step.rows[p], Iris.LENGTHS)), numbers(scores), numbers(beliefs),
                    String.format(Locale.ROOT, "%.4f", -Math.log(beliefs[p])), numbers(step.byOutputs[p])));
        }
        page.table(rows);
        page.text("Each row of the last column is softmax minus answer, over 3. Sent back through the network it becomes the gradient by the "
                + "parameters θ; some of them, and what a step with rate " + RATE + " makes of them:");
        List<List<String>> parameters = new ArrayList<>();
        parameters.add(List.of("parameter", "θ", "∂ mean loss / ∂θ", "θ − rate · gradient"));
        int[] shown = {0, 1, 32, 40, 41, 64};
        String[] names = {"first layer, w11", "first layer, w12", "first layer, b1", "last layer, w11", "last layer, w12", "last layer, b1"};
        for (int i = 0; i < shown.length; i++) {
            int at = shown[i];
            parameters.add(List.of(names[i], String.format(Locale.ROOT, "%.6f", step.theta[at]), String.format(Locale.ROOT, "%.6f", step.byTheta[at]),
                    String.format(Locale.ROOT, "%.6f", step.next[at])));
        }
        page.table(parameters);
        page.text(String.format(Locale.ROOT, "The mean loss of these three was %.6f; after the step it is %.6f.", step.loss, step.nextLoss));
        page.code("""
                Layer layers = new Dense(4, 8).then(Activation.TANH.layer(8)).then(new Dense(8, 3));
                Network network = new Network(layers, Loss::crossEntropy);   // a Batch: θ uniform, a flower a point
                double[] theta = layers.start(Initialization.glorot(), random);
                double loss = network.gradient(minibatch, theta, gradient);
                Optimizer.sgd(0.05).step(theta, gradient);
                """);
    }

    private static void writeTraining(Page page) {
        Curve curve = train(SEED);
        double[] epochs = IntStream.rangeClosed(0, EPOCHS).asDoubleStream().toArray();
        page.figure("training-loss", new Plot("Loss while training on Fisher's iris", "epochs", "mean cross-entropy").logY()
                .line("105 flowers for training", epochs, curve.trainLoss).line("45 flowers for testing", epochs, curve.testLoss).svg(),
                "Mean cross-entropy after each epoch of seven minibatches of 15 flowers; momentum 0.9, rate " + RATE + ".");
        page.figure("training-accuracy", new Plot("Accuracy while training on Fisher's iris", "epochs", "share told right")
                .line("105 flowers for training", epochs, curve.trainAccuracy).line("45 flowers for testing", epochs, curve.testAccuracy).svg(),
                "The share of flowers whose greatest score is that of their species.");
        page.code("""
                Optimizer optimizer = Optimizer.momentum(0.05, 0.9);
                for (int epoch = 0; epoch < 40; epoch++) {
                    minibatches.epoch(minibatch -> {
                        network.gradient(minibatch, theta, gradient);
                        optimizer.step(theta, gradient);
                    });
                }
                """);
        double[] accuracies = accuracies();
        page.text(String.format(Locale.ROOT, "After %d epochs %.1f %% of the flowers for testing are told right. One split of so few flowers says little: over %d "
                + "splits, each with weights of its own, it is %.1f %% on average, %.1f %% at worst and %.1f %% at best.", EPOCHS, 100 * curve.accuracy(), SPLITS,
                100 * Arrays.stream(accuracies).average().orElseThrow(), 100 * Arrays.stream(accuracies).min().orElseThrow(),
                100 * Arrays.stream(accuracies).max().orElseThrow()));
        page.remark("Data: R. Fisher, 1936, 50 flowers of each species; 35 of each are for training. Seed " + SEED + " for the step and the curves, and the "
                + SPLITS + " from there on for the splits.");
    }

    private static double[] softmax(double[] scores) {
        return Arrays.stream(ScalarMath.softmax(Arrays.stream(scores).mapToObj(Scalar::of).toArray(Scalar[]::new)))
                .mapToDouble(Scalar::value).toArray();
    }

    private static String numbers(double... x) {
        return Arrays.stream(x).mapToObj(v -> String.format(Locale.ROOT, "%.3f", v)).collect(Collectors.joining(" "));
    }
}
