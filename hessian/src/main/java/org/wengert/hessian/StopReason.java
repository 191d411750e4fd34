package org.wengert.hessian;

/** Why an optimizer stopped. */
public enum StopReason {
    /** The undamped step would change no parameter by more than the tolerance. */
    CONVERGED(true, "the next step would change no parameter by more than the tolerance"),

    /** The gradient, or what bounds leave of it, is as small as was asked for. */
    GRADIENT_SMALL(true, "the gradient is as small as was asked for"),

    /** All residuals are zero. */
    ZERO_RESIDUAL(true, "all residuals are zero"),

    /** The result is as good as the arithmetic allows. */
    ROUNDING_LIMIT(true, "rounding errors hide any further improvement"),

    /** The number of iterations has reached its limit. */
    ITERATION_LIMIT(false, "the limit of iterations was reached"),

    /** The function falls below any number that matters: it has no minimum. */
    UNBOUNDED(false, "the function falls without bound"),

    /** Far from any minimum, not even the shortest step helped: the derivatives do not fit the function. */
    NO_PROGRESS(false, "no step, however short, decreased the objective"),

    /** The function or a derivative of it is infinite or NaN at the start. */
    START_NOT_FINITE(false, "the start gives values or derivatives that are not finite"),

    /** The listener said so. */
    STOPPED(false, "the listener asked to stop"),

    /** The thread was interrupted; its interrupted status is still set. */
    INTERRUPTED(false, "the thread was interrupted");

    private final boolean converged;
    private final String text;

    StopReason(boolean converged, String text) {
        this.converged = converged;
        this.text = text;
    }

    /** Whether this is a success. */
    public boolean converged() {
        return converged;
    }

    /** The reason as a part of a sentence. */
    public String text() {
        return text;
    }
}
