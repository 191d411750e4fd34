package org.wengert.core.batch;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Gradient;
import org.wengert.core.Hessian;
import org.wengert.core.Hvp;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.Engines;
import org.wengert.core.engine.Precision;

/**
 * A function evaluated and differentiated at many points at once, on all processors and their vector units.
 *
 * <pre>{@code
 * var f = Differentiable.vector(3, 2, x -> new Scalar[] {x[0].times(sin(x[1])), exp(x[2])});
 * Jacobians j = Batch.of(f).jacobian(Points.ofRows(rows));
 * double d = j.get(5, 0, 1);   // ∂f₀/∂x₁ at point 5
 * }</pre>
 *
 * <p><b>Inputs.</b> Each input of the function is a column of the points, in order. Inputs that have one value for all points, the
 * parameters of a model say, are named by {@link #withUniform} and given with each call; what depends on them alone is computed
 * once a call. By default functions are differentiated by all inputs at each point, and sums over points by the
 * uniform ones; {@link #withRespectTo} changes that.
 *
 * <p><b>How it runs.</b> The function is recorded once as a program, at points of the first call, and the program is transformed
 * and run by an {@link Engine}. Points at which the function takes another path through its comparisons, and only those, are run on the
 * program of that path, or by the eager numbers. Functions must be pure, and must compare numbers rather than read their values.
 *
 * <p><b>Accuracy.</b> Arithmetic is that of the program; transcendental functions may differ from {@link Math} by the ulps that the
 * documentation of batches states. {@link #reproducible} gives the values of the eager numbers bit for bit. Sums over points are added in an
 * order that depends on the number of points alone, so results do not depend on the number of threads. What may change from one call to
 * the next, in the last bits, are transcendental functions, when the JIT compiler comes to them or a faster engine takes over; not in reproducible mode.
 *
 * <p><b>Cost.</b> The first call of an operator traces and transforms, which takes milliseconds. Results are the caller's own; the forms
 * called …Into use the caller's again, and allocate nothing that grows with the points.
 *
 * <p>Immutable; safe to share between threads. Batches made from each other by settings share what they have prepared.
 */
public final class Batch {

    private static final double[] NONE = {};

    /** So many points at least are done between two looks at cancellation, and make one partial sum. */
    private static final int CHUNK = 4096;
    private static final int MOST_CHUNKS = 1024;

    private final Core core;
    private final boolean differentiatesAsTold;
    private final int threads;
    private final Progress progress;
    private final BooleanSupplier cancelled;

    private Batch(
            Core core, boolean differentiatesAsTold, int threads, Progress progress, BooleanSupplier cancelled) {
        this.core = core;
        this.differentiatesAsTold = differentiatesAsTold;
        this.threads = threads;
        this.progress = progress;
        this.cancelled = cancelled;
    }

    // ---- making one ----------------------------------------------------------------------------------

    /** A scalar function over batches. */
    public static Batch of(Differentiable f) {
        Objects.requireNonNull(f, "f");
        DifferentiableVector vector = Differentiable.vector(f.inputs(), 1, x -> new org.wengert.core.scalar.Scalar[] {f.value(x)});
        return of(vector, f);
    }

    /** A vector-valued function over batches. */
    public static Batch of(DifferentiableVector f) {
        Objects.requireNonNull(f, "f");
        // Used where there is one output only.
        return of(f, Differentiable.of(f.inputs(), x -> f.value(x)[0]));
    }

    private static Batch of(DifferentiableVector vector, Differentiable scalar) {
        int[] all = IntStream.range(0, vector.inputs()).toArray();
        var core = new Core(new Operator.Target(vector, scalar, all), new boolean[vector.inputs()], Engines.standard());
        return new Batch(core, false, Runtime.getRuntime().availableProcessors(), (_, _) -> {}, () -> false);
    }

    private Batch with(int[] wrt, boolean[] isUniform, boolean asTold, Engine engine, Precision precision) {
        Operator.Target old = core.target;
        var changed = new Core(new Operator.Target(old.vector(), old.scalar(), wrt), isUniform, engine, precision);
        return new Batch(changed, asTold, threads, progress, cancelled);
    }

    /**
     * The same with inputs that have one value for all points, given with each call in the order of the inputs. All others vary: points
     * have a column for each of them.
     *
     * @param inputs which, each once
     */
    public Batch withUniform(int... inputs) {
        boolean[] isUniform = new boolean[inputs()];
        for (int i : checked(inputs)) {
            isUniform[i] = true;
        }
        return with(core.target.wrt(), isUniform, differentiatesAsTold, core.engine, core.precision);
    }

