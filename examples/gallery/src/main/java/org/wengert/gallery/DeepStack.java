package org.wengert.gallery;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.wengert.core.Differentiable;
import org.wengert.core.batch.Adjoints;
import org.wengert.core.batch.Batch;
import org.wengert.core.batch.Points;
import org.wengert.core.batch.Values;
import org.wengert.gallery.layers.Initialization;
import org.wengert.gallery.layers.Layer;

/**
 * Many layers of one kind on each other, looked at from within: what points become layer by layer, and what gradients become on their way
 * back. The layer is recorded once; a layer back is one product with its Jacobian at each point. Layers that share parameters are the steps of a recurrent
 * cell.
 */
final class DeepStack {

    private final Layer layer;
    private final Batch batch;

    /** A stack of a layer that has as many outputs as inputs. */
    DeepStack(Layer layer) {
        int k = layer.parameters();
        int n = layer.inputs();
        this.layer = layer;
        this.batch = Batch.of(Differentiable.vector(k + n, n, z -> layer.apply(Arrays.copyOf(z, k), Arrays.copyOfRange(z, k, k + n))))
                .withUniform(IntStream.range(0, k).toArray()).withRespectTo(IntStream.range(k, k + n).toArray()).reproducible();
    }

    /** Parameters for each layer, from the first on. */
    double[][] start(int depth, Initialization weights, Random random) {
        return IntStream.range(0, depth).mapToObj(_ -> layer.start(weights, random)).toArray(double[][]::new);
    }

    /** What the points are before the first layer, after it, and so on. */
    Points[] forward(double[][] thetas, Points x) {
        Points[] at = new Points[thetas.length + 1];
        at[0] = x;
        for (int l = 0; l < thetas.length; l++) {
            Values y = batch.values(at[l], thetas[l]);
            at[l + 1] = points(x.size(), y::get);
        }
        return at;
    }

    /**
     * The gradients by what the points are at each depth.
     *
     * @param at  from {@link #forward}
     * @param top the gradients by the outputs of the last layer
     */
    Points[] backward(double[][] thetas, Points[] at, Points top) {
        Points[] gradient = new Points[at.length];
        gradient[thetas.length] = top;
        for (int l = thetas.length - 1; l >= 0; l--) {
            Adjoints back = batch.vjp(at[l], gradient[l + 1], thetas[l]);
            gradient[l] = points(top.size(), back::get);
        }
        return gradient;
    }

    /** As many Gaussian points, as wide as the layers. */
    Points gaussian(int size, Random random) {
        return points(size, (_, _) -> random.nextGaussian());
    }

    /** The root mean square norm of Gaussian gradients after 0, 1, 2 … layers back, relative to that at the top, for Gaussian points. */
    double[] gradientNorms(double[][] thetas, int points, Random random) {
        Points[] at = forward(thetas, gaussian(points, random));
        double[] norms = norm(backward(thetas, at, gaussian(points, random)));
        double[] back = new double[norms.length];
        Arrays.setAll(back, l -> norms[thetas.length - l] / norms[thetas.length]);
        return back;
    }

    private interface Entries {
        double get(int point, int j);
    }

    private Points points(int size, Entries entries) {
        Points points = Points.of(size, layer.inputs());
        for (int p = 0; p < size; p++) {
            for (int j = 0; j < points.columns(); j++) {
                points.set(p, j, entries.get(p, j));
            }
        }
        return points;
    }

    /** The mean square of all coordinates of all points, for each depth: the variance, where the mean is 0. */
    static double[] variance(Points[] at) {
        return Arrays.stream(at).mapToDouble(DeepStack::meanSquare).toArray();
    }

    /** The root of the mean square norm of the points, for each depth. */
    private static double[] norm(Points[] at) {
        return Arrays.stream(at).mapToDouble(points -> Math.sqrt(points.columns() * meanSquare(points))).toArray();
    }

    private static double meanSquare(Points points) {
        double sum = 0;
        for (int p = 0; p < points.size(); p++) {
            for (int j = 0; j < points.columns(); j++) {
                sum += points.get(p, j) * points.get(p, j);
            }
        }
        return sum / points.size() / points.columns();
    }
}
