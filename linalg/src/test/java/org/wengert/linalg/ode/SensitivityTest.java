package org.wengert.linalg.ode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.cos;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.core.scalar.Scalar;

class SensitivityTest {

    static List<Integrator> methods() {
        return List.of(new DormandPrince(Control.of(1e-11, 1e-13)), new Rosenbrock(Control.of(1e-10, 1e-12)));
    }

    /** y' = r·y·(1 - y/K). */
    private static final OdeSystem LOGISTIC = OdeSystem.of(1, 2, (t, y, p) -> new Scalar[] {
        p[0].times(y[0]).times(y[0].div(p[1]).minusFrom(1))});

    /** y₀'' = -p²·y₀. */
    private static final OdeSystem OSCILLATOR = OdeSystem.of(2, 1, (t, y, p) -> new Scalar[] {
        y[1], p[0].times(p[0]).times(y[0]).unaryMinus()});

    /** y' = p·cos(t)·y: depends on time. */
    private static final OdeSystem SWINGING = OdeSystem.of(1, 1, (t, y, p) -> new Scalar[] {
        p[0].times(cos(t)).times(y[0])});

    /** Robertson's chemical reaction: time scales from 10⁻⁴ to 10¹¹. */
    private static final OdeSystem ROBERTSON = OdeSystem.of(3, 3, (t, y, p) -> {
        Scalar slow = p[0].times(y[0]);
        Scalar fast = p[1].times(y[1]).times(y[2]);
        Scalar third = p[2].times(y[1]).times(y[1]);
        return new Scalar[] {fast.minus(slow), slow.minus(fast).minus(third), third};
    });

    private static final double[] RATES = {0.04, 1e4, 3e7};

