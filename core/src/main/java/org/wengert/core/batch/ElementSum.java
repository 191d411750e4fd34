package org.wengert.core.batch;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.core.Differentiable;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.Engines;
import org.wengert.core.engine.TileCode;
import org.wengert.core.engine.Uniforms;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.HessianProgram;
import org.wengert.core.transform.Pattern;
import org.wengert.core.transform.SecondOrder;
import org.wengert.core.transform.Tangent;
import org.wengert.core.transform.Zeros;

/**
 * A function of many variables that is a sum of many small ones, all alike:
 *
 * <pre>
 * f(x) = Σₑ φ(x[i₀ₑ], …, x[iₖ₋₁,ₑ]; dataₑ)
 * </pre>
 *
 * <p>The element φ is recorded once; its derivatives run on vector units over the elements, tile by tile, and are added
 * up at the variables they belong to. Gradients, Hessian-vector products and sparse Hessians of a million variables come
 * from there without coloring. A plain loop that is recorded whole is found to be such a sum by itself ({@link
 * CompiledFunction} of many variables); stated outright, nothing has to be recorded or found.
 *
 * <pre>{@code
 * var rosenbrock = ElementSum.over(n - 1, n, e -> new int[] {e, e + 1}, (x, data) ->
 *         square(x[1].minus(square(x[0]))).times(100).plus(square(minus(1, x[0]))));
 * double f = rosenbrock.gradient(x, gradient);
 * }</pre>
 *
 * <p>Elements for which φ takes another path through its comparisons than at the point where it was recorded, or has no
 * finite derivative by plain products, are differentiated by eager numbers: right, but slowly. Use {@code select},
 * {@code min}, {@code max} and {@code abs} in φ where many elements differ.
 *
 * <p>Sums are added in the order of the elements (values: of tiles of elements), whatever the number of threads.
 * Immutable; safe to share between threads. A call allocates little once its room has been made.
 */
public final class ElementSum {

    /** φ: the function of one element. */
    @FunctionalInterface
    public interface Element {

        /**
         * φ(x; data). Pure, and called with recording numbers.
         *
         * @param x    the k variables of the element
         * @param data the d data of the element
         */
        Scalar at(Scalar[] x, Scalar[] data);
    }

    /** With fewer elements one thread does it all. */
    private static final int SHARED = 20_000;

    private final int variables;
    private final int elements;
    private final int[][] indices;
    private final double[][] data;
    private final Differentiable local;
    private final Engine engine = Engines.standard();

    private final Supplier<Sweep> value;
    private final Supplier<Sweep> gradient;
    private final Supplier<Sweep> product;
    private final Supplier<Assembly> hessian;

    private ElementSum(int variables, int[][] indices, double[][] data, Element element) {
        this.variables = variables;
        this.indices = indices;
        this.data = data;
        this.elements = indices[0].length;
        int k = indices.length;
        this.local = Differentiable.of(k + data.length, z -> Objects.requireNonNull(
                element.at(Arrays.copyOf(z, k), Arrays.copyOfRange(z, k, z.length)), "the result of the element"));
        int[] wrt = IntStream.range(0, k).toArray();
        this.value = once(() -> new Sweep(program()));
        this.gradient = once(() -> new Sweep(Adjoint.gradient(program(), Zeros.GUARDED, 0, wrt)));
        this.product = once(() -> {
            Program along = Tangent.of(Adjoint.gradient(program(), Zeros.GUARDED, 0, wrt), Zeros.GUARDED, 1, wrt);
            // φ and ∇φ, then the tangent of φ, which nobody asked for, and that of ∇φ.
            return new Sweep(along.select(IntStream.concat(
                    IntStream.range(0, 1 + k), IntStream.range(2 + k, 2 + 2 * k)).toArray()));
        });
        this.hessian = once(() -> new Assembly(SecondOrder.hessian(program(), Zeros.GUARDED, wrt)));
    }

    /**
     * A sum of elements without data.
     *
     * @param elements  how many elements there are, at least 1
     * @param variables n
     * @param indices   for each element the k variables it takes; the same k for all
     * @param element   φ
     */
    public static ElementSum over(int elements, int variables, IntFunction<int[]> indices, Element element) {
        if (elements < 1) {
            throw new IllegalArgumentException("elements must be at least 1, but was " + elements);
        }
        int k = Objects.requireNonNull(indices.apply(0), "indices of element 0").length;
        int[][] columns = new int[k][elements];
        for (int e = 0; e < elements; e++) {
            int[] of = indices.apply(e);
            if (of.length != k) {
                throw new IllegalArgumentException(
                        "indices must be " + k + " for each element, as for element 0, but are " + of.length + " for " + e);
            }
            for (int c = 0; c < k; c++) {
                columns[c][e] = of[c];
            }
        }
        return of(variables, columns, new double[0][], element);
    }