    /**
     * The same, differentiated by some inputs: columns of Jacobians and entries of gradients, directions and Hessians are counted in the
     * order given here.
     *
     * @param inputs which, each once; at least one
     */
    public Batch withRespectTo(int... inputs) {
        if (inputs.length == 0) {
            throw new IllegalArgumentException("inputs must name at least 1 input, but names none");
        }
        return with(checked(inputs).clone(), core.isUniform, true, core.engine, core.precision);
    }

    private int[] checked(int[] inputs) {
        boolean[] seen = new boolean[inputs()];
        for (int i : inputs) {
            if (i < 0 || i >= inputs()) {
                throw new IllegalArgumentException("inputs must be from 0 to " + (inputs() - 1) + ", but one was " + i);
            }
            if (seen[i]) {
                throw new IllegalArgumentException("inputs must name each input once, but names " + i + " twice");
            }
            seen[i] = true;
        }
        return inputs;
    }

    /** The same with another engine. */
    public Batch withEngine(Engine engine) {
        return with(
                core.target.wrt(), core.isUniform, differentiatesAsTold, Objects.requireNonNull(engine, "engine"), core.precision);
    }

    /**
     * The same in another precision. In single precision, vectors hold twice as many numbers, and results take half the memory; so do points that are
     * of single precision themselves. Points of another precision than the batch are accepted, and rounded or widened as they are read.
     *
     * <p><b>Accuracy of single precision.</b> The operands and the result of each operation of the derivative program are rounded to 24 bits (a relative error of at most 6e-8 each;
     * functions that are not exact by themselves are within 4 units in the last place of a float), or computed more precisely: until a program is hot, and
     * where vectors or rows have no single precision, all is computed in double precision and rounded once. So results are as good as
     * those of a program written in {@code float}: their errors are 6e-8 times the number of operations times the condition of the function, and where large
     * terms cancel, digits go that double precision keeps. What depends on uniform inputs alone is computed in double precision, and sums over points are added in it, in the
     * same fixed order. Magnitudes run from 1.2e-38 to 3.4e38: greater numbers become infinite, smaller ones lose digits and, below 1.4e-45, become zero.
     *
     * <p>Comparisons of computed numbers are decided in double precision where they are closer than 1.5e-5 of their size: such points, and points at which a derivative overflows to NaN, are run again.
     *
     * @param precision of all operators; uniform inputs, directions and sums are doubles in either
     */
    public Batch withPrecision(Precision precision) {
        return with(
                core.target.wrt(), core.isUniform, differentiatesAsTold, core.engine, Objects.requireNonNull(precision, "precision"));
    }

    /** The same with values that are those of the eager numbers bit for bit, on every machine; slower where functions are transcendental. */
    public Batch reproducible() {
        return withEngine(Engines.reproducible());
    }

    /** The same with at most so many threads, at least 1. Without it, all processors. */
    public Batch withThreads(int threads) {
        return new Batch(core, differentiatesAsTold, Require.atLeast(threads, 1, "threads"), progress, cancelled);
    }

    /** The same with somebody who is told how far a call has come. */
    public Batch withProgress(Progress progress) {
        return new Batch(core, differentiatesAsTold, threads, Objects.requireNonNull(progress, "progress"), cancelled);
    }

    /**
     * The same, stopped as soon as a condition holds: the call then throws a {@link CancellationException}, and what it has
     * written so far means nothing. The condition is asked every few thousand points, by any thread. Interrupting the calling thread has the
     * same effect.
     */
    public Batch withCancellation(BooleanSupplier condition) {
        return new Batch(core, differentiatesAsTold, threads, progress, Objects.requireNonNull(condition, "condition"));
    }

    // ---- what it is ----------------------------------------------------------------------------------

    /** n, the number of inputs of the function. */
    public int inputs() {
        return core.target.vector().inputs();
    }

    /** m, the number of outputs of the function. */
    public int outputs() {
        return core.target.vector().outputs();
    }

    /** What it computes in. */
    public Precision precision() {
        return core.precision;
    }

    /** How many inputs vary from point to point: the columns that points have. */
    public int varying() {
        return inputs() - core.uniforms;
    }

    /** What runs it, in one line. */
    public String description() {
        return core.engine.description() + (core.precision == Precision.SINGLE ? "; single precision; " : "; ") + threads + (threads == 1 ? " thread" : " threads");
    }

    // ---- at every point ------------------------------------------------------------------------------

