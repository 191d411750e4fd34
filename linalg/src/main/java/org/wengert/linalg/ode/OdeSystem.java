package org.wengert.linalg.ode;

import java.util.Arrays;
import java.util.Objects;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.scalar.Scalar;
import org.wengert.linalg.Arguments;

/**
 * A system of ordinary differential equations y' = f(t, y, p) with n states and any number of parameters.
 *
 * <pre>{@code
 * OdeSystem decay = OdeSystem.of(1, 1, (t, y, p) -> new Scalar[] {p[0].times(y[0]).unaryMinus()});
 * }</pre>
 *
 * <p>Immutable; as safe to share between threads as f.
 */
public final class OdeSystem {

    /** The right side. */
    @FunctionalInterface
    public interface RightSide {
        /**
         * f(t, y, p).
         *
         * @param t the time
         * @param y the states; a fresh array
         * @param p the parameters; a fresh array
         * @return n derivatives by time
         */
        Scalar[] apply(Scalar t, Scalar[] y, Scalar[] p);
    }

    private final int states;
    private final int parameters;

    /** z = (y, p, t) to f. */
    private final DifferentiableVector f;

    private OdeSystem(int states, int parameters, RightSide f) {
        this.states = states;
        this.parameters = parameters;
        int end = states + parameters;
        this.f = Differentiable.vector(end + 1, states,
                z -> f.apply(z[end], Arrays.copyOf(z, states), Arrays.copyOfRange(z, states, end)));
    }

    /**
     * A system.
     *
     * @param states     n, at least 1
     * @param parameters how many parameters f takes, at least 0
     * @param f          the right side; must not keep state from call to call
     */
    public static OdeSystem of(int states, int parameters, RightSide f) {
        Arguments.atLeast(states, 1, "states");
        Arguments.atLeast(parameters, 0, "parameters");
        return new OdeSystem(states, parameters, Objects.requireNonNull(f, "f"));
    }

    /** n, the number of states. */
    public int states() {
        return states;
    }

    /** The number of parameters. */
    public int parameters() {
        return parameters;
    }

    /** The right side as a function of (y, p, t). */
    public DifferentiableVector rightSide() {
        return f;
    }

    /** (y, p, t). */
    double[] point(double t, double[] y, double[] p) {
        double[] z = Arrays.copyOf(y, states + parameters + 1);
        System.arraycopy(p, 0, z, states, parameters);
        z[states + parameters] = t;
        return z;
    }
}
