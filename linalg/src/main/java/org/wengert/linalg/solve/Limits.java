package org.wengert.linalg.solve;

import org.wengert.linalg.Arguments;

/**
 * When a nonlinear solver stops.
 *
 * @param residual      it has a solution if maxᵢ |Fᵢ(x)| is at most this
 * @param gradient      least squares: it has a solution if ‖Jᵀ·F‖ is at most this part of ‖J‖·‖F‖
 * @param step          it gives up if a step changes every entry of x by at most this part of max(1, |x|)
 * @param maxIterations the limit of steps
 */
public record Limits(double residual, double gradient, double step, int maxIterations) {

    /** Residuals of 10⁻¹⁰, relative gradients of 10⁻¹⁰, relative steps of 10⁻¹⁵, 100 steps. */
    public static final Limits DEFAULT = new Limits(1e-10, 1e-10, 1e-15, 100);

    /** Checks the limits. */
    public Limits {
        Arguments.positive(residual, "residual");
        Arguments.positive(gradient, "gradient");
        Arguments.positive(step, "step");
        Arguments.atLeast(maxIterations, 1, "maxIterations");
    }

    /** The same, with another limit of the residual. */
    public Limits withResidual(double limit) {
        return new Limits(limit, gradient, step, maxIterations);
    }

    /** The same, with another limit of the relative gradient. */
    public Limits withGradient(double limit) {
        return new Limits(residual, limit, step, maxIterations);
    }

    /** The same, with another limit of steps. */
    public Limits withMaxIterations(int limit) {
        return new Limits(residual, gradient, step, limit);
    }
}
