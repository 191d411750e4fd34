package org.wengert.gallery.layers;

import static org.wengert.core.scalar.ScalarMath.dot;
import static org.wengert.core.scalar.ScalarMath.logSumExp;
import static org.wengert.core.scalar.ScalarMath.square;

import org.wengert.core.scalar.Scalar;

/** What an output costs, given the answer. */
@FunctionalInterface
public interface Loss {

    /**
     * The loss of one object.
     *
     * @param output y, the outputs of the network
     * @param answer a, as many numbers
     */
    Scalar of(Scalar[] output, Scalar[] answer);

    /** The mean of (yᵢ - aᵢ)² over the outputs. */
    static Scalar meanSquaredError(Scalar[] output, Scalar[] answer) {
        Scalar sum = Scalar.of(0);
        for (int i = 0; i < output.length; i++) {
            sum = sum.plus(square(output[i].minus(answer[i])));
        }
        return sum.div(output.length);
    }

    /**
     * The cross-entropy -Σ aᵢ ln pᵢ of the softmax p of the outputs, for answers that sum to 1: ln Σ exp yᵢ - Σ aᵢyᵢ, which does not overflow.
     * Its gradient by the outputs is p - a.
     */
    static Scalar crossEntropy(Scalar[] output, Scalar[] answer) {
        return logSumExp(output).minus(dot(answer, output));
    }
}
