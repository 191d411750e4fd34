package org.wengert.cli.bench;

import static org.wengert.core.scalar.ScalarMath.minus;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.sqrt;

import java.util.Arrays;
import org.wengert.core.scalar.Scalar;

/** Functions of many variables at one point, as plain loops; each with its value and gradient by hand. */
public final class LargePoints {

    private LargePoints() {}

    /** Σ ((3 - 2xᵢ) xᵢ - xᵢ₋₁ - 2xᵢ₊₁ + 1)². */
    public static Scalar broyden(Scalar[] x) {
        Scalar sum = Scalar.of(0);
        for (int i = 0; i < x.length; i++) {
            Scalar r = minus(3, x[i].times(2)).times(x[i]).plus(1);
            r = i > 0 ? r.minus(x[i - 1]) : r;
            r = i + 1 < x.length ? r.minus(x[i + 1].times(2)) : r;
            sum = sum.plus(r.times(r));
        }
        return sum;
    }

    static double residual(double[] x, int i) {
        return (3 - 2 * x[i]) * x[i] + 1 - (i > 0 ? x[i - 1] : 0) - (i + 1 < x.length ? 2 * x[i + 1] : 0);
    }

    /** {@link #broyden} in plain doubles. */
    public static double broyden(double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double r = residual(x, i);
            sum += r * r;
        }
        return sum;
    }

    /** {@link #broyden} with its gradient, by hand. */
    public static double broyden(double[] x, double[] gradient) {
        int n = x.length;
        Arrays.fill(gradient, 0);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double r = residual(x, i);
            sum += r * r;
            gradient[i] += 2 * r * (3 - 4 * x[i]);
            if (i > 0) {
                gradient[i - 1] -= 2 * r;
            }
            if (i + 1 < n) {
                gradient[i + 1] -= 4 * r;
            }
        }
        return sum;
    }

    /** Brown's almost linear function: Σᵢ (xᵢ + Σⱼxⱼ - n - 1)² + (Πxⱼ - 1)². */
    public static Scalar brown(Scalar[] x) {
        int n = x.length;
        Scalar all = Scalar.of(0);
        Scalar product = Scalar.of(1);
        for (Scalar v : x) {
            all = all.plus(v);
            product = product.times(v);
        }
        Scalar sum = Scalar.of(0);
        for (int i = 0; i + 1 < n; i++) {
            Scalar r = x[i].plus(all).minus(n + 1.0);
            sum = sum.plus(r.times(r));
        }
        Scalar last = product.minus(1);
        return sum.plus(last.times(last));
    }

    /** {@link #brown} in plain doubles. */
    public static double brown(double[] x) {
        int n = x.length;
        double all = 0;
        double product = 1;
        for (double v : x) {
            all += v;
            product *= v;
        }
        double sum = 0;
        for (int i = 0; i + 1 < n; i++) {
            double r = x[i] + all - (n + 1);
            sum += r * r;
        }
        return sum + (product - 1) * (product - 1);
    }

    /** {@link #brown} with its gradient, by hand. */
    public static double brown(double[] x, double[] gradient) {
        int n = x.length;
        double all = 0;
        double before = 1;
        for (int i = 0; i < n; i++) {
            all += x[i];
            gradient[i] = before;
            before *= x[i];
        }
        double last = before - 1;
        double sum = last * last;
        double slopes = 0;
        for (int i = 0; i + 1 < n; i++) {
            double r = x[i] + all - (n + 1);
            sum += r * r;
            slopes += 2 * r;
        }
        double after = 1;
        for (int i = n - 1; i >= 0; i--) {
            double own = i + 1 < n ? 2 * (x[i] + all - (n + 1)) : 0;
            gradient[i] = 2 * last * gradient[i] * after + slopes + own;
            after *= x[i];
        }
        return sum;
    }

    /** The area of a surface over a square grid of as many points as there are variables. */
    public static Scalar surface(Scalar[] x) {
        int n = (int) Math.sqrt(x.length);
        Scalar area = Scalar.of(0);
        for (int i = 0; i + 1 < n; i++) {
            for (int j = 0; j + 1 < n; j++) {
                Scalar a = x[i * n + j].minus(x[(i + 1) * n + j + 1]);
                Scalar b = x[(i + 1) * n + j].minus(x[i * n + j + 1]);
                area = area.plus(sqrt(a.times(a).plus(b.times(b)).times(0.5 * (n - 1) * (n - 1)).plus(1)));
            }
        }
        return area.div((n - 1.0) * (n - 1));
    }

    /** {@link #surface} in plain doubles. */
    public static double surface(double[] x) {
        int n = (int) Math.sqrt(x.length);
        double h = 0.5 * (n - 1) * (n - 1);
        double area = 0;
        for (int i = 0; i + 1 < n; i++) {
            for (int j = 0; j + 1 < n; j++) {
                double a = x[i * n + j] - x[(i + 1) * n + j + 1];
                double b = x[(i + 1) * n + j] - x[i * n + j + 1];
                area += Math.sqrt(1 + h * (a * a + b * b));
            }
        }
        return area / ((n - 1.0) * (n - 1));
    }

    /** {@link #surface} with its gradient, by hand. */
    public static double surface(double[] x, double[] gradient) {
        int n = (int) Math.sqrt(x.length);
        double h = 0.5 * (n - 1) * (n - 1);
        double q = 1 / ((n - 1.0) * (n - 1));
        Arrays.fill(gradient, 0);
        double area = 0;
        for (int i = 0; i + 1 < n; i++) {
            for (int j = 0; j + 1 < n; j++) {
                double a = x[i * n + j] - x[(i + 1) * n + j + 1];
                double b = x[(i + 1) * n + j] - x[i * n + j + 1];
                double s = Math.sqrt(1 + h * (a * a + b * b));
                area += s;
                double w = h * q / s;
                gradient[i * n + j] += w * a;
                gradient[(i + 1) * n + j + 1] -= w * a;
                gradient[(i + 1) * n + j] += w * b;
                gradient[i * n + j + 1] -= w * b;
            }
        }
        return area * q;
    }

    /** x₀² + Σ (xᵢx₀ - sin xᵢ)²: every variable meets the first. */
    public static Scalar arrow(Scalar[] x) {
        Scalar sum = x[0].times(x[0]);
        for (int i = 1; i < x.length; i++) {
            Scalar r = x[i].times(x[0]).minus(sin(x[i]));
            sum = sum.plus(r.times(r));
        }
        return sum;
    }

    /** {@link #arrow} in plain doubles. */
    public static double arrow(double[] x) {
        double sum = x[0] * x[0];
        for (int i = 1; i < x.length; i++) {
            double r = x[i] * x[0] - Math.sin(x[i]);
            sum += r * r;
        }
        return sum;
    }

    /** {@link #arrow} with its gradient, by hand. */
    public static double arrow(double[] x, double[] gradient) {
        double sum = x[0] * x[0];
        double first = 2 * x[0];
        for (int i = 1; i < x.length; i++) {
            double r = x[i] * x[0] - Math.sin(x[i]);
            sum += r * r;
            gradient[i] = 2 * r * (x[0] - Math.cos(x[i]));
            first += 2 * r * x[i];
        }
        gradient[0] = first;
        return sum;
    }

    /**
     * Rosenbrock's chained function with its gradient and Hessian, by hand.
     *
     * @param entries receives the three diagonals column by column, from top to bottom
     */
    public static double rosenbrockHessian(double[] x, double[] gradient, double[] entries) {
        int n = x.length;
        double sum = 0;
        gradient[0] = 0;
        double diagonal = 0;
        int at = 0;
        for (int i = 0; i + 1 < n; i++) {
            double a = x[i + 1] - x[i] * x[i];
            double b = 1 - x[i];
            sum += 100 * (a * a) + b * b;
            gradient[i] -= 400 * a * x[i] + 2 * b;
            gradient[i + 1] = 200 * a;
            entries[at++] = diagonal + 800 * x[i] * x[i] - 400 * a + 2;
            entries[at++] = -400 * x[i];
            entries[at++] = -400 * x[i];
            diagonal = 200;
        }
        entries[at] = diagonal;
        return sum;
    }

    /** The residuals of {@link #broyden}. */
    public static Scalar[] broydenResiduals(Scalar[] x) {
        Scalar[] residuals = new Scalar[x.length];
        for (int i = 0; i < x.length; i++) {
            Scalar r = minus(3, x[i].times(2)).times(x[i]).plus(1);
            r = i > 0 ? r.minus(x[i - 1]) : r;
            residuals[i] = i + 1 < x.length ? r.minus(x[i + 1].times(2)) : r;
        }
        return residuals;
    }

    /**
     * {@link #broydenResiduals} and their Jacobian, by hand.
     *
     * @param entries receives the three diagonals column by column, from top to bottom
     */
    public static void broydenJacobian(double[] x, double[] residuals, double[] entries) {
        int n = x.length;
        int at = 0;
        for (int j = 0; j < n; j++) {
            residuals[j] = residual(x, j);
            if (j > 0) {
                entries[at++] = -2;
            }
            entries[at++] = 3 - 4 * x[j];
            if (j + 1 < n) {
                entries[at++] = -1;
            }
        }
    }
}
