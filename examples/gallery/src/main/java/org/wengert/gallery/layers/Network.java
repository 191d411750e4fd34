package org.wengert.gallery.layers;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.wengert.core.Differentiable;
import org.wengert.core.batch.Batch;
import org.wengert.core.batch.Points;
import org.wengert.core.batch.Values;
import org.wengert.core.scalar.Scalar;

/**
 * A layer with a loss, ready to be trained: the mean loss of a minibatch and its gradient by the parameters, which are the uniform inputs of a
 * {@link Batch}. A row of a minibatch holds an object x and its answer.
 *
 * <p>Values are those of plain Java bit for bit, whatever the machine and the number of threads, so training from a seed gives the same parameters
 * everywhere. The first call records and differentiates the network; later calls run the program. Immutable; safe to share between threads.
 */
public final class Network {

    private final Layer layer;
    private final Batch losses;
    private final Batch outputs;

    /**
     * A network.
     *
     * @param layer all of its layers, chained
     * @param loss  what its outputs cost
     */
    public Network(Layer layer, Loss loss) {
        this.layer = layer;
        int k = layer.parameters();
        int n = layer.inputs();
        int[] theta = IntStream.range(0, k).toArray();
        this.losses = Batch.of(Differentiable.of(k + n + layer.outputs(), all -> loss.of(
                layer.apply(Arrays.copyOf(all, k), Arrays.copyOfRange(all, k, k + n)), Arrays.copyOfRange(all, k + n, all.length))))
                .withUniform(theta).reproducible();
        this.outputs = Batch.of(Differentiable.vector(k + n, layer.outputs(), all ->
                layer.apply(Arrays.copyOf(all, k), Arrays.copyOfRange(all, k, all.length))))
                .withUniform(theta).reproducible();
    }

    /** The layers. */
    public Layer layer() {
        return layer;
    }

    /**
     * The mean loss, and its gradient by the parameters.
     *
     * @param minibatch a row for each object: x, then its answer; at least one row
     * @param theta     θ; not changed
     * @param gradient  receives as many entries as θ has
     * @return the mean loss
     */
    public double gradient(Points minibatch, double[] theta, double[] gradient) {
        double sum = losses.sumGradientInto(rows(minibatch), gradient, theta);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= minibatch.size();
        }
        return sum / minibatch.size();
    }

    /** The mean loss; see {@link #gradient}. */
    public double loss(Points minibatch, double[] theta) {
        return losses.sum(rows(minibatch), theta)[0] / minibatch.size();
    }

    private static Points rows(Points minibatch) {
        if (minibatch.size() == 0) {
            throw new IllegalArgumentException("minibatch must have at least 1 row, but has none");
        }
        return minibatch;
    }

    /**
     * The outputs for objects.
     *
     * @param objects a row for each: x alone
     * @param theta   θ; not changed
     */
    public Values outputs(Points objects, double[] theta) {
        return outputs.values(objects, theta);
    }

    /**
     * The share of rows whose greatest output is where the greatest number of the answer is.
     *
     * @param rows  a row for each object: x, then its answer; at least one row
     * @param theta θ; not changed
     */
    public double accuracy(Points rows, double[] theta) {
        int n = layer.inputs();
        double[][] objects = IntStream.range(0, rows(rows).size()).mapToObj(p -> Arrays.copyOf(rows.point(p), n)).toArray(double[][]::new);
        Values y = outputs(Points.ofRows(objects), theta);
        int right = 0;
        for (int p = 0; p < objects.length; p++) {
            int output = 0;
            int answer = 0;
            for (int i = 1; i < layer.outputs(); i++) {
                output = y.get(p, i) > y.get(p, output) ? i : output;
                answer = rows.get(p, n + i) > rows.get(p, n + answer) ? i : answer;
            }
            right += output == answer ? 1 : 0;
        }
        return (double) right / objects.length;
    }
}
