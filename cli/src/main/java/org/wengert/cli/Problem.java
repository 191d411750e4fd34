package org.wengert.cli;

/** What the user can do something about: a line for stderr, and the exit status. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The exit status when the numerical task failed. */
    static final int FAILED = 1;

    /** The exit status for bad usage and bad input. */
    static final int BAD_INPUT = 2;

    private final int status;

    private Problem(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Bad usage or bad input. */
    static Problem input(String message) {
        return new Problem(BAD_INPUT, message);
    }

    /** The numerical task failed. */
    static Problem failed(String message) {
        return new Problem(FAILED, message);
    }

    int status() {
        return status;
    }
}
