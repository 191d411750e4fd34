package org.wengert.gallery;

import static org.wengert.core.scalar.ScalarMath.dot;
import static org.wengert.core.scalar.ScalarMath.square;
import static org.wengert.core.scalar.ScalarMath.tanh;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.wengert.core.Differentiable;
import org.wengert.core.Gradient;
import org.wengert.core.batch.Batch;
import org.wengert.core.batch.Gradients;
import org.wengert.core.batch.Points;
import org.wengert.core.batch.Values;
import org.wengert.core.scalar.Scalar;

/**
 * A network of tanh layers with one linear output, its loss, the mean of (f(x) − y)² / 2, and the steps of K-FAC.
 *
 * <p>Layer l computes s = W·(a, 1) from the numbers a before it. The Gauss-Newton matrix of the loss by the weights of one layer is the
 * mean over examples of (a aᵀ) ⊗ (g gᵀ) with g = ∂f/∂s; K-FAC takes the product A ⊗ G of the two means instead, whose inverse is that of
 * two small matrices. With a single example the two are the same.
 *
 * <p>The module {@code hessian} has K-FAC to use ({@code GaussNewtonMethod.KFAC}). This is another variant, written out with the public API as the chapter explains it:
 * gradients of minibatches, a fixed damping and a running mean of fixed length, beside gradient steps on the same minibatches. The module's takes the gradient of all
 * rows, adapts its damping, refuses steps that go uphill and adds a momentum, so that it converges; its steps are not those of the chapter.
 *
 * <p>Source: J. Martens and R. Grosse, "Optimizing neural networks with Kronecker-factored approximate curvature", ICML 2015, with the block-diagonal
 * inverse and their damping by √λ π and √λ / π.
 */
final class KroneckerFactors {

    private final int[] widths;
    private final int weights;
    private final int units;
    private final Batch loss;
    private final Batch residual;
    private final Batch numbers;
    private final Batch sensitivities;

    /**
     * @param widths inputs, units of each hidden layer, and 1
     */
    KroneckerFactors(int... widths) {
        this.widths = widths.clone();
        int layers = widths.length - 1;
        this.weights = IntStream.range(0, layers).map(l -> size(l)).sum();
        this.units = IntStream.rangeClosed(1, layers).map(l -> widths[l]).sum();
        int x = widths[0];
        int[] theta = IntStream.range(0, weights).toArray();
        Scalar[] still = new Scalar[units];
        Arrays.fill(still, Scalar.of(0));
        // (θ, x, y) to loss and residual; (θ, x) to what enters the layers; (θ, nudges, x) to f, by the nudges
        this.loss = Batch.of(Differentiable.of(weights + x + 1, v -> square(f(v, still, weights)[units - 1].minus(v[v.length - 1])).times(0.5)))
                .withUniform(theta);
        this.residual = Batch.of(Differentiable.of(weights + x + 1, v -> f(v, still, weights)[units - 1].minus(v[v.length - 1])))
                .withUniform(theta);
        this.numbers = Batch.of(Differentiable.vector(weights + x, units, v -> f(v, still, weights))).withUniform(theta);
        this.sensitivities = Batch.of(Differentiable.of(weights + units + x,
                        v -> f(v, Arrays.copyOfRange(v, weights, weights + units), weights + units)[units - 1]))
                .withUniform(IntStream.range(0, weights + units).toArray())
                .withRespectTo(IntStream.range(weights, weights + units).toArray());
    }

    /** How many weights a layer has: a row for each unit, with the bias last. */
    private int size(int layer) {
        return widths[layer + 1] * (widths[layer] + 1);
    }

    int weights() {
        return weights;
    }

    /** What comes out of all units; s of each is moved by its nudge. x stands at an offset in v, behind the weights. */
    private Scalar[] f(Scalar[] v, Scalar[] nudges, int offset) {
        Scalar[] out = new Scalar[units];
        Scalar[] a = Arrays.copyOfRange(v, offset, offset + widths[0]);
        for (int l = 0, w = 0, unit = 0; l + 1 < widths.length; l++) {
            Scalar[] next = new Scalar[widths[l + 1]];
            for (int i = 0; i < next.length; i++, w += a.length + 1) {
                Scalar s = dot(Arrays.copyOfRange(v, w, w + a.length), a).plus(v[w + a.length]).plus(nudges[unit]);
                next[i] = l + 2 < widths.length ? tanh(s) : s;
                out[unit++] = next[i];
            }
            a = next;
        }
        return out;
    }

