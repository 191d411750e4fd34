package org.wengert.linalg.solve;

import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.ejml.interfaces.linsol.LinearSolverSparse;
import org.ejml.sparse.FillReducing;
import org.ejml.sparse.csc.factory.LinearSolverFactory_DSCC;
import org.jspecify.annotations.Nullable;
import org.wengert.core.DifferentiableVector;
import org.wengert.linalg.Arguments;
import org.wengert.linalg.DenseJacobian;
import org.wengert.linalg.LinearOperator;
import org.wengert.linalg.Linearizer;
import org.wengert.linalg.SparseJacobian;

/**
 * Newton's method for n equations F(x) = 0 in n unknowns, with exact Jacobians and a line search on ‖F‖.
 *
 * <pre>
 * J(x)·s = -F(x),   x ← x + t·s      t = 1 near a regular solution: the number of right digits doubles with each step
 * </pre>
 *
 * <p>Systems of up to {@value #MOST_DENSE} unknowns are solved by dense LU with pivoting, larger ones by sparse LU in the
 * order of the unknowns as they come: fast for banded systems. Where fill would be large (grids in space), use
 * {@link NewtonKrylov}. Stateless.
 *
 * <p>Source: J. E. Dennis and R. B. Schnabel, "Numerical Methods for Unconstrained Optimization and Nonlinear Equations",
 * SIAM 1996, chapter 6.
 */
public final class Newton {

    /** Up to so many unknowns the Jacobian is dense. */
    public static final int MOST_DENSE = 100;

    private Newton() {}

    /** {@link #solve(DifferentiableVector, double[], Limits)} with {@link Limits#DEFAULT}. */
    public static NonlinearSolution solve(DifferentiableVector f, double... start) {
        return solve(f, start, Limits.DEFAULT);
    }

    /**
     * Solves F(x) = 0.
     *
     * @param f      F, n inputs and n results
     * @param start  where to start, n entries, all finite; not changed
     * @param limits when to stop
     */
    public static NonlinearSolution solve(DifferentiableVector f, double[] start, Limits limits) {
        requireSquare(f);
        Arguments.finite(start, f.inputs(), "start");
        Objects.requireNonNull(limits, "limits");
        Linearizer linearizer = Linearizer.of(f);
        var at = new Iterate(linearizer, start, limits);
        Steps steps = f.inputs() <= MOST_DENSE ? new DenseSteps(linearizer) : new SparseSteps(linearizer, start);
        while (true) {
            if (!at.isFinite()) {
                return at.end(Stop.NOT_FINITE, "");
            }
            if (at.hasSmallResidual()) {
                return at.end(Stop.RESIDUAL_SMALL, "");
            }
            if (at.iterations >= limits.maxIterations()) {
                return at.end(Stop.TOO_MANY_ITERATIONS, "");
            }
            double[] step = steps.step(at);
            if (step == null) {
                return at.end(Stop.SINGULAR, "at iteration " + at.iterations);
            }
            // With J·s = -F, half the slope of ‖F‖² is -‖F‖².
            double t = at.search(step, -at.norm * at.norm);
            if (t == 0) {
                return at.end(at.isTooSmall(step, 1) ? Stop.STEP_SMALL : Stop.LINE_SEARCH_FAILED, "");
            }
            if (at.isTooSmall(step, t) && !at.hasSmallResidual()) {
                return at.end(Stop.STEP_SMALL, "");
            }
        }
    }

    static void requireSquare(DifferentiableVector f) {
        Objects.requireNonNull(f, "f");
        if (f.inputs() != f.outputs()) {
            throw new IllegalArgumentException("f must have as many results as inputs, but has " + f.inputs()
                    + " inputs and " + f.outputs() + " results; for least squares use GaussNewton");
        }
    }

    private interface Steps {
        /** The s with J·s = -F, or null if J is singular. */
        double @Nullable [] step(Iterate at);
    }

    /** Whether s solves J·s = -F well enough to be a direction of descent. */
    private static boolean solves(LinearOperator j, double[] s, Iterate at) {
        if (!Vectors.isFinite(s)) {
            return false;
        }
        return Vectors.norm(Vectors.sum(j.apply(s), 1, at.residual)) <= 0.1 * at.norm;
    }

    private static final class DenseSteps implements Steps {

        private final DenseJacobian jacobian;

        DenseSteps(Linearizer f) {
            jacobian = DenseJacobian.of(f);
        }

        @Override
        public double @Nullable [] step(Iterate at) {
            DMatrixRMaj j = jacobian.matrix(at.x);
            LinearSolverDense<DMatrixRMaj> lu = LinearSolverFactory_DDRM.lu(j.numRows);
            if (!lu.setA(j.copy())) {
                return null;
            }
            DMatrixRMaj s = new DMatrixRMaj(j.numRows, 1);
            lu.solve(DMatrixRMaj.wrap(j.numRows, 1, Vectors.negated(at.residual)), s);
            return solves(LinearOperator.of(j), s.data, at) ? s.data : null;
        }
    }

    private static final class SparseSteps implements Steps {

        private final SparseJacobian jacobian;
        private final DMatrixSparseCSC j = new DMatrixSparseCSC(1, 1);

        SparseSteps(Linearizer f, double[] start) {
            jacobian = SparseJacobian.of(f, start);
        }

        @Override
        public double @Nullable [] step(Iterate at) {
            jacobian.into(at.x, j);
            LinearSolverSparse<DMatrixSparseCSC, DMatrixRMaj> lu = LinearSolverFactory_DSCC.lu(FillReducing.NONE);
            if (!lu.setA(j)) {
                return null;
            }
            DMatrixRMaj s = new DMatrixRMaj(j.numRows, 1);
            lu.solve(DMatrixRMaj.wrap(j.numRows, 1, Vectors.negated(at.residual)), s);
            return solves(LinearOperator.of(j), s.data, at) ? s.data : null;
        }
    }
}
