package org.wengert.linalg.solve;

import java.util.Arrays;
import org.wengert.linalg.Arguments;
import org.wengert.linalg.LinearOperator;
import org.wengert.linalg.solve.LinearSolution.Reason;

/**
 * The generalized minimal residual method with restarts: in each step the x with the smallest residual in the space spanned
 * by b, A·b, A²·b, …
 *
 * <p>Takes one product, and on the average {@code restart} inner products, an iteration; keeps {@code restart + 1} vectors. Vectors are
 * made orthogonal twice where once loses digits. A system that is singular ends in
 * {@link Reason#BREAKDOWN} once the space is exhausted and the residual is not small.
 *
 * <p>Source: Y. Saad and M. H. Schultz, "GMRES: a generalized minimal residual algorithm for solving nonsymmetric linear
 * systems", SIAM J. Sci. Stat. Comput. 7 (1986).
 *
 * @param restart       after how many iterations the space is built anew, at least 1
 * @param maxIterations the limit of iterations in all, at least 1
 */
public record Gmres(int restart, int maxIterations) implements KrylovMethod {

    /** Spaces of up to 30 vectors, and 1,000 iterations. */
    public static final Gmres DEFAULT = new Gmres(30, 1000);

    /** Checks the limits. */
    public Gmres {
        Arguments.atLeast(restart, 1, "restart");
        Arguments.atLeast(maxIterations, 1, "maxIterations");
    }

    @Override
    public LinearSolution solve(LinearOperator a, double[] b, LinearOperator preconditioner, double tolerance) {
        KrylovMethod.check(a, b, preconditioner, tolerance);
        return new Run(a, b, preconditioner, tolerance * Vectors.norm(b)).solve();
    }

    /** One solution. */
    private final class Run {

        private final LinearOperator a;
        private final double[] b;
        private final LinearOperator m;
        private final double goal;
        private final int n;
        private final double[] x;
        private int iterations;
        private int products;

        // The basis, the triangular factor column by column, the rotations, and the rotated right side.
        private final double[][] v;
        private final double[][] r;
        private final double[] cos;
        private final double[] sin;
        private final double[] g;

        Run(LinearOperator a, double[] b, LinearOperator m, double goal) {
            this.a = a;
            this.b = b;
            this.m = m;
            this.goal = goal;
            this.n = b.length;
            this.x = new double[n];
            int space = Math.min(restart, n);
            this.v = new double[space + 1][];
            this.r = new double[space][space + 1];
            this.cos = new double[space];
            this.sin = new double[space];
            this.g = new double[space + 1];
        }

        LinearSolution solve() {
            double[] residual = b.clone();
            double norm = Vectors.norm(residual);
            double last = Double.POSITIVE_INFINITY;
            while (true) {
                if (norm <= goal) {
                    return end(norm, Reason.CONVERGED);
                }
                if (!(norm <= Double.MAX_VALUE)) {
                    return end(norm, Reason.NOT_FINITE);
                }
                if (iterations >= maxIterations) {
                    return end(norm, Reason.TOO_MANY_ITERATIONS);
                }
                if (v.length > n && norm > 0.99 * last) {
                    return end(norm, Reason.BREAKDOWN); // a whole space, and no progress
                }
                last = norm;
                boolean exhausted = cycle(residual, norm);
                residual = residual();
                norm = Vectors.norm(residual);
                if (exhausted && norm > Math.max(goal, 1e-3 * last)) {
                    return end(norm, norm <= Double.MAX_VALUE ? Reason.BREAKDOWN : Reason.NOT_FINITE);
                }
            }
        }

        private double[] residual() {
            double[] residual = a.apply(x);
            products++;
            for (int i = 0; i < n; i++) {
                residual[i] = b[i] - residual[i];
            }
            return residual;
        }

        /** Builds one space and adds its best correction to x. True if A maps the space into itself. */
        private boolean cycle(double[] residual, double norm) {
            int space = r.length;
            v[0] = residual.clone();
            Vectors.scale(v[0], 1 / norm);
            Arrays.fill(g, 0);
            g[0] = norm;
            int k = 0;
            boolean exhausted = false;
            double[] z = new double[n];
            while (k < space && iterations < maxIterations && Math.abs(g[k]) > goal && !exhausted) {
                m.apply(v[k], z);
                double[] w = a.apply(z);
                products++;
                iterations++;
                double before = Vectors.norm(w);
                if (!(before <= Double.MAX_VALUE)) {
                    break;
                }
                orthogonalize(w, k);
                double after = Vectors.norm(w);
                if (after < 0.7 * before) {
                    orthogonalizeAgain(w, k);
                    after = Vectors.norm(w);
                }
                exhausted = after <= 1e-15 * before;
                r[k][k + 1] = exhausted ? 0 : after;
                if (!exhausted) {
                    Vectors.scale(w, 1 / after);
                }
                v[k + 1] = w;
                rotate(k);
                k++;
            }
            correct(k, z);
            return exhausted;
        }

        private void orthogonalize(double[] w, int k) {
            for (int i = 0; i <= k; i++) {
                r[k][i] = Vectors.dot(v[i], w);
                Vectors.add(w, -r[k][i], v[i]);
            }
        }

        private void orthogonalizeAgain(double[] w, int k) {
            for (int i = 0; i <= k; i++) {
                double more = Vectors.dot(v[i], w);
                r[k][i] += more;
                Vectors.add(w, -more, v[i]);
            }
        }

        /** Makes column k of the Hessenberg matrix triangular. */
        private void rotate(int k) {
            double[] column = r[k];
            for (int i = 0; i < k; i++) {
                double upper = cos[i] * column[i] + sin[i] * column[i + 1];
                column[i + 1] = -sin[i] * column[i] + cos[i] * column[i + 1];
                column[i] = upper;
            }
            double length = Math.hypot(column[k], column[k + 1]);
            cos[k] = length == 0 ? 1 : column[k] / length;
            sin[k] = length == 0 ? 0 : column[k + 1] / length;
            column[k] = length;
            g[k + 1] = -sin[k] * g[k];
            g[k] = cos[k] * g[k];
        }

        /** x ← x + M⁻¹·V·y with R·y = g. */
        private void correct(int k, double[] z) {
            double[] y = new double[k];
            double largest = 0;
            for (int i = 0; i < k; i++) {
                largest = Math.max(largest, Math.abs(r[i][i]));
            }
            for (int i = k - 1; i >= 0; i--) {
                double sum = g[i];
                for (int j = i + 1; j < k; j++) {
                    sum -= r[j][i] * y[j];
                }
                // A diagonal that is zero to rounding belongs to a direction that A does not move.
                y[i] = Math.abs(r[i][i]) <= 1e-15 * largest ? 0 : sum / r[i][i];
            }
            double[] u = new double[n];
            for (int i = 0; i < k; i++) {
                Vectors.add(u, y[i], v[i]);
            }
            m.apply(u, z);
            Vectors.add(x, 1, z);
        }

        private LinearSolution end(double norm, Reason reason) {
            return new LinearSolution(x, iterations, products, norm, reason);
        }
    }
}
