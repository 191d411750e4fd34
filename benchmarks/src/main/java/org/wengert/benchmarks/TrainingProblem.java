package org.wengert.benchmarks;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wengert.core.scalar.ScalarMath;
import org.wengert.hessian.DataSum;
import org.wengert.hessian.Irises;
import org.wengert.hessian.LayeredModel;
import org.wengert.hessian.Mixture;
import org.wengert.hessian.MixtureModel;

/** Models of Fisher's irises that {@link TrainingCurves} trains. */
enum TrainingProblem {
    /** Two hidden layers of 32 units, 1,315 parameters: not convex, and each method ends in a minimum of its own. */
    PERCEPTRON("a perceptron that tells Fisher's irises, 1,315 parameters", 1e-5, false) {
        @Override
        Run of(Irises irises) {
            return network(irises, 1e-4, 4, 32, 32, 3);
        }
    },
    /** Multinomial logistic regression, 15 parameters: convex. */
    LOGISTIC("logistic regression of Fisher's irises, 15 parameters", 1e-9, true) {
        @Override
        Run of(Irises irises) {
            return network(irises, 1e-3, 4, 3);
        }
    },
    /** A mixture of three Gaussians with free covariances, 44 parameters, from three groups by the length of the petals. */
    MIXTURE("a mixture of three Gaussians for Fisher's irises, 44 parameters", 1e-9, true) {
        @Override
        Run of(Irises irises) {
            double[][] x = irises.measurements();
            var model = new MixtureModel(3, 4);
            Mixture start = Mixture.ofGroups(x, 3, 2);
            return new Run(model.loss(x), model.parameters(start), false, () -> new Steps() {
                private Mixture mixture = start;

                @Override
                public double[] next() {
                    mixture = mixture.step(x);
                    return model.parameters(mixture);
                }
            });
        }
    };

    /** A sentence without a verb. */
    final String title;

    /** The largest entry of the gradient that ends a run. */
    final double tolerance;

    /** Whether all methods come to the same minimum. */
    final boolean isOneMinimum;

    TrainingProblem(String title, double tolerance, boolean isOneMinimum) {
        this.title = title;
        this.tolerance = tolerance;
        this.isOneMinimum = isOneMinimum;
    }

    /** Points of a method that is no minimizer. */
    interface Steps {
        double[] next();
    }

    /**
     * What to minimize.
     *
     * @param f            the loss
     * @param start        from here
     * @param isLayered    whether the model has layers for K-FAC, and Gauss-Newton matrices
     * @param expectations makes the steps of expectation and maximization; null if there are none
     */
    record Run(DataSum f, double[] start, boolean isLayered, @Nullable Supplier<Steps> expectations) {}

    abstract Run of(Irises irises);

    private static Run network(Irises irises, double decay, int... widths) {
        var model = LayeredModel.of(ScalarMath::tanh, widths);
        return new Run(irises.loss(model, decay), model.start(1), true, null);
    }
}
