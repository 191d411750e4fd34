package org.wengert.hessian;

import java.util.Arrays;
import java.util.Comparator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * A mixture of Gaussians in its own terms, and the step of expectation and maximization (A. P. Dempster, N. M. Laird and D. B. Rubin, "Maximum likelihood from
 * incomplete data via the EM algorithm", J. R. Stat. Soc. B 39, 1977): plain arithmetic, without derivatives.
 *
 * @param weights     K positive numbers that add up to 1
 * @param means       K rows of d
 * @param covariances K matrices, d × d, positive definite
 */
public record Mixture(double[] weights, double[][] means, DMatrixRMaj[] covariances) {

    /** The mixture of equally large groups of the rows of x, which one of its columns tells apart. */
    public static Mixture ofGroups(double[][] x, int components, int column) {
        double[][] sorted = x.clone();
        Arrays.sort(sorted, Comparator.comparingDouble(row -> row[column])); // is stable
        double[][] shares = new double[x.length][components];
        for (int i = 0; i < x.length; i++) {
            shares[i][i * components / x.length] = 1;
        }
        return maximize(sorted, shares);
    }

    /** How many components it has. */
    public int components() {
        return weights.length;
    }

    /** The next mixture: that of the rows, shared out to the components by how likely they come from each. */
    public Mixture step(double[][] x) {
        double[][] shares = logDensities(x);
        for (double[] row : shares) {
            double all = logSum(row);
            Arrays.setAll(row, k -> Math.exp(row[k] - all));
        }
        return maximize(x, shares);
    }

    /** -1/N · Σᵢ log p(xᵢ). */
    public double loss(double[][] x) {
        return -Arrays.stream(logDensities(x)).mapToDouble(Mixture::logSum).average().orElseThrow();
    }

    private static double logSum(double[] a) {
        double most = Arrays.stream(a).max().orElseThrow();
        return most + Math.log(Arrays.stream(a).map(t -> Math.exp(t - most)).sum());
    }

    /** log(wₖ · p(xᵢ | μₖ, Σₖ)): N rows of K. */
    private double[][] logDensities(double[][] x) {
        int d = x[0].length;
        double[][] logs = new double[x.length][components()];
        for (int k = 0; k < components(); k++) {
            DMatrixRMaj root = root(covariances[k]);
            double constant = Math.log(weights[k]) - 0.5 * d * Math.log(2 * Math.PI);
            for (int j = 0; j < d; j++) {
                constant -= Math.log(root.get(j, j));
            }
            for (int i = 0; i < x.length; i++) {
                double squares = 0;
                double[] z = new double[d]; // L·z = x - μ
                for (int j = 0; j < d; j++) {
                    z[j] = x[i][j] - means[k][j];
                    for (int l = 0; l < j; l++) {
                        z[j] -= root.get(j, l) * z[l];
                    }
                    z[j] /= root.get(j, j);
                    squares += z[j] * z[j];
                }
                logs[i][k] = constant - squares / 2;
            }
        }
        return logs;
    }

    /** The lower triangular L with L·Lᵀ = Σ. */
    static DMatrixRMaj root(DMatrixRMaj covariance) {
        var cholesky = DecompositionFactory_DDRM.chol(covariance.numRows, true);
        if (!cholesky.decompose(covariance.copy())) {
            throw new ArithmeticException("a covariance is not positive definite");
        }
        return cholesky.getT(null);
    }

    private static Mixture maximize(double[][] x, double[][] shares) {
        int d = x[0].length;
        int components = shares[0].length;
        double[] weights = new double[components];
        double[][] means = new double[components][d];
        DMatrixRMaj[] covariances = new DMatrixRMaj[components];
        for (int k = 0; k < components; k++) {
            double total = 0;
            for (int i = 0; i < x.length; i++) {
                total += shares[i][k];
                MinimizerRun.add(means[k], shares[i][k], x[i]);
            }
            for (int j = 0; j < d; j++) {
                means[k][j] /= total;
            }
            covariances[k] = new DMatrixRMaj(d, d);
            for (int i = 0; i < x.length; i++) {
                var from = new DMatrixRMaj(d, 1, true, MinimizerRun.sum(x[i], -1, means[k]));
                CommonOps_DDRM.multAddTransB(shares[i][k] / total, from, from, covariances[k]);
            }
            weights[k] = total / x.length;
        }
        return new Mixture(weights, means, covariances);
    }
}
