package org.wengert.linalg.ode;

import org.ejml.data.DMatrixRMaj;

/**
 * What an integration came to.
 *
 * @param t           where it ended
 * @param y           the states there; the caller's own
 * @param tangents    the derivatives of the states along each direction asked for, n × k; the caller's own
 * @param steps       accepted steps
 * @param rejected    steps that were not accurate enough and were tried again
 * @param evaluations evaluations of f, each with its products along all directions
 * @param jacobians   Jacobians of f that were formed
 * @param reason      why it ended
 */
public record OdeSolution(
        double t, double[] y, DMatrixRMaj tangents, int steps, int rejected, long evaluations, long jacobians,
        Reason reason) {

    /** Why an integration ended. */
    public enum Reason {
        /** The end is reached. */
        END_REACHED,
        /** The limit of steps is reached. */
        TOO_MANY_STEPS,
        /** Steps have become too small to change t: the solution ends here, or the equations are too stiff for the method. */
        STEP_TOO_SMALL,
        /** The right side is not finite at the start. */
        NOT_FINITE
    }

    /** This, or an error that says why the end was not reached. */
    public OdeSolution orThrow() {
        if (reason == Reason.END_REACHED) {
            return this;
        }
        throw new ArithmeticException("the integration ended at t = " + t + " after " + steps + " steps: " + reason);
    }

    /** The tangents of the first n directions of {@code sensitivities}: ∂y/∂y₀, n × n; the caller's own. */
    public DMatrixRMaj byStart() {
        return columns(0, y.length);
    }

    /** The tangents of the other directions of {@code sensitivities}: ∂y/∂p, n × parameters; the caller's own. */
    public DMatrixRMaj byParameters() {
        return columns(y.length, tangents.numCols);
    }

    private DMatrixRMaj columns(int from, int to) {
        if (tangents.numCols < y.length) {
            throw new IllegalStateException("sensitivities were not asked for: there are " + tangents.numCols
                    + " directions for " + y.length + " states");
        }
        DMatrixRMaj part = new DMatrixRMaj(y.length, to - from);
        for (int i = 0; i < y.length; i++) {
            System.arraycopy(tangents.data, i * tangents.numCols + from, part.data, i * part.numCols, part.numCols);
        }
        return part;
    }
}
