package org.wengert.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.exp;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.SimpleVectorValueChecker;
import org.hipparchus.optim.nonlinear.vector.leastsquares.GaussNewtonOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer.Optimum;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;
import org.hipparchus.util.Pair;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Jacobian;
import org.wengert.core.scalar.Scalar;
import org.wengert.linalg.solve.GaussNewton;

/** How a function with its Jacobian goes into the least-squares optimizers of Hipparchus. */
class HipparchusExampleTest {

    /** Value and Jacobian as Hipparchus wants them, from one evaluation. */
    private static MultivariateJacobianFunction model(DifferentiableVector f) {
        DenseJacobian jacobian = DenseJacobian.of(f);
        return point -> {
            Jacobian at = jacobian.at(point.toArray());
            RealMatrix j = new Array2DRowRealMatrix(at.rows(), at.columns());
            for (int i = 0; i < at.rows(); i++) {
                for (int k = 0; k < at.columns(); k++) {
                    j.setEntry(i, k, at.get(i, k));
                }
            }
            return new Pair<RealVector, RealMatrix>(new ArrayRealVector(at.value(), false), j);
        };
    }

    private static LeastSquaresProblem problem(DifferentiableVector residuals, double... start) {
        return new LeastSquaresBuilder()
                .start(start)
                .model(model(residuals))
                .target(new double[residuals.outputs()])
                .checkerPair(new SimpleVectorValueChecker(1e-14, 1e-14))
                .maxEvaluations(1000)
                .maxIterations(1000)
                .build();
    }

    @Test
    void levenbergAndMarquardtFindTheMinimumOfRosenbrocksFunction() {
        DifferentiableVector residuals = MoreGarbowHillstrom.ALL.getFirst().residuals();
        Optimum optimum = new LevenbergMarquardtOptimizer().optimize(problem(residuals, -1.2, 1));
        assertArrayEquals(new double[] {1, 1}, optimum.getPoint().toArray(), 1e-12);
        assertTrue(optimum.getEvaluations() < 50);
    }

    @Test
    void aDecayIsFittedByGaussAndNewton() {
        double[] times = {0, 1, 2, 3, 4, 5};
        double[] measured = {5.02, 3.03, 1.81, 1.12, 0.66, 0.42};
        DifferentiableVector residuals = Differentiable.vector(2, 6, p -> {
            Scalar[] r = new Scalar[6];
            for (int i = 0; i < 6; i++) {
                r[i] = p[0].times(exp(p[1].times(-times[i]))).minus(measured[i]);
            }
            return r;
        });
        Optimum optimum = new GaussNewtonOptimizer().optimize(problem(residuals, 4, 0.3));
        // The same by this module's own solver.
        double[] own = GaussNewton.DEFAULT.solve(residuals, 4, 0.3).orThrow();
        assertArrayEquals(own, optimum.getPoint().toArray(), 1e-6);
        assertEquals(0.5, own[1], 0.01);
    }
}