    /**
     * A sum of elements.
     *
     * @param variables n
     * @param indices   {@code indices[c][e]} is the variable that element e takes in place c, 0 to n - 1; k columns of equal
     *                  length, at least one element; copied
     * @param data      {@code data[d][e]} is number d of element e; columns as long as those of the indices; copied
     * @param element   φ
     */
    public static ElementSum of(int variables, int[][] indices, double[][] data, Element element) {
        Objects.requireNonNull(element, "element");
        if (indices.length == 0 || indices[0].length == 0) {
            throw new IllegalArgumentException("indices must have at least one column with one element");
        }
        int elements = indices[0].length;
        int[][] columns = new int[indices.length][];
        for (int c = 0; c < columns.length; c++) {
            if (indices[c].length != elements) {
                throw new IllegalArgumentException("indices[" + c + "] must have " + elements
                        + " entries, one for each element, but has " + indices[c].length);
            }
            for (int e = 0; e < elements; e++) {
                if (indices[c][e] < 0 || indices[c][e] >= variables) {
                    throw new IllegalArgumentException("indices[" + c + "][" + e + "] must be 0 to " + (variables - 1)
                            + ", but is " + indices[c][e]);
                }
            }
            columns[c] = indices[c].clone();
        }
        double[][] numbers = new double[data.length][];
        for (int d = 0; d < numbers.length; d++) {
            Require.length(data[d], elements, "data[" + d + "]");
            numbers[d] = data[d].clone();
        }
        return new ElementSum(variables, columns, numbers, element);
    }

    private static <T> Supplier<T> once(Supplier<T> make) {
        return new Supplier<>() {
            private @Nullable T made;

            @Override
            public synchronized T get() {
                T known = made;
                if (known == null) {
                    known = make.get();
                    made = known;
                }
                return known;
            }
        };
    }

    /** φ recorded where the variables are one half and the data those of the first element. */
    private Program program() {
        double[] at = new double[indices.length + data.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = i < indices.length ? 0.5 : data[i - indices.length][0];
        }
        return Tracer.trace(at, z -> new Scalar[] {local.value(z)});
    }

    /** n, the number of variables. */
    public int variables() {
        return variables;
    }

    /** The number of elements. */
    public int elements() {
        return elements;
    }

    /**
     * f(x).
     *
     * @param x n entries; not changed
     */
    public double value(double[] x) {
        Require.length(x, variables, "x");
        return value.get().run(x, null, null);
    }

    /**
     * f(x) and ∇f(x).
     *
     * @param x   n entries; not changed
     * @param sum receives ∇f(x), n entries; must not be x
     * @return f(x)
     */
    public double gradient(double[] x, double[] sum) {
        Require.length(x, variables, "x");
        Require.length(sum, variables, "sum");
        Sweep sweep = gradient.get();
        Locals locals = sweep.take();
        double f = sweep.run(x, null, locals.columns);
        scatter(locals.columns, 0, sum);
        sweep.giveBack(locals);
        return f;
    }

    /**
     * f(x), ∇f(x) and ∇²f(x)·v.
     *
     * @param x         n entries; not changed
     * @param direction v, n entries; not changed
     * @param sum       receives ∇f(x), n entries; must not be another of the arrays
     * @param products  receives ∇²f(x)·v, n entries; must not be another of the arrays
     * @return f(x)
     */
    public double hvp(double[] x, double[] direction, double[] sum, double[] products) {
        Require.length(x, variables, "x");
        Require.length(direction, variables, "direction");
        Require.length(sum, variables, "sum");
        Require.length(products, variables, "products");
        Sweep sweep = product.get();
        Locals locals = sweep.take();
        double f = sweep.run(x, direction, locals.columns);
        scatter(locals.columns, 0, sum);
        scatter(locals.columns, indices.length, products);
        sweep.giveBack(locals);
        return f;
    }

    /** Where ∇²f can differ from zero: the lower triangle with the diagonal, n x n. */
    public Pattern hessianPattern() {
        return hessian.get().pattern;
    }

