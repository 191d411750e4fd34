package org.wengert.hessian;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.ejml.data.DMatrixSparseCSC;
import org.jspecify.annotations.Nullable;
import org.wengert.core.Differentiable;
import org.wengert.core.transform.HessianProgram;
import org.wengert.core.transform.Pattern;
import org.wengert.core.transform.Report;
import org.wengert.core.transform.SecondOrder;
import org.wengert.core.transform.Zeros;
import org.wengert.linalg.Arguments;
import org.wengert.linalg.coloring.Ordering;
import org.wengert.linalg.coloring.Patterns;
import org.wengert.linalg.coloring.SymmetricColoring;

/**
 * Sparse Hessians of one function at many points: the pattern is found, colored and prepared once.
 *
 * <pre>{@code
 * SparseHessian hessian = SparseHessian.of(f, start);
 * DMatrixSparseCSC h = hessian.matrix(x);                // both triangles
 * }</pre>
 *
 * <p><b>The pattern</b> is that of the recorded function, exact for the path taken, and grows where another branch brings new entries. Of a function that cannot be
 * recorded all entries are taken for possible.
 *
 * <p><b>The entries</b> come by compression (a Hessian-vector product for each color of a star or acyclic coloring, see {@link SymmetricColoring}) or, where
 * that takes fewer operations, from a program for the entries themselves, made by edge pushing ({@link SecondOrder#hessian}).
 *
 * <p>All but the first evaluation take time linear in the size of the function times the number of colors. Safe to share between threads
 * if the function is.
 */
public final class SparseHessian {

    /** How the entries are computed. */
    public enum Method {
        /** By products with sums of unit vectors, a color each. */
        COMPRESSION,
        /** By a program for the entries. */
        EDGE_PUSHING
    }

    /**
     * The value of a function, its gradient and its Hessian.
     *
     * @param value    f(x)
     * @param gradient ∇f(x), n entries; the caller's own
     * @param hessian  ∇²f(x), both triangles, rows ascending in each column; the caller's own
     */
    public record Evaluation(double value, double[] gradient, DMatrixSparseCSC hessian) {}

    /** Up to so many products edge pushing is tried: some 100 bytes each while that lasts. */
    private static final long MOST_PUSHED = 5_000_000;

    private record Plan(SymmetricCompression compression, SymmetricStructure structure, Map<RecordedPath, Pushed> pushed) {}

    /** A program for the entries, if there is a cheap one. */
    private record Pushed(@Nullable PushedCode code, long operations, long alternative) {}

    private final TwiceDifferentiable f;
    private final Function<Pattern, SymmetricColoring> color;
    private final @Nullable Method forced;
    private volatile Plan plan;

    private SparseHessian(TwiceDifferentiable f, Function<Pattern, SymmetricColoring> color, Pattern pattern, @Nullable Method forced) {
        this.f = f;
        this.color = color;
        this.forced = forced;
        this.plan = newPlan(pattern);
    }

    private Plan newPlan(Pattern lower) {
        return new Plan(new SymmetricCompression(color.apply(lower)), new SymmetricStructure(lower), new ConcurrentHashMap<>());
    }

    /**
     * Prepares a function, with its pattern at a point.
     *
     * @param f n inputs
     * @param x a point, n entries; not changed
     */
    public static SparseHessian of(Differentiable f, double... x) {
        return of(TwiceDifferentiable.of(f), x);
    }

    /** Prepares a function that is prepared already for products. */
    public static SparseHessian of(TwiceDifferentiable f, double... x) {
        Objects.requireNonNull(f, "f");
        return new SparseHessian(f, SymmetricColoring::of, f.pattern(x), null);
    }

    /** The same, by a star coloring in a given order. */
    public SparseHessian star(Ordering ordering) {
        return new SparseHessian(f, p -> SymmetricColoring.star(p, ordering), pattern(), Method.COMPRESSION);
    }

    /** The same, by an acyclic coloring in a given order. */
    public SparseHessian acyclic(Ordering ordering) {
        return new SparseHessian(f, p -> SymmetricColoring.acyclic(p, ordering), pattern(), Method.COMPRESSION);
    }

    /** The same, with entries computed in a given way. Functions that cannot be recorded know compression alone. */
    public SparseHessian by(Method method) {
        return new SparseHessian(f, color, pattern(), Objects.requireNonNull(method, "method"));
    }

    /** The pattern as it is known now: the lower triangle with the diagonal. */
    public Pattern pattern() {
        return plan.structure.lower();
    }

    /** The coloring that compression uses. */
    public SymmetricColoring coloring() {
        return plan.compression.coloring();
    }

    /** What the pattern is: blocks, band, arrow. */
    public HessianStructure structure() {
        return HessianStructure.of(pattern());
    }

    /** A matrix with the pattern of the Hessian, all entries zero; the caller's own. */
    public DMatrixSparseCSC newMatrix() {
        return plan.structure.newMatrix(PushedCode.more(f.inputs()));
    }

