package org.wengert.linalg.solve;

import java.util.Objects;
import org.wengert.linalg.Arguments;
import org.wengert.linalg.LinearOperator;
import org.wengert.linalg.solve.LinearSolution.Reason;

/**
 * Least squares min ‖A·x - b‖² + λ²‖x‖² by products with A and Aᵀ alone, for A of any shape: of all minimizers the one with the least
 * ‖x‖ if λ = 0. Mathematically MINRES on the normal equations, without their squared condition.
 *
 * <p>Stops where ‖Aᵀr‖ ≤ tolerance · ‖A‖·‖r‖ (a least-squares solution) or ‖r‖ ≤ tolerance · (‖b‖ + ‖A‖·‖x‖) (a solution of
 * the equations), by its running estimates. One product with A and one with Aᵀ an iteration.
 *
 * <p>Source: D. C.-L. Fong and M. Saunders, "LSMR: an iterative algorithm for sparse least-squares problems", SIAM J. Sci.
 * Comput. 33 (2011).
 *
 * @param damping       λ, at least 0
 * @param maxIterations the limit of iterations, at least 1
 */
public record Lsmr(double damping, int maxIterations) {

    /** No damping, and 1,000 iterations. */
    public static final Lsmr DEFAULT = new Lsmr(0, 1000);

    /** Checks the settings. */
    public Lsmr {
        if (!(damping >= 0) || Double.isInfinite(damping)) {
            throw new IllegalArgumentException("damping must be at least 0 and finite, but was " + damping);
        }
        Arguments.atLeast(maxIterations, 1, "maxIterations");
    }

    /**
     * Solves from x = 0.
     *
     * @param a         A, m × n
     * @param b         m entries, all finite; not changed
     * @param tolerance relative, positive
     */
    public LinearSolution solve(LinearOperator a, double[] b, double tolerance) {
        Objects.requireNonNull(a, "a");
        Arguments.finite(b, a.rows(), "b");
        Arguments.positive(tolerance, "tolerance");
        int n = a.columns();
        double[] x = new double[n];
        double[] u = b.clone();
        double beta = normalize(u);
        double[] v = a.applyTranspose(u);
        double alpha = normalize(v);
        double bNorm = beta;
        if (alpha * beta == 0) {
            return new LinearSolution(x, 0, 1, bNorm, Reason.CONVERGED); // b is orthogonal to the range of A
        }
        // Names as in the paper: a bar over a letter is Bar, a tilde Tilde, a hat Hat.
        double zetaBar = alpha * beta;
        double alphaBar = alpha;
        double rho = 1;
        double rhoBar = 1;
        double cBar = 1;
        double sBar = 0;
        double[] h = v.clone();
        double[] hBar = new double[n];
        // For the estimate of ‖r‖.
        double betaDd = beta;
        double betaD = 0;
        double rhoDOld = 1;
        double tauTildeOld = 0;
        double thetaTilde = 0;
        double zeta = 0;
        double d = 0;
        double aNormSquared = alpha * alpha;
        double[] av = new double[a.rows()];
        double[] atu = new double[n];
        int iterations = 0;
        Reason reason = Reason.TOO_MANY_ITERATIONS;
        while (iterations < maxIterations) {
            iterations++;
            // Bidiagonalization.
            a.apply(v, av);
            for (int i = 0; i < u.length; i++) {
                u[i] = av[i] - alpha * u[i];
            }
            beta = normalize(u);
            if (beta > 0) {
                a.applyTranspose(u, atu);
                for (int j = 0; j < n; j++) {
                    v[j] = atu[j] - beta * v[j];
                }
                alpha = normalize(v);
            } else {
                alpha = 0;
            }
            if (!Double.isFinite(alpha) || !Double.isFinite(beta)) {
                reason = Reason.NOT_FINITE;
                break;
            }
            // The rotation that takes the damping in.
            double alphaHat = Math.hypot(alphaBar, damping);
            double cHat = alphaBar / alphaHat;
            double sHat = damping / alphaHat;
            // The rotation that makes the bidiagonal matrix upper bidiagonal.
            double rhoOld = rho;
            rho = Math.hypot(alphaHat, beta);
            double c = alphaHat / rho;
            double s = beta / rho;
            double thetaNew = s * alpha;
            alphaBar = c * alpha;
            // The rotation that makes its transpose upper bidiagonal.
            double rhoBarOld = rhoBar;
            double zetaOld = zeta;
            double thetaBar = sBar * rho;
            double rhoTemp = cBar * rho;
            rhoBar = Math.hypot(cBar * rho, thetaNew);
            cBar = cBar * rho / rhoBar;
            sBar = thetaNew / rhoBar;
            zeta = cBar * zetaBar;
            zetaBar = -sBar * zetaBar;
            for (int j = 0; j < n; j++) {
                hBar[j] = h[j] - thetaBar * rho / (rhoOld * rhoBarOld) * hBar[j];
                x[j] += zeta / (rho * rhoBar) * hBar[j];
                h[j] = v[j] - thetaNew / rho * h[j];
            }
            // The estimate of ‖r‖.
            double betaAcute = cHat * betaDd;
            double betaCheck = -sHat * betaDd;
            double betaHat = c * betaAcute;
            betaDd = -s * betaAcute;
            double thetaTildeOld = thetaTilde;
            double rhoTildeOld = Math.hypot(rhoDOld, thetaBar);
            double cTildeOld = rhoDOld / rhoTildeOld;
            double sTildeOld = thetaBar / rhoTildeOld;
            thetaTilde = sTildeOld * rhoBar;
            rhoDOld = cTildeOld * rhoBar;
            betaD = -sTildeOld * betaD + cTildeOld * betaHat;
            tauTildeOld = (zetaOld - thetaTildeOld * tauTildeOld) / rhoTildeOld;
            double tauD = (zeta - thetaTilde * tauTildeOld) / rhoDOld;
            d += betaCheck * betaCheck;
            double rNorm = Math.sqrt(d + (betaD - tauD) * (betaD - tauD) + betaDd * betaDd);
            aNormSquared += beta * beta;
            double aNorm = Math.sqrt(aNormSquared);
            aNormSquared += alpha * alpha;
            double atrNorm = Math.abs(zetaBar);
            double xNorm = Vectors.norm(x);
            if (rNorm <= tolerance * (bNorm + aNorm * xNorm) || atrNorm <= tolerance * aNorm * rNorm
                    || alpha == 0 || rhoTemp == 0) {
                reason = Reason.CONVERGED;
                break;
            }
        }
        double[] residual = a.apply(x);
        for (int i = 0; i < residual.length; i++) {
            residual[i] = b[i] - residual[i];
        }
        return new LinearSolution(x, iterations, 2 * iterations + 2, Vectors.norm(residual), reason);
    }

    private static double normalize(double[] a) {
        double norm = Vectors.norm(a);
        if (norm > 0) {
            Vectors.scale(a, 1 / norm);
        }
        return norm;
    }
}
