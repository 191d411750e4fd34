package org.wengert.linalg.ode;

import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolver;
import org.ejml.sparse.FillReducing;
import org.ejml.sparse.csc.CommonOps_DSCC;
import org.ejml.sparse.csc.factory.LinearSolverFactory_DSCC;
import org.jspecify.annotations.Nullable;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.scalar.Scalar;
import org.wengert.linalg.Linearization;
import org.wengert.linalg.Linearizer;
import org.wengert.linalg.SparseJacobian;

/**
 * The Rosenbrock method RODAS of order 4 with an error estimate of order 3, L-stable and stiffly accurate: for stiff equations.
 * Each of its six stages solves a linear system with the matrix
 *
 * <pre>
 * I/(γh) - J        J = ∂f/∂y at the beginning of the step, exact
 * </pre>
 *
 * which is formed and factored once a step: densely up to {@value #MOST_DENSE} states, sparsely beyond.
 *
 * <p>Tangents are the exact derivatives of the method, for the steps taken. They solve systems with the same factors, all
 * directions at once; the derivative of J in them is a product with the second derivative of f, by the linearization of
 * (z, v) ↦ f'(z)·v.
 *
 * <p>Source: E. Hairer and G. Wanner, "Solving Ordinary Differential Equations II", Springer 1996, section IV.7.
 *
 * @param control how accurately, and how far
 */
public record Rosenbrock(Control control) implements Integrator {

    /** With {@link Control#DEFAULT}. */
    public static final Rosenbrock DEFAULT = new Rosenbrock(Control.DEFAULT);

    /** Up to so many states, linear systems are dense. */
    public static final int MOST_DENSE = 60;

    /** The error of a step goes with this power of its length. */
    static final int ERROR_ORDER = 4;

    private static final int STAGES = 6;
    private static final double GAMMA = 0.25;
    private static final double[] ALPHA = {0, 0.386, 0.21, 0.63, 1, 1};
    private static final double[] GAMMAS = {0.25, -0.1043, 0.1035, -0.0362, 0, 0};

    private static final double[][] A = {
        {},
        {1.544},
        {0.9466785280815826, 0.2557011698983284},
        {3.314825187068521, 2.896124015972201, 0.9986419139977817},
        {1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950},
        {1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950, 1},
    };

    private static final double[][] C = {
        {},
        {-5.6688},
        {-2.430093356833875, -0.2063599157091915},
        {-0.1073529058151375, -9.594562251023355, -20.47028614809616},
        {7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160},
        {8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054},
    };

    /** Checks that there is a control. */
    public Rosenbrock {
        Objects.requireNonNull(control, "control");
    }

    /** Steps of one integration. */
    static final class Steps implements Stepper {

        private final Integration in;
        private final int n;
        private final int k;
        private final boolean sparse;
        private final @Nullable SparseJacobian jacobian;

        /** (z, v) to f'(z)·v; with tangents alone. */
        private final Linearizer product;

        private final double[][] stage = new double[STAGES][];
        private final double[][] moving = new double[STAGES][];

        Steps(Integration in) {
            this.in = in;
            this.n = in.n;
            this.k = in.k;
            this.sparse = n > MOST_DENSE;
            this.jacobian = sparse
                    ? SparseJacobian.of(in.f, in.system.point(0, new double[n], in.p)) : null;
            DifferentiableVector f = in.system.rightSide();
            int size = f.inputs();
            this.product = Linearizer.of(Differentiable.vector(2 * size, n, zv -> f.jvp(
                    Arrays.copyOf(zv, size), Arrays.copyOfRange(zv, size, 2 * size)).tangent()));
        }

