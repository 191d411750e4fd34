package org.wengert.benchmarks;

import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.apache.commons.math3.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;

/** The one optimizer of Commons Math that takes gradients: conjugate gradients of Polak and Ribière. */
final class CommonsMathOptimizer {

    private CommonsMathOptimizer() {}

    static void minimize(CountedObjective f, double[] start) {
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
        } catch (MathIllegalStateException gaveUp) {
            f.note("gave up");
        } finally {
            f.iterations = optimizer.getIterations();
        }
    }
}