    /**
     * f at every point.
     *
     * @param points  a column for each varying input
     * @param uniform the values of the uniform inputs
     */
    public Values values(Points points, double... uniform) {
        return valuesInto(points, new Table(), uniform);
    }

    /** {@link #values}, written into a table. */
    public Values valuesInto(Points points, Table table, double... uniform) {
        perPoint(Operator.VALUES, points, uniform, NONE, null, table);
        return new Values(outputs(), table);
    }

    /** f and ∇f at every point, of a scalar function; see {@link #values} for the arguments. */
    public Gradients gradient(Points points, double... uniform) {
        return gradientInto(points, new Table(), uniform);
    }

    /** {@link #gradient}, written into a table. */
    public Gradients gradientInto(Points points, Table table, double... uniform) {
        scalar("a gradient");
        perPoint(Operator.GRADIENT, points, uniform, NONE, null, table);
        return new Gradients(core.target.wrt().length, table);
    }

    /** f and the Jacobian at every point; see {@link #values} for the arguments. */
    public Jacobians jacobian(Points points, double... uniform) {
        return jacobianInto(points, new Table(), uniform);
    }

    /** {@link #jacobian}, written into a table. */
    public Jacobians jacobianInto(Points points, Table table, double... uniform) {
        perPoint(Operator.JACOBIAN, points, uniform, NONE, null, table);
        return new Jacobians(outputs(), core.target.wrt().length, table);
    }

    /** f, ∇f and the Hessian at every point, of a scalar function; see {@link #values} for the arguments. */
    public Hessians hessian(Points points, double... uniform) {
        return hessianInto(points, new Table(), uniform);
    }

    /** {@link #hessian}, written into a table. */
    public Hessians hessianInto(Points points, Table table, double... uniform) {
        scalar("a Hessian");
        perPoint(Operator.HESSIAN, points, uniform, NONE, null, table);
        return new Hessians(core.target.wrt().length, table);
    }

    /**
     * f and J·v at every point, v a direction of its own at each.
     *
     * @param points     a column for each varying input
     * @param directions as many, with a column for each input by which the function is differentiated
     * @param uniform    the values of the uniform inputs
     */
    public Tangents jvp(Points points, Points directions, double... uniform) {
        return jvpInto(points, directions, new Table(), uniform);
    }

    /** {@link #jvp(Points, Points, double...)}, written into a table. */
    public Tangents jvpInto(Points points, Points directions, Table table, double... uniform) {
        perPoint(Operator.TANGENT, points, uniform, NONE, directions(points, directions, Operator.TANGENT, "directions"), table);
        return new Tangents(outputs(), table);
    }

    /** f and J·v at every point, the same direction v at all. */
    public Tangents jvp(Points points, double[] direction, double... uniform) {
        return jvpInto(points, direction, new Table(), uniform);
    }

    /** {@link #jvp(Points, double[], double...)}, written into a table. */
    public Tangents jvpInto(Points points, double[] direction, Table table, double... uniform) {
        perPoint(Operator.TANGENT, points, uniform, direction(direction), null, table);
        return new Tangents(outputs(), table);
    }

    /**
     * f and wᵀ·J at every point, w of its own at each.
     *
     * @param points  a column for each varying input
     * @param weights as many, with a column for each output
     * @param uniform the values of the uniform inputs
     */
    public Adjoints vjp(Points points, Points weights, double... uniform) {
        return vjpInto(points, weights, new Table(), uniform);
    }

    /** {@link #vjp}, written into a table. */
    public Adjoints vjpInto(Points points, Points weights, Table table, double... uniform) {
        perPoint(Operator.ADJOINT, points, uniform, NONE, directions(points, weights, Operator.ADJOINT, "weights"), table);
        return new Adjoints(outputs(), core.target.wrt().length, table);
    }

    /** f, ∇f and ∇²f·v at every point, of a scalar function, v a direction of its own at each; see {@link #jvp(Points, Points, double...)}. */
    public HessianProducts hvp(Points points, Points directions, double... uniform) {
        return hvpInto(points, directions, new Table(), uniform);
    }

    /** {@link #hvp(Points, Points, double...)}, written into a table. */
    public HessianProducts hvpInto(Points points, Points directions, Table table, double... uniform) {
        scalar("a Hessian-vector product");
        perPoint(Operator.HESSIAN_PRODUCT, points, uniform, NONE,
                directions(points, directions, Operator.HESSIAN_PRODUCT, "directions"), table);
        return new HessianProducts(core.target.wrt().length, table);
    }

    /** f, ∇f and ∇²f·v at every point, of a scalar function, the same direction v at all. */
    public HessianProducts hvp(Points points, double[] direction, double... uniform) {
        return hvpInto(points, direction, new Table(), uniform);
    }