    /** ∇²f(x), both triangles. */
    public DMatrixSparseCSC matrix(double... x) {
        return at(x).hessian();
    }

    /** f(x), ∇f(x) and ∇²f(x). */
    public Evaluation at(double... x) {
        return evaluate(x, new double[f.inputs()], null);
    }

    /**
     * Writes ∇²f(x) into the caller's matrix; if that has the pattern already, only its values change.
     *
     * @return f(x), ∇f(x) and the caller's matrix
     */
    public Evaluation into(double[] x, DMatrixSparseCSC hessian) {
        return evaluate(x, new double[f.inputs()], Objects.requireNonNull(hessian, "hessian"));
    }

    /**
     * Writes ∇f(x) into the caller's array and ∇²f(x) into the caller's matrix. If that has the pattern already, only its values
     * change. Of a matrix made by {@link #newMatrix}, {@link #at} or {@link #matrix}, what lies behind the entries in {@code nz_values} is
     * used too, and means nothing.
     *
     * @param x        the point, n entries; not changed
     * @param gradient receives ∇f(x), n entries; not the array of x
     * @param hessian  receives ∇²f(x), both triangles
     * @return f(x)
     */
    public double into(double[] x, double[] gradient, DMatrixSparseCSC hessian) {
        Require.length(gradient, f.inputs(), "gradient");
        Arguments.distinct(x, gradient, "gradient");
        return evaluate(x, gradient, Objects.requireNonNull(hessian, "hessian")).value;
    }

    private Evaluation evaluate(double[] x, double[] gradient, @Nullable DMatrixSparseCSC given) {
        Require.length(x, f.inputs(), "x");
        RecordedPath path = f.path(x, null);
        Plan current = planFor(path, x);
        DMatrixSparseCSC target = given == null ? current.structure.newMatrix(PushedCode.more(x.length)) : given;
        if (given != null && !current.structure.fits(target)) {
            target.setTo(current.structure.newMatrix());
        }
        if (path != null) {
            Pushed known = current.pushed.get(path);
            Pushed pushed = known != null ? known : current.pushed.computeIfAbsent(path, p -> pushed(current, p));
            double[] value = new double[1];
            if (pushed.code != null && pushed.code.run(x, target.nz_values, gradient, value)) {
                return new Evaluation(value[0], gradient, target);
            }
        }
        // Not worth it, or a derivative is no number by plain products.
        HessianVectorProduct h = f.at(x);
        current.structure.fill(current.compression.entries(h), target.nz_values);
        System.arraycopy(h.gradient(), 0, gradient, 0, gradient.length);
        return new Evaluation(h.value(), gradient, target);
    }

    private Pushed pushed(Plan of, RecordedPath path) {
        RecordedPath.Product product = path.product(path.cheapest());
        long compressed = Report.operations(product.at().program()) + product.operations() * of.compression.coloring().colors();
        if (forced == Method.COMPRESSION) {
            return new Pushed(null, -1, compressed);
        }
        int[] all = new int[f.inputs()];
        Arrays.setAll(all, i -> i);
        HessianProgram h = SecondOrder.hessian(
                path.program, Zeros.GUARDED, forced == null ? Math.min(MOST_PUSHED, compressed) : Long.MAX_VALUE, all).orElse(null);
        if (h == null) {
            return new Pushed(null, -1, compressed);
        }
        long operations = Report.operations(h.program());
        boolean isWorse = forced == null && operations > compressed;
        return new Pushed(isWorse || !Patterns.contains(of.structure.lower(), h.pattern()) ? null : new PushedCode(h, of.structure),
                operations, compressed);
    }

    /** The plan whose pattern holds for a path: a larger one if the path has new entries. */
    private Plan planFor(@Nullable RecordedPath path, double[] x) {
        Plan current = plan;
        if (path != null && current.pushed.containsKey(path)) {
            return current;
        }
        synchronized (this) {
            Pattern needed = path == null ? f.pattern(x) : path.pattern();
            if (!Patterns.contains(plan.structure.lower(), needed)) {
                plan = newPlan(Patterns.union(plan.structure.lower(), needed));
            }
            return plan;
        }
    }

    /** How the entries at a point are computed, and what that costs: a line for people. */
    public String report(double... x) {
        RecordedPath path = f.path(Require.length(x, f.inputs(), "x"), null);
        Plan of = planFor(path, x);
        if (path == null) {
            return "by compression, run by eager numbers: " + of.compression.coloring();
        }
        Pushed p = of.pushed.computeIfAbsent(path, q -> pushed(of, q));
        return "by " + (p.code == null ? "compression" : "edge pushing") + (forced == null ? "" : " (asked for)") + ": " + coloring()
                + "; " + p.alternative + " operations by compression, " + (p.operations < 0 ? "not tried" : p.operations + "")
                + " by edge pushing; " + structure();
    }
}
