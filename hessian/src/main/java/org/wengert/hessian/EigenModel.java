package org.wengert.hessian;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * A quadratic model whose matrix is taken apart into eigenvectors: its minimizer within a radius, and its minimizer with a cube of the
 * length added, both global.
 *
 * <pre>
 * (H + λI)·s = -g,  H + λI positive semidefinite,   λ·(‖s‖ - radius) = 0   or   λ = σ‖s‖
 * </pre>
 *
 * <p>In the hard case, g has no part along the eigenvectors of the least eigenvalue, and s gets as much of one of them as its length asks for.
 */
final class EigenModel {

    private final double[] lambda;
    private final double[][] vector;

    /** g in the directions of the eigenvectors. */
    private final double[] c;

    private final int least;

    private EigenModel(double[] lambda, double[][] vector, double[] g) {
        this.lambda = lambda;
        this.vector = vector;
        this.c = new double[lambda.length];
        int at = 0;
        for (int k = 0; k < c.length; k++) {
            c[k] = MinimizerRun.dot(vector[k], g);
            at = lambda[k] < lambda[at] ? k : at;
        }
        this.least = at;
    }

    static EigenModel of(DMatrixRMaj h, double[] g) {
        int n = g.length;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(h.copy())) {
            throw new ArithmeticException("the eigenvalues of the Hessian could not be found");
        }
        double[] lambda = new double[n];
        double[][] vector = new double[n][n];
        for (int k = 0; k < n; k++) {
            lambda[k] = eigen.getEigenvalue(k).real;
            DMatrixRMaj v = eigen.getEigenVector(k);
            System.arraycopy(v.data, 0, vector[k], 0, n);
        }
        return new EigenModel(lambda, vector, g);
    }

    double leastEigenvalue() {
        return lambda[least];
    }

    TrustRegion.Step withinRadius(double radius) {
        double low = Math.max(0, -lambda[least]);
        if (lambda[least] > 0 && length(0) <= radius) {
            return step(0, 0);
        }
        // ‖s(λ)‖ falls from its largest at the lower end; beyond high it is below the radius.
        double high = low + norm() / radius;
        if (length(low) <= radius) {
            return step(low, radius); // the hard case
        }
        return step(root(low, high, shift -> length(shift) - radius), 0);
    }

    TrustRegion.Step withCube(double sigma) {
        double low = Math.max(0, -lambda[least]);
        if (length(low) <= low / sigma) {
            return step(low, low / sigma); // the hard case
        }
        double high = Math.max(1, 2 * low);
        while (length(high) > high / sigma) {
            high *= 2;
        }
        return step(root(low, high, shift -> length(shift) - shift / sigma), 0);
    }

    private double norm() {
        return MinimizerRun.norm(c);
    }

    private interface Falling {
        double at(double shift);
    }

    /** The root of a falling function by bisection: positive at low (or infinite), not positive at high. */
    private static double root(double low, double high, Falling f) {
        double a = low;
        double b = high;
        for (int k = 0; k < 200; k++) {
            double middle = a == 0 && b > 1e-12 ? b * 1e-3 : a + (b - a) / 2;
            if (middle <= a || middle >= b) {
                break;
            }
            if (f.at(middle) > 0) {
                a = middle;
            } else {
                b = middle;
            }
        }
        return b;
    }

    private double scale() {
        double most = Double.MIN_NORMAL;
        for (double l : lambda) {
            most = Math.max(most, Math.abs(l));
        }
        return most;
    }

    /** Entry k of s in the directions of the eigenvectors; 0 where there is nothing to divide. */
    private double entry(int k, double shift) {
        double d = lambda[k] + shift;
        if (d <= 4 * Math.ulp(scale())) {
            return Math.abs(c[k]) <= 1e-15 * norm() ? 0 : -c[k] / Math.max(d, 4 * Math.ulp(scale()));
        }
        return -c[k] / d;
    }

    private double length(double shift) {
        double[] s = new double[c.length];
        for (int k = 0; k < s.length; k++) {
            s[k] = entry(k, shift);
        }
        return MinimizerRun.norm(s);
    }

    /** s for a shift; filled up to a length along the eigenvector of the least eigenvalue, if one is given. */
    private TrustRegion.Step step(double shift, double filledTo) {
        double[] s = new double[vector.length == 0 ? 0 : vector[0].length];
        double promised = 0;
        double squares = 0;
        double[] e = new double[c.length];
        for (int k = 0; k < e.length; k++) {
            e[k] = entry(k, shift);
            squares += e[k] * e[k];
        }
        if (filledTo > 0) {
            double missing = Math.sqrt(Math.max(0, filledTo * filledTo - squares));
            e[least] += c[least] > 0 ? -missing : missing;
        }
        for (int k = 0; k < e.length; k++) {
            promised -= c[k] * e[k] + 0.5 * lambda[k] * e[k] * e[k];
            MinimizerRun.add(s, e[k], vector[k]);
        }
        return new TrustRegion.Step(s, promised, MinimizerRun.norm(e));
    }
}