    @ParameterizedTest
    @MethodSource("methods")
    void logisticGrowthHasItsKnownSensitivities(Integrator method) {
        double y0 = 0.2;
        double r = 1.3;
        double k = 2.5;
        double t = 2;
        OdeSolution s = method.sensitivities(LOGISTIC, 0, new double[] {y0}, new double[] {r, k}, t).orThrow();
        double e = Math.exp(-r * t);
        double below = 1 + (k / y0 - 1) * e;
        assertEquals(k / below, s.y()[0], 1e-9);
        assertEquals(k / (below * below) * k / (y0 * y0) * e, s.byStart().get(0, 0), 1e-8);
        assertEquals(k / (below * below) * (k / y0 - 1) * e * t, s.byParameters().get(0, 0), 1e-8);
        assertEquals(1 / below - k / (below * below) * e / y0, s.byParameters().get(0, 1), 1e-8);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void anOscillatorHasItsKnownSensitivitiesForwardAndBackwardInTime(Integrator method) {
        double w = 1.7;
        for (double t : new double[] {3, -2}) {
            OdeSolution s = method.sensitivities(OSCILLATOR, 0, new double[] {1, 0.5}, new double[] {w}, t).orThrow();
            double c = Math.cos(w * t);
            double d = Math.sin(w * t);
            assertArrayEquals(new double[] {c + 0.5 * d / w, -w * d + 0.5 * c}, s.y(), 1e-8);
            assertArrayEquals(new double[] {c, d / w, -w * d, c}, s.byStart().data, 1e-8);
            assertArrayEquals(new double[] {
                -t * d + 0.5 * (t * c / w - d / (w * w)), -d - w * t * c - 0.5 * t * d}, s.byParameters().data, 2e-8);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void equationsThatDependOnTimeAreIntegratedWithTheirDerivativeByTime(Integrator method) {
        OdeSolution s = method.sensitivities(SWINGING, 0.5, new double[] {2}, new double[] {0.8}, 4).orThrow();
        double grows = Math.sin(4) - Math.sin(0.5);
        double factor = Math.exp(0.8 * grows);
        assertEquals(2 * factor, s.y()[0], 1e-8);
        assertEquals(factor, s.byStart().get(0, 0), 1e-8);
        assertEquals(2 * factor * grows, s.byParameters().get(0, 0), 1e-8);
    }

    /** Steps of a fixed length: a tolerance that is always met. */
    private static Control fixed(double h) {
        return Control.of(1e6, 1e6).withSteps(h, h);
    }

    @Test
    void errorsOfStatesAndTangentsFallWithTheOrderOfTheMethod() {
        double exact = 2 * Math.exp(0.8 * (Math.sin(2) - Math.sin(0)));
        double exactTangent = exact * Math.sin(2);
        for (int order : new int[] {5, 4}) {
            double[] errors = new double[2];
            double[] tangentErrors = new double[2];
            for (int i = 0; i < 2; i++) {
                double h = (order == 5 ? 0.1 : 0.025) / (1 << i);
                Integrator method = order == 5 ? new DormandPrince(fixed(h)) : new Rosenbrock(fixed(h));
                OdeSolution s = method.sensitivities(SWINGING, 0, new double[] {2}, new double[] {0.8}, 2).orThrow();
                errors[i] = Math.abs(s.y()[0] - exact);
                tangentErrors[i] = Math.abs(s.byParameters().get(0, 0) - exactTangent);
            }
            double observed = Math.log(errors[0] / errors[1]) / Math.log(2);
            double observedTangent = Math.log(tangentErrors[0] / tangentErrors[1]) / Math.log(2);
            assertTrue(observed > order - 0.35, order + ": " + observed + " " + Arrays.toString(errors));
            assertTrue(observedTangent > order - 0.5, order + ": " + observedTangent + " " + Arrays.toString(tangentErrors));
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void tangentsAreTheDerivativesOfWhatIsComputedForTheStepsTaken(Integrator method) {
        Integrator coarse = method instanceof DormandPrince ? new DormandPrince(fixed(0.25)) : new Rosenbrock(fixed(0.25));
        double[] y0 = {0.8, 0.3};
        OdeSystem pendulum = OdeSystem.of(2, 1, (t, y, p) -> new Scalar[] {
            y[1], p[0].times(cos(y[0]).times(y[0])).unaryMinus().plus(t.times(0.1))});
        DMatrixRMaj exact = coarse.sensitivities(pendulum, 0, y0, new double[] {1.5}, 1).orThrow().tangents();
        double h = 1e-5;
        for (int d = 0; d < 3; d++) {
            double[] up = y0.clone();
            double[] down = y0.clone();
            double[] p = {1.5, 1.5};
            if (d < 2) {
                up[d] += h;
                down[d] -= h;
            } else {
                p[0] += h;
                p[1] -= h;
            }
            double[] above = coarse.solve(pendulum, 0, up, new double[] {p[0]}, 1).y();
            double[] below = coarse.solve(pendulum, 0, down, new double[] {p[1]}, 1).y();
            for (int i = 0; i < 2; i++) {
                assertEquals((above[i] - below[i]) / (2 * h), exact.get(i, d), 1e-9, "state " + i + ", direction " + d);
            }
        }
    }

    @Test
    void robertsonsReactionReachesItsReferenceValues() {
        var method = new Rosenbrock(Control.of(1e-9, 1e-14));
        // F. Mazzia and C. Magherini, Test Set for Initial Value Problem Solvers.
        OdeSolution end = method.solve(ROBERTSON, 0, new double[] {1, 0, 0}, RATES, 1e11).orThrow();
        assertEquals(0.2083340149701255e-7, end.y()[0], 1e-5 * 0.21e-7);
        assertEquals(0.8333360770334713e-13, end.y()[1], 1e-5 * 0.84e-13);
        assertEquals(0.9999999791665050, end.y()[2], 1e-9);
        assertTrue(end.steps() < 6000, end.steps() + " steps");
    }

    @Test
    void robertsonsSensitivitiesAgreeWithDifferencesAndPublishedFigures() {
        var method = new Rosenbrock(Control.of(1e-10, 1e-14));
        double[] y0 = {1, 0, 0};
        OdeSolution s = method.sensitivities(ROBERTSON, 0, y0, RATES, 0.4).orThrow();
        // The example cvsRoberts_FSA_dns of the SUNDIALS documentation, to its printed digits.
        double[][] published = {
            {-3.5595e-01, 9.5431e-08, -1.5833e-11}, {3.9025e-04, -2.1309e-10, -5.2900e-13}, {3.5556e-01, -9.5218e-08, 1.6362e-11}};
        DMatrixRMaj byRates = s.byParameters();
        for (int i = 0; i < 3; i++) {
            for (int d = 0; d < 3; d++) {
                assertEquals(published[i][d], byRates.get(i, d), 2e-3 * Math.abs(published[i][d]), i + ", " + d);
                double[] up = RATES.clone();
                double[] down = RATES.clone();
                up[d] *= 1 + 1e-3;
                down[d] *= 1 - 1e-3;
                double difference = (method.solve(ROBERTSON, 0, y0, up, 0.4).y()[i]
                        - method.solve(ROBERTSON, 0, y0, down, 0.4).y()[i]) / (2e-3 * RATES[d]);
                assertEquals(difference, byRates.get(i, d), 2e-5 * Math.abs(difference), i + ", " + d);
            }
        }
        for (int d = 0; d < 3; d++) {
            assertEquals(0, byRates.get(0, d) + byRates.get(1, d) + byRates.get(2, d), 1e-10 * Math.abs(byRates.get(0, d)) + 1e-20);
        }
    }

    @Test
    void vanDerPolsRelaxationIsIntegratedThroughItsJumps() {
        double epsilon = 1e-6;
        OdeSystem vanDerPol = OdeSystem.of(2, 0, (t, y, p) -> new Scalar[] {
            y[1], y[0].times(y[0]).minusFrom(1).times(y[1]).minus(y[0]).div(epsilon)});
        OdeSolution s = new Rosenbrock(Control.of(1e-8, 1e-8))
                .solve(vanDerPol, 0, new double[] {2, 0}, new double[0], 2).orThrow();
        // F. Mazzia and C. Magherini, Test Set for Initial Value Problem Solvers.
        assertArrayEquals(new double[] {0.1706167732170483e1, -0.8928097010247975}, s.y(), 2e-5);
        assertEquals(OdeSolution.Reason.TOO_MANY_STEPS, new DormandPrince(Control.of(1e-6, 1e-6).withMaxSteps(500))
                .solve(vanDerPol, 0, new double[] {2, 0}, new double[0], 2).reason());
    }

    @Test
    void manyStatesAreSolvedSparselyWithTheSameResult() {
        int n = Rosenbrock.MOST_DENSE + 20;
        OdeSystem heat = OdeSystem.of(n, 1, (t, u, p) -> {
            Scalar[] f = new Scalar[n];
            for (int i = 0; i < n; i++) {
                Scalar left = i > 0 ? u[i - 1] : Scalar.of(0);
                Scalar right = i + 1 < n ? u[i + 1] : Scalar.of(0);
                f[i] = left.plus(right).minus(u[i].times(2)).times(p[0]);
            }
            return f;
        });
        double[] u0 = new double[n];
        Arrays.setAll(u0, i -> Math.sin(Math.PI * (i + 1) / (n + 1)));
        double decay = 2 * (1 - Math.cos(Math.PI / (n + 1)));
        DMatrixRMaj none = new DMatrixRMaj(n, 1);
        OdeSolution s = new Rosenbrock(Control.of(1e-9, 1e-12))
                .along(heat, 0, u0, new double[] {40}, 5, none, new DMatrixRMaj(new double[][] {{1}})).orThrow();
        for (int i = 0; i < n; i++) {
            double expected = u0[i] * Math.exp(-40 * decay * 5);
            assertEquals(expected, s.y()[i], 1e-8);
            assertEquals(-5 * decay * expected, s.tangents().get(i, 0), 1e-8);
        }
    }

    @Test
    void solutionsThatEndSayWhere() {
        OdeSystem blowUp = OdeSystem.of(1, 0, (t, y, p) -> new Scalar[] {y[0].times(y[0])});
        OdeSolution s = DormandPrince.DEFAULT.solve(blowUp, 0, new double[] {1}, new double[0], 2);
        assertTrue(s.reason() != OdeSolution.Reason.END_REACHED && Math.abs(s.t() - 1) < 1e-3, s.reason() + " at " + s.t());
        assertTrue(String.valueOf(assertThrows(ArithmeticException.class, s::orThrow).getMessage()).contains("ended at t = "));
        assertEquals("y0 must have 1 entries, but has 2", assertThrows(IllegalArgumentException.class,
                () -> DormandPrince.DEFAULT.solve(blowUp, 0, new double[2], new double[0], 2)).getMessage());
        assertThrows(IllegalStateException.class, s::byStart);
        OdeSolution nowhere = DormandPrince.DEFAULT.solve(blowUp, 1, new double[] {3}, new double[0], 1).orThrow();
        assertArrayEquals(new double[] {3}, nowhere.y());
    }
}
