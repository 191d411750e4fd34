package org.wengert.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.wengert.core.batch.Points;
import org.wengert.gallery.layers.Activation;
import org.wengert.gallery.layers.Dense;
import org.wengert.gallery.layers.Initialization;
import org.wengert.gallery.layers.Layer;
import org.wengert.gallery.layers.Loss;
import org.wengert.gallery.layers.Network;
import org.wengert.gallery.layers.Optimizer;

/** Chapter 6: the variance of what goes forward and what comes back, by the variance of the weights. */
final class Initializations implements Chapter {

    static final long SEED = 6;
    static final int DEPTH = 50;
    static final int WIDTH = 64;
    static final int EPOCHS = 40;
    static final double[] FACTORS = {0.5, 1, 2, 4};

    private static final int NETWORKS = 3;
    private static final int OBJECTS = 64;
    private static final int HIDDEN_LAYERS = 20;
    private static final int HIDDEN = 16;

    /**
     * A way to draw weights.
     *
     * @param label   for the legend
     * @param weights the way
     * @param share   d Var[w] in layers of {@link #WIDTH} units
     */
    record Scheme(String label, Initialization weights, double share) {}

    static final List<Scheme> SCHEMES = List.of(
            new Scheme("naive, deviation 0.05", Initialization.gaussian(0.05), 0.16),
            new Scheme("naive, deviation 0.25", Initialization.gaussian(0.25), 4),
            new Scheme("Glorot", Initialization.glorot(), 1),
            new Scheme("Kaiming", Initialization.kaiming(), 2));

    /**
     * Variances through the layers, the mean of a few networks.
     *
     * @param forward  of W f(y) + b after each layer, first of the Gaussian objects
     * @param backward of the gradient by it
     */
    record Signals(double[] forward, double[] backward) {

        /** By how much the variance is multiplied per layer, in the geometric mean. The first layer is left out, its inputs are not of its kind. */
        double forwardFactor() {
            return Math.pow(forward[DEPTH] / forward[1], 1.0 / (DEPTH - 1));
        }

        double backwardFactor() {
            return Math.pow(backward[1] / backward[DEPTH], 1.0 / (DEPTH - 1));
        }
    }

    @Override
    public String name() {
        return "initialization";
    }

    @Override
    public String title() {
        return "Initialization";
    }

    @Override
    public String claim() {
        return "A layer of ReLU multiplies the variance of what goes through it, forward and backward, by d Var[w]/2. Fifty layers raise that to the power of 50, "
                + "so Var[w] = 2/d is not a matter of taste: with half or twice as much, nothing is learned.";
    }

    private static final Map<Activation, DeepStack> STACKS = new EnumMap<>(Map.of(
            Activation.RELU, new DeepStack(Activation.RELU.layer(WIDTH).then(new Dense(WIDTH, WIDTH))),
            Activation.TANH, new DeepStack(Activation.TANH.layer(WIDTH).then(new Dense(WIDTH, WIDTH)))));

    private static final Network DEEP = new Network(deep(), Loss::crossEntropy);

    /** Through a stack of ReLU or of tanh. */
    static Signals signals(Activation activation, Initialization weights) {
        DeepStack stack = Objects.requireNonNull(STACKS.get(activation), "stack");
        double[] forward = new double[DEPTH + 1];
        double[] backward = new double[DEPTH + 1];
        for (int n = 0; n < NETWORKS; n++) {
            Random random = new Random(SEED + n);
            double[][] thetas = stack.start(DEPTH, weights, random);
            Points[] at = stack.forward(thetas, stack.gaussian(OBJECTS, random));
            double[] y = DeepStack.variance(at);
            double[] g = DeepStack.variance(stack.backward(thetas, at, stack.gaussian(OBJECTS, random)));
            for (int l = 0; l <= DEPTH; l++) {
                forward[l] += y[l] / NETWORKS;
                backward[l] += g[l] / NETWORKS;
            }
        }
        return new Signals(forward, backward);
    }

    private static Layer deep() {
        Layer layers = new Dense(Iris.LENGTHS, HIDDEN);
        for (int l = 1; l < HIDDEN_LAYERS; l++) {
            layers = layers.then(Activation.RELU.layer(HIDDEN)).then(new Dense(HIDDEN, HIDDEN));
        }
        return layers.then(Activation.RELU.layer(HIDDEN)).then(new Dense(HIDDEN, Iris.SPECIES.size()));
    }

