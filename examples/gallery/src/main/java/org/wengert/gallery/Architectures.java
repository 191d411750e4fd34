package org.wengert.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.wengert.gallery.layers.Activation;
import org.wengert.gallery.layers.Clipping;

/** Chapter 7: skip connections, losses at several depths, gradients through time, clipping, and cells with gates. */
final class Architectures implements Chapter {

    @Override
    public String name() {
        return "architectures";
    }

    @Override
    public String title() {
        return "Architectures born from gradient trouble";
    }

    @Override
    public String claim() {
        return "A gradient that passes many layers or steps is multiplied by a matrix at each, and vanishes or explodes. A path along which it is "
                + "multiplied by 1, or nearly, is what skip connections, LSTM and GRU have in common.";
    }

    @Override
    public void write(Page page, boolean quick) {
        writeSkips(page);
        writeTime(page);
        writeClipping(page);
        writeAdding(page);
        page.remark("Weights are Gaussian by Glorot's rule where nothing else is said. Seeds " + SkipConnections.SEED + " for networks on Fisher's iris and "
                + Recurrences.SEED + " for sequences.");
    }

    private static void writeSkips(Page page) {
        double[] layers = IntStream.rangeClosed(0, SkipConnections.STACK).asDoubleStream().toArray();
        page.text("With y = x + F(x) the gradient by x is ∂l/∂x = ∂l/∂y + F'(x)ᵀ ∂l/∂y: whatever F does to it, the first term comes through whole.");
        page.figure("skip-gradient", new Plot("Gradient through 50 layers of sigmoids", "layers back", "gradient norm, relative").logY()
                .line("y = σ(W x + b)", layers, SkipConnections.gradientNorms(false))
                .line("y = x + σ(W x + b)", layers, SkipConnections.gradientNorms(true)).svg(),
                "The norm of a gradient on its way back through 50 layers of 32 sigmoids, with and without skip connections, relative to what it was at the top.");
        double[] epochs = IntStream.rangeClosed(0, SkipConnections.EPOCHS).asDoubleStream().toArray();
        int[] depths = SkipConnections.DEPTHS;
        Plot training = new Plot("Training with and without skip connections", "epochs", "mean cross-entropy").logY();
        Plot byDepth = new Plot("Loss after training, by depth", "layers", "mean cross-entropy").logY();
        for (boolean skips : new boolean[] {false, true}) {
            double[] last = new double[depths.length];
            for (int d = 0; d < depths.length; d++) {
                double[] losses = SkipConnections.losses(skips, depths[d]);
                last[d] = losses[SkipConnections.EPOCHS];
                if (depths[d] == SkipConnections.DEEP) {
                    training.line(skips ? "y = x + σ(W x + b)" : "y = σ(W x + b)", epochs, losses);
                }
            }
            byDepth.line(skips ? "y = x + σ(W x + b)" : "y = σ(W x + b)", Arrays.stream(depths).asDoubleStream().toArray(), last);
        }
        page.figure("skip-training", training.svg(), "Fisher's iris, " + SkipConnections.DEEP + " layers of 8 sigmoids, momentum 0.9, rate " + SkipConnections.RATE
                + ". Without skip connections the loss stays at ln 3 = 1.1, that of guessing.");
        page.figure("skip-by-depth", byDepth.svg(), "The loss after " + SkipConnections.EPOCHS + " epochs, for networks of several depths.");
        page.code("""
                Layer block = new Residual(new Dense(8, 8).then(Activation.SIGMOID.layer(8)));   // y = x + σ(W x + b)
                Layer network = new Dense(4, 8).then(block).then(block).then(new Dense(8, 3));   // parameters of their own
                """);
        SkipConnections.Trained one = SkipConnections.relu(false);
        SkipConnections.Trained several = SkipConnections.relu(true);
        page.text("Losses at several depths are another way: a head after every " + SkipConnections.EVERY + " layers, and the mean of their losses, bring the first layers "
                + "gradients over a short way. Here " + SkipConnections.DEEP + " layers of ReLU start with weights that are too small for ReLU, Glorot's:");
        page.figure("several-losses", new Plot("Training with losses at several depths", "epochs", "cross-entropy at the end").logY()
                .line("loss at the end alone", epochs, one.losses()).line("losses every " + SkipConnections.EVERY + " layers", epochs, several.losses()).svg(),
                String.format(Locale.ROOT, "Fisher's iris again. The gradient by the parameters of the first layer has norm %.1e before training with one loss, and %.1e with several.",
                        one.firstGradient(), several.firstGradient()));
    }

