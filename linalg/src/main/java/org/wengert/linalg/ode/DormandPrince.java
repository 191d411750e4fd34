package org.wengert.linalg.ode;

import java.util.Objects;

/**
 * The explicit Runge-Kutta method of Dormand and Prince, order 5 with an error estimate of order 4: for equations that are not
 * stiff. Every stage's tangent is the product of the Jacobian there with the stage's own tangents, so that the result
 * is the exact derivative of what is computed, for the steps taken.
 *
 * <p>Seven evaluations a step, of which the last is the first of the next one.
 *
 * <p>Source: J. R. Dormand and P. J. Prince, "A family of embedded Runge-Kutta formulae", J. Comput. Appl. Math. 6 (1980).
 *
 * @param control how accurately, and how far
 */
public record DormandPrince(Control control) implements Integrator {

    /** With {@link Control#DEFAULT}. */
    public static final DormandPrince DEFAULT = new DormandPrince(Control.DEFAULT);

    /** The error of a step goes with this power of its length. */
    static final int ERROR_ORDER = 5;

    private static final double[] C = {0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1};

    private static final double[][] A = {
        {},
        {1.0 / 5},
        {3.0 / 40, 9.0 / 40},
        {44.0 / 45, -56.0 / 15, 32.0 / 9},
        {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
        {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
        {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84},
    };

    /** The weights of order 5 less those of order 4. */
    private static final double[] E = {
        71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40};

    /** Checks that there is a control. */
    public DormandPrince {
        Objects.requireNonNull(control, "control");
    }

    /** Steps of one integration. */
    static final class Steps implements Stepper {

        private final Integration in;
        private final double[][] k = new double[7][];
        private final double[][] moving = new double[7][];
        private double[] lastEnd = {};

        Steps(Integration in) {
            this.in = in;
            for (int i = 0; i < 7; i++) {
                k[i] = new double[in.n];
                moving[i] = new double[in.n * in.k];
            }
        }

        @Override
        public Trial step(double t, double[] y, double[] tangents, double h) {
            if (y == lastEnd) { // the very array that the last step returned: it has been accepted
                System.arraycopy(k[6], 0, k[0], 0, in.n);
                System.arraycopy(moving[6], 0, moving[0], 0, moving[0].length);
            } else {
                in.evaluate(t, y, tangents, k[0], moving[0]);
            }
            double[] at = y;
            double[] atTangents = tangents;
            for (int i = 1; i < 7; i++) {
                at = combined(y, h, A[i], k, i);
                atTangents = combined(tangents, h, A[i], moving, i);
                in.evaluate(t + C[i] * h, at, atTangents, k[i], moving[i]);
            }
            double[] error = combined(new double[in.n], h, E, k, 7);
            lastEnd = at;
            return new Trial(at, atTangents, error);
        }

        private static double[] combined(double[] y, double h, double[] a, double[][] k, int stages) {
            double[] sum = y.clone();
            for (int j = 0; j < sum.length; j++) {
                double slope = 0;
                for (int i = 0; i < stages; i++) {
                    slope += a[i] * k[i][j];
                }
                sum[j] += h * slope;
            }
            return sum;
        }
    }
}