    /** The mean loss over the flowers for training after each epoch, for each of {@link #FACTORS}; first before any. */
    static double[][] losses() {
        return Arrays.stream(FACTORS).mapToObj(Initializations::train).toArray(double[][]::new);
    }

    private static double[] train(double factor) {
        Random random = new Random(SEED);
        double[][] train = Iris.split(random).train();
        double[] theta = DEEP.layer().start(Initialization.scaled(factor), random);
        return Training.losses(DEEP, DEEP, train, theta, Optimizer.momentum(0.01, 0.9), EPOCHS, random);
    }

    @Override
    public void write(Page page, boolean quick) {
        page.text("Derivation: the entries of y = W f(x) + b are sums of d independent terms, so Var[y] = d Var[w] E[f(x)²]. ReLU keeps the positive half "
                + "of a symmetric distribution, E[f(x)²] = Var[x]/2, and lets half of the gradient pass: one layer multiplies both variances by d Var[w]/2, which is 1 for "
                + "Var[w] = 2/d. tanh is nearly x around 0: there the factor is d Var[w], and less where it saturates.");
        writeSignals(page, Activation.RELU, "ReLU", 0.5, "relu");
        writeSignals(page, Activation.TANH, "tanh", 1, "tanh");
        page.code("""
                Layer layer = Activation.RELU.layer(64).then(new Dense(64, 64));
                double[] theta = layer.start(Initialization.kaiming(), random);   // Var[w] = 2/64
                Points y = points(batch.values(x, theta));                        // forward
                Points g = points(batch.vjp(x, gradient, theta));                 // and back
                """);
        writeTraining(page);
        page.remark("Means over " + NETWORKS + " networks of " + WIDTH + " units a layer and " + OBJECTS + " Gaussian objects, seeds from " + SEED + " on; training from seed "
                + SEED + ".");
    }

    private static void writeSignals(Page page, Activation activation, String label, double share, String name) {
        double[] layers = IntStream.rangeClosed(0, DEPTH).asDoubleStream().toArray();
        Plot forward = new Plot("Variance forward through 50 layers of " + label, "layer", "variance of W f(x) + b").logY();
        Plot backward = new Plot("Variance of gradients through 50 layers of " + label, "layer", "variance of the gradient").logY();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("factor per layer, " + label, "derived", "measured forward", "measured backward"));
        for (Scheme scheme : SCHEMES) {
            Signals signals = signals(activation, scheme.weights);
            forward.line(scheme.label, layers, signals.forward);
            backward.line(scheme.label, layers, signals.backward);
            rows.add(List.of(scheme.label, String.format(Locale.ROOT, share < 1 ? "%.2f" : "at most %.2f", share * scheme.share),
                    String.format(Locale.ROOT, "%.3f", signals.forwardFactor()), String.format(Locale.ROOT, "%.3f", signals.backwardFactor())));
        }
        page.figure("variance-forward-" + name, forward.svg(), "What goes forward. Layer 0 are the objects, of variance 1.");
        page.figure("variance-backward-" + name, backward.svg(), "What comes back: gradients start at layer 50, with variance 1, and go down to 0.");
        page.table(rows);
    }

    private static void writeTraining(Page page) {
        double[] epochs = IntStream.rangeClosed(0, EPOCHS).asDoubleStream().toArray();
        double[][] losses = losses();
        Plot plot = new Plot("Training 20 layers of ReLU from weights of several sizes", "epochs", "mean cross-entropy").logY();
        StringBuilder overflows = new StringBuilder();
        for (int f = 0; f < FACTORS.length; f++) {
            String label = "Var[w] = " + FACTORS[f] + "/d";
            if (Double.isFinite(losses[f][EPOCHS])) {
                plot.line(label, epochs, losses[f]);
            } else {
                overflows.append(String.format(Locale.ROOT, " With %s the loss starts at %.1e, the first steps throw the weights away, and it overflows: no line.", label, losses[f][0]));
            }
        }
        page.figure("wrong-factor", plot.svg(), "Fisher's iris, " + HIDDEN_LAYERS + " hidden layers of " + HIDDEN + " ReLU units, momentum 0.9, rate 0.01. Below 2/d the flowers "
                + "do not reach the output and the loss stays at ln 3 = 1.1." + overflows);
    }
}
