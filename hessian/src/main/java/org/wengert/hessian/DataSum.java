package org.wengert.hessian;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.wengert.core.Differentiable;
import org.wengert.core.batch.Batch;
import org.wengert.core.batch.Points;
import org.wengert.core.batch.Tangents;
import org.wengert.core.scalar.Scalar;
import org.wengert.linalg.LinearOperator;

/**
 * The mean loss of a model over rows of data, with a decay of the parameters:
 *
 * <pre>
 * f(θ) = 1/N · Σᵢ L(z(θ, xᵢ), yᵢ) + decay/2 · ‖θ‖²
 * </pre>
 *
 * <p>Model and loss are recorded once and run as a batch: on vector units and all processors, with memory that does not grow with the rows but for the rows
 * themselves (and, in Gauss-Newton products, their outputs). Results do not depend on the number of threads.
 *
 * <p>Every {@link Minimizer} takes it; {@link #subsampled} makes truncated Newton methods stochastic, {@link GaussNewtonMinimizer} uses
 * {@link #gaussNewton}. Immutable, safe to share between threads if the model is.
 */
public final class DataSum implements Objective {

    /** z(θ, x). */
    @FunctionalInterface
    public interface Model {
        /**
         * The outputs for one row.
         *
         * @param parameters θ; a fresh array
         * @param x          the inputs of the row; a fresh array
         */
        Scalar[] apply(Scalar[] parameters, Scalar[] x);
    }

    private final int parameters;
    private final Model model;
    private final OutputLoss loss;
    private final double decay;
    private final double[][] x;
    private final double[][] y;

    /** The rows, inputs and targets together, and inputs alone. */
    private final Points rows;
    private final Points inputs;

    /** θ, x, y to the loss; θ, x to the outputs; θ, x, w to wᵀz. */
    private final Batch losses;
    private final Batch outputs;
    private final Batch weighted;

    private DataSum(DataSum like, double decay, double[][] x, double[][] y) {
        this(like.parameters, like.model, like.loss, decay, x, y, like.losses, like.outputs, like.weighted);
    }

    private DataSum(
            int parameters, Model model, OutputLoss loss, double decay, double[][] x, double[][] y, Batch losses, Batch outputs, Batch weighted) {
        this.parameters = parameters;
        this.model = model;
        this.loss = loss;
        this.decay = decay;
        this.x = x;
        this.y = y;
        this.losses = losses;
        this.outputs = outputs;
        this.weighted = weighted;
        this.inputs = Points.ofRows(x);
        this.rows = joined(x, y);
    }

    private static Points joined(double[][] a, double[][] b) {
        double[][] all = new double[a.length][];
        Arrays.setAll(all, i -> {
            double[] row = Arrays.copyOf(a[i], a[i].length + b[i].length);
            System.arraycopy(b[i], 0, row, a[i].length, b[i].length);
            return row;
        });
        return Points.ofRows(all);
    }

    /**
     * A model and its data.
     *
     * @param parameters how many entries θ has
     * @param model      z, with as many outputs as targets have entries
     * @param loss       L
     * @param x          N rows of inputs, all of one length, finite; not changed, kept
     * @param y          N rows of targets; not changed, kept
     */
    public static DataSum of(int parameters, Model model, OutputLoss loss, double[][] x, double[][] y) {
        Require.atLeast(parameters, 1, "parameters");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(loss, "loss");
        Require.atLeast(x.length, 1, "the number of rows of x");
        if (y.length != x.length) {
            throw new IllegalArgumentException("y must have " + x.length + " rows, as x has, but has " + y.length);
        }
        int in = x[0].length;
        int out = Require.atLeast(y[0].length, 1, "the length of a row of y");
        for (int i = 0; i < x.length; i++) {
            Require.finite(Require.length(x[i], in, "row " + i + " of x"), "row " + i + " of x");
            Require.finite(Require.length(y[i], out, "row " + i + " of y"), "row " + i + " of y");
        }
        int[] theta = IntStream.range(0, parameters).toArray();
        var losses = Differentiable.of(parameters + in + out,
                s -> loss.of(outputs(model, s, parameters, in, out), Arrays.copyOfRange(s, parameters + in, s.length)));
        var outputs = Differentiable.vector(parameters + in, out, s -> outputs(model, s, parameters, in, out));
        var weighted = Differentiable.of(parameters + in + out, s -> {
            Scalar[] z = outputs(model, s, parameters, in, out);
            Scalar sum = Scalar.of(0);
            for (int j = 0; j < out; j++) {
                sum = sum.plus(z[j].times(s[parameters + in + j]));
            }
            return sum;
        });
        return new DataSum(parameters, model, loss, 0, x, y, Batch.of(losses).withUniform(theta),
                Batch.of(outputs).withUniform(theta).withRespectTo(theta), Batch.of(weighted).withUniform(theta));
    }

