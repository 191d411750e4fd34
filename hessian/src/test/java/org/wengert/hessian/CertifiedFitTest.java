package org.wengert.hessian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.div;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.minus;

import org.junit.jupiter.api.Test;
import org.wengert.core.scalar.Scalar;

/** The three regressions of NIST's reference data that come with the project, against NIST's certified figures. */
class CertifiedFitTest {

    @Test
    void misra1aAgreesWithTheCertifiedFigures() {
        ExampleData data = ExampleData.read("misra1a.csv");
        LeastSquares problem = LeastSquares.model(2, data.y(), (b, i) ->
                b[0].times(minus(1, exp(b[1].unaryMinus().times(data.x()[i])))));
        double[] parameters = {2.3894212918E+02, 5.5015643181E-04};
        double[] errors = {2.7070075241E+00, 7.2668688436E-06};
        assertCertified(problem, parameters, errors, 1.2455138894E-01, 500, 0.0001);
        assertCertified(problem, parameters, errors, 1.2455138894E-01, 250, 0.0005);
    }

    @Test
    void rat42AgreesWithTheCertifiedFigures() {
        ExampleData data = ExampleData.read("rat42.csv");
        LeastSquares problem = LeastSquares.model(3, data.y(), (b, i) ->
                b[0].div(exp(b[1].minus(b[2].times(data.x()[i]))).plus(1)));
        double[] parameters = {7.2462237576E+01, 2.6180768402E+00, 6.7359200066E-02};
        double[] errors = {1.7340283401E+00, 8.8295217536E-02, 3.4465663377E-03};
        assertCertified(problem, parameters, errors, 8.0565229338E+00, 100, 1, 0.1);
        assertCertified(problem, parameters, errors, 8.0565229338E+00, 75, 2.5, 0.07);
    }

    @Test
    void thurberAgreesWithTheCertifiedFigures() {
        ExampleData data = ExampleData.read("thurber.csv");
        LeastSquares problem = LeastSquares.model(7, data.y(), (b, i) -> {
            double x = data.x()[i];
            Scalar top = b[0].plus(b[1].times(x)).plus(b[2].times(x * x)).plus(b[3].times(x * x * x));
            Scalar bottom = b[4].times(x).plus(b[5].times(x * x)).plus(b[6].times(x * x * x)).plus(1);
            return top.div(bottom);
        });
        double[] parameters = {
            1.2881396800E+03, 1.4910792535E+03, 5.8323836877E+02, 7.5416644291E+01,
            9.6629502864E-01, 3.9797285797E-01, 4.9727297349E-02
        };
        double[] errors = {
            4.6647963344E+00, 3.9571156086E+01, 2.8698696102E+01, 5.5675370270E+00,
            3.1333340687E-02, 1.4984928198E-02, 6.5842344623E-03
        };
        assertCertified(problem, parameters, errors, 5.6427082397E+03, 1000, 1000, 400, 40, 0.7, 0.3, 0.03);
        assertCertified(problem, parameters, errors, 5.6427082397E+03, 1300, 1500, 500, 75, 1, 0.4, 0.05);
    }

    @Test
    void withoutAccelerationTheSameMinimumIsFound() {
        ExampleData data = ExampleData.read("rat42.csv");
        LeastSquares problem = LeastSquares.model(3, data.y(), (b, i) ->
                div(1, exp(b[1].minus(b[2].times(data.x()[i]))).plus(1)).times(b[0]));
        Fit fit = new LevenbergMarquardt().withAcceleration(false).minimize(problem, 100, 1, 0.1);
        assertEquals(7.2462237576E+01, fit.parameters()[0], 1e-9 * 72);
        assertEquals(0, fit.evaluations().curvatures());
    }

    private static void assertCertified(
            LeastSquares problem, double[] parameters, double[] errors, double sumOfSquares, double... start) {
        Fit fit = new LevenbergMarquardt().minimize(problem, start);
        assertTrue(fit.converged(), fit.message());
        for (int j = 0; j < parameters.length; j++) {
            assertEquals(parameters[j], fit.parameters()[j], 1e-10 * Math.abs(parameters[j]), "parameter " + j);
            assertEquals(errors[j], fit.standardErrors()[j], 1e-9 * errors[j], "standard error " + j);
        }
        assertEquals(sumOfSquares, fit.residualSumOfSquares(), 1e-10 * sumOfSquares);
        assertEquals(problem.rows() - parameters.length, fit.statistics().degreesOfFreedom());
        assertEquals(Math.sqrt(sumOfSquares / (problem.rows() - parameters.length)),
                fit.statistics().residualStandardDeviation(), 1e-10 * Math.sqrt(sumOfSquares));
    }
}
