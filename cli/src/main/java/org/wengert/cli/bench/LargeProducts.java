package org.wengert.cli.bench;

import java.util.Arrays;

/** ∇²f·v by hand, for the functions of {@link LargePoints} and two classics. */
final class LargeProducts {

    private LargeProducts() {}

    /** ∇²f·v of Rosenbrock's chained function, by hand. */
    public static void rosenbrock(double[] x, double[] v, double[] product) {
        Arrays.fill(product, 0);
        for (int i = 0; i + 1 < x.length; i++) {
            double a = x[i + 1] - x[i] * x[i];
            double da = v[i + 1] - 2 * x[i] * v[i];
            product[i] += -400 * (da * x[i] + a * v[i]) + 2 * v[i];
            product[i + 1] += 200 * da;
        }
    }

    /** ∇²f·v of {@link LargePoints#broyden}, by hand. */
    public static void broyden(double[] x, double[] v, double[] product) {
        int n = x.length;
        Arrays.fill(product, 0);
        for (int i = 0; i < n; i++) {
            double r = LargePoints.residual(x, i);
            double slope = 3 - 4 * x[i];
            double dr = slope * v[i] - (i > 0 ? v[i - 1] : 0) - (i + 1 < n ? 2 * v[i + 1] : 0);
            product[i] += 2 * (dr * slope - 4 * r * v[i]);
            if (i > 0) {
                product[i - 1] -= 2 * dr;
            }
            if (i + 1 < n) {
                product[i + 1] -= 4 * dr;
            }
        }
    }

    /** ∇²f·v of Ackley's function. */
    public static void ackley(double[] x, double[] v, double[] product) {
        int n = x.length;
        double squares = 0;
        double cosines = 0;
        double xv = 0;
        double sv = 0;
        for (int i = 0; i < n; i++) {
            double sine = Math.sin(2 * Math.PI * x[i]);
            squares += x[i] * x[i];
            cosines += Math.cos(2 * Math.PI * x[i]);
            xv += x[i] * v[i];
            sv += sine * v[i];
            product[i] = sine;
        }
        double root = Math.sqrt(squares / n);
        double a = Math.exp(-0.2 * root);
        double b = Math.exp(cosines / n);
        double ofSquares = 4 * a / (root * n);
        double ofCosines = 2 * Math.PI * b / n;
        double droot = xv / (n * root);
        double dSquares = -ofSquares * (0.2 + 1 / root) * droot;
        double dCosines = -ofCosines * 2 * Math.PI * sv / n;
        for (int i = 0; i < n; i++) {
            double cosine = Math.cos(2 * Math.PI * x[i]);
            product[i] = dSquares * x[i] + ofSquares * v[i] + dCosines * product[i] + ofCosines * 2 * Math.PI * cosine * v[i];
        }
    }

    /** ∇²f·v of {@link LargePoints#brown}. */
    public static void brown(double[] x, double[] v, double[] product) {
        int n = x.length;
        double dall = 0;
        double dslopes = 0;
        double[] before = new double[n + 1];
        double[] dbefore = new double[n + 1];
        before[0] = 1;
        for (int i = 0; i < n; i++) {
            dall += v[i];
            before[i + 1] = before[i] * x[i];
            dbefore[i + 1] = dbefore[i] * x[i] + before[i] * v[i];
        }
        double last = before[n] - 1;
        double dlast = dbefore[n];
        for (int i = 0; i + 1 < n; i++) {
            dslopes += 2 * (v[i] + dall);
        }
        double after = 1;
        double dafter = 0;
        for (int i = n - 1; i >= 0; i--) {
            double others = before[i] * after;
            double dothers = dbefore[i] * after + before[i] * dafter;
            double own = i + 1 < n ? 2 * (v[i] + dall) : 0;
            product[i] = 2 * (dlast * others + last * dothers) + dslopes + own;
            dafter = dafter * x[i] + after * v[i];
            after *= x[i];
        }
    }

    /** ∇²f·v of {@link LargePoints#surface}. */
    public static void surface(double[] x, double[] v, double[] product) {
        int n = (int) Math.sqrt(x.length);
        double h = 0.5 * (n - 1) * (n - 1);
        double q = 1 / ((n - 1.0) * (n - 1));
        Arrays.fill(product, 0);
        for (int i = 0; i + 1 < n; i++) {
            for (int j = 0; j + 1 < n; j++) {
                int k = i * n + j;
                double a = x[k] - x[k + n + 1];
                double b = x[k + n] - x[k + 1];
                double da = v[k] - v[k + n + 1];
                double db = v[k + n] - v[k + 1];
                double s2 = 1 + h * (a * a + b * b);
                double w = h * q / Math.sqrt(s2);
                double dw = -w * h * (a * da + b * db) / s2;
                double ofA = dw * a + w * da;
                double ofB = dw * b + w * db;
                product[k] += ofA;
                product[k + n + 1] -= ofA;
                product[k + n] += ofB;
                product[k + 1] -= ofB;
            }
        }
    }

    /** ∇²f·v of {@link LargePoints#arrow}. */
    public static void arrow(double[] x, double[] v, double[] product) {
        double first = 2 * v[0];
        for (int i = 1; i < x.length; i++) {
            double sine = Math.sin(x[i]);
            double slope = x[0] - Math.cos(x[i]);
            double r = x[i] * x[0] - sine;
            double dr = slope * v[i] + x[i] * v[0];
            product[i] = 2 * (dr * slope + r * (v[0] + sine * v[i]));
            first += 2 * (dr * x[i] + r * v[i]);
        }
        product[0] = first;
    }
}
