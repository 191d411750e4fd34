package org.wengert.gallery.layers;

import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;

/** An activation function. Those with kinks have the derivative from the left at the kink. */
public enum Activation {
    /** x. */
    IDENTITY(x -> x),
    /** 1/(1 + e⁻ˣ). */
    SIGMOID(ScalarMath::sigmoid),
    /** tanh x. */
    TANH(ScalarMath::tanh),
    /** max(x, 0). */
    RELU(ScalarMath::relu),
    /** x above 0, x/100 below. */
    LEAKY_RELU(x -> ScalarMath.leakyRelu(x, 0.01)),
    /** x above 0, eˣ - 1 below. */
    ELU(x -> ScalarMath.elu(x, 1)),
    /** ln(1 + eˣ). */
    SOFTPLUS(ScalarMath::softplus),
    /** x Φ(x) with the normal distribution function. */
    GELU(ScalarMath::gelu),
    /** x/(1 + e⁻ˣ), the swish. */
    SILU(ScalarMath::silu);

    @SuppressWarnings("ImmutableEnumChecker") // all are functions without state
    private final UnaryOperator<Scalar> function;

    Activation(UnaryOperator<Scalar> function) {
        this.function = function;
    }

    /** The activation of one number. */
    public Scalar of(Scalar x) {
        return function.apply(x);
    }

    /** The activation of each number; a new array. */
    public Scalar[] of(Scalar[] x) {
        return Arrays.stream(x).map(function).toArray(Scalar[]::new);
    }

    /** A layer that applies this to each of its inputs and has no parameters. */
    public Layer layer(int size) {
        return new Elementwise(this, size);
    }

    private record Elementwise(Activation activation, int inputs) implements Layer {

        @Override
        public int outputs() {
            return inputs;
        }

        @Override
        public int parameters() {
            return 0;
        }

        @Override
        public Scalar[] apply(Scalar[] theta, Scalar[] x) {
            return activation.of(x);
        }

        @Override
        public double[] start(Initialization weights, Random random) {
            return new double[0];
        }
    }
}
