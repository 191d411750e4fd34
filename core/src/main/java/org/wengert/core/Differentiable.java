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
 * <p>Every operator returns the value of the function too, in one record. Those that return arrays have a
 * form called …Into, which writes into the caller's arrays. The cost is stated in passes: one pass evaluates the
 * function once, on numbers that carry up to 8 directions. How many directions travel together changes no bit
 * of any result.
 *
 * <p><b>Errors.</b> All operators throw {@link IllegalArgumentException} for arrays of the wrong length and
 * for directions that hold NaN, and {@link NullPointerException}, with the name of the argument, for nulls. Points may
 * hold NaN and infinities; what comes of them follows the rules of {@link Scalar}.
 *
 * <p><b>Nesting.</b> A function may itself take derivatives of others. Where the inner point, or the inner
 * function, depends on an outer variable, use the forms that take {@link Scalar} points: they carry the outer
 * derivatives along. The forms for {@code double} points refuse such a function, since their results could not say how they
 * depend on the outer variable.
 *
 * <p>Immutable; as safe to share between threads as the function itself.
 */
public final class Differentiable {

    private final int inputs;
    private final ScalarFunction function;
    private final Chunks chunks;

    private Differentiable(int inputs, ScalarFunction function, Chunks chunks) {
        this.inputs = Require.atLeast(inputs, 1, "inputs");
        this.function = Objects.requireNonNull(function, "function");
        this.chunks = chunks;
    }

    /**
     * A function of n inputs with one result.
     *
     * @param inputs   n, at least 1
     * @param function the function; it must not keep state from call to call
     */
    public static Differentiable of(int inputs, ScalarFunction function) {
        return new Differentiable(inputs, function, Chunks.AS_NEEDED);
    }

    /**
     * A function of n inputs with m results.
     *
     * @param inputs   n, at least 1
     * @param outputs  m, at least 1
     * @param function the function; it must not keep state from call to call
     */
    public static DifferentiableVector vector(int inputs, int outputs, VectorFunction function) {
        return new DifferentiableVector(inputs, outputs, function, Chunks.AS_NEEDED);
    }

    /**
     * The same function, evaluated with a fixed number of directions per pass. Results stay the same, bit for bit;
     * speed and memory change. Without it, up to 16 columns travel in the
     * smallest chunks that hold them, and more in one window.
     *
     * @param lanes 1, 4 or 8
     */
    public Differentiable withLanes(int lanes) {
        return new Differentiable(inputs, function, Chunks.of(lanes));
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
        return Seeds.value(evaluate(Seeds.constants(x)));
    }

    // First derivatives

    /**
     * f(x) and ∇f(x), in one or two passes up to n = 1024, then in ⌈n/1024⌉.
     *
     * @param x the point, n entries; not changed
     */
    public Gradient gradient(double... x) {
        double[] gradient = new double[inputs];
        return new Gradient(gradientInto(x, gradient), gradient);
    }

