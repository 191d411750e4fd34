package org.wengert.gallery.layers;

import java.util.Random;
import org.wengert.core.scalar.Scalar;

/**
 * y = x + F(θ, x): a skip connection around layers. The gradient by x is that by y plus what comes back through F, so it cannot
 * vanish when F's does. Source: K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image recognition", CVPR 2016.
 *
 * @param inner F, with as many outputs as inputs
 */
public record Residual(Layer inner) implements Layer {

    /** Checks the sizes. */
    public Residual {
        if (inner.inputs() != inner.outputs()) {
            throw new IllegalArgumentException(
                    "inner must have as many outputs as inputs, but has " + inner.inputs() + " inputs and " + inner.outputs() + " outputs");
        }
    }

    @Override
    public int inputs() {
        return inner.inputs();
    }

    @Override
    public int outputs() {
        return inner.outputs();
    }

    @Override
    public int parameters() {
        return inner.parameters();
    }

    @Override
    public Scalar[] apply(Scalar[] theta, Scalar[] x) {
        Scalar[] y = inner.apply(theta, x);
        for (int i = 0; i < y.length; i++) {
            y[i] = y[i].plus(x[i]);
        }
        return y;
    }

    @Override
    public double[] start(Initialization weights, Random random) {
        return inner.start(weights, random);
    }
}
