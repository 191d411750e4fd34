package org.wengert.linalg.solve;

/** Why a nonlinear solver stopped. */
public enum Stop {

    /** The residual is as small as was asked for. */
    RESIDUAL_SMALL(true, "the residual is as small as was asked for"),

    /** Least squares: the gradient is as small as rounding or the tolerance allows, the residual is not zero. */
    GRADIENT_SMALL(true, "the gradient of the sum of squares is as small as was asked for"),

    /** A step changes x by no more than the step tolerance; the residual is what it is. */
    STEP_SMALL(false, "steps have become too small to change x, but the residual is not small"),

    /** The limit of iterations is reached. */
    TOO_MANY_ITERATIONS(false, "the limit of iterations is reached"),

    /** No step along the direction makes the residual smaller. */
    LINE_SEARCH_FAILED(false, "no step along the Newton direction makes the residual smaller: a local minimum of ‖F‖ perhaps"),

    /** The Jacobian is singular. */
    SINGULAR(false, "the Jacobian is singular"),

    /** The Krylov method did not find a direction along which the residual becomes smaller. */
    LINEAR_SOLVER_FAILED(false, "the linear solver found no direction of descent"),

    /** The function or its Jacobian is infinite or not a number. */
    NOT_FINITE(false, "the function or its Jacobian is infinite or not a number");

    private final boolean success;
    private final String words;

    Stop(boolean success, String words) {
        this.success = success;
        this.words = words;
    }

    /** Whether this is what was wanted. */
    public boolean isSuccess() {
        return success;
    }

    @Override
    public String toString() {
        return words;
    }
}
