package org.wengert.cli.bench;

/**
 * {@link BundleAdjustment} in plain doubles: the error, and its Jacobian written by hand.
 *
 * <p>With g a row of ∂e/∂p, n = r/|r|, t = |r|, a = n·v, and c, s the cosine and sine of t:
 * <pre>
 * ∂e/∂v = c g + s (g × n) + (1-c)(n·g) n
 * ∂e/∂r = n (g·(-s v + c n×v + s a n)) + (q - n (n·q)) / t,   q = s (v × g) + (1-c)((g·n) v + a g)
 * </pre>
 */
public final class BundleAdjustmentByHand {

    private BundleAdjustmentByHand() {}

    /**
     * The error of an observation.
     *
     * @param x   holds 17 numbers, from {@code at} on
     * @param out receives 2 numbers, from {@code to} on
     */
    public static void error(double[] x, int at, double[] out, int to) {
        double r0 = x[at];
        double r1 = x[at + 1];
        double r2 = x[at + 2];
        double v0 = x[at + 11] - x[at + 3];
        double v1 = x[at + 12] - x[at + 4];
        double v2 = x[at + 13] - x[at + 5];
        double square = r0 * r0 + r1 * r1 + r2 * r2;
        double p0;
        double p1;
        double p2;
        if (square > 0) {
            double t = Math.sqrt(square);
            double c = Math.cos(t);
            double s = Math.sin(t);
            double n0 = r0 / t;
            double n1 = r1 / t;
            double n2 = r2 / t;
            double along = (n0 * v0 + n1 * v1 + n2 * v2) * (1 - c);
            p0 = v0 * c + (n1 * v2 - n2 * v1) * s + n0 * along;
            p1 = v1 * c + (n2 * v0 - n0 * v2) * s + n1 * along;
            p2 = v2 * c + (n0 * v1 - n1 * v0) * s + n2 * along;
        } else {
            p0 = v0 + (r1 * v2 - r2 * v1);
            p1 = v1 + (r2 * v0 - r0 * v2);
            p2 = v2 + (r0 * v1 - r1 * v0);
        }
        double u0 = p0 / p2;
        double u1 = p1 / p2;
        double q = u0 * u0 + u1 * u1;
        double d = 1 + q * (x[at + 9] + q * x[at + 10]);
        double w = x[at + 14];
        out[to] = w * (u0 * d * x[at + 6] + x[at + 7] - x[at + 15]);
        out[to + 1] = w * (u1 * d * x[at + 6] + x[at + 8] - x[at + 16]);
    }