    /**
     * Writes ∇f(x) into the caller's array; as many passes as {@link #gradient}.
     *
     * @param x        the point, n entries; not changed
     * @param gradient receives n entries; must not be x itself
     * @return f(x)
     */
    public double gradientInto(double[] x, double[] gradient) {
        Require.length(x, inputs, "x");
        Require.length(gradient, inputs, "gradient");
        Require.distinct(x, gradient, "gradient");
        var of = new Differentiation("gradient");
        double value = Double.NaN;
        for (int first = 0, lanes; first < inputs; first += lanes) {
            lanes = chunks.nextColumns(inputs - first);
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
        var of = new Differentiation("directional derivative");
        Scalar y = evaluate(Seeds.along(of, x, direction));
        return new Jvp(y.value(), Seeds.tangent(of, y, 0));
    }

    /**
     * f(x) and the derivatives ∇f(x)·vₖ along k directions, in ⌈k/8⌉ passes.
     *
     * @param x          the point, n entries; not changed
     * @param directions one direction vₖ per row, n entries each, none NaN; at least one row; not changed
     */
    public Jvps jvps(double[] x, double[][] directions) {
        double[] tangents = new double[Require.directions(directions, inputs, "directions")];
        return new Jvps(jvpsInto(x, directions, tangents), tangents);
    }

    /**
     * Writes the derivatives ∇f(x)·vₖ along k directions into the caller's array, in ⌈k/8⌉ passes.
     *
     * @param x          the point, n entries; not changed
     * @param directions one direction vₖ per row, n entries each, none NaN; at least one row; not changed
     * @param tangents   receives k entries
     * @return f(x)
     */
    public double jvpsInto(double[] x, double[][] directions, double[] tangents) {
        Require.length(x, inputs, "x");
        int k = Require.directions(directions, inputs, "directions");
        Require.length(tangents, k, "tangents");
        var of = new Differentiation("directional derivatives");
        double value = Double.NaN;
        for (int first = 0, lanes; first < k; first += lanes) {
            lanes = chunks.next(k - first);
            Scalar y = evaluate(Seeds.along(of, x, directions, first, lanes));
            value = y.value();
            for (int lane = 0; lane < lanes && first + lane < k; lane++) {
                tangents[first + lane] = Seeds.tangent(of, y, lane);
            }
        }
        return value;
    }

    // Second derivatives

    /**
     * f(x), ∇f(x)·v and vᵀ·∇²f(x)·v: value and first two derivatives along a direction, in one pass.
     *
     * @param x         the point, n entries; not changed
     * @param direction v, n entries, none NaN; not changed
     */
    public Along along(double[] x, double[] direction) {
        Require.length(x, inputs, "x");
        Require.direction(direction, inputs, "direction");
        var of = new Differentiation("second directional derivative");
        Scalar y = evaluate(Seeds.twiceAlong(of, x, direction));
        return new Along(y.value(), Seeds.along(of, y), Seeds.mixed(of, y, 0));
    }

    /**
     * f(x), ∇f(x) and the Hessian-vector product ∇²f(x)·v, in ⌈n/8⌉ passes: the gradient comes for free.
     *
     * @param x         the point, n entries; not changed
     * @param direction v, n entries, none NaN; not changed
     */
    public Hvp hvp(double[] x, double[] direction) {
        double[] gradient = new double[inputs];
        double[] product = new double[inputs];
        return new Hvp(hvpInto(x, direction, gradient, product), gradient, product);
    }

    /**
     * Writes ∇f(x) and ∇²f(x)·v into the caller's arrays, in ⌈n/8⌉ passes.
     *
     * @param x         the point, n entries; not changed
     * @param direction v, n entries, none NaN; not changed
     * @param gradient  receives n entries; must not be another of the arrays
     * @param product   receives n entries; must not be another of the arrays
     * @return f(x)
     */
    public double hvpInto(double[] x, double[] direction, double[] gradient, double[] product) {
        Require.length(x, inputs, "x");
        Require.direction(direction, inputs, "direction");
        Require.length(gradient, inputs, "gradient");
        Require.length(product, inputs, "product");
        Require.distinct(x, gradient, "gradient");
        Require.distinct(direction, gradient, "gradient");
        Require.distinct(x, product, "product");
        Require.distinct(direction, product, "product");
        Require.distinct(gradient, product, "product");
        return SecondOrder.hvp(this, x, direction, gradient, product);
    }

    /**
     * f(x), ∇f(x) and the Hessian times k directions, in k·⌈n/8⌉ passes.
     *
     * @param x          the point, n entries; not changed
     * @param directions one direction vₖ per row, n entries each, none NaN; at least one row; not changed
     */
    public Hvps hvps(double[] x, double[][] directions) {
        double[] gradient = new double[inputs];
        double[][] products = new double[Require.directions(directions, inputs, "directions")][inputs];
        return new Hvps(hvpsInto(x, directions, gradient, products), gradient, products);
    }

    /**
     * Writes ∇f(x) and the Hessian times k directions into the caller's arrays, in k·⌈n/8⌉ passes.
     *
     * @param x          the point, n entries; not changed
     * @param directions one direction vₖ per row, n entries each, none NaN; at least one row; not changed
     * @param gradient   receives n entries; must not be another of the arrays
     * @param products   receives ∇²f(x)·vₖ in row k, n entries each; no row may be another of the arrays
     * @return f(x)
     */
    public double hvpsInto(double[] x, double[][] directions, double[] gradient, double[][] products) {
        Require.directions(directions, inputs, "directions");
        Require.rows(products, directions.length, inputs, "products");
        double value = Double.NaN;
        for (int k = 0; k < directions.length; k++) {
            value = hvpInto(x, directions[k], gradient, products[k]);
        }
        return value;
    }

    /**
     * f(x), ∇f(x) and the whole Hessian, in about n·⌈n/16⌉ passes: one half, mirrored, so that it is exactly symmetric.
     *
     * @param x the point, n entries; not changed
     */
    public Hessian hessian(double... x) {
        double[] gradient = new double[inputs];
        double[] entries = new double[Math.multiplyExact(inputs, inputs)];
        double value = hessianInto(x, gradient, entries);
        return new Hessian(value, gradient, entries);
    }

    /**
     * Writes ∇f(x) and the Hessian into the caller's arrays; see {@link #hessian}.
     *
     * @param x        the point, n entries; not changed
     * @param gradient receives n entries; must not be another of the arrays
     * @param entries  receives ∂²f/∂xᵢ∂xⱼ at {@code i * n + j}, n² entries; must not be another of the arrays
     * @return f(x)
     */
    public double hessianInto(double[] x, double[] gradient, double[] entries) {
        Require.length(x, inputs, "x");
        Require.length(gradient, inputs, "gradient");
        Require.length(entries, Math.multiplyExact(inputs, inputs), "entries");
        Require.distinct(x, gradient, "gradient");
        Require.distinct(x, entries, "entries");
        Require.distinct(gradient, entries, "entries");
        return SecondOrder.hessian(this, x, gradient, entries);
    }

    // Higher derivatives

    /**
     * f(x + t v) as a function of t: its derivatives at t = 0 up to order K, in one pass of O(K²) per operation.
     *
     * @param x         the point, n entries; not changed
     * @param direction v, n entries, none NaN; not changed
     * @param order     K, at least 0
     */
    public Derivatives derivatives(double[] x, double[] direction, int order) {
        Require.length(x, inputs, "x");
        Require.direction(direction, inputs, "direction");
        Require.atLeast(order, 0, "order");
        var of = new Differentiation("derivatives up to order " + order);
        return Seeds.series(of, evaluate(Seeds.lines(of, x, direction, order)), order);
    }

    // At points that may carry tangents of outer differentiations

    /**
     * f(x) at a point that may carry tangents.
     *
     * @param x the point, n entries; not changed
     */
    public Scalar value(Scalar... x) {
        AtScalars.require(x, inputs, "x");
        return evaluate(x.clone());
    }

    /**
     * f(x) and ∇f(x) at a point that may carry tangents of outer differentiations; so may the results. One
     * pass of {@link org.wengert.core.scalar.Nested} numbers: slower than at {@code double} points.
     *
     * @param x the point, n entries; not changed
     */
    public ScalarGradient gradient(Scalar... x) {
        AtScalars.require(x, inputs, "x");
        AtScalars.Pass pass = AtScalars.columns(this::vector, x);
        return new ScalarGradient(pass.value()[0], pass.tangents()[0]);
    }

    /**
     * f(x) and ∇f(x)·v at a point and along a direction that may carry tangents of outer differentiations; so
     * may the results.
     *
     * @param x         the point, n entries; not changed
     * @param direction v, n entries; not changed
     */
    public ScalarJvp jvp(Scalar[] x, Scalar[] direction) {
        AtScalars.require(x, inputs, "x");
        AtScalars.require(direction, inputs, "direction");
        AtScalars.Pass pass = AtScalars.along(this::vector, x, direction);
        return new ScalarJvp(pass.value()[0], pass.tangents()[0][0]);
    }

    private Scalar[] vector(Scalar[] x) {
        return new Scalar[] {evaluate(x)};
    }

    Chunks chunks() {
        return chunks;
    }

    Scalar evaluate(Scalar[] arguments) {
        return Objects.requireNonNull(function.apply(arguments), "result of the function");
    }
}
