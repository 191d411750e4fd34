package org.wengert.hessian;

import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.jspecify.annotations.Nullable;
import org.wengert.core.Derivatives;
import org.wengert.core.Differentiable;
import org.wengert.core.program.PathCache;
import org.wengert.core.program.Program;
import org.wengert.core.scalar.Relation;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Pattern;

/**
 * A function prepared for gradients, Hessian-vector products and Hessians at many points.
 *
 * <pre>{@code
 * var f = TwiceDifferentiable.of(Differentiable.of(2, x -> square(x[1].minus(square(x[0]))).times(100).plus(square(x[0].minus(1)))));
 * HessianVectorProduct h = f.at(-1.2, 1);
 * double[] hv = h.apply(new double[] {1, 0});
 * }</pre>
 *
 * <p>The function is recorded at the first point, and again wherever its comparisons come out in a way not seen before. What a product needs
 * to know of a point is computed once ({@link #at}); each vector then costs a few operations for each operation of the function that is
 * not linear. Of the ways to compose a forward and a reverse sweep forward over reverse is taken, unless another has fewer operations; {@link #report}
 * says what each costs, and {@link #by} asks for one.
 *
 * <p>A function that cannot be recorded, that reads values as {@code double}s, or that takes a new path at {@value #PATIENCE} points on end
 * is run by eager numbers from then on: slower, and just as right.
 *
 * <p>Memory: a few numbers for each operation of the function. Large functions (from some 2,000 operations on) are re-rolled to vector code, whose sums are added in
 * another order than eager numbers add them. Safe to share between threads if the function is.
 */
public final class TwiceDifferentiable implements Objective {

    private static final int PATHS = 16;

    /** After so many new paths on end, recording is given up. */
    static final int PATIENCE = 24;

    private final Differentiable f;
    private final @Nullable HvpMethod forced;
    private final PathCache<RecordedPath> paths;
    private final AtomicInteger newPathsOnEnd = new AtomicInteger();
    private volatile boolean eager;
    private volatile @Nullable RecordedPath last;

    private TwiceDifferentiable(Differentiable f, @Nullable HvpMethod forced) {
        this.f = Objects.requireNonNull(f, "f");
        this.forced = forced;
        this.eager = forced == HvpMethod.HYPER_DUAL;
        this.paths = PathCache.of(
                new boolean[f.inputs()], x -> new Scalar[] {f.value(x)}, RecordedPath::new, PATHS);
    }

    /** Prepares a function. */
    public static TwiceDifferentiable of(Differentiable f) {
        return new TwiceDifferentiable(f, null);
    }

    /** The same, with products computed in a given way. */
    public TwiceDifferentiable by(HvpMethod method) {
        return new TwiceDifferentiable(f, Objects.requireNonNull(method, "method"));
    }

    /** The function. */
    public Differentiable function() {
        return f;
    }

    @Override
    public int inputs() {
        return f.inputs();
    }

    /** Whether the function is run by eager numbers. */
    public boolean isEager() {
        return eager;
    }

    // ---- values and first derivatives ----------------------------------------------------------------

    @Override
    public double value(double... x) {
        Require.length(x, inputs(), "x");
        double[] out = new double[1];
        for (RecordedPath path = path(x, last); path != null; path = path(x, null)) {
            if (path.value(x, out)) {
                return out[0];
            }
        }
        return f.value(x);
    }

    @Override
    public double gradient(double[] x, double[] gradient) {
        Require.length(x, inputs(), "x");
        Require.length(gradient, inputs(), "gradient");
        for (RecordedPath path = path(x, last); path != null; path = path(x, null)) {
            Code code = path.gradient();
            double[] out = code.takeOutputs();
            boolean right = path.gradient(x, out);
            double value = out[0];
            if (right) {
                System.arraycopy(out, 1, gradient, 0, gradient.length);
            }
            code.giveBack(out);
            if (right) {
                return value;
            }
        }
        return f.gradientInto(x, gradient);
    }

    /**
     * Derivatives of t ↦ f(x + t·v) at t = 0, up to an order: for the third, {@code derivatives(x, v, 3).derivative(3)}. One pass of Taylor
     * numbers.
     *
     * @param x         the point, n entries; not changed
     * @param direction v, n entries, none NaN; not changed
     * @param order     at least 0
     */
    public Derivatives derivatives(double[] x, double[] direction, int order) {
        return f.derivatives(x, direction, order);
    }