    /** {@link #hvp(Points, double[], double...)}, written into a table. */
    public HessianProducts hvpInto(Points points, double[] direction, Table table, double... uniform) {
        scalar("a Hessian-vector product");
        perPoint(Operator.HESSIAN_PRODUCT, points, uniform, direction(direction), null, table);
        return new HessianProducts(core.target.wrt().length, table);
    }

    /** f, J·v and vᵀ·∇²fᵢ·v at every point: the first two derivatives along the direction v, the same at all. */
    public Lines along(Points points, double[] direction, double... uniform) {
        return alongInto(points, direction, new Table(), uniform);
    }

    /** {@link #along}, written into a table. */
    public Lines alongInto(Points points, double[] direction, Table table, double... uniform) {
        perPoint(Operator.LINE, points, uniform, direction(direction), null, table);
        return new Lines(outputs(), table);
    }

    // ---- summed over all points ----------------------------------------------------------------------

    /**
     * Σ f over all points.
     *
     * @return m entries; the caller's own
     */
    public double[] sum(Points points, double... uniform) {
        double[] sums = new double[outputs()];
        sumInto(points, sums, uniform);
        return sums;
    }

    /** {@link #sum}, written into the caller's m entries. */
    public void sumInto(Points points, double[] sums, double... uniform) {
        Require.length(sums, outputs(), "sums");
        summed(Operator.VALUES, points, uniform, NONE, null, new Reduction.Columns(outputs()), sums);
    }

    /** Σ f and its gradient, for a scalar function: by the uniform inputs, unless {@link #withRespectTo} names others. */
    public Gradient sumGradient(Points points, double... uniform) {
        Batch b = byUniform("a gradient");
        int k = b.core.target.wrt().length;
        double[] gradient = new double[k];
        return new Gradient(b.sumGradientInto(points, gradient, uniform), gradient);
    }

    /**
     * {@link #sumGradient}, the gradient written into the caller's array.
     *
     * @return Σ f
     */
    public double sumGradientInto(Points points, double[] gradient, double... uniform) {
        Batch b = byUniform("a gradient");
        int k = b.core.target.wrt().length;
        Require.length(gradient, k, "gradient");
        double[] all = new double[1 + k];
        b.summed(Operator.GRADIENT, points, uniform, NONE, null, new Reduction.Columns(1 + k), all);
        System.arraycopy(all, 1, gradient, 0, k);
        return all[0];
    }

    /** Σ f, its gradient and its Hessian times a direction, for a scalar function; by the same inputs as {@link #sumGradient}. */
    public Hvp sumHvp(Points points, double[] direction, double... uniform) {
        Batch b = byUniform("a Hessian-vector product");
        int k = b.core.target.wrt().length;
        double[] all = new double[1 + 2 * k];
        b.summed(Operator.HESSIAN_PRODUCT, points, uniform, b.direction(direction), null, new Reduction.Columns(all.length), all);
        return new Hvp(all[0], Arrays.copyOfRange(all, 1, 1 + k), Arrays.copyOfRange(all, 1 + k, all.length));
    }

    /** Σ f, its gradient and its Hessian, for a scalar function; by the same inputs as {@link #sumGradient}. */
    public Hessian sumHessian(Points points, double... uniform) {
        Batch b = byUniform("a Hessian");
        int k = b.core.target.wrt().length;
        double[] all = new double[b.core.columns(Operator.HESSIAN)];
        b.summed(Operator.HESSIAN, points, uniform, NONE, null, new Reduction.Columns(all.length), all);
        double[] entries = new double[k * k];
        for (int i = 0, c = 1 + k; i < k; i++) {
            for (int j = 0; j <= i; j++, c++) {
                entries[i * k + j] = all[c];
                entries[j * k + i] = all[c];
            }
        }
        return new Hessian(all[0], Arrays.copyOfRange(all, 1, 1 + k), entries);
    }

    /**
     * The sum of squares, JᵀJ and Jᵀr of residuals: all outputs at all points are the residuals, differentiated by the uniform inputs, unless
     * {@link #withRespectTo} names others. No Jacobian is stored.
     */
    public GaussNewton gaussNewton(Points points, double... uniform) {
        return products(points, null, uniform);
    }

    /**
     * The weighted sum of squares, JᵀWJ and JᵀWr of residuals; see {@link #gaussNewton(Points, double...)}.
     *
     * @param weights one column, a weight for each point; not of NaN
     */
    public GaussNewton weightedGaussNewton(Points points, Points weights, double... uniform) {
        Require.points(weights, points.size(), 1, "weights");
        return products(points, weights, uniform);
    }

