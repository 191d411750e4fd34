package org.wengert.linalg.solve;

import java.util.Objects;
import org.ejml.data.DMatrixSparseCSC;
import org.jspecify.annotations.Nullable;
import org.wengert.core.DifferentiableVector;
import org.wengert.linalg.Arguments;
import org.wengert.linalg.LinearOperator;
import org.wengert.linalg.Linearization;
import org.wengert.linalg.Linearizer;
import org.wengert.linalg.SparseJacobian;

/**
 * Newton's method for large systems: each step solves J·s = -F only as well as it pays, by a Krylov method that asks for exact
 * products J·v and nothing else. J is formed for the preconditioner alone, if there is one.
 *
 * <p>How well it pays, η in ‖F + J·s‖ ≤ η·‖F‖, follows the second choice of Eisenstat and Walker:
 * η = 0.9·(‖F‖ / ‖F before‖)^1.618, with their safeguards. Far from the solution steps are cheap, near it convergence is
 * faster than linear.
 *
 * <pre>{@code
 * NonlinearSolution s = NewtonKrylov.DEFAULT.preconditioned(Preconditioners::ilu0).solve(f, start);
 * }</pre>
 *
 * <p>Source: S. C. Eisenstat and H. F. Walker, "Choosing the forcing terms in an inexact Newton method", SIAM J. Sci.
 * Comput. 17 (1996).
 *
 * @param krylov         solves the linear systems
 * @param preconditioner makes a preconditioner from the sparse Jacobian at each step, or null
 * @param limits         when to stop
 */
public record NewtonKrylov(KrylovMethod krylov, Preconditioners.@Nullable Choice preconditioner, Limits limits) {

    /** GMRES without a preconditioner. */
    public static final NewtonKrylov DEFAULT = new NewtonKrylov(Gmres.DEFAULT, null, Limits.DEFAULT);

    private static final double GAMMA = 0.9;
    private static final double ALPHA = (1 + Math.sqrt(5)) / 2;
    private static final double FIRST = 0.5;
    private static final double LARGEST = 0.9;

    /** Checks that there is a method. */
    public NewtonKrylov {
        Objects.requireNonNull(krylov, "krylov");
        Objects.requireNonNull(limits, "limits");
    }

    /** The same, by another method for linear systems. */
    public NewtonKrylov by(KrylovMethod method) {
        return new NewtonKrylov(method, preconditioner, limits);
    }

    /** The same, with a preconditioner: {@code Preconditioners::ilu0}, for example. */
    public NewtonKrylov preconditioned(Preconditioners.Choice choice) {
        return new NewtonKrylov(krylov, Objects.requireNonNull(choice, "choice"), limits);
    }

    /** The same, with other limits. */
    public NewtonKrylov within(Limits newLimits) {
        return new NewtonKrylov(krylov, preconditioner, newLimits);
    }

    /**
     * Solves F(x) = 0.
     *
     * @param f     F, n inputs and n results
     * @param start where to start, n entries, all finite; not changed
     */
    public NonlinearSolution solve(DifferentiableVector f, double... start) {
        Newton.requireSquare(f);
        Arguments.finite(start, f.inputs(), "start");
        Linearizer linearizer = Linearizer.of(f);
        var at = new Iterate(linearizer, start, limits);
        SparseJacobian sparse = preconditioner == null ? null : SparseJacobian.of(linearizer, start);
        DMatrixSparseCSC j = new DMatrixSparseCSC(1, 1);
        double forcing = FIRST;
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
            Linearization linear = linearizer.at(at.x);
            LinearOperator inverse = LinearOperator.identity(f.inputs());
            if (sparse != null && preconditioner != null) {
                sparse.into(at.x, j);
                try {
                    inverse = preconditioner.of(j);
                } catch (ArithmeticException singular) {
                    return at.end(Stop.SINGULAR, String.valueOf(singular.getMessage()));
                }
            }
            LinearSolution solution = krylov.solve(linear, Vectors.negated(at.residual), inverse, forcing);
            at.products += solution.products() + 1;
            double[] step = solution.x();
            double slope = Vectors.isFinite(step) ? Vectors.dot(at.residual, linear.jvp(step)) : Double.NaN;
            if (!(slope < 0)) {
                return at.end(solution.reason() == LinearSolution.Reason.BREAKDOWN ? Stop.SINGULAR
                        : Stop.LINEAR_SOLVER_FAILED, "the linear solver: " + solution.reason());
            }
            double before = at.norm;
            double t = at.search(step, slope);
            if (t == 0) {
                return at.end(at.isTooSmall(step, 1) ? Stop.STEP_SMALL : Stop.LINE_SEARCH_FAILED,
                        solution.converged() ? "" : "the linear solver: " + solution.reason());
            }
            if (at.isTooSmall(step, t) && !at.hasSmallResidual()) {
                return at.end(Stop.STEP_SMALL, "");
            }
            forcing = nextForcing(forcing, at.norm / before, limits.residual() / at.norm);
        }
    }

    private static double nextForcing(double last, double ratio, double needed) {
        double forcing = GAMMA * Math.pow(ratio, ALPHA);
        double floor = GAMMA * Math.pow(last, ALPHA);
        if (floor > 0.1) {
            forcing = Math.max(forcing, floor);
        }
        // Not more digits than the last step needs.
        forcing = Math.max(forcing, Math.min(0.1, 0.5 * needed));
        return Math.max(Math.min(forcing, LARGEST), 1e-13);
    }
}
