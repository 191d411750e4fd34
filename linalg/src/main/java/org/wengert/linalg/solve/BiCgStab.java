package org.wengert.linalg.solve;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wengert.linalg.Arguments;
import org.wengert.linalg.LinearOperator;
import org.wengert.linalg.solve.LinearSolution.Reason;

/**
 * The stabilized bi-conjugate gradient method: two products and a handful of vectors an iteration, whatever
 * the number of iterations. Less robust than {@link Gmres}, and far less memory where convergence is slow.
 *
 * <p>Where the recursion breaks down, it is started anew from the residual; twice at one place ends in {@link Reason#BREAKDOWN}.
 *
 * <p>Source: H. A. van der Vorst, "Bi-CGSTAB: a fast and smoothly converging variant of Bi-CG for the solution of
 * nonsymmetric linear systems", SIAM J. Sci. Stat. Comput. 13 (1992).
 *
 * @param maxIterations the limit of iterations, at least 1
 */
public record BiCgStab(int maxIterations) implements KrylovMethod {

    /** 1,000 iterations. */
    public static final BiCgStab DEFAULT = new BiCgStab(1000);

    /** Checks the limit. */
    public BiCgStab {
        Arguments.atLeast(maxIterations, 1, "maxIterations");
    }

    @Override
    public LinearSolution solve(LinearOperator a, double[] b, LinearOperator preconditioner, double tolerance) {
        KrylovMethod.check(a, b, preconditioner, tolerance);
        int n = b.length;
        double goal = tolerance * Vectors.norm(b);
        double[] x = new double[n];
        double[] r = b.clone();
        double[] shadow = r.clone();
        double[] p = new double[n];
        double[] v = new double[n];
        double[] y = new double[n];
        double[] z = new double[n];
        double[] t = new double[n];
        double rho = 1;
        double alpha = 1;
        double omega = 1;
        int iterations = 0;
        int products = 0;
        int restarts = 0;
        double norm = Vectors.norm(r);
        @Nullable Reason reason = null;
        while (reason == null) {
            if (norm <= goal) {
                // The recursion drifts: what counts is the residual itself.
                norm = trueResidual(a, b, x, r);
                products++;
                if (norm <= goal) {
                    reason = Reason.CONVERGED;
                    break;
                }
                System.arraycopy(r, 0, shadow, 0, n);
                Arrays.fill(p, 0);
                Arrays.fill(v, 0);
                rho = alpha = omega = 1;
            }
            if (!(norm <= Double.MAX_VALUE)) {
                reason = Reason.NOT_FINITE;
                break;
            }
            if (iterations >= maxIterations) {
                reason = Reason.TOO_MANY_ITERATIONS;
                break;
            }
            iterations++;
            double next = Vectors.dot(shadow, r);
            double beta = next / rho * (alpha / omega);
            for (int i = 0; i < n; i++) {
                p[i] = r[i] + beta * (p[i] - omega * v[i]);
            }
            preconditioner.apply(p, y);
            a.apply(y, v);
            double slope = Vectors.dot(shadow, v);
            boolean broken = Math.abs(next) <= 1e-30 * norm * Vectors.norm(shadow) || slope == 0 || !Double.isFinite(slope);
            if (!broken) {
                alpha = next / slope;
                rho = next;
                Vectors.add(x, alpha, y);
                Vectors.add(r, -alpha, v);
                preconditioner.apply(r, z);
                a.apply(z, t);
                double length = Vectors.dot(t, t);
                omega = length == 0 ? 0 : Vectors.dot(t, r) / length;
                Vectors.add(x, omega, z);
                Vectors.add(r, -omega, t);
                norm = Vectors.norm(r);
                broken = omega == 0 && norm > goal;
                products += 2;
            } else {
                products++;
            }
            if (broken) {
                if (++restarts > 2) {
                    reason = Reason.BREAKDOWN;
                    break;
                }
                norm = trueResidual(a, b, x, r);
                products++;
                System.arraycopy(r, 0, shadow, 0, n);
                Arrays.fill(p, 0);
                Arrays.fill(v, 0);
                rho = alpha = omega = 1;
            }
        }
        return new LinearSolution(x, iterations, products, trueResidual(a, b, x, r), reason);
    }

    private static double trueResidual(LinearOperator a, double[] b, double[] x, double[] r) {
        a.apply(x, r);
        for (int i = 0; i < r.length; i++) {
            r[i] = b[i] - r[i];
        }
        return Vectors.norm(r);
    }
}
