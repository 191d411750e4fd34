package org.wengert.linalg.solve;

import java.util.Objects;
import org.wengert.core.DifferentiableVector;
import org.wengert.linalg.Arguments;
import org.wengert.linalg.Linearization;
import org.wengert.linalg.Linearizer;

/**
 * Nonlinear least squares min ‖F(x)‖² for any numbers of equations and unknowns, without forming J: each step is the
 * linear least-squares solution of J·s ≈ -F by {@link Lsmr}, from exact products J·v and Jᵀ·w, with a line search.
 *
 * <p>Where a step cannot make the sum of squares smaller, it is damped (λ²‖s‖² is added) and tried again: λ grows
 * until a step succeeds, and shrinks with every full step.
 *
 * <p>Source: Å. Björck, "Numerical Methods for Least Squares Problems", SIAM 1996, section 9.2.
 *
 * @param limits   when to stop
 * @param accuracy how well linear problems are solved, relative, positive
 */
public record GaussNewton(Limits limits, double accuracy) {

    /** The usual limits; linear problems to 10⁻¹⁰. */
    public static final GaussNewton DEFAULT = new GaussNewton(Limits.DEFAULT, 1e-10);

    /** Checks the settings. */
    public GaussNewton {
        Objects.requireNonNull(limits, "limits");
        Arguments.positive(accuracy, "accuracy");
    }

    /** The same, with other limits. */
    public GaussNewton within(Limits newLimits) {
        return new GaussNewton(newLimits, accuracy);
    }

    /**
     * Minimizes ‖F(x)‖².
     *
     * @param f     F, n inputs and m results
     * @param start where to start, n entries, all finite; not changed
     */
    public NonlinearSolution solve(DifferentiableVector f, double... start) {
        Objects.requireNonNull(f, "f");
        Arguments.finite(start, f.inputs(), "start");
        Linearizer linearizer = Linearizer.of(f);
        var at = new Iterate(linearizer, start, limits);
        double damping = 0;
        while (true) {
            if (!at.isFinite()) {
                return at.end(Stop.NOT_FINITE, "");
            }
            if (at.hasSmallResidual()) {
                return at.end(Stop.RESIDUAL_SMALL, "");
            }
            Linearization j = linearizer.at(at.x);
            double[] gradient = j.vjp(at.residual);
            at.products++;
            double gradientNorm = Vectors.norm(gradient);
            if (!(gradientNorm <= Double.MAX_VALUE)) {
                return at.end(Stop.NOT_FINITE, "");
            }
            // ‖J·g‖/‖g‖ is a lower bound of ‖J‖, and a good one.
            double size = gradientNorm == 0 ? 0 : Vectors.norm(j.jvp(gradient)) / gradientNorm;
            at.products++;
            if (gradientNorm <= limits.gradient() * size * at.norm) {
                return at.end(Stop.GRADIENT_SMALL, "");
            }
            if (at.iterations >= limits.maxIterations()) {
                return at.end(Stop.TOO_MANY_ITERATIONS, "");
            }
            double t = 0;
            double[] step = new double[0];
            for (int tries = 0; t == 0 && tries < 20; tries++) {
                LinearSolution solution = new Lsmr(damping, Math.max(100, 10 * f.inputs()))
                        .solve(j, Vectors.negated(at.residual), accuracy);
                at.products += solution.products();
                step = solution.x();
                double slope = Vectors.dot(gradient, step);
                t = slope < 0 && Vectors.isFinite(step) ? at.search(step, slope) : 0;
                if (t < 0.1) {
                    damping = damping == 0 ? 1e-3 * size : 10 * damping;
                } else if (t == 1) {
                    damping = damping < 1e-6 * size ? 0 : damping / 10;
                }
            }
            if (t == 0) {
                return at.end(at.isTooSmall(step, 1) ? Stop.STEP_SMALL : Stop.LINE_SEARCH_FAILED, "");
            }
            if (at.isTooSmall(step, t)) {
                return at.end(Stop.STEP_SMALL, "");
            }
        }
    }
}
