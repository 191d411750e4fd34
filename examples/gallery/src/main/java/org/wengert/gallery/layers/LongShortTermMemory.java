package org.wengert.gallery.layers;

import static org.wengert.core.scalar.ScalarMath.sigmoid;
import static org.wengert.core.scalar.ScalarMath.tanh;

import java.util.Arrays;
import java.util.Random;
import org.wengert.core.scalar.Scalar;

/**
 * The LSTM cell with a forget gate. From z = A (h, x) + a, split in four,
 *
 * <pre>
 * i = σ(z₀)   f = σ(z₁)   o = σ(z₂)   g = tanh z₃
 * c' = f ∘ c + i ∘ g
 * h' = o ∘ tanh c'
 * </pre>
 *
 * <p>Along c the gradient is multiplied by f alone, which a cell can learn to keep at 1. θ is that of a {@link Dense} layer; the biases of f start at 1.
 * The state is (h, c). Sources: S. Hochreiter, J. Schmidhuber, "Long short-term memory", Neural Computation 9 (1997); F. Gers, J. Schmidhuber,
 * F. Cummins, "Learning to forget", Neural Computation 12 (2000).
 *
 * @param inputs  of a step
 * @param outputs the size of h and of c
 */
public record LongShortTermMemory(int inputs, int outputs) implements Cell {

    private Dense dense() {
        return new Dense(outputs + inputs, 4 * outputs);
    }

    @Override
    public int states() {
        return 2 * outputs;
    }

    @Override
    public int parameters() {
        return dense().parameters();
    }

    @Override
    public Scalar[] step(Scalar[] theta, Scalar[] state, Scalar[] x) {
        Scalar[] z = dense().apply(theta, Cell.joined(Arrays.copyOf(state, outputs), x));
        Scalar[] next = new Scalar[2 * outputs];
        for (int k = 0; k < outputs; k++) {
            Scalar kept = sigmoid(z[outputs + k]).times(state[outputs + k]);
            Scalar c = kept.plus(sigmoid(z[k]).times(tanh(z[3 * outputs + k])));
            next[k] = sigmoid(z[2 * outputs + k]).times(tanh(c));
            next[outputs + k] = c;
        }
        return next;
    }

    @Override
    public double[] start(Initialization weights, Random random) {
        double[] theta = dense().start(weights, random);
        int biases = theta.length - 4 * outputs;
        Arrays.fill(theta, biases + outputs, biases + 2 * outputs, 1);
        return theta;
    }
}
