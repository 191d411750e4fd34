package org.wengert.hessian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.minus;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.batch.Points;
import org.wengert.core.scalar.Scalar;

/** Fits whose model is one function for all rows, run as a batch. */
class BatchFitTest {

    /** The certified figures hold for the model as a batch too. */
    @Test
    void misra1aAgreesWithTheCertifiedFigures() {
        ExampleData data = ExampleData.read("misra1a.csv");
        Differentiable model = Differentiable.of(3, v -> v[0].times(minus(1, exp(v[1].unaryMinus().times(v[2])))));
        Fit fit = new LevenbergMarquardt().minimize(LeastSquares.model(model, data.y(), data.x()), 500, 0.0001);
        assertTrue(fit.converged(), fit.message());
        assertEquals(2.3894212918E+02, fit.parameters()[0], 1e-10 * 2.4e2);
        assertEquals(5.5015643181E-04, fit.parameters()[1], 1e-10 * 5.5e-4);
        assertEquals(2.7070075241E+00, fit.standardErrors()[0], 1e-9 * 2.7);
        assertEquals(1.2455138894E-01, fit.residualSumOfSquares(), 1e-10 * 0.12);
    }

    private static Scalar peak(Scalar[] v) {
        Scalar u = v[5].minus(v[3]).div(v[4]);
        return v[0].plus(v[1].times(v[5])).plus(v[2].times(exp(u.times(u).unaryMinus())));
    }

    /** Both ways of giving the model lead to the same minimum, to the digits that the method promises. */
    @Test
    void aBatchAndRowsGiveTheSameFit() {
        var random = new Random(5);
        int rows = 40_000;
        double[] x = new double[rows];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            x[i] = 10 * random.nextDouble();
            double u = (x[i] - 4) / 1.5;
            y[i] = 1 + 0.2 * x[i] + 3 * Math.exp(-u * u) + 0.1 * random.nextGaussian();
        }
        double[] weights = random.doubles(rows, 0.5, 2).toArray();
        double[] start = {0, 0, 2, 5, 1};
        LeastSquares asBatch = LeastSquares.model(Differentiable.of(6, BatchFitTest::peak), y, x).weighted(weights);
        LeastSquares asRows = LeastSquares.model(5, y, (b, i) -> {
            Scalar[] v = Arrays.copyOf(b, 6);
            v[5] = Scalar.of(x[i]);
            return peak(v);
        }).weighted(weights);
        Fit batch = new LevenbergMarquardt().minimize(asBatch, start);
        Fit eager = new LevenbergMarquardt().minimize(asRows, start);
        assertTrue(batch.converged(), batch.message());
        for (int j = 0; j < 5; j++) {
            assertEquals(eager.parameters()[j], batch.parameters()[j], 1e-9 * Math.abs(eager.parameters()[j]));
            assertEquals(eager.standardErrors()[j], batch.standardErrors()[j], 1e-9 * eager.standardErrors()[j]);
        }
        assertEquals(eager.residualSumOfSquares(), batch.residualSumOfSquares(), 1e-11 * eager.residualSumOfSquares());
        assertEquals(eager.statistics().degreesOfFreedom(), batch.statistics().degreesOfFreedom());
    }

    @Test
    void aPointMayHaveSeveralResiduals() {
        double[][] data = new double[3000][];
        Arrays.setAll(data, i -> new double[] {Math.cos(i) * 2 + 1, Math.sin(i) * 2 - 3});
        // A circle of centre (1, -3) and radius 2, and that its points lie on both coordinates' parametrization.
        var circle = Differentiable.vector(5, 2, v -> {
            Scalar dx = v[3].minus(v[0]);
            Scalar dy = v[4].minus(v[1]);
            Scalar distance = dx.times(dx).plus(dy.times(dy));
            return new Scalar[] {distance.minus(v[2].times(v[2])), dx.times(v[2]).minus(dx.times(2))};
        });
        LeastSquares problem = LeastSquares.of(circle, Points.ofRows(data));
        assertEquals(6000, problem.rows());
        Fit fit = new LevenbergMarquardt().minimize(problem, 0, 0, 1.5);
        assertArrayEquals(new double[] {1, -3, 2}, fit.parameters(), 1e-10);
    }

    @Test
    void wrongDataIsNamed() {
        Differentiable model = Differentiable.of(2, v -> v[0].times(v[1]));
        assertEquals("data[0] must have 3 entries, but has 2", assertThrows(IllegalArgumentException.class,
                () -> LeastSquares.model(model, new double[3], new double[2])).getMessage());
        assertEquals("data must have fewer columns than the function has inputs, which are 3, but has 3",
                assertThrows(IllegalArgumentException.class,
                        () -> LeastSquares.model(model, new double[3], new double[3], new double[3])).getMessage());
    }
}