    /** Gaussian weights, divided by the root of the number of inputs; no biases. */
    double[] initial(long seed) {
        Random random = new Random(seed);
        double[] theta = new double[weights];
        for (int l = 0, w = 0; l + 1 < widths.length; l++) {
            for (int i = 0; i < widths[l + 1]; i++, w += widths[l] + 1) {
                for (int j = 0; j < widths[l]; j++) {
                    theta[w + j] = random.nextGaussian() / Math.sqrt(widths[l]);
                }
            }
        }
        return theta;
    }

    double loss(double[][] x, double[] y, double[] theta) {
        return loss.sum(examples(x, y), theta)[0] / y.length;
    }

    double[] gradient(double[][] x, double[] y, double[] theta) {
        Gradient sum = loss.sumGradient(examples(x, y), theta);
        return Arrays.stream(sum.gradient()).map(g -> g / y.length).toArray();
    }

    /** The Gauss-Newton matrix of the mean loss. */
    double[][] gaussNewton(double[][] x, double[] y, double[] theta) {
        var products = residual.gaussNewton(examples(x, y), theta);
        double[][] h = new double[weights][weights];
        for (int i = 0; i < weights; i++) {
            for (int j = 0; j < weights; j++) {
                h[i][j] = products.get(i, j) / y.length;
            }
        }
        return h;
    }

    private static Points examples(double[][] x, double[] y) {
        return Points.ofRows(IntStream.range(0, y.length).mapToObj(k -> {
            double[] row = Arrays.copyOf(x[k], x[k].length + 1);
            row[x[k].length] = y[k];
            return row;
        }).toArray(double[][]::new));
    }

    /**
     * The factors A and G of each layer: means over the examples.
     *
     * @return for each layer a pair of matrices
     */
    double[][][][] factors(double[][] x, double[] theta) {
        Points points = Points.ofRows(x);
        Values a = numbers.values(points, theta);
        Gradients g = sensitivities.gradient(points, Arrays.copyOf(theta, weights + units));
        int layers = widths.length - 1;
        double[][][][] factors = new double[layers][][][];
        for (int l = 0, unit = 0; l < layers; unit += widths[++l]) {
            int first = unit;
            int before = unit - widths[l];
            int inputs = widths[l];
            double[][] as = new double[x.length][];
            double[][] gs = new double[x.length][];
            for (int k = 0; k < x.length; k++) {
                int example = k;
                as[k] = IntStream.rangeClosed(0, inputs)
                        .mapToDouble(j -> j == inputs ? 1 : before < 0 ? x[example][j] : a.get(example, before + j)).toArray();
                gs[k] = IntStream.range(0, widths[l + 1]).mapToDouble(i -> g.get(example, first + i)).toArray();
            }
            factors[l] = new double[][][] {secondMoment(as), secondMoment(gs)};
        }
        return factors;
    }

    private static double[][] secondMoment(double[][] rows) {
        int n = rows[0].length;
        double[][] moment = new double[n][n];
        for (double[] row : rows) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    moment[i][j] += row[i] * row[j] / rows.length;
                }
            }
        }
        return moment;
    }

    /**
     * (A ⊗ G + damping)⁻¹ · gradient, layer by layer: G⁻¹ · ∇W · A⁻¹ with √λ π added to A's diagonal and √λ / π to G's.
     *
     * @param lambda the damping λ, not negative
     */
    double[] precondition(double[] gradient, double[][][][] factors, double lambda) {
        double[] step = new double[weights];
        for (int l = 0, w = 0; l < factors.length; w += size(l++)) {
            double[][] a = factors[l][0];
            double[][] g = factors[l][1];
            double pi = Math.sqrt(trace(a) / a.length / (trace(g) / g.length));
            double[][] rows = new double[g.length][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = Arrays.copyOfRange(gradient, w + i * a.length, w + (i + 1) * a.length);
            }
            double[][] half = transpose(LinearSystem.solve(g, Math.sqrt(lambda) / pi, rows));
            double[][] whole = transpose(LinearSystem.solve(a, Math.sqrt(lambda) * pi, half));
            for (int i = 0; i < g.length; i++) {
                System.arraycopy(whole[i], 0, step, w + i * a.length, a.length);
            }
        }
        return step;
    }

    private static double trace(double[][] a) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i][i]).sum();
    }

    private static double[][] transpose(double[][] a) {
        double[][] t = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < t.length; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }
}