    private static Scalar[] outputs(Model model, Scalar[] s, int parameters, int in, int out) {
        Scalar[] z = model.apply(Arrays.copyOf(s, parameters), Arrays.copyOfRange(s, parameters, parameters + in));
        if (z.length != out) {
            throw new IllegalArgumentException("the model must have " + out + " outputs, as rows of y have entries, but has " + z.length);
        }
        return z;
    }

    /** The same with decay/2 · ‖θ‖² added; at least 0. */
    public DataSum withDecay(double decay) {
        if (!(decay >= 0) || Double.isInfinite(decay)) {
            throw new IllegalArgumentException("decay must be at least 0 and finite, but was " + decay);
        }
        return new DataSum(this, decay, x, y);
    }

    /** The same over k of the rows, each at most once, drawn by chance; the same seed draws the same rows. */
    public DataSum sample(int k, long seed) {
        if (k < 1 || k > x.length) {
            throw new IllegalArgumentException("k must be from 1 to " + x.length + ", but was " + k);
        }
        int[] order = IntStream.range(0, x.length).toArray();
        var random = new SplittableRandom(seed);
        double[][] someX = new double[k][];
        double[][] someY = new double[k][];
        for (int i = 0; i < k; i++) {
            int j = i + random.nextInt(order.length - i);
            int row = order[j];
            order[j] = order[i];
            someX[i] = x[row];
            someY[i] = y[row];
        }
        return new DataSum(this, decay, someX, someY);
    }

    /**
     * The same value and gradient, with the Hessian of k rows alone, drawn anew at every point: a truncated Newton method becomes subsampled Newton-CG. The
     * sample depends on the seed and the point alone, so runs can be repeated.
     *
     * <p>Source: R. H. Byrd, G. M. Chin, W. Neveitt and J. Nocedal, "On the use of stochastic Hessian information in optimization methods for machine
     * learning", SIAM J. Optim. 21 (2011).
     */
    public Objective subsampled(int k, long seed) {
        DataSum all = this;
        sample(k, seed);
        return new Objective() {
            @Override
            public int inputs() {
                return all.inputs();
            }

            @Override
            public double value(double... theta) {
                return all.value(theta);
            }

            @Override
            public double gradient(double[] theta, double[] gradient) {
                return all.gradient(theta, gradient);
            }

            @Override
            public LinearOperator hessian(double... theta) {
                return all.sample(k, seed * 31 + Arrays.hashCode(theta)).hessian(theta);
            }
        };
    }

    @Override
    public int inputs() {
        return parameters;
    }

    /** N. */
    public int rows() {
        return x.length;
    }

    double decay() {
        return decay;
    }

    Model model() {
        return model;
    }

    OutputLoss loss() {
        return loss;
    }

    Points inputPoints() {
        return inputs;
    }

    @Override
    public double value(double... theta) {
        Require.length(theta, parameters, "theta");
        return losses.sum(rows, theta)[0] / x.length + decay / 2 * MinimizerRun.dot(theta, theta);
    }

    @Override
    public double gradient(double[] theta, double[] gradient) {
        Require.length(theta, parameters, "theta");
        double sum = losses.sumGradientInto(rows, gradient, theta);
        for (int i = 0; i < parameters; i++) {
            gradient[i] = gradient[i] / x.length + decay * theta[i];
        }
        return sum / x.length + decay / 2 * MinimizerRun.dot(theta, theta);
    }

    @Override
    public LinearOperator hessian(double... theta) {
        double[] at = Require.length(theta, parameters, "theta").clone();
        return CurvatureProducts.symmetric(parameters, (v, result) -> {
            double[] hv = losses.sumHvp(rows, v, at).product();
            for (int i = 0; i < parameters; i++) {
                result[i] = hv[i] / x.length + decay * v[i];
            }
        });
    }

    /**
     * The generalized Gauss-Newton matrix as an operator: 1/N · Σᵢ Jᵢᵀ·∇²L·Jᵢ + decay·I, positive semidefinite. For the cross entropy it is the Fisher
     * information of the model. A product takes a forward and a reverse sweep over the rows.
     *
     * @param theta the point; copied
     */
    public LinearOperator gaussNewton(double... theta) {
        double[] at = Require.length(theta, parameters, "theta").clone();
        return CurvatureProducts.symmetric(parameters, (v, result) -> {
            Tangents z = outputs.jvp(inputs, v, at);
            double[][] w = new double[x.length][y[0].length];
            double[] value = new double[y[0].length];
            for (int i = 0; i < w.length; i++) {
                for (int j = 0; j < value.length; j++) {
                    value[j] = z.value(i, j);
                    w[i][j] = z.get(i, j);
                }
                loss.curvature(value, w[i]);
            }
            weighted.sumGradientInto(joined(x, w), result, at);
            for (int i = 0; i < parameters; i++) {
                result[i] = result[i] / x.length + decay * v[i];
            }
        });
    }
}
