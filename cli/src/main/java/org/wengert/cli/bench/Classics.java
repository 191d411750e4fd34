package org.wengert.cli.bench;

import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.minus;
import static org.wengert.core.scalar.ScalarMath.plus;
import static org.wengert.core.scalar.ScalarMath.sqrt;
import static org.wengert.core.scalar.ScalarMath.times;

import org.wengert.core.scalar.Scalar;

/** Two functions at a single point: Rosenbrock is cheap arithmetic, Ackley a cosine a variable. */
public final class Classics {

    private Classics() {}

    /** Σ 100 (xᵢ₊₁ - xᵢ²)² + (1 - xᵢ)². */
    public static Scalar rosenbrock(Scalar[] x) {
        Scalar sum = Scalar.of(0);
        for (int i = 0; i + 1 < x.length; i++) {
            Scalar a = x[i + 1].minus(x[i].times(x[i]));
            Scalar b = minus(1, x[i]);
            sum = sum.plus(times(100, a.times(a)).plus(b.times(b)));
        }
        return sum;
    }

    /** {@link #rosenbrock} in plain doubles. */
    public static double rosenbrock(double[] x) {
        double sum = 0;
        for (int i = 0; i + 1 < x.length; i++) {
            double a = x[i + 1] - x[i] * x[i];
            double b = 1 - x[i];
            sum += 100 * (a * a) + b * b;
        }
        return sum;
    }

    /** {@link #rosenbrock} with its gradient, by hand. */
    public static double rosenbrock(double[] x, double[] gradient) {
        double sum = 0;
        gradient[0] = 0;
        for (int i = 0; i + 1 < x.length; i++) {
            double a = x[i + 1] - x[i] * x[i];
            double b = 1 - x[i];
            sum += 100 * (a * a) + b * b;
            gradient[i] -= 400 * a * x[i] + 2 * b;
            gradient[i + 1] = 200 * a;
        }
        return sum;
    }

    /** 20 + e - 20 exp(-0.2 √(Σx²/n)) - exp(Σ cos(2πx)/n). */
    public static Scalar ackley(Scalar[] x) {
        int n = x.length;
        Scalar squares = Scalar.of(0);
        Scalar cosines = Scalar.of(0);
        for (Scalar xi : x) {
            squares = squares.plus(xi.times(xi));
            cosines = cosines.plus(cos(times(2 * Math.PI, xi)));
        }
        return plus(20 + Math.E, times(-20, exp(times(-0.2, sqrt(squares.div(n)))))).minus(exp(cosines.div(n)));
    }

    /** {@link #ackley} in plain doubles. */
    public static double ackley(double[] x) {
        int n = x.length;
        double squares = 0;
        double cosines = 0;
        for (double xi : x) {
            squares += xi * xi;
            cosines += Math.cos(2 * Math.PI * xi);
        }
        return 20 + Math.E + -20 * Math.exp(-0.2 * Math.sqrt(squares / n)) - Math.exp(cosines / n);
    }

    /** {@link #ackley} with its gradient, by hand. */
    public static double ackley(double[] x, double[] gradient) {
        int n = x.length;
        double squares = 0;
        double cosines = 0;
        for (int i = 0; i < n; i++) {
            squares += x[i] * x[i];
            cosines += Math.cos(2 * Math.PI * x[i]);
            gradient[i] = Math.sin(2 * Math.PI * x[i]);
        }
        double root = Math.sqrt(squares / n);
        double a = Math.exp(-0.2 * root);
        double b = Math.exp(cosines / n);
        double ofSquares = root == 0 ? 0 : 4 * a / (root * n);
        double ofCosines = 2 * Math.PI * b / n;
        for (int i = 0; i < n; i++) {
            gradient[i] = ofSquares * x[i] + ofCosines * gradient[i];
        }
        return 20 + Math.E + -20 * a - b;
    }

    /** A point near (1, …, 1). */
    public static double[] point(int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = 1 + 0.2 * Math.sin(i + 1.0);
        }
        return x;
    }
}
