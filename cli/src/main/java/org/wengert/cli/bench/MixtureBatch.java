package org.wengert.cli.bench;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.wengert.core.Differentiable;
import org.wengert.core.batch.Batch;
import org.wengert.core.batch.Points;

/** The objective of a Gaussian mixture and its gradient as a user writes them: what a point adds, summed by a {@link Batch}. */
final class MixtureBatch {

    private final MixtureParameters parameters;
    private final Batch batch;
    private final Points points;
    private final double[] adjoint;
    private final double[] gradient;

    MixtureBatch(GaussianMixture mixture, double[] parameters, int threads) {
        int n = parameters.length;
        int d = mixture.d();
        this.parameters = new MixtureParameters(mixture, parameters);
        this.batch = Batch.of(Differentiable.of(
                        n + d, x -> mixture.logLikelihood(Arrays.copyOf(x, n), Arrays.copyOfRange(x, n, n + d))))
                .withUniform(IntStream.range(0, n).toArray())
                .withThreads(threads);
        this.points = Points.ofRows(mixture.points(), d);
        this.adjoint = new double[n];
        this.gradient = new double[n];
    }

    void run() {
        double likelihood = batch.sumGradientInto(points, adjoint, parameters.transformed());
        parameters.gradient(likelihood, adjoint, gradient);
    }

    double[] gradient() {
        return gradient;
    }
}