    /**
     * Error and Jacobian.
     *
     * @param x   holds 17 numbers, from {@code at} on
     * @param out receives 32 numbers, from {@code to} on: e (2), then the rows of the Jacobian (2 times 15)
     */
    public static void jacobian(double[] x, int at, double[] out, int to) {
        double r0 = x[at];
        double r1 = x[at + 1];
        double r2 = x[at + 2];
        double v0 = x[at + 11] - x[at + 3];
        double v1 = x[at + 12] - x[at + 4];
        double v2 = x[at + 13] - x[at + 5];
        double square = r0 * r0 + r1 * r1 + r2 * r2;
        boolean turns = square > 0;
        double t = 1;
        double c = 1;
        double s = 0;
        double n0 = 0;
        double n1 = 0;
        double n2 = 0;
        double a = 0;
        double c0;
        double c1;
        double c2;
        double p0;
        double p1;
        double p2;
        if (turns) {
            t = Math.sqrt(square);
            c = Math.cos(t);
            s = Math.sin(t);
            double inverse = 1 / t;
            n0 = r0 * inverse;
            n1 = r1 * inverse;
            n2 = r2 * inverse;
            a = n0 * v0 + n1 * v1 + n2 * v2;
            c0 = n1 * v2 - n2 * v1;
            c1 = n2 * v0 - n0 * v2;
            c2 = n0 * v1 - n1 * v0;
            double along = a * (1 - c);
            p0 = v0 * c + c0 * s + n0 * along;
            p1 = v1 * c + c1 * s + n1 * along;
            p2 = v2 * c + c2 * s + n2 * along;
        } else {
            c0 = r1 * v2 - r2 * v1;
            c1 = r2 * v0 - r0 * v2;
            c2 = r0 * v1 - r1 * v0;
            p0 = v0 + c0;
            p1 = v1 + c1;
            p2 = v2 + c2;
        }
        double z = 1 / p2;
        double u0 = p0 * z;
        double u1 = p1 * z;
        double q = u0 * u0 + u1 * u1;
        double k1 = x[at + 9];
        double k2 = x[at + 10];
        double d = 1 + q * (k1 + q * k2);
        double slope = 2 * (k1 + 2 * q * k2);
        double f = x[at + 6];
        double w = x[at + 14];
        double raw0 = u0 * d * f + x[at + 7] - x[at + 15];
        double raw1 = u1 * d * f + x[at + 8] - x[at + 16];
        out[to] = w * raw0;
        out[to + 1] = w * raw1;

        double wf = w * f;
        double mixed = wf * slope * u0 * u1;
        double e00 = wf * (d + slope * u0 * u0);
        double e11 = wf * (d + slope * u1 * u1);
        double h0 = -s * v0 + c * c0 + s * a * n0;
        double h1 = -s * v1 + c * c1 + s * a * n1;
        double h2 = -s * v2 + c * c2 + s * a * n2;
        for (int i = 0; i < 2; i++) {
            double du0 = i == 0 ? e00 : mixed;
            double du1 = i == 0 ? mixed : e11;
            double u = i == 0 ? u0 : u1;
            double g0 = du0 * z;
            double g1 = du1 * z;
            double g2 = -(u0 * g0 + u1 * g1);
            double x0 = v1 * g2 - v2 * g1; // v × g
            double x1 = v2 * g0 - v0 * g2;
            double x2 = v0 * g1 - v1 * g0;
            int row = to + 2 + 15 * i;
            double d0;
            double d1;
            double d2;
            if (turns) {
                double gn = g0 * n0 + g1 * n1 + g2 * n2;
                double gh = g0 * h0 + g1 * h1 + g2 * h2;
                double rest = 1 - c;
                double q0 = s * x0 + rest * (gn * v0 + a * g0);
                double q1 = s * x1 + rest * (gn * v1 + a * g1);
                double q2 = s * x2 + rest * (gn * v2 + a * g2);
                double inverse = 1 / t;
                double both = gh - (n0 * q0 + n1 * q1 + n2 * q2) * inverse;
                out[row] = n0 * both + q0 * inverse;
                out[row + 1] = n1 * both + q1 * inverse;
                out[row + 2] = n2 * both + q2 * inverse;
                d0 = c * g0 + s * (g1 * n2 - g2 * n1) + rest * gn * n0;
                d1 = c * g1 + s * (g2 * n0 - g0 * n2) + rest * gn * n1;
                d2 = c * g2 + s * (g0 * n1 - g1 * n0) + rest * gn * n2;
            } else {
                out[row] = x0;
                out[row + 1] = x1;
                out[row + 2] = x2;
                d0 = g0 + (g1 * r2 - g2 * r1);
                d1 = g1 + (g2 * r0 - g0 * r2);
                d2 = g2 + (g0 * r1 - g1 * r0);
            }
            out[row + 3] = -d0;
            out[row + 4] = -d1;
            out[row + 5] = -d2;
            out[row + 6] = w * u * d;
            out[row + 7] = i == 0 ? w : 0;
            out[row + 8] = i == 0 ? 0 : w;
            out[row + 9] = wf * u * q;
            out[row + 10] = wf * u * q * q;
            out[row + 11] = d0;
            out[row + 12] = d1;
            out[row + 13] = d2;
            out[row + 14] = i == 0 ? raw0 : raw1;
        }
    }
}
