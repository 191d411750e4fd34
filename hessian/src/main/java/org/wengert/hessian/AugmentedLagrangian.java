package org.wengert.hessian;

import java.util.Arrays;
import java.util.Objects;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.scalar.Scalar;

/**
 * Minimizes a function under equations c(x) = 0, by a sequence of problems without them:
 *
 * <pre>
 * f(x) + Σ λⱼ·cⱼ(x) + ½μ‖c(x)‖²,     λ ← λ + μ·c(x)
 * </pre>
 *
 * <p>Each is solved by a {@link Minimizer} with exact second derivatives; μ grows where the equations do not come nearer fast enough.
 *
 * <p>Source: J. Nocedal and S. J. Wright, "Numerical Optimization" (2006), algorithm 17.4. Immutable.
 */
public final class AugmentedLagrangian {

    /**
     * What it came to.
     *
     * @param minimum     the last inner problem's result: its value and gradient are those of the augmented function
     * @param value       f(x)
     * @param multipliers λ, one for each equation: ∇f = -Σ λⱼ∇cⱼ at a solution; the caller's own
     * @param violation   the largest |cⱼ(x)|
     * @param converged   whether the point satisfies the equations and the gradient condition within the tolerance
     */
    public record Constrained(Minimum minimum, double value, double[] multipliers, double violation, boolean converged) {

        /** The point, n entries; not to be changed. */
        public double[] point() {
            return minimum.point();
        }
    }

    private static final int MOST_ROUNDS = 60;

    private final Minimizer inner;
    private final double tolerance;

    /** Inner problems by a given minimizer; equations to 1e-9. */
    public AugmentedLagrangian(Minimizer inner) {
        this(Objects.requireNonNull(inner, "inner"), 1e-9);
    }

    private AugmentedLagrangian(Minimizer inner, double tolerance) {
        this.inner = inner;
        this.tolerance = tolerance;
    }

    /** The same with another tolerance of the equations, positive. */
    public AugmentedLagrangian withTolerance(double tolerance) {
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("tolerance must be positive, but was " + tolerance);
        }
        return new AugmentedLagrangian(inner, tolerance);
    }

    /**
     * Minimizes.
     *
     * @param f           the function, n inputs
     * @param constraints c, n inputs
     * @param start       n entries, finite; not changed
     */
    public Constrained minimize(Differentiable f, DifferentiableVector constraints, double... start) {
        Objects.requireNonNull(constraints, "constraints");
        if (constraints.inputs() != f.inputs()) {
            throw new IllegalArgumentException("constraints must have as many inputs as f, which are " + f.inputs()
                    + ", but have " + constraints.inputs());
        }
        int n = f.inputs();
        int m = constraints.outputs();
        Require.finite(Require.length(start, n, "start"), "start");
        double[] multipliers = new double[m];
        double[] x = start.clone();
        double penalty = 10;
        double before = Double.POSITIVE_INFINITY;
        for (int round = 0; ; round++) {
            double[] lambda = multipliers.clone();
            double mu = penalty;
            Minimum minimum = inner.minimize(Differentiable.of(n, z -> {
                Scalar sum = f.value(z);
                Scalar[] c = constraints.value(z);
                for (int j = 0; j < m; j++) {
                    sum = sum.plus(c[j].times(c[j].times(mu / 2).plus(lambda[j])));
                }
                return sum;
            }), x);
            double[] c = constraints.value(minimum.point());
            double violation = Arrays.stream(c).map(Math::abs).max().orElse(0);
            boolean stopped = minimum.reason() == StopReason.STOPPED || minimum.reason() == StopReason.INTERRUPTED
                    || minimum.reason() == StopReason.START_NOT_FINITE;
            boolean met = violation <= tolerance && minimum.converged();
            if (met || stopped || round >= MOST_ROUNDS) {
                for (int j = 0; j < m; j++) {
                    multipliers[j] += mu * c[j];
                }
                return new Constrained(minimum, f.value(minimum.point()), multipliers, violation, met);
            }
            if (violation <= 0.25 * before) {
                for (int j = 0; j < m; j++) {
                    multipliers[j] += mu * c[j];
                }
                before = violation;
                x = minimum.point();
            } else {
                penalty = Math.min(penalty * 10, 1e12);
                if (MinimizerRun.isFinite(violation, minimum.point()) && minimum.reason() != StopReason.UNBOUNDED) {
                    x = minimum.point();
                    for (int j = 0; j < m; j++) {
                        multipliers[j] += mu * c[j];
                    }
                    before = Math.min(before, violation);
                }
            }
        }
    }
}
