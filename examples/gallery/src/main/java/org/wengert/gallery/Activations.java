package org.wengert.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.wengert.core.Differentiable;
import org.wengert.core.batch.Batch;
import org.wengert.core.batch.Gradients;
import org.wengert.core.batch.Points;
import org.wengert.core.batch.Values;
import org.wengert.gallery.layers.Activation;
import org.wengert.gallery.layers.Dense;
import org.wengert.gallery.layers.Initialization;
import org.wengert.gallery.layers.Layer;
import org.wengert.gallery.layers.Loss;
import org.wengert.gallery.layers.Minibatches;
import org.wengert.gallery.layers.Network;
import org.wengert.gallery.layers.Optimizer;

/** Chapter 5: activations, their derivatives, and what becomes of gradients and units. */
final class Activations implements Chapter {

    static final long SEED = 5;
    static final int DEPTH = 50;
    static final int WIDTH = 32;
    static final int EPOCHS = 30;
    static final double[] RATES = {0.1, 1, 3, 10};
    static final double[] BIASES = {1, 0, -1, -2, -3};

    private static final Map<Activation, String> LABELS = Map.of(
            Activation.SIGMOID, "sigmoid", Activation.TANH, "tanh", Activation.RELU, "ReLU",
            Activation.ELU, "ELU", Activation.GELU, "GELU", Activation.SILU, "SiLU");
    private static final int OBJECTS = 64;
    private static final int HIDDEN = 32;
    private static final List<Activation> SHOWN =
            List.of(Activation.SIGMOID, Activation.TANH, Activation.RELU, Activation.ELU, Activation.GELU, Activation.SILU);
    private static final Layer UNITS = new Dense(Iris.LENGTHS, HIDDEN).then(Activation.RELU.layer(HIDDEN));
    private static final Network RELU_UNITS = new Network(UNITS, Loss::meanSquaredError);
    private static final Network RELU = new Network(UNITS.then(new Dense(HIDDEN, Iris.SPECIES.size())), Loss::crossEntropy);

    /** Values and derivatives at points. */
    record Shape(double[] x, double[] value, double[] derivative) {}

    @Override
    public String name() {
        return "activations";
    }

    @Override
    public String title() {
        return "Activations";
    }

    @Override
    public String claim() {
        return "The derivative of the sigmoid is at most 1/4, and next to nothing beyond |x| = 6: each layer of it costs most of the gradient. "
                + "ReLU passes gradients on whole or not at all, and units that pass nothing for any object are dead for good.";
    }

    /** An activation over [-8, 8]. */
    static Shape shape(Activation activation) {
        double[] x = IntStream.rangeClosed(-128, 128).mapToDouble(i -> i / 16.0).toArray();
        Gradients g = Batch.of(Differentiable.of(1, z -> activation.of(z[0]))).gradient(Points.ofColumns(x));
        double[] value = new double[x.length];
        double[] derivative = new double[x.length];
        Arrays.setAll(value, g::value);
        Arrays.setAll(derivative, p -> g.get(p, 0));
        return new Shape(x, value, derivative);
    }

    /** The norm of a gradient after 0 to 50 layers back, relative to that at the top. */
    static double[] gradientNorms(Activation activation, Initialization weights) {
        Random random = new Random(SEED);
        DeepStack stack = new DeepStack(new Dense(WIDTH, WIDTH).then(activation.layer(WIDTH)));
        return stack.gradientNorms(stack.start(DEPTH, weights, random), OBJECTS, random);
    }

    /** The share of hidden units that are 0 for every flower, after each epoch, first before any. */
    static double[] dead(double rate, double bias) {
        Random random = new Random(SEED);
        double[][] train = Iris.split(random).train();
        Points objects = Points.ofRows(Arrays.stream(train).map(row -> Arrays.copyOf(row, Iris.LENGTHS)).toArray(double[][]::new));
        double[] theta = RELU.layer().start(Initialization.kaiming(), random);
        int weights = HIDDEN * Iris.LENGTHS;
        Arrays.fill(theta, weights, weights + HIDDEN, bias);
        double[] gradient = new double[theta.length];
        Minibatches minibatches = new Minibatches(train, 15, random);
        Optimizer optimizer = Optimizer.sgd(rate);
        double[] share = new double[EPOCHS + 1];
        for (int epoch = 0; epoch <= EPOCHS; epoch++) {
            Values units = RELU_UNITS.outputs(objects, Arrays.copyOf(theta, weights + HIDDEN));
            share[epoch] = IntStream.range(0, HIDDEN)
                    .filter(i -> IntStream.range(0, objects.size()).allMatch(p -> units.get(p, i) == 0)).count() / (double) HIDDEN;
            minibatches.epoch(minibatch -> {
                RELU.gradient(minibatch, theta, gradient);
                optimizer.step(theta, gradient);
            });
        }
        return share;
    }