    private static void writeTime(Page page) {
        double[] steps = IntStream.rangeClosed(0, Recurrences.STEPS).asDoubleStream().toArray();
        Plot linear = new Plot("Gradient through time, σ(h) = h", "steps back", "gradient norm, relative").logY();
        Plot tanh = new Plot("Gradient through time, σ = tanh", "steps back", "gradient norm, relative").logY();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("spectral radius of W", "growth a step, σ(h) = h", "growth a step, tanh"));
        for (double radius : Recurrences.RADII) {
            double[] byLinear = Recurrences.gradientNorms(Activation.IDENTITY, radius);
            double[] byTanh = Recurrences.gradientNorms(Activation.TANH, radius);
            linear.line("radius " + radius, steps, byLinear);
            tanh.line("radius " + radius, steps, byTanh);
            rows.add(List.of(Double.toString(radius), growth(byLinear), growth(byTanh)));
        }
        page.text("A recurrent cell h_t = W σ(h_{t-1}) + W_x x_t + b sends gradients back by the same W at every step:");
        page.figure("radius-linear", linear.svg(), "The norm of a gradient on its way back through " + Recurrences.STEPS + " steps of a cell of " + Recurrences.SIZE
                + " units without σ: the spectral radius of W to the power of the steps, a straight line.");
        page.figure("radius-tanh", tanh.svg(), "The same with tanh. Its derivative is at most 1, and gradients decay faster; where W is large the units saturate, which tames the explosion.");
        page.table(rows);
        page.code("""
                Cell cell = new RecurrentCell(0, 32, Activation.TANH);        // h' = W tanh(h) + b
                Points gradient = top;                                        // by the last state
                for (int t = 99; t >= 0; t--) {
                    gradient = points(step.vjp(state[t], gradient, theta));   // by the state before
                }
                """);
    }

    private static String growth(double[] norms) {
        return String.format(Locale.ROOT, "%.3f", Math.pow(norms[norms.length - 1], 1.0 / (norms.length - 1)));
    }

    private static void writeClipping(Page page) {
        double[] w = IntStream.rangeClosed(0, 400).mapToDouble(i -> 3 + i / 80.0).toArray();
        page.text("Where gradients explode the loss has walls. One unit, h_t = w σ(h_{t-1}) + b for 50 steps, and the loss (σ(h_50) − 0.7)², suffice:");
        page.figure("wall", new Plot("A wall in the loss of a recurrent cell", "w", "loss").line("b = " + Recurrences.WALL_B, w,
                Arrays.stream(w).map(Recurrences::wall).toArray()).svg(), "The loss along w. At w = 5 its slope is past 10,000.");
        Recurrences.Descent plain = Recurrences.descend(_ -> {});
        Recurrences.Descent byNorm = Recurrences.descend(g -> Clipping.byNorm(g, 0.1));
        Recurrences.Descent byValue = Recurrences.descend(g -> Clipping.byValue(g, 0.1));
        double[] updates = IntStream.rangeClosed(0, Recurrences.WALL_UPDATES).asDoubleStream().toArray();
        page.figure("clipping", new Plot("Descent before the wall", "updates", "loss").logY().line("as it is", updates, plain.losses())
                .line("clipped by norm, 0.1", updates, byNorm.losses()).line("clipped by value, 0.1", updates, byValue.losses()).svg(),
                String.format(Locale.ROOT, "Gradient descent with rate 1 from w = %.1f, b = %.1f. As it is, one gradient of norm %.0f throws the parameters to w = %.0f, b = %.0f, "
                        + "where the loss is flat. Clipped, the same descent takes short steps at the wall and ends with a loss of %.1e by norm, %.1e by value.", Recurrences.WALL_W, Recurrences.WALL_B, plain.steepest(),
                        plain.theta()[0], plain.theta()[1], byNorm.losses()[Recurrences.WALL_UPDATES], byValue.losses()[Recurrences.WALL_UPDATES]));
        page.code("""
                network.gradient(minibatch, theta, gradient);
                Clipping.byNorm(gradient, 0.1);
                optimizer.step(theta, gradient);
                """);
    }

    private static void writeAdding(Page page) {
        double[] updates = IntStream.range(0, Recurrences.UPDATES / Recurrences.EVERY).mapToDouble(i -> (i + 0.5) * Recurrences.EVERY).toArray();
        page.text("The adding problem: of " + Recurrences.LENGTH + " numbers in [0, 1] two are marked, and their sum is asked for at the end. Always answering 1 has the mean square error 1/6. "
                + "To do better a cell must keep what it saw up to " + (Recurrences.LENGTH - 1) + " steps ago, and to learn it, send gradients back as far.");
        page.figure("adding", new Plot("The adding problem", "updates", "mean square error").logY()
                .line("plain cell, tanh", updates, Recurrences.adding(Recurrences.PLAIN))
                .line("LSTM", updates, Recurrences.adding(Recurrences.LSTM))
                .line("GRU", updates, Recurrences.adding(Recurrences.GRU)).svg(),
                "Three cells of " + Recurrences.CELLS + " units, trained by Adam with rate 0.01, minibatches of 32 new sequences, and gradients of norm at most 1; means over " + Recurrences.EVERY
                        + " updates. The plain cell stays near 1/6 = 0.17.");
        page.code("""
                Layer layers = new LongShortTermMemory(2, 8).over(40).then(new Dense(8, 1));   // 40 steps in one program
                Network network = new Network(layers, Loss::meanSquaredError);
                network.gradient(sequences, theta, gradient);
                Clipping.byNorm(gradient, 1);
                Optimizer.adam(0.01).step(theta, gradient);
                """);
    }
}
