package org.wengert.core;

import java.util.Objects;
import org.wengert.core.scalar.Differentiation;
import org.wengert.core.scalar.Scalar;

/**
 * A function of n inputs with one result, together with its derivatives.
 *
 * <pre>{@code
 * var f = Differentiable.of(2, x -> x[0].times(x[1]).plus(sin(x[0])));
 * double y = f.value(1.0, 2.0);
 * Gradient g = f.gradient(1.0, 2.0);
 * }</pre>
 *
 * <p>Immutable; as safe to share between threads as the function itself.
 */
public final class Differentiable {

    private final int inputs;
    private final ScalarFunction function;

    private Differentiable(int inputs, ScalarFunction function) {
        this.inputs = Require.atLeast(inputs, 1, "inputs");
        this.function = Objects.requireNonNull(function, "function");
    }

    /**
     * A function of n inputs with one result.
     *
     * @param inputs   n, at least 1
     * @param function the function; it must not keep state from call to call
     */
    public static Differentiable of(int inputs, ScalarFunction function) {
        return new Differentiable(inputs, function);
    }

    /**
     * A function of n inputs with m results.
     *
     * @param inputs   n, at least 1
     * @param outputs  m, at least 1
     * @param function the function; it must not keep state from call to call
     */
    public static DifferentiableVector vector(int inputs, int outputs, VectorFunction function) {
        return new DifferentiableVector(inputs, outputs, function);
    }

    /** n, the number of inputs. */
    public int inputs() {
        return inputs;
    }

    /**
     * f(x).
     *
     * @param x the point, n entries; not changed
     */
    public double value(double... x) {
        Require.length(x, inputs, "x");
        return evaluate(Seeds.constants(x)).value();
    }

    /**
     * f(x) and ∇f(x), in ⌈n/8⌉ passes.
     *
     * @param x the point, n entries; not changed
     */
    public Gradient gradient(double... x) {
        double[] gradient = new double[inputs];
        return new Gradient(gradientInto(x, gradient), gradient);
    }

    /**
     * Writes ∇f(x) into the caller's array.
     *
     * @param x        the point, n entries; not changed
     * @param gradient receives n entries
     * @return f(x)
     */
    public double gradientInto(double[] x, double[] gradient) {
        Require.length(x, inputs, "x");
        Require.length(gradient, inputs, "gradient");
        var of = new Differentiation("gradient");
        double value = Double.NaN;
        for (int first = 0, lanes; first < inputs; first += lanes) {
            lanes = Seeds.chunk(inputs - first);
            Scalar y = evaluate(Seeds.columns(of, x, first, lanes));
            value = y.value();
            for (int lane = 0; lane < lanes && first + lane < inputs; lane++) {
                gradient[first + lane] = Seeds.tangent(of, y, lane);
            }
        }
        return value;
    }

    /**
     * f(x) and the directional derivative ∇f(x)·v, in one pass.
     *
     * @param x         the point, n entries; not changed
     * @param direction v, n entries, none NaN; not changed
     */
    public Jvp jvp(double[] x, double[] direction) {
        Require.length(x, inputs, "x");
        Require.direction(direction, inputs, "direction");
        var of = new Differentiation("jvp");
        Scalar y = evaluate(Seeds.along(of, x, direction));
        return new Jvp(y.value(), Seeds.tangent(of, y, 0));
    }

    private Scalar evaluate(Scalar[] arguments) {
        return Objects.requireNonNull(function.apply(arguments), "result of the function");
    }
}