    /** The share of dead units after training, for each of {@link #BIASES}. */
    static double[] deadByBias(double rate) {
        return Arrays.stream(BIASES).map(bias -> dead(rate, bias)[EPOCHS]).toArray();
    }

    @Override
    public void write(Page page, boolean quick) {
        writeShapes(page);
        writeDepth(page);
        writeDead(page);
    }

    private static void writeShapes(Page page) {
        Plot values = new Plot("Activations", "x", "value");
        Plot derivatives = new Plot("Derivatives of activations", "x", "derivative");
        for (Activation activation : SHOWN) {
            Shape shape = shape(activation);
            double[] shown = new double[shape.x.length];
            Arrays.setAll(shown, i -> Math.abs(shape.x[i]) <= 4 ? shape.value[i] : Double.NaN);
            values.line(label(activation), shape.x, shown);
            derivatives.line(label(activation), shape.x, shape.derivative);
        }
        page.figure("activation-values", values.svg(), "Six activations.");
        page.figure("activation-derivatives", derivatives.svg(), "Their derivatives, by the engine. That of the sigmoid never exceeds 1/4; tanh reaches 1 at 0 "
                + "and vanishes at both ends; the others keep near 1 on the right.");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "at 0", "at 2", "at 4", "at 6", "at 8"));
        for (Activation activation : SHOWN) {
            Shape shape = shape(activation);
            List<String> row = new ArrayList<>(List.of(label(activation)));
            IntStream.of(0, 2, 4, 6, 8).forEach(x -> row.add(String.format(Locale.ROOT, "%.2g", shape.derivative[128 + 16 * x])));
            rows.add(row);
        }
        page.text("Derivatives on the way to the right, in numbers:");
        page.table(rows);
        page.code("""
                Batch activation = Batch.of(Differentiable.of(1, x -> sigmoid(x[0])));
                Gradients g = activation.gradient(Points.ofColumns(x));
                double value = g.value(p), derivative = g.get(p, 0);
                """);
    }

    private static void writeDepth(Page page) {
        double[] layers = IntStream.rangeClosed(0, DEPTH).asDoubleStream().toArray();
        Plot plot = new Plot("Gradient after layers of one activation", "layers back", "gradient norm, relative").logY();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("after 50 layers", "Var[w] = 1/d", "Var[w] = 2/d"));
        for (Activation activation : SHOWN) {
            double[] norms = gradientNorms(activation, Initialization.glorot());
            plot.line(label(activation), layers, norms);
            rows.add(List.of(label(activation), String.format(Locale.ROOT, "%.1e", norms[DEPTH]),
                    String.format(Locale.ROOT, "%.1e", gradientNorms(activation, Initialization.kaiming())[DEPTH])));
        }
        page.figure("gradient-by-depth", plot.svg(), "The norm of a gradient on its way back through 50 layers of " + WIDTH + " units, relative to what it was at the top: "
                + "the root of the mean square over " + OBJECTS + " Gaussian objects. Weights have variance 1/" + WIDTH + ".");
        page.text("With these weights the sigmoid costs a factor of 4 a layer. How much all lose depends on the weights; the next chapter says why 2/d suits ReLU:");
        page.table(rows);
        page.code("""
                Layer layer = new Dense(32, 32).then(Activation.SIGMOID.layer(32));
                Batch one = Batch.of(function(layer)).withUniform(theta).withRespectTo(x);
                Points gradient = top;                                    // by the outputs of the last layer
                for (int l = 49; l >= 0; l--) {
                    gradient = points(one.vjp(at[l], gradient, thetas[l]));   // by its inputs
                }
                """);
    }

    private static void writeDead(Page page) {
        double[] epochs = IntStream.rangeClosed(0, EPOCHS).asDoubleStream().toArray();
        Plot during = new Plot("Dead ReLU units during training", "epochs", "share of dead units");
        for (double rate : RATES) {
            during.line("rate " + rate, epochs, dead(rate, 0));
        }
        page.figure("dead-units", during.svg(), "The share of " + HIDDEN + " ReLU units that are 0 for every flower for training, while a network of one hidden "
                + "layer learns Fisher's iris by stochastic gradient descent; all biases start at 0. One step that is too long throws units where no object reaches them.");
        Plot after = new Plot("Dead ReLU units by bias", "bias at the start", "share of dead units after training");
        for (double rate : new double[] {RATES[0], RATES[RATES.length - 1]}) {
            after.line("rate " + rate, BIASES, deadByBias(rate));
        }
        page.figure("dead-by-bias", after.svg(), "The same after " + EPOCHS + " epochs, by the bias that all hidden units start with: what starts far below 0 is dead "
                + "before the first step.");
        page.text("A dead unit has derivative 0 for every object, so its weights never move again: no curve ever falls.");
        page.remark("Seed " + SEED + " for flowers, weights, orders and Gaussian objects.");
    }

    private static String label(Activation activation) {
        return LABELS.getOrDefault(activation, activation.name());
    }
}
