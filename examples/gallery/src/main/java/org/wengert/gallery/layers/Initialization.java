package org.wengert.gallery.layers;

import java.util.Random;

/**
 * How weights are drawn before training. A weight matrix with d inputs and e outputs gets Gaussian weights of mean 0 and a variance that
 * keeps the signal's size from layer to layer: with Var[w] = 1/d the variance of Σ wᵢxᵢ is the mean of xᵢ².
 */
@FunctionalInterface
public interface Initialization {

    /**
     * One weight.
     *
     * @param inputs  d, the columns of its matrix
     * @param outputs e, the rows of its matrix
     * @param random  where from
     */
    double weight(int inputs, int outputs, Random random);

    /** Naive: Var[w] = deviation², whatever the size of the layer. */
    static Initialization gaussian(double deviation) {
        return (_, _, random) -> deviation * random.nextGaussian();
    }

    /**
     * Var[w] = 2/(d + e): between 1/d, which keeps the variance of activations, and 1/e, which keeps that of gradients, for activations that are
     * nearly the identity around 0. Source: X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks",
     * AISTATS 2010.
     */
    static Initialization glorot() {
        return (inputs, outputs, random) -> Math.sqrt(2.0 / (inputs + outputs)) * random.nextGaussian();
    }

    /**
     * Var[w] = 2/d: a ReLU halves the mean square of what it is given, so the variance must be twice as large. Source: K. He, X. Zhang, S. Ren, J. Sun,
     * "Delving deep into rectifiers", ICCV 2015.
     */
    static Initialization kaiming() {
        return scaled(2);
    }

    /** Var[w] = factor/d, for showing what a wrong factor does; 2 is {@link #kaiming}. */
    static Initialization scaled(double factor) {
        return (inputs, _, random) -> Math.sqrt(factor / inputs) * random.nextGaussian();
    }
}
