package org.wengert.gallery.layers;

import static org.wengert.core.scalar.ScalarMath.sigmoid;
import static org.wengert.core.scalar.ScalarMath.tanh;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.wengert.core.scalar.Scalar;

/**
 * The GRU cell. With (z₀, z₁) = A (h, x) + a
 *
 * <pre>
 * r = σ(z₀)   u = σ(z₁)   g = tanh(B (r ∘ h, x) + b)
 * h' = (1 - u) ∘ h + u ∘ g
 * </pre>
 *
 * <p>θ is that of the two {@link Dense} layers, one after the other; the state is h. Source: K. Cho and others, "Learning phrase representations using
 * RNN encoder-decoder", EMNLP 2014, with u for their 1 - z.
 *
 * @param inputs  of a step
 * @param outputs the size of h
 */
public record GatedRecurrentUnit(int inputs, int outputs) implements Cell {

    private Dense gates() {
        return new Dense(outputs + inputs, 2 * outputs);
    }

    private Dense candidate() {
        return new Dense(outputs + inputs, outputs);
    }

    @Override
    public int states() {
        return outputs;
    }

    @Override
    public int parameters() {
        return gates().parameters() + candidate().parameters();
    }

    @Override
    public Scalar[] step(Scalar[] theta, Scalar[] state, Scalar[] x) {
        int border = gates().parameters();
        Scalar[] z = gates().apply(Arrays.copyOf(theta, border), Cell.joined(state, x));
        Scalar[] reset = new Scalar[outputs];
        Arrays.setAll(reset, k -> sigmoid(z[k]).times(state[k]));
        Scalar[] g = candidate().apply(Arrays.copyOfRange(theta, border, theta.length), Cell.joined(reset, x));
        Scalar[] next = new Scalar[outputs];
        Arrays.setAll(next, k -> state[k].plus(sigmoid(z[outputs + k]).times(tanh(g[k]).minus(state[k]))));
        return next;
    }

    @Override
    public double[] start(Initialization weights, Random random) {
        return DoubleStream.concat(Arrays.stream(gates().start(weights, random)), Arrays.stream(candidate().start(weights, random))).toArray();
    }
}
