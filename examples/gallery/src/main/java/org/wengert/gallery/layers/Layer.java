package org.wengert.gallery.layers;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.wengert.core.scalar.Scalar;

/**
 * A layer y = F(θ, x): a function of parameters θ and inputs x. It holds the sizes only; whoever trains it holds θ, one flat array.
 *
 * <p>Layers are immutable and safe to share between threads. They are written in {@link Scalar}s without comparisons, so a network is
 * recorded once and holds for all points.
 */
public interface Layer {

    /** How many inputs x has. */
    int inputs();

    /** How many outputs y has. */
    int outputs();

    /** How many parameters θ has; may be 0. */
    int parameters();

    /**
     * y = F(θ, x).
     *
     * @param theta θ, {@link #parameters()} entries; not changed
     * @param x     {@link #inputs()} entries; not changed
     * @return {@link #outputs()} entries, a new array
     */
    Scalar[] apply(Scalar[] theta, Scalar[] x);

    /**
     * Parameters to start training from: weights drawn one by one in the order of θ, biases 0 where the layer does not say otherwise.
     *
     * @param weights how weights are drawn
     * @param random  where from; equal seeds give equal parameters
     * @return {@link #parameters()} entries, the caller's own
     */
    double[] start(Initialization weights, Random random);

    /**
     * This layer, then another: y = G(θ_G, F(θ_F, x)) with θ = (θ_F, θ_G).
     *
     * @throws IllegalArgumentException if the next layer does not take as many inputs as this one has outputs
     */
    default Layer then(Layer next) {
        return new Chain(this, next);
    }

    /**
     * One layer after the other.
     *
     * @param first  F
     * @param second G
     */
    record Chain(Layer first, Layer second) implements Layer {

        /** Checks that the layers fit. */
        public Chain {
            if (first.outputs() != second.inputs()) {
                throw new IllegalArgumentException("next must take " + first.outputs() + " inputs, but takes " + second.inputs());
            }
        }

        @Override
        public int inputs() {
            return first.inputs();
        }

        @Override
        public int outputs() {
            return second.outputs();
        }

        @Override
        public int parameters() {
            return first.parameters() + second.parameters();
        }

        @Override
        public Scalar[] apply(Scalar[] theta, Scalar[] x) {
            int border = first.parameters();
            return second.apply(Arrays.copyOfRange(theta, border, theta.length), first.apply(Arrays.copyOf(theta, border), x));
        }

        @Override
        public double[] start(Initialization weights, Random random) {
            return Stream.of(first, second).flatMapToDouble(layer -> Arrays.stream(layer.start(weights, random))).toArray();
        }
    }
}
