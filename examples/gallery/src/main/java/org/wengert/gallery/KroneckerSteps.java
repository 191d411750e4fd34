package org.wengert.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** The part of chapter 3 that trains one network by stochastic gradient steps and by K-FAC steps. */
final class KroneckerSteps {

    static final long SEED = 33;
    static final int EXAMPLES = 300;
    static final int BATCH = 100;
    static final int STEPS = 150;
    static final double[] RATES = {0.03, 0.1, 0.3, 0.5};
    static final double DAMPING = 0.01;

    /** How much of the factors of the steps before is kept. */
    private static final double KEPT = 0.9;

    private KroneckerSteps() {}

    /** Two inputs of different scale, one far from zero, as measurements often come; and a surface over them. */
    record Data(double[][] x, double[] y) {

        static Data of(int examples, long seed) {
            Random random = new Random(seed);
            double[][] x = new double[examples][];
            double[] y = new double[examples];
            for (int k = 0; k < examples; k++) {
                double s = random.nextGaussian();
                double t = random.nextGaussian();
                x[k] = new double[] {s, 1 + 0.2 * t};
                y[k] = Math.sin(2 * s) + 0.5 * s * t;
            }
            return new Data(x, y);
        }

        Data select(List<Integer> chosen) {
            return new Data(chosen.stream().map(k -> x[k]).toArray(double[][]::new), chosen.stream().mapToDouble(k -> y[k]).toArray());
        }
    }

    static KroneckerFactors network() {
        return new KroneckerFactors(2, 10, 10, 1);
    }

    /** The losses over all examples, before the first step and after each. */
    static double[] descend(Data data, double rate) {
        KroneckerFactors network = network();
        return train(network, data, (batch, theta) -> scaled(network.gradient(batch.x, batch.y, theta), rate));
    }

    static double[] kfac(Data data, double damping) {
        KroneckerFactors network = network();
        List<double[][][][]> kept = new ArrayList<>();
        return train(network, data, (batch, theta) -> {
            double[][][][] now = network.factors(batch.x, theta);
            if (!kept.isEmpty()) {
                mix(now, kept.removeLast());
            }
            kept.add(now);
            double[] gradient = network.gradient(batch.x, batch.y, theta);
            double[] d = network.precondition(gradient, now, damping);
            return scaled(d, HessianTimesVector.dot(gradient, d) / (curvature(network.gaussNewton(batch.x, batch.y, theta), d)
                    + damping * HessianTimesVector.dot(d, d)));
        });
    }

    /** A step against which the weights move, from a minibatch and the weights. */
    private interface Step {
        double[] of(Data batch, double[] theta);
    }

    private static double[] train(KroneckerFactors network, Data data, Step step) {
        double[] theta = network.initial(SEED);
        Random random = new Random(SEED);
        List<Integer> order = new ArrayList<>();
        double[] losses = new double[STEPS + 1];
        for (int k = 0; k <= STEPS; k++) {
            losses[k] = network.loss(data.x, data.y, theta);
            if (order.size() < BATCH) {
                order = new ArrayList<>(IntStream.range(0, data.y.length).boxed().toList());
                Collections.shuffle(order, random);
            }
            List<Integer> chosen = order.subList(0, BATCH);
            double[] d = step.of(data.select(chosen), theta);
            chosen.clear();
            for (int i = 0; i < theta.length; i++) {
                theta[i] -= d[i];
            }
        }
        return losses;
    }

    static double curvature(double[][] matrix, double[] d) {
        return IntStream.range(0, d.length).mapToDouble(i -> d[i] * HessianTimesVector.dot(matrix[i], d)).sum();
    }

    private static double[] scaled(double[] a, double factor) {
        return Arrays.stream(a).map(t -> factor * t).toArray();
    }

    /** now := (1 - KEPT)·now + KEPT·before. */
    private static void mix(double[][][][] now, double[][][][] before) {
        for (int l = 0; l < now.length; l++) {
            for (int k = 0; k < 2; k++) {
                for (int i = 0; i < now[l][k].length; i++) {
                    for (int j = 0; j < now[l][k].length; j++) {
                        now[l][k][i][j] += KEPT * (before[l][k][i][j] - now[l][k][i][j]);
                    }
                }
            }
        }
    }

    /** Losses after a few steps. */
    private static List<List<String>> table(double[] kfac, double[][] sgd) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("loss after steps", "K-FAC", "SGD, best of all rates"));
        for (int k : new int[] {0, 1, 2, 5, 10, 20, 50, STEPS}) {
            rows.add(List.of(Integer.toString(k), String.format(Locale.ROOT, "%.4f", kfac[k]),
                    String.format(Locale.ROOT, "%.4f", Arrays.stream(sgd).mapToDouble(losses -> losses[k]).min().orElseThrow())));
        }
        return rows;
    }

    static void write(Page page) {
        Data data = Data.of(EXAMPLES, SEED);
        page.text(String.format(Locale.ROOT, "One network, 2 → 10 → 10 → 1 with tanh, %d weights, and two ways to step. A gradient step knows no curvature. The Gauss-Newton "
                + "matrix knows it, but has %d² entries. K-FAC keeps two small matrices for each layer: the mean A of a aᵀ, of the numbers a that enter the "
                + "layer, and the mean G of g gᵀ, of the derivatives g of the output by what the layer computes before its activation. It steps by "
                + "−G⁻¹ ∇W A⁻¹.", network().weights(), network().weights()));
        double[] steps = IntStream.rangeClosed(0, STEPS).asDoubleStream().toArray();
        double[] kfac = kfac(data, DAMPING);
        double[][] sgd = Arrays.stream(RATES).mapToObj(rate -> descend(data, rate)).toArray(double[][]::new);
        Plot plot = new Plot("Loss of one network by the steps taken", "steps", "loss").logY().line("K-FAC", steps, kfac);
        for (int r = 0; r < RATES.length; r++) {
            plot.line("SGD, rate " + RATES[r], steps, sgd[r]);
        }
        page.figure("k-fac", plot.svg(), String.format(Locale.ROOT,
                "Mean of (f(x) − y)²/2 over all %d examples, after steps on the same minibatches of %d. The two inputs have different scales, which the gradient "
                        + "suffers from. The length of a K-FAC step is the best one for the quadratic model (λ = %s); its factors are running means.",
                EXAMPLES, BATCH, DAMPING));
        page.table(table(kfac, sgd));
        page.code("""
                // inputs: θ, a nudge for what each unit computes, x; all but x are uniform
                Batch network = Batch.of(Differentiable.of(weights + units + 2, v -> f(v)))
                        .withUniform(range(0, weights + units))
                        .withRespectTo(range(weights, weights + units));  // the nudges
                Gradients g = network.gradient(Points.ofRows(x), theta);  // of every example
                double[] gradient = loss.sumGradient(examples, theta).gradient();
                double[][] step = solve(A, transpose(solve(G, gradientOfLayer)));  // G⁻¹ ∇W A⁻¹
                """);
        page.remark("Weights, data and minibatches come from java.util.Random with seed " + SEED
                + ". Data: x = (s, 1 + t/5), y = sin 2s + s t/2, with s and t Gaussian.");
    }
}
