package org.wengert.hessian;

import static org.wengert.core.scalar.ScalarMath.dot;
import static org.wengert.core.scalar.ScalarMath.logSumExp;
import static org.wengert.core.scalar.ScalarMath.square;

import java.util.Arrays;
import org.wengert.core.scalar.Scalar;

/** What the outputs z of a model cost where the targets are y: convex in z, so that Gauss-Newton matrices are positive semidefinite. */
public enum OutputLoss {

    /**
     * log Σ exp(zⱼ) - Σ yⱼ·zⱼ: the cross entropy of classes with logits z; y are the probabilities of the classes and add up to 1, or are 1 for the right
     * class and 0 for the others.
     */
    CROSS_ENTROPY {
        @Override
        Scalar of(Scalar[] z, Scalar[] y) {
            Scalar loss = logSumExp(z);
            for (int j = 0; j < z.length; j++) {
                loss = loss.minus(y[j].times(z[j]));
            }
            return loss;
        }

        @Override
        void curvature(double[] z, double[] t) {
            double most = Double.NEGATIVE_INFINITY;
            for (double zj : z) {
                most = Math.max(most, zj);
            }
            double sum = 0;
            double mean = 0;
            for (int j = 0; j < z.length; j++) {
                double p = Math.exp(z[j] - most);
                sum += p;
                mean += p * t[j];
            }
            mean /= sum;
            for (int j = 0; j < z.length; j++) {
                t[j] = Math.exp(z[j] - most) / sum * (t[j] - mean);
            }
        }
    },

    /** ½‖z - y‖². */
    SQUARED {
        @Override
        Scalar of(Scalar[] z, Scalar[] y) {
            Scalar loss = Scalar.of(0);
            for (int j = 0; j < z.length; j++) {
                loss = loss.plus(square(z[j].minus(y[j])));
            }
            return loss.times(0.5);
        }

        @Override
        void curvature(double[] z, double[] t) {
            // The identity.
        }
    },

    /**
     * yᵀz: for models that compute the loss of a row themselves, a negative log-likelihood say; y is the weight of the row. It has no curvature of its own:
     * Gauss-Newton matrices are zero, and methods that use the Hessian are those to take.
     */
    LINEAR {
        @Override
        Scalar of(Scalar[] z, Scalar[] y) {
            return dot(y, z);
        }

        @Override
        void curvature(double[] z, double[] t) {
            Arrays.fill(t, 0);
        }
    };

    abstract Scalar of(Scalar[] z, Scalar[] y);

    /** Replaces t by ∇²L(z)·t. */
    abstract void curvature(double[] z, double[] t);
}