    /**
     * f(x), ∇f(x) and the entries of ∇²f(x).
     *
     * @param x       n entries; not changed
     * @param sum     receives ∇f(x), n entries; must not be x
     * @param entries receives the entries in the order of {@link #hessianPattern}, as many as that has
     * @return f(x)
     */
    public double hessian(double[] x, double[] sum, double[] entries) {
        Require.length(x, variables, "x");
        Require.length(sum, variables, "sum");
        Assembly assembly = hessian.get();
        Require.length(entries, assembly.pattern.size(), "entries");
        Locals locals = assembly.sweep.take();
        double f = assembly.sweep.run(x, null, locals.columns);
        scatter(locals.columns, 0, sum);
        assembly.scatter(locals.columns, entries);
        assembly.sweep.giveBack(locals);
        return f;
    }

    /** Adds what the elements say of each place to the variables that stand there. */
    private void scatter(double[][] columns, int from, double[] sum) {
        Arrays.fill(sum, 0);
        for (int c = 0; c < indices.length; c++) {
            int[] variable = indices[c];
            double[] of = columns[from + c];
            for (int e = 0; e < elements; e++) {
                sum[variable[e]] += of[e];
            }
        }
    }

    /** The derivatives of all elements, one column an output but for the first, which is φ. */
    private record Locals(double[][] columns) {}

    /** One program of the element, run over all of them. */
    private final class Sweep {

        private final Program program;
        private final TileCode code;
        private final double[] uniform;
        private final AtomicReference<@Nullable Locals> spare = new AtomicReference<>();
        private final ThreadLocal<Bench> benches;

        Sweep(Program program) {
            this.program = program;
            this.code = engine.compile(program);
            this.uniform = new double[program.firstVarying()];
            Uniforms.evaluate(program, new double[0], uniform);
            int columns = program.inputs() + program.outputs() + 1;
            this.benches = ThreadLocal.withInitial(() -> new Bench(new double[columns * TileCode.STRIDE]));
        }

        Locals take() {
            Locals locals = spare.getAndSet(null);
            return locals != null ? locals : new Locals(new double[program.outputs() - 1][elements]);
        }

        void giveBack(Locals locals) {
            spare.set(locals);
        }

        double run(double[] x, double @Nullable [] direction, double @Nullable [][] columns) {
            TileCode now = code.now();
            int tiles = (elements + TileCode.WIDTH - 1) / TileCode.WIDTH;
            double[] partial = new double[tiles];
            IntStream all = IntStream.range(0, tiles);
            (elements < SHARED ? all : all.parallel())
                    .forEach(tile -> partial[tile] = tile(now, tile, x, direction, columns));
            double sum = 0;
            for (double p : partial) {
                sum += p;
            }
            return sum;
        }

        private double tile(
                TileCode now, int tile, double[] x, double @Nullable [] direction, double @Nullable [][] columns) {
            Bench bench = benches.get();
            double[] work = bench.work;
            double[] scratch = bench.scratch(now.scratch());
            int first = tile * TileCode.WIDTH;
            int points = Math.min(TileCode.WIDTH, elements - first);
            int at = gather(x, first, points, work, 0);
            for (double[] of : data) {
                System.arraycopy(of, first, work, at, points);
                at += TileCode.STRIDE;
            }
            if (direction != null) {
                at = gather(direction, first, points, work, at);
            }
            now.run(uniform, work, 0, work, at, scratch, points);
            int outputs = program.outputs();
            if (!program.guards().isEmpty()) {
                int failures = at + outputs * TileCode.STRIDE;
                for (int i = 0; i < points; i++) {
                    if (work[failures + i] != 0) {
                        eager(first + i, x, direction, work, at + i);
                    }
                }
            }
            double sum = 0;
            for (int i = 0; i < points; i++) {
                sum += work[at + i];
            }
            for (int c = 1; columns != null && c < outputs; c++) {
                System.arraycopy(work, at + c * TileCode.STRIDE, columns[c - 1], first, points);
            }
            return sum;
        }

        private int gather(double[] from, int first, int points, double[] work, int start) {
            int at = start;
            for (int[] variable : indices) {
                for (int i = 0; i < points; i++) {
                    work[at + i] = from[variable[first + i]];
                }
                at += TileCode.STRIDE;
            }
            return at;
        }