        @Override
        public Trial step(double t, double[] y, double[] tangents, double h) {
            double[] z = in.system.point(t, y, in.p);
            Linearization j = in.f.at(z);
            in.jacobians++;
            LinearSolver<?, DMatrixRMaj> lu = factored(z, j, 1 / (GAMMA * h));
            if (lu == null) {
                return Trial.impossible(n);
            }
            double[] unitTime = new double[z.length];
            unitTime[z.length - 1] = 1;
            double[] byTime = j.jvp(unitTime);
            double[] movingByTime = second(z, unitTime, tangents);
            double[] value = new double[n];
            double[] movingValue = new double[n * k];
            double[] at = y;
            double[] atTangents = tangents;
            for (int i = 0; i < STAGES; i++) {
                if (i > 0) {
                    at = combined(y, A[i], stage, i);
                    atTangents = combined(tangents, A[i], moving, i);
                }
                in.evaluate(t + ALPHA[i] * h, at, atTangents, value, movingValue);
                double[] right = plus(combined(value, scaled(C[i], 1 / h), stage, i), GAMMAS[i] * h, byTime);
                stage[i] = solve(lu, right, 1);
                if (k > 0) {
                    double[] movingRight = plus(
                            combined(movingValue, scaled(C[i], 1 / h), moving, i), GAMMAS[i] * h, movingByTime);
                    double[] direction = Arrays.copyOf(stage[i], z.length);
                    movingRight = plus(movingRight, 1, second(z, direction, tangents));
                    moving[i] = solve(lu, movingRight, k);
                } else {
                    moving[i] = movingValue;
                }
            }
            // The last stage is the error of the one before: y₁ is where the last stage was evaluated, and that.
            return new Trial(plus(at, 1, stage[STAGES - 1]),
                    k > 0 ? plus(atTangents, 1, moving[STAGES - 1]) : atTangents, stage[STAGES - 1].clone());
        }

        /** The tangents of f'(z)·v for fixed v, where z moves along all directions; n × k. */
        private double[] second(double[] z, double[] v, double[] tangents) {
            if (k == 0 || !isFinite(v) || !isFinite(tangents)) {
                double[] none = new double[n * k];
                Arrays.fill(none, k == 0 || isFinite(tangents) && isFinite(v) ? 0 : Double.NaN);
                return none;
            }
            double[] zv = Arrays.copyOf(z, 2 * z.length);
            System.arraycopy(v, 0, zv, z.length, z.length);
            DMatrixRMaj moves = in.directions(tangents);
            DMatrixRMaj both = new DMatrixRMaj(2 * z.length, k);
            System.arraycopy(moves.data, 0, both.data, 0, z.length * k);
            return product.at(zv).jvp(both).data;
        }

        private static boolean isFinite(double[] a) {
            for (double x : a) {
                if (!Double.isFinite(x)) {
                    return false;
                }
            }
            return true;
        }

        private @Nullable LinearSolver<?, DMatrixRMaj> factored(double[] z, Linearization j, double diagonal) {
            if (jacobian != null) {
                DMatrixSparseCSC all = jacobian.matrix(z);
                DMatrixSparseCSC byStates = new DMatrixSparseCSC(n, n, all.col_idx[n]);
                System.arraycopy(all.col_idx, 0, byStates.col_idx, 0, n + 1);
                System.arraycopy(all.nz_rows, 0, byStates.nz_rows, 0, all.col_idx[n]);
                System.arraycopy(all.nz_values, 0, byStates.nz_values, 0, all.col_idx[n]);
                byStates.nz_length = all.col_idx[n];
                byStates.indicesSorted = true;
                DMatrixSparseCSC a = new DMatrixSparseCSC(n, n);
                CommonOps_DSCC.add(diagonal, CommonOps_DSCC.identity(n), -1, byStates, a, null, null);
                var lu = LinearSolverFactory_DSCC.lu(FillReducing.NONE);
                return lu.setA(a) ? lu : null;
            }
            DMatrixRMaj units = new DMatrixRMaj(z.length, n);
            for (int i = 0; i < n; i++) {
                units.set(i, i, 1);
            }
            DMatrixRMaj a = j.jvp(units);
            for (int i = 0; i < n * n; i++) {
                a.data[i] = -a.data[i];
            }
            for (int i = 0; i < n; i++) {
                a.add(i, i, diagonal);
            }
            var lu = LinearSolverFactory_DDRM.lu(n);
            return isFinite(a.data) && lu.setA(a) ? lu : null;
        }

        private double[] solve(LinearSolver<?, DMatrixRMaj> lu, double[] right, int columns) {
            DMatrixRMaj x = new DMatrixRMaj(n, columns);
            lu.solve(DMatrixRMaj.wrap(n, columns, right), x);
            return x.data;
        }

        private static double[] scaled(double[] a, double s) {
            double[] b = a.clone();
            for (int i = 0; i < b.length; i++) {
                b[i] *= s;
            }
            return b;
        }

        private static double[] plus(double[] y, double s, double[] x) {
            double[] sum = y.clone();
            for (int j = 0; j < sum.length; j++) {
                sum[j] += s * x[j];
            }
            return sum;
        }

        private static double[] combined(double[] y, double[] a, double[][] k, int stages) {
            double[] sum = y.clone();
            for (int i = 0; i < stages; i++) {
                for (int j = 0; j < sum.length; j++) {
                    sum[j] += a[i] * k[i][j];
                }
            }
            return sum;
        }
    }
}
