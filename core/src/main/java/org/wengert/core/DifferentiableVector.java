package org.wengert.core;

import java.util.Objects;
import org.wengert.core.scalar.Differentiation;
import org.wengert.core.scalar.Scalar;

/**
 * A function of n inputs with m results, together with its derivatives. Made by
 * {@link Differentiable#vector}.
 *
 * <p>Immutable; as safe to share between threads as the function itself.
 */
public final class DifferentiableVector {

    private final int inputs;
    private final int outputs;
    private final VectorFunction function;

    DifferentiableVector(int inputs, int outputs, VectorFunction function) {
        this.inputs = Require.atLeast(inputs, 1, "inputs");
        this.outputs = Require.atLeast(outputs, 1, "outputs");
        this.function = Objects.requireNonNull(function, "function");
    }

    /** n, the number of inputs. */
    public int inputs() {
        return inputs;
    }

    /** m, the number of results. */
    public int outputs() {
        return outputs;
    }

    /**
     * f(x).
     *
     * @param x the point, n entries; not changed
     * @return m entries; the caller's own
     */
    public double[] value(double... x) {
        Require.length(x, inputs, "x");
        Scalar[] y = evaluate(Seeds.constants(x));
        double[] value = new double[outputs];
        for (int i = 0; i < outputs; i++) {
            value[i] = y[i].value();
        }
        return value;
    }

    /**
     * f(x) and the Jacobian, column by column in ⌈n/8⌉ passes.
     *
     * @param x the point, n entries; not changed
     */
    public Jacobian jacobian(double... x) {
        double[] value = new double[outputs];
        double[] entries = new double[Math.multiplyExact(outputs, inputs)];
        jacobianInto(x, value, entries);
        return new Jacobian(outputs, inputs, value, entries);
    }

    /**
     * Writes f(x) and the Jacobian into the caller's arrays.
     *
     * @param x       the point, n entries; not changed
     * @param value   receives m entries
     * @param entries receives ∂fᵢ/∂xⱼ at {@code i * n + j}, m · n entries
     */
    public void jacobianInto(double[] x, double[] value, double[] entries) {
        Require.length(x, inputs, "x");
        Require.length(value, outputs, "value");
        Require.length(entries, Math.multiplyExact(outputs, inputs), "entries");
        var of = new Differentiation("jacobian");
        for (int first = 0, lanes; first < inputs; first += lanes) {
            lanes = Seeds.chunk(inputs - first);
            Scalar[] y = evaluate(Seeds.columns(of, x, first, lanes));
            for (int i = 0; i < outputs; i++) {
                value[i] = y[i].value();
                for (int lane = 0; lane < lanes && first + lane < inputs; lane++) {
                    entries[i * inputs + first + lane] = Seeds.tangent(of, y[i], lane);
                }
            }
        }
    }

    /**
     * f(x) and J(x)·v, in one pass.
     *
     * @param x         the point, n entries; not changed
     * @param direction v, n entries, none NaN; not changed
     */
    public VectorJvp jvp(double[] x, double[] direction) {
        Require.length(x, inputs, "x");
        Require.direction(direction, inputs, "direction");
        var of = new Differentiation("jvp");
        Scalar[] y = evaluate(Seeds.along(of, x, direction));
        double[] value = new double[outputs];
        double[] tangent = new double[outputs];
        for (int i = 0; i < outputs; i++) {
            value[i] = y[i].value();
            tangent[i] = Seeds.tangent(of, y[i], 0);
        }
        return new VectorJvp(value, tangent);
    }

    private Scalar[] evaluate(Scalar[] arguments) {
        Scalar[] results = Objects.requireNonNull(function.apply(arguments), "results of the function");
        if (results.length != outputs) {
            throw new IllegalArgumentException(
                    "the function must return " + outputs + " results, but returned " + results.length);
        }
        for (int i = 0; i < outputs; i++) {
            Objects.requireNonNull(results[i], "a result of the function");
        }
        return results;
    }
}
