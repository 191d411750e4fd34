package org.wengert.benchmarks;

import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.hipparchus.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;
import org.wengert.hessian.MinimizeMethod;
import org.wengert.hessian.Minimizer;

/** Optimizers of several libraries on the same compiled function and gradient. */
enum OptimizerPeers {
    NEWTON_CG {
        @Override
        void minimize(CountedObjective f, double[] start) {
            ours(MinimizeMethod.NEWTON_CG, f, start);
        }
    },
    TRUST_REGION {
        @Override
        void minimize(CountedObjective f, double[] start) {
            ours(MinimizeMethod.TRUST_REGION, f, start);
        }
    },
    LBFGS {
        @Override
        void minimize(CountedObjective f, double[] start) {
            ours(MinimizeMethod.LBFGS, f, start);
        }
    },
    /** Conjugate gradients of Polak and Ribière. */
    HIPPARCHUS_CG {
        @Override
        void minimize(CountedObjective f, double[] start) {
            var optimizer = new NonLinearConjugateGradientOptimizer(
                    NonLinearConjugateGradientOptimizer.Formula.POLAK_RIBIERE, new SimpleValueChecker(1e-15, 1e-300));
            try {
                optimizer.optimize(
                        new MaxEval(10_000_000), new InitialGuess(start), GoalType.MINIMIZE, new ObjectiveFunction(f::value),
                        new ObjectiveFunctionGradient(x -> {
                            double[] gradient = new double[x.length];
                            f.gradient(x, gradient);
                            return gradient;
                        }));
            } catch (MathRuntimeException gaveUp) {
                f.note("gave up");
            } finally {
                f.iterations = optimizer.getIterations();
            }
        }
    },
    /** The same method in the library that Hipparchus came from. */
    COMMONS_MATH_CG {
        @Override
        void minimize(CountedObjective f, double[] start) {
            CommonsMathOptimizer.minimize(f, start);
        }
    };

    /** Minimizes, and tells f how many iterations it took if the library says so. What was found is what f saw last. */
    abstract void minimize(CountedObjective f, double[] start);

    private static void ours(MinimizeMethod method, CountedObjective f, double[] start) {
        new Minimizer(method).withTolerance(0).withMostIterations(1_000_000).withListener(i -> {
            f.iterations = i.number() + 1; // the last one ends within itself
            return true;
        }).minimize(f, start);
    }
}
