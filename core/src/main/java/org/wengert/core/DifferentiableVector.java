package org.wengert.core;

import java.util.Arrays;
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
    private final Chunks chunks;

    DifferentiableVector(int inputs, int outputs, VectorFunction function, Chunks chunks) {
        this.inputs = Require.atLeast(inputs, 1, "inputs");
        this.outputs = Require.atLeast(outputs, 1, "outputs");
        this.function = Objects.requireNonNull(function, "function");
        this.chunks = chunks;
    }

    /**
     * The same function, evaluated with a fixed number of directions per pass. Results stay the same, bit for bit;
     * speed and memory change. Without it, up to 16 columns travel in the
     * smallest chunks that hold them, and more in one window.
     *
     * @param lanes 1, 4 or 8
     */
    public DifferentiableVector withLanes(int lanes) {
        return new DifferentiableVector(inputs, outputs, function, Chunks.of(lanes));
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
            value[i] = Seeds.value(y[i]);
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
     * @param value   receives m entries; must not be another of the arrays
     * @param entries receives ∂fᵢ/∂xⱼ at {@code i * n + j}, m · n entries; must not be another of the arrays
     */
    public void jacobianInto(double[] x, double[] value, double[] entries) {
        Require.length(x, inputs, "x");
        Require.length(value, outputs, "value");
        Require.length(entries, Math.multiplyExact(outputs, inputs), "entries");
        Require.distinct(x, value, "value");
        Require.distinct(x, entries, "entries");
        Require.distinct(value, entries, "entries");
        var of = new Differentiation("jacobian");
        for (int first = 0, lanes; first < inputs; first += lanes) {
            lanes = chunks.nextColumns(inputs - first);
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
        double[] value = new double[outputs];
        double[] tangent = new double[outputs];
        jvpInto(x, direction, value, tangent);
        return new VectorJvp(value, tangent);
    }

    /**
     * Writes f(x) and J(x)·v into the caller's arrays, in one pass.
     *
     * @param x         the point, n entries; not changed
     * @param direction v, n entries, none NaN; not changed
     * @param value     receives m entries
     * @param tangent   receives m entries; must not be the array of value
     */
    public void jvpInto(double[] x, double[] direction, double[] value, double[] tangent) {
        Require.length(x, inputs, "x");
        Require.direction(direction, inputs, "direction");
        Require.length(value, outputs, "value");
        Require.length(tangent, outputs, "tangent");
        Require.distinct(value, tangent, "tangent");
        var of = new Differentiation("directional derivative");
        Scalar[] y = evaluate(Seeds.along(of, x, direction));
        for (int i = 0; i < outputs; i++) {
            value[i] = y[i].value();
            tangent[i] = Seeds.tangent(of, y[i], 0);
        }
    }

    /**
     * f(x) and J(x)·vₖ along k directions, in ⌈k/8⌉ passes.
     *
     * @param x          the point, n entries; not changed
     * @param directions one direction vₖ per row, n entries each, none NaN; at least one row; not changed
     */
    public VectorJvps jvps(double[] x, double[][] directions) {
        double[] value = new double[outputs];
        double[][] tangents = new double[Require.directions(directions, inputs, "directions")][outputs];
        jvpsInto(x, directions, value, tangents);
        return new VectorJvps(value, tangents);
    }

    /**
     * Writes f(x) and J(x)·vₖ along k directions into the caller's arrays, in ⌈k/8⌉ passes.
     *
     * @param x          the point, n entries; not changed
     * @param directions one direction vₖ per row, n entries each, none NaN; at least one row; not changed
     * @param value      receives m entries; must not be another of the arrays
     * @param tangents   receives J(x)·vₖ in row k, m entries each; no row may be another of the arrays
     */
    public void jvpsInto(double[] x, double[][] directions, double[] value, double[][] tangents) {
        Require.length(x, inputs, "x");
        int k = Require.directions(directions, inputs, "directions");
        Require.length(value, outputs, "value");
        Require.rows(tangents, k, outputs, "tangents");
        Require.distinct(x, value, "value");
        var of = new Differentiation("directional derivatives");
        for (int first = 0, lanes; first < k; first += lanes) {
            lanes = chunks.next(k - first);
            Scalar[] y = evaluate(Seeds.along(of, x, directions, first, lanes));
            for (int i = 0; i < outputs; i++) {
                value[i] = y[i].value();
                for (int lane = 0; lane < lanes && first + lane < k; lane++) {
                    tangents[first + lane][i] = Seeds.tangent(of, y[i], lane);
                }
            }
        }
    }

    /**
     * f(x) and the product rᵀ·J(x) of a row vector with the Jacobian: the gradient of r·f. Computed from the
     * Jacobian's columns, in ⌈n/8⌉ passes and without storing it.
     *
     * @param x   the point, n entries; not changed
     * @param row r, m entries, none NaN; not changed
     */
    public Vjp vjp(double[] x, double[] row) {
        double[] value = new double[outputs];
        double[] adjoint = new double[inputs];
        vjpInto(x, row, value, adjoint);
        return new Vjp(value, adjoint);
    }

    /**
     * Writes f(x) and rᵀ·J(x) into the caller's arrays; see {@link #vjp}.
     *
     * @param x       the point, n entries; not changed
     * @param row     r, m entries, none NaN; not changed
     * @param value   receives m entries; must not be another of the arrays
     * @param adjoint receives n entries; must not be another of the arrays
     */
    public void vjpInto(double[] x, double[] row, double[] value, double[] adjoint) {
        Require.length(x, inputs, "x");
        Require.direction(row, outputs, "row");
        Require.length(value, outputs, "value");
        Require.length(adjoint, inputs, "adjoint");
        Require.distinct(x, value, "value");
        Require.distinct(row, value, "value");
        Require.distinct(x, adjoint, "adjoint");
        Require.distinct(row, adjoint, "adjoint");
        Require.distinct(value, adjoint, "adjoint");
        var of = new Differentiation("vector-Jacobian product");
        for (int first = 0, lanes; first < inputs; first += lanes) {
            lanes = chunks.nextColumns(inputs - first);
            Scalar[] y = evaluate(Seeds.columns(of, x, first, lanes));
            for (int lane = 0; lane < lanes && first + lane < inputs; lane++) {
                double sum = 0;
                for (int i = 0; i < outputs; i++) {
                    value[i] = y[i].value();
                    double tangent = Seeds.tangent(of, y[i], lane);
                    sum += row[i] == 0 ? 0 : row[i] * tangent;
                }
                adjoint[first + lane] = sum;
            }
        }
    }

    /**
     * f(x), J(x)·v and vᵀ·∇²fᵢ(x)·v for each result: value and first two derivatives along a direction, in one pass.
     *
     * @param x         the point, n entries; not changed
     * @param direction v, n entries, none NaN; not changed
     */
    public VectorAlong along(double[] x, double[] direction) {
        double[] value = new double[outputs];
        double[] first = new double[outputs];
        double[] second = new double[outputs];
        alongInto(x, direction, value, first, second);
        return new VectorAlong(value, first, second);
    }

    /**
     * Writes f(x), J(x)·v and vᵀ·∇²fᵢ(x)·v into the caller's arrays, in one pass.
     *
     * @param x         the point, n entries; not changed
     * @param direction v, n entries, none NaN; not changed
     * @param value     receives m entries
     * @param first     receives m entries; must not be the array of value
     * @param second    receives m entries; must not be the array of value or first
     */
    public void alongInto(double[] x, double[] direction, double[] value, double[] first, double[] second) {
        Require.length(x, inputs, "x");
        Require.direction(direction, inputs, "direction");
        Require.length(value, outputs, "value");
        Require.length(first, outputs, "first");
        Require.length(second, outputs, "second");
        Require.distinct(value, first, "first");
        Require.distinct(value, second, "second");
        Require.distinct(first, second, "second");
        var of = new Differentiation("second directional derivative");
        Scalar[] y = evaluate(Seeds.twiceAlong(of, x, direction));
        for (int i = 0; i < outputs; i++) {
            value[i] = y[i].value();
            first[i] = Seeds.along(of, y[i]);
            second[i] = Seeds.mixed(of, y[i], 0);
        }
    }

    // Higher derivatives

    /**
     * f(x + t v) as a function of t: the derivatives of each result at t = 0 up to order K, in one pass of O(K²) per
     * operation.
     *
     * @param x         the point, n entries; not changed
     * @param direction v, n entries, none NaN; not changed
     * @param order     K, at least 0
     * @return m entries; the caller's own
     */
    public Derivatives[] derivatives(double[] x, double[] direction, int order) {
        Require.length(x, inputs, "x");
        Require.direction(direction, inputs, "direction");
        Require.atLeast(order, 0, "order");
        var of = new Differentiation("derivatives up to order " + order);
        Scalar[] y = evaluate(Seeds.lines(of, x, direction, order));
        Derivatives[] results = new Derivatives[outputs];
        Arrays.setAll(results, i -> Seeds.series(of, y[i], order));
        return results;
    }

    // At points that may carry tangents of outer differentiations

    /**
     * f(x) at a point that may carry tangents.
     *
     * @param x the point, n entries; not changed
     * @return m entries; the caller's own
     */
    public Scalar[] value(Scalar... x) {
        AtScalars.require(x, inputs, "x");
        return evaluate(x.clone()).clone();
    }

    /**
     * f(x) and J(x) at a point that may carry tangents of outer differentiations; so may the results. One
     * pass of {@link org.wengert.core.scalar.Nested} numbers: slower than at {@code double} points.
     *
     * @param x the point, n entries; not changed
     */
    public ScalarJacobian jacobian(Scalar... x) {
        AtScalars.require(x, inputs, "x");
        AtScalars.Pass pass = AtScalars.columns(this::evaluate, x);
        return new ScalarJacobian(pass.value(), pass.tangents());
    }

    /**
     * f(x) and J(x)·v at a point and along a direction that may carry tangents of outer differentiations; so
     * may the results.
     *
     * @param x         the point, n entries; not changed
     * @param direction v, n entries; not changed
     */
    public ScalarVectorJvp jvp(Scalar[] x, Scalar[] direction) {
        AtScalars.require(x, inputs, "x");
        AtScalars.require(direction, inputs, "direction");
        AtScalars.Pass pass = AtScalars.along(this::evaluate, x, direction);
        return new ScalarVectorJvp(pass.value(), pass.column(0));
    }

    Scalar[] evaluate(Scalar[] arguments) {
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