        /** One element by eager numbers; its results go where those of the program would have gone. */
        private void eager(int e, double[] x, double @Nullable [] direction, double[] work, int at) {
            int k = indices.length;
            double[] z = new double[k + data.length];
            double[] v = new double[z.length];
            for (int i = 0; i < z.length; i++) {
                z[i] = i < k ? x[indices[i][e]] : data[i - k][e];
                v[i] = i < k && direction != null ? direction[indices[i][e]] : 0;
            }
            if (program.outputs() == 1) {
                work[at] = local.value(z);
            } else if (direction != null) {
                var h = local.hvp(z, v);
                put(h.value(), h.gradient(), work, at);
                for (int c = 0; c < k; c++) {
                    work[at + (1 + k + c) * TileCode.STRIDE] = h.product()[c];
                }
            } else if (program.outputs() == 1 + k) {
                var g = local.gradient(z);
                put(g.value(), g.gradient(), work, at);
            } else {
                var h = local.hessian(z);
                put(h.value(), h.gradient(), work, at);
                Pattern of = hessian.get().localPattern;
                for (int i = 0; i < k; i++) {
                    for (int q = of.rowStart()[i]; q < of.rowStart()[i + 1]; q++) {
                        work[at + (1 + k + q) * TileCode.STRIDE] = h.get(i, of.column()[q]);
                    }
                }
            }
        }

        private void put(double f, double[] of, double[] work, int at) {
            work[at] = f;
            for (int c = 0; c < indices.length; c++) {
                work[at + (1 + c) * TileCode.STRIDE] = of[c];
            }
        }
    }

    /** Room of one thread. */
    private static final class Bench {

        final double[] work;
        private double[] scratch = new double[0];

        Bench(double[] work) {
            this.work = work;
        }

        double[] scratch(int length) {
            if (scratch.length < length) {
                scratch = new double[length];
            }
            return scratch;
        }
    }

    /** Where the entries of the elements' Hessians go. */
    private final class Assembly {

        final Pattern localPattern;
        final Pattern pattern;
        final Sweep sweep;

        /** For each entry of the element's Hessian and each element the entry of the whole. */
        private final int[][] target;

        Assembly(HessianProgram program) {
            this.localPattern = program.pattern();
            this.sweep = new Sweep(program.program());
            int local = localPattern.size();
            long[] keys = new long[Math.multiplyExact(local, elements)];
            int next = 0;
            for (int i = 0; i < localPattern.rows(); i++) {
                for (int q = localPattern.rowStart()[i]; q < localPattern.rowStart()[i + 1]; q++) {
                    for (int e = 0; e < elements; e++) {
                        keys[next++] = key(i, localPattern.column()[q], e);
                    }
                }
            }
            long[] sorted = keys.clone();
            Arrays.parallelSort(sorted);
            int size = 0;
            for (int s = 0; s < sorted.length; s++) {
                if (s == 0 || sorted[s] != sorted[s - 1]) {
                    sorted[size++] = sorted[s];
                }
            }
            int[] rowStart = new int[variables + 1];
            int[] column = new int[size];
            for (int s = 0; s < size; s++) {
                rowStart[(int) (sorted[s] >>> 32) + 1]++;
                column[s] = (int) sorted[s];
            }
            for (int i = 0; i < variables; i++) {
                rowStart[i + 1] += rowStart[i];
            }
            this.pattern = new Pattern(variables, variables, rowStart, column);
            this.target = new int[local][elements];
            for (int q = 0; q < local; q++) {
                for (int e = 0; e < elements; e++) {
                    target[q][e] = Arrays.binarySearch(sorted, 0, size, keys[q * elements + e]);
                }
            }
        }

        private long key(int a, int b, int e) {
            int i = indices[a][e];
            int j = indices[b][e];
            return (long) Math.max(i, j) << 32 | Math.min(i, j);
        }

        void scatter(double[][] columns, double[] entries) {
            Arrays.fill(entries, 0);
            int q = 0;
            for (int a = 0; a < localPattern.rows(); a++) {
                for (int at = localPattern.rowStart()[a]; at < localPattern.rowStart()[a + 1]; at++, q++) {
                    int b = localPattern.column()[at];
                    double[] of = columns[indices.length + q];
                    int[] to = target[q];
                    for (int e = 0; e < elements; e++) {
                        // Two places of an element that are the same variable: both triangles meet on the diagonal.
                        boolean isBoth = a != b && indices[a][e] == indices[b][e];
                        entries[to[e]] += isBoth ? 2 * of[e] : of[e];
                    }
                }
            }
        }
    }
}
