package org.wengert.linalg.ode;

import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.wengert.linalg.Arguments;

/** A method that integrates a system from a start to an end, and carries tangents along. */
public sealed interface Integrator permits DormandPrince, Rosenbrock {

    /** How accurately, and how far. */
    Control control();

    /**
     * Integrates, with derivatives along k directions in the space of starts and parameters.
     *
     * @param system the equations
     * @param t0     where to start, finite
     * @param y0     the states there, n entries, all finite; not changed
     * @param p      the parameters, all finite; not changed
     * @param t1     where to end, finite; may be before t0
     * @param dy0    the directions' parts in y0, n × k; not changed
     * @param dp     the directions' parts in p, parameters × k; not changed
     */
    default OdeSolution along(
            OdeSystem system, double t0, double[] y0, double[] p, double t1, DMatrixRMaj dy0, DMatrixRMaj dp) {
        Objects.requireNonNull(system, "system");
        Arguments.finite(new double[] {t0}, 1, "t0");
        Arguments.finite(new double[] {t1}, 1, "t1");
        Arguments.finite(y0, system.states(), "y0");
        Arguments.finite(p, system.parameters(), "p");
        Arguments.directions(dy0, system.states(), "dy0");
        Arguments.directions(dp, system.parameters(), "dp");
        if (dy0.numCols != dp.numCols) {
            throw new IllegalArgumentException("dp must have as many columns as dy0, " + dy0.numCols
                    + ", but has " + dp.numCols);
        }
        return new Integration(system, control(), this, p, dp).run(t0, y0, dy0, t1);
    }

    /** Integrates without derivatives. */
    default OdeSolution solve(OdeSystem system, double t0, double[] y0, double[] p, double t1) {
        Objects.requireNonNull(system, "system");
        return along(system, t0, y0, p, t1,
                new DMatrixRMaj(system.states(), 0), new DMatrixRMaj(system.parameters(), 0));
    }

    /**
     * Integrates, with the derivatives by all starts and all parameters; see {@link OdeSolution#byStart} and
     * {@link OdeSolution#byParameters}.
     */
    default OdeSolution sensitivities(OdeSystem system, double t0, double[] y0, double[] p, double t1) {
        Objects.requireNonNull(system, "system");
        int n = system.states();
        int k = n + system.parameters();
        DMatrixRMaj dy0 = new DMatrixRMaj(n, k);
        DMatrixRMaj dp = new DMatrixRMaj(system.parameters(), k);
        for (int i = 0; i < k; i++) {
            (i < n ? dy0 : dp).set(i < n ? i : i - n, i, 1);
        }
        return along(system, t0, y0, p, t1, dy0, dp);
    }

    /** One step: from (t, y, tangents) by h. */
    interface Stepper {

        /** Tries a step. */
        Trial step(double t, double[] y, double[] tangents, double h);
    }

    /**
     * A step that was tried.
     *
     * @param y        the states at its end
     * @param tangents the tangents there
     * @param error    an estimate of the error of y, or all NaN if the step could not be taken
     */
    record Trial(double[] y, double[] tangents, double[] error) {

        static Trial impossible(int n) {
            double[] nan = new double[n];
            Arrays.fill(nan, Double.NaN);
            return new Trial(nan, nan, nan);
        }
    }
}