    private GaussNewton products(Points points, @Nullable Points weights, double[] uniform) {
        Batch b = differentiatesAsTold ? this : withUniformDerivatives("a Gauss-Newton matrix");
        int k = b.core.target.wrt().length;
        var products = new Reduction.Products(outputs(), k, weights != null);
        double[] all = new double[products.size()];
        b.summed(Operator.JACOBIAN, points, uniform, NONE, weights, products, all);
        double[] gradient = new double[k];
        double[] entries = new double[k * k];
        for (int i = 0; i < k; i++) {
            int at = Reduction.Products.rowStart(i);
            gradient[i] = all[at];
            for (int j = 0; j <= i; j++) {
                entries[i * k + j] = all[at + 1 + j];
                entries[j * k + i] = all[at + 1 + j];
            }
        }
        return new GaussNewton(all[0], gradient, entries);
    }

    // ---- running -------------------------------------------------------------------------------------

    private volatile @Nullable Batch uniformDerivatives;

    /** This batch, differentiated by the uniform inputs unless it was told otherwise. */
    private Batch byUniform(String what) {
        scalar(what);
        return differentiatesAsTold ? this : withUniformDerivatives(what);
    }

    private Batch withUniformDerivatives(String what) {
        Batch known = uniformDerivatives;
        if (known == null) {
            int[] uniform = IntStream.range(0, inputs()).filter(i -> core.isUniform[i]).toArray();
            if (uniform.length == 0) {
                throw new IllegalArgumentException(what + " of a sum over points is taken by inputs that have one value for all points, but there "
                        + "are none: name them by withUniform, or name others by withRespectTo");
            }
            known = withRespectTo(uniform);
            uniformDerivatives = known;
        }
        return known;
    }

    private void scalar(String what) {
        if (outputs() != 1) {
            throw new IllegalArgumentException(what + " needs a function of 1 output, but it has " + outputs());
        }
    }

    private double[] direction(double[] direction) {
        return Require.length(direction, core.target.wrt().length, "direction");
    }

    private Points directions(Points points, Points directions, Operator operator, String name) {
        Require.points(directions, points.size(), core.moreInputs(operator), name);
        return directions;
    }

    private void check(Points points, double[] uniform) {
        Require.points(points, -1, varying(), "points");
        Require.length(uniform, core.uniforms, "uniform");
    }

    private void perPoint(
            Operator operator, Points points, double[] uniform, double[] direction, @Nullable Points more, Table table) {
        run(operator, points, uniform, direction, more, null, Objects.requireNonNull(table, "table"), null, NONE);
    }

    private void summed(
            Operator operator, Points points, double[] uniform, double[] direction, @Nullable Points weights,
            Reduction reduction, double[] sums) {
        run(operator, points, uniform, direction, null, weights, null, reduction, sums);
    }

    private void run(
            Operator operator, Points points, double[] uniform, double[] direction, @Nullable Points more,
            @Nullable Points weights, @Nullable Table table, @Nullable Reduction reduction, double[] sums) {
        check(points, uniform);
        Arrays.fill(sums, 0);
        int tiles = points.tiles.tiles();
        int perChunk = Math.max(CHUNK / Tiles.WIDTH, (tiles + MOST_CHUNKS - 1) / MOST_CHUNKS);
        int chunks = (tiles + perChunk - 1) / perChunk;
        Worker worker = core.takeWorker();
        try {
            Plan plan = core.mainPath(points, uniform, worker.x).plan(operator, more == null);
            if (table != null) {
                table.reset(points.size(), core.columns(operator), plan.stored(), plan.columns(), core.precision);
            }
            worker.own.set(operator, plan, core.precision, points, uniform, direction, more, weights, table, reduction);
            worker.begin(worker.own);
            if (threads > 1 && chunks > 1) {
                new Crew(core, worker, Math.min(threads, chunks), chunks, perChunk, progress, cancelled).run(sums);
                return;
            }
            for (int chunk = 0; chunk < chunks; chunk++) {
                if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("the batch was cancelled");
                }
                int first = chunk * perChunk;
                int last = Math.min(first + perChunk, tiles);
                double[] partial = worker.partial(sums.length);
                worker.chunk(first, last, partial);
                for (int c = 0; c < sums.length; c++) {
                    sums[c] += partial[c];
                }
                progress.report(Math.min((long) last * Tiles.WIDTH, points.size()), points.size());
            }
        } finally {
            core.giveBack(worker);
        }
    }
}
