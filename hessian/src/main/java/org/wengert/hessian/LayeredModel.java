package org.wengert.hessian;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;

/**
 * A multilayer perceptron: sₗ = Wₗ·(aₗ₋₁, 1), aₗ = φ(sₗ), and the last layer linear.
 *
 * <pre>{@code
 * var model = LayeredModel.of(ScalarMath::tanh, 4, 32, 32, 3);
 * DataSum f = DataSum.of(model.parameters(), model, OutputLoss.CROSS_ENTROPY, x, y);
 * }</pre>
 *
 * <p>Parameters: layer after layer Wₗ, row after row, the weight of the constant 1 last in its row. Without hidden layers this is linear or logistic regression.
 */
public final class LayeredModel implements DataSum.Model {

    private final UnaryOperator<Scalar> activation;
    private final int[] widths;
    private final int[] start;

    private LayeredModel(UnaryOperator<Scalar> activation, int[] widths) {
        this.activation = activation;
        this.widths = widths;
        this.start = new int[widths.length];
        for (int l = 1; l < widths.length; l++) {
            start[l] = Math.addExact(start[l - 1], Math.multiplyExact(widths[l], widths[l - 1] + 1));
        }
    }

    /**
     * A model.
     *
     * @param activation φ, the same in all hidden layers, {@code ScalarMath::tanh} say
     * @param widths     the numbers of inputs, of units of each hidden layer, and of outputs
     */
    public static LayeredModel of(UnaryOperator<Scalar> activation, int... widths) {
        Objects.requireNonNull(activation, "activation");
        Require.atLeast(widths.length, 2, "the number of widths");
        for (int w : widths) {
            Require.atLeast(w, 1, "a width");
        }
        return new LayeredModel(activation, widths.clone());
    }

    /** How many parameters it has. */
    public int parameters() {
        return start[layers()];
    }

    /** How many layers have weights. */
    public int layers() {
        return widths.length - 1;
    }

    int width(int layer) {
        return widths[layer];
    }

    /** Where the weights of a layer, 0, 1, …, begin. */
    int offset(int layer) {
        return start[layer];
    }

    /** Weights by chance, uniform with variance 2/(inputs + outputs) of the layer, and no bias; the same for the same seed. */
    public double[] start(long seed) {
        var random = new SplittableRandom(seed);
        double[] theta = new double[parameters()];
        for (int l = 0; l < layers(); l++) {
            double most = Math.sqrt(6.0 / (widths[l] + widths[l + 1]));
            for (int i = 0, k = start[l]; i < widths[l + 1]; i++, k++) {
                for (int j = 0; j < widths[l]; j++) {
                    theta[k++] = random.nextDouble(-most, most);
                }
            }
        }
        return theta;
    }

    @Override
    public Scalar[] apply(Scalar[] parameters, Scalar[] x) {
        return run(parameters, x, null, null);
    }

    /**
     * The outputs.
     *
     * @param added   added to sₗ, layer after layer; null for zeros
     * @param entered receives the inputs of all layers, without the constants; null if nobody asks
     */
    Scalar[] run(Scalar[] theta, Scalar[] x, Scalar @Nullable [] added,
            Scalar @Nullable [] entered) {
        Scalar[] a = x;
        int unit = 0;
        int input = 0;
        for (int l = 0; l < layers(); l++) {
            if (entered != null) {
                System.arraycopy(a, 0, entered, input, a.length);
                input += a.length;
            }
            Scalar[] next = new Scalar[widths[l + 1]];
            for (int i = 0, k = start[l]; i < next.length; i++, k++) {
                Scalar[] terms = new Scalar[a.length + 1];
                for (int j = 0; j < a.length; j++) {
                    terms[j] = theta[k++].times(a[j]);
                }
                terms[a.length] = theta[k];
                Scalar s = ScalarMath.sum(terms);
                s = added == null ? s : s.plus(added[unit++]);
                next[i] = l + 1 < layers() ? activation.apply(s) : s;
            }
            a = next;
        }
        return a;
    }

    /** How many inputs all layers have together. */
    int entering() {
        return Arrays.stream(widths, 0, layers()).sum();
    }

    /** How many units all layers have together. */
    int units() {
        return Arrays.stream(widths, 1, widths.length).sum();
    }
}