    // ---- second derivatives --------------------------------------------------------------------------

    /**
     * The Hessian at a point, ready for products.
     *
     * @param x the point, n entries; copied
     */
    public HessianVectorProduct at(double... x) {
        Require.length(x, inputs(), "x");
        double[] point = x.clone();
        if (forced == HvpMethod.DIFFERENCES) {
            return HessianVectorProduct.byDifferences(this, point);
        }
        for (RecordedPath path = path(point, last); path != null; path = path(point, null)) {
            HessianVectorProduct product = HessianVectorProduct.recorded(
                    this, point, path, forced == null ? path.cheapest() : forced);
            if (product != null) {
                return product;
            }
        }
        return HessianVectorProduct.eager(this, point);
    }

    @Override
    public HessianVectorProduct hessian(double... x) {
        return at(x);
    }

    @Override
    public DMatrixRMaj denseHessian(double... x) {
        return at(x).toDense();
    }

    /** ∇²f(x) as a sparse matrix, both triangles; see {@link SparseHessian} for many points. */
    public DMatrixSparseCSC sparseHessian(double... x) {
        return at(x).toSparse();
    }

    /**
     * Which entries of the Hessian can differ from zero on the path that the function takes at a point: the lower triangle with the
     * diagonal. All of them, if the function cannot be recorded.
     */
    public Pattern pattern(double... x) {
        RecordedPath path = path(Require.length(x, inputs(), "x"), null);
        return path == null ? lowerTriangle(inputs()) : path.pattern();
    }

    private static Pattern lowerTriangle(int n) {
        int[] start = new int[n + 1];
        int[] column = new int[Math.multiplyExact(n, n + 1) / 2];
        for (int i = 0, k = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                column[k++] = j;
            }
            start[i + 1] = k;
        }
        return new Pattern(n, n, start, column);
    }

    /** How products are computed at a point and what each way costs, in operations: lines for people. */
    public String report(double... x) {
        RecordedPath path = path(Require.length(x, inputs(), "x"), null);
        if (path == null) {
            return "run by eager numbers: a product takes " + (inputs() + 7) / 8 + " passes with 8 columns";
        }
        HvpMethod taken = forced == null ? path.cheapest() : forced;
        var text = new StringJoiner("\n");
        text.add("the function: " + path.operations() + " operations");
        for (HvpMethod m : HvpMethod.values()) {
            boolean known = m.isRecorded() && (path.program.operations() <= RecordedPath.MOST_COMPARED || m == taken);
            text.add(String.format(Locale.ROOT, "%s%s: %s", m, m == taken ? (forced == null ? " (taken)" : " (asked for)") : "",
                    known ? path.operations(m) + " operations a vector, " + path.product(m).weights() + " numbers a point"
                            : m == HvpMethod.HYPER_DUAL ? (inputs() + 7) / 8 + " passes with 8 columns a vector"
                            : m == HvpMethod.DIFFERENCES ? "2 gradients a vector" : "not counted, the function being large"));
        }
        return text.toString();
    }

    // ---- paths ---------------------------------------------------------------------------------------

    /** A path to try: the one given, or the one that is right at x. Null if the function is not recorded. */
    @Nullable RecordedPath path(double[] x, @Nullable RecordedPath tried) {
        if (eager) {
            return null;
        }
        if (tried != null) {
            return tried;
        }
        RecordedPath known = last;
        if (known != null && !known.hasGuards()) {
            return known;
        }
        try {
            long before = paths.traced();
            RecordedPath path = paths.at(x);
            boolean isNew = paths.traced() != before;
            if (!isNew) {
                newPathsOnEnd.set(0);
            } else if (isGoodForOnePointOnly(path.program) || newPathsOnEnd.incrementAndGet() > PATIENCE) {
                eager = true;
            }
            last = path;
            return path;
        } catch (RuntimeException cannotBeRecorded) {
            // If the function itself is at fault, it fails again with plain numbers, and says so.
            f.value(x);
            eager = true;
            return null;
        }
    }

    private static boolean isGoodForOnePointOnly(Program program) {
        return program.guards().stream().anyMatch(g -> g.relation() == Relation.SAME && g.outcome()
                && (program.isConstant(g.left()) || program.isConstant(g.right())));
    }
}
