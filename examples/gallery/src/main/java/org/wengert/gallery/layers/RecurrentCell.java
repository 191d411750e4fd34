package org.wengert.gallery.layers;

import java.util.Random;
import org.wengert.core.scalar.Scalar;

/**
 * The plain cell h' = W σ(h) + V x + b. θ is that of a {@link Dense} layer of (σ(h), x): row i of W, then row i of V, for each i, then b.
 *
 * <p>Its gradient through T steps is a product of T matrices W diag(σ'(h)): it decays or explodes with the spectral radius of W. Source:
 * R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks", ICML 2013.
 *
 * @param inputs     of a step
 * @param outputs    the size of h, which is the state
 * @param activation σ
 */
public record RecurrentCell(int inputs, int outputs, Activation activation) implements Cell {

    private Dense dense() {
        return new Dense(outputs + inputs, outputs);
    }

    @Override
    public int states() {
        return outputs;
    }

    @Override
    public int parameters() {
        return dense().parameters();
    }

    @Override
    public Scalar[] step(Scalar[] theta, Scalar[] state, Scalar[] x) {
        return dense().apply(theta, Cell.joined(activation.of(state), x));
    }

    @Override
    public double[] start(Initialization weights, Random random) {
        return dense().start(weights, random);
    }
}
