package org.wengert.gallery.layers;

import static org.wengert.core.scalar.ScalarMath.dot;

import java.util.Arrays;
import java.util.Random;
import org.wengert.core.scalar.Scalar;

/**
 * y = W x + b. θ holds W row by row, then b: e·d + e numbers.
 *
 * @param inputs  d, at least 1
 * @param outputs e, at least 1
 */
public record Dense(int inputs, int outputs) implements Layer {

    /** Checks the sizes. */
    public Dense {
        if (inputs < 1 || outputs < 1) {
            throw new IllegalArgumentException("inputs and outputs must be at least 1, but were " + inputs + " and " + outputs);
        }
    }

    @Override
    public int parameters() {
        return outputs * (inputs + 1);
    }

    @Override
    public Scalar[] apply(Scalar[] theta, Scalar[] x) {
        Scalar[] y = new Scalar[outputs];
        for (int i = 0; i < outputs; i++) {
            y[i] = dot(Arrays.copyOfRange(theta, i * inputs, (i + 1) * inputs), x).plus(theta[outputs * inputs + i]);
        }
        return y;
    }

    /** Weights as told, biases 0. */
    @Override
    public double[] start(Initialization weights, Random random) {
        double[] theta = new double[parameters()];
        for (int i = 0; i < outputs * inputs; i++) {
            theta[i] = weights.weight(inputs, outputs, random);
        }
        return theta;
    }
}
