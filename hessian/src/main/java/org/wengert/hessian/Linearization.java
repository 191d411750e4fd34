package org.wengert.hessian;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.wengert.core.Jacobian;
import org.wengert.linalg.DampedLeastSquares;

/**
 * The residuals near a point: r(x + p) ≈ r + J·p, reduced to n rows by J = Q·R. All of it with weights.
 *
 * @param x            the point
 * @param sumOfSquares ‖r‖²
 * @param r            R, n × n, upper triangular
 * @param q            Qᵀr, n entries
 * @param norms        the norms of J's columns, 1 for a column of zeros
 * @param rows         J block by block, or null if it is too large to keep
 */
record Linearization(
        double[] x, double sumOfSquares, DMatrixRMaj r, double[] q, double[] norms, @Nullable List<Jacobian> rows) {

    /** Takes apart the factor of [J | r], which is (n+1) × (n+1). */
    static Linearization of(double[] x, double sumOfSquares, DMatrixRMaj factor, @Nullable List<Jacobian> rows) {
        int n = x.length;
        DMatrixRMaj r = new DMatrixRMaj(n, n);
        double[] q = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                r.set(i, j, factor.get(i, j));
            }
            q[i] = factor.get(i, n);
        }
        return new Linearization(x.clone(), sumOfSquares, r, q, DampedLeastSquares.columnNorms(r), rows);
    }

    int parameters() {
        return x.length;
    }

    /** ½ ∂S/∂xⱼ = (Jᵀr)ⱼ = (Rᵀq)ⱼ. */
    double[] gradient() {
        int n = x.length;
        double[] g = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                g[j] += r.get(i, j) * q[i];
            }
        }
        return g;
    }

    /** By how much the linearization says a step p lowers ‖r‖²: ‖q‖² - ‖q + R·p‖², without cancellation. */
    double predictedDecrease(double[] p) {
        double decrease = 0;
        for (int i = 0; i < p.length; i++) {
            double w = 0;
            for (int j = i; j < p.length; j++) {
                w += r.get(i, j) * p[j];
            }
            decrease -= w * (2 * q[i] + w);
        }
        return decrease;
    }

    /** Q₁ᵀ(r + J·p) for a step in which only some parameters move: the right side left for the others. */
    double[] shifted(double[] p) {
        double[] b = q.clone();
        for (int i = 0; i < p.length; i++) {
            for (int j = i; j < p.length; j++) {
                if (p[j] != 0) {
                    b[i] += r.get(i, j) * p[j];
                }
            }
        }
        return b;
    }

    /** The columns of R for some parameters, n × k. */
    DMatrixRMaj columns(int[] parameters) {
        int n = x.length;
        DMatrixRMaj part = new DMatrixRMaj(n, parameters.length);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < parameters.length; k++) {
                part.set(i, k, r.get(i, parameters[k]));
            }
        }
        return part;
    }

    /**
     * How large the part of ‖r‖ is that is nothing but rounding: a change of x by half an ulp changes r by
     * J·x·ε/2, and r itself is rounded.
     */
    double noise() {
        double sum = Math.sqrt(sumOfSquares);
        for (int j = 0; j < x.length; j++) {
            sum += norms[j] * Math.abs(x[j]);
        }
        return Math.ulp(1.0) * sum;
    }

    @Override
    public String toString() {
        return "linearization at " + Arrays.toString(x) + " with sum of squares " + sumOfSquares;
    }
}
