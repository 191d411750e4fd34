package org.wengert.hessian;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;
import org.wengert.core.Differentiable;
import org.wengert.core.engine.LaneCode;
import org.wengert.linalg.Arguments;
import org.wengert.linalg.LinearOperator;

/**
 * The Hessian ∇²f(x) of a function at a point, known by what it does to vectors: a symmetric n × n operator that is never formed.
 *
 * <pre>{@code
 * HessianVectorProduct h = HessianVectorProduct.of(f, 1.0, 2.0);
 * double[] hv = h.apply(v);
 * double curvature = h.curvature(v);          // vᵀ·H·v
 * DMatrixRMaj block = h.apply(vectors);       // H·V, a column each
 * }</pre>
 *
 * <p>The local first and second partial derivatives are computed when this object is made; a product costs some operations for each of them, allocates
 * nothing into the caller's array, and does not call the function. For points that follow one another keep a {@link TwiceDifferentiable}.
 *
 * <p>Immutable, and safe to share between threads if the function is.
 */
public final class HessianVectorProduct implements LinearOperator {

    /** Up to so many variables a product that is no number is computed again by hyper-dual numbers. */
    private static final int MOST_EAGER = 2_000;

    private final TwiceDifferentiable f;
    private final double[] x;
    private final HvpMethod method;
    private final double value;
    private final double[] gradient;
    private final @Nullable RecordedPath path;
    private final RecordedPath.@Nullable Product product;

    /** The numbers of the point that products start from. */
    private final double[] weights;

    private final AtomicReference<double @Nullable []> spare = new AtomicReference<>();
    private final AtomicReference<double @Nullable [][]> spareColumns = new AtomicReference<>();

    private HessianVectorProduct(
            TwiceDifferentiable f, double[] x, HvpMethod method, double value, double[] gradient, @Nullable RecordedPath path,
            RecordedPath.@Nullable Product product, double[] weights) {
        this.f = f;
        this.x = x;
        this.method = method;
        this.value = value;
        this.gradient = gradient;
        this.path = path;
        this.product = product;
        this.weights = weights;
    }

    /**
     * The Hessian of a function at one point.
     *
     * @param f n inputs
     * @param x the point, n entries; copied
     */
    public static HessianVectorProduct of(Differentiable f, double... x) {
        return TwiceDifferentiable.of(f).at(x);
    }

    /** Null if the function takes another path at x. */
    static @Nullable HessianVectorProduct recorded(TwiceDifferentiable f, double[] x, RecordedPath path, HvpMethod method) {
        int n = x.length;
        RecordedPath.Product product = path.product(method);
        double[] out = new double[product.at().program().outputs()];
        if (!product.at().run(x, out)) {
            return null;
        }
        double value = out[0];
        double[] gradient = Arrays.copyOfRange(out, 1, 1 + n);
        if (!RecordedPath.isNumber(gradient) || Double.isNaN(value)) {
            value = f.gradient(x, gradient);
        }
        return new HessianVectorProduct(
                f, x, method, value, gradient, path, product, Arrays.copyOfRange(out, 1 + n, out.length));
    }

    static HessianVectorProduct eager(TwiceDifferentiable f, double[] x) {
        double[] gradient = new double[x.length];
        double value = f.function().gradientInto(x, gradient);
        return new HessianVectorProduct(f, x, HvpMethod.HYPER_DUAL, value, gradient, null, null, new double[0]);
    }

    static HessianVectorProduct byDifferences(TwiceDifferentiable f, double[] x) {
        double[] gradient = new double[x.length];
        double value = f.gradient(x, gradient);
        return new HessianVectorProduct(f, x, HvpMethod.DIFFERENCES, value, gradient, null, null, new double[0]);
    }

    // ---- the point -----------------------------------------------------------------------------------

    @Override
    public int rows() {
        return x.length;
    }

    @Override
    public int columns() {
        return x.length;
    }

    /** The point x; the caller's own. */
    public double[] point() {
        return x.clone();
    }

    /** f(x). */
    public double value() {
        return value;
    }

    /** ∇f(x); the caller's own. */
    public double[] gradient() {
        return gradient.clone();
    }

    /** How products are computed. */
    public HvpMethod method() {
        return method;
    }

    /** How many operations a product costs; 0 if the function is run by eager numbers or differences. */
    public long operations() {
        return product == null ? 0 : product.operations();
    }

    // ---- products ------------------------------------------------------------------------------------

    /**
     * Writes H·v.
     *
     * @param v      n entries, none NaN; not changed
     * @param result receives n entries; must not be v
     */
    @Override
    public void apply(double[] v, double[] result) {
        Arguments.direction(v, x.length, "v");
        Arguments.length(result, x.length, "result");
        Arguments.distinct(v, result, "result");
        if (product != null && path != null) {
            recordedProduct(product, path, v, result);
        } else if (method == HvpMethod.DIFFERENCES) {
            differences(v, result);
        } else {
            f.function().hvpInto(x, v, new double[x.length], result);
        }
    }

    private void recordedProduct(RecordedPath.Product p, RecordedPath of, double[] v, double[] result) {
        double[] in = spare.getAndSet(null);
        if (in == null) {
            in = Arrays.copyOf(weights, weights.length + v.length);
        }
        System.arraycopy(v, 0, in, weights.length, v.length);
        boolean right = p.along().run(in, result);
        spare.set(in);
        if (!right || !RecordedPath.isNumber(result)) {
            double[] out = new double[1 + 2 * v.length];
            boolean careful = of.carefulProduct(x, v, out);
            System.arraycopy(out, 1 + v.length, result, 0, v.length);
            if (!careful || v.length <= MOST_EAGER && !RecordedPath.isNumber(result)) {
                // At kinks rows know more about their second derivatives than the formulas of their first ones tell.
                f.function().hvpInto(x, v, new double[v.length], result);
            }
        }
    }

    /** Steps of ∛ε · max(1, ‖x‖) balance the rounding of the gradient and the third derivatives. */
    private void differences(double[] v, double[] result) {
        double length = norm(v);
        if (length == 0) {
            Arrays.fill(result, 0);
            return;
        }
        double h = Math.cbrt(Math.ulp(1.0)) * Math.max(1, norm(x)) / length;
        double[] there = new double[x.length];
        double[] back = new double[x.length];
        move(there, h, v);
        f.gradient(there, result);
        move(there, -h, v);
        f.gradient(there, back);
        for (int i = 0; i < result.length; i++) {
            result[i] = (result[i] - back[i]) / (2 * h);
        }
    }

    private void move(double[] there, double h, double[] v) {
        for (int i = 0; i < there.length; i++) {
            there[i] = x[i] + h * v[i];
        }
    }

    private static double norm(double[] a) {
        double norm = 0;
        for (double t : a) {
            norm = Math.hypot(norm, t);
        }
        return norm;
    }

    /** The same as {@link #apply(double[], double[])}: the Hessian is symmetric. */
    @Override
    public void applyTranspose(double[] w, double[] result) {
        apply(w, result);
    }

    /**
     * H·V for several vectors, the columns of V.
     *
     * @param v n × k, no entry NaN; not changed
     * @return n × k; the caller's own
     */
    public DMatrixRMaj apply(DMatrixRMaj v) {
        var result = new DMatrixRMaj(x.length, v.numCols);
        apply(v, result);
        return result;
    }

    /**
     * Writes H·V for several vectors, the columns of V. Once many blocks have been multiplied, {@value LaneCode#LANES} vectors at a time run side by side on a vector
     * unit, up to 16,000 operations a product: about as fast as one vector. Their products differ from those of single vectors by rounding errors. Blocks of 8 columns
     * are read and written where they are.
     *
     * @param v      n × k, no entry NaN; not changed
     * @param result receives n × k entries; must not be v
     */
    public void apply(DMatrixRMaj v, DMatrixRMaj result) {
        Arguments.directions(v, x.length, "v");
        if (result.numRows != v.numRows || result.numCols != v.numCols) {
            throw new IllegalArgumentException("result must be " + v.numRows + " x " + v.numCols + ", as v is, but is "
                    + result.numRows + " x " + result.numCols);
        }
        Arguments.distinct(v.data, result.data, "result");
        for (int from = 0; from < v.numCols; from += LaneCode.LANES) {
            int width = Math.min(LaneCode.LANES, v.numCols - from);
            if (product == null || !product.block().run(weights, v, from, width, result)) {
                oneByOne(v, from, width, result);
            }
        }
    }

    private void oneByOne(DMatrixRMaj v, int from, int width, DMatrixRMaj result) {
        double[][] column = spareColumns.getAndSet(null);
        if (column == null) {
            column = new double[LaneCode.LANES + 1][x.length];
        }
        Columns.take(v, from, width, column);
        for (int k = 0; k < width; k++) {
            double[] read = column[k];
            apply(read, column[LaneCode.LANES]);
            column[k] = column[LaneCode.LANES];
            column[LaneCode.LANES] = read;
        }
        Columns.put(column, width, result, from);
        spareColumns.set(column);
    }

    /** vᵀ·H·v: the second derivative of f along v. */
    public double curvature(double... v) {
        double[] image = apply(v);
        double sum = 0;
        for (int i = 0; i < v.length; i++) {
            sum += v[i] * image[i];
        }
        return sum;
    }

    // ---- matrices ------------------------------------------------------------------------------------

    /**
     * H as a matrix, exactly symmetric, both triangles: by products with groups of unit vectors that share no row, as few as the
     * structure allows.
     *
     * @return n × n; the caller's own
     */
    public DMatrixRMaj toDense() {
        if (path == null) {
            return method == HvpMethod.HYPER_DUAL
                    ? DMatrixRMaj.wrap(x.length, x.length, f.function().hessian(x).entries())
                    : symmetric(apply(CommonOps_DDRM.identity(x.length)));
        }
        var compression = new SymmetricCompression(path.pattern());
        return compression.dense(this);
    }

    private static DMatrixRMaj symmetric(DMatrixRMaj a) {
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j < i; j++) {
                double mean = (a.unsafe_get(i, j) + a.unsafe_get(j, i)) / 2;
                a.unsafe_set(i, j, mean);
                a.unsafe_set(j, i, mean);
            }
        }
        return a;
    }

    /**
     * H as a sparse matrix of all entries that the structure of the function allows, both triangles, by products with groups of unit vectors. For
     * many points prepare a {@link SparseHessian}.
     *
     * @return n × n, rows ascending in each column; the caller's own
     */
    public DMatrixSparseCSC toSparse() {
        return new SymmetricCompression(f.pattern(x)).sparse(this);
    }

    /** The diagonal of H, exact up to rounding: by as many products as a coloring of the Hessian needs. */
    public double[] diagonal() {
        return new SymmetricCompression(f.pattern(x)).diagonal(this);
    }

    // ---- probing -------------------------------------------------------------------------------------

    /**
     * An estimate with its standard errors.
     *
     * @param value    the means over all probes, one for each quantity; the caller's own
     * @param error    their standard errors: the standard deviation of the probes divided by √probes
     * @param probes   how many vectors were drawn
     */
    public record Probed(double[] value, double[] error, int probes) {}

    /**
     * The diagonal of H by Hutchinson's method: the mean of z ∘ H·z over vectors z of ±1 drawn by chance. The variance of entry i is
     * Σ Hᵢⱼ² over j ≠ i, divided by the number of probes.
     *
     * <p>Source: C. Bekas, E. Kokiopoulou and Y. Saad, "An estimator for the diagonal of a matrix", Appl. Numer. Math. 57 (2007).
     *
     * @param probes how many products, at least 2
     * @param seed   the same seed gives the same estimate
     */
    public Probed estimateDiagonal(int probes, long seed) {
        return probe(probes, seed, false);
    }

    /**
     * The trace of H by Hutchinson's method, the mean of zᵀ·H·z; one entry.
     *
     * <p>Source: M. F. Hutchinson, "A stochastic estimator of the trace of the influence matrix", Commun. Stat. Simul. Comput. 18 (1989).
     *
     * @param probes how many products, at least 2
     * @param seed   the same seed gives the same estimate
     */
    public Probed estimateTrace(int probes, long seed) {
        return probe(probes, seed, true);
    }

    private Probed probe(int probes, long seed, boolean trace) {
        Require.atLeast(probes, 2, "probes");
        var random = new Random(seed);
        int n = x.length;
        double[] mean = new double[trace ? 1 : n];
        double[] squares = new double[mean.length];
        double[] z = new double[n];
        double[] image = new double[n];
        for (int k = 1; k <= probes; k++) {
            for (int i = 0; i < n; i++) {
                z[i] = random.nextBoolean() ? 1 : -1;
            }
            apply(z, image);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                image[i] *= z[i];
                sum += image[i];
            }
            for (int i = 0; i < mean.length; i++) { // Welford's update
                double sample = trace ? sum : image[i];
                double delta = sample - mean[i];
                mean[i] += delta / k;
                squares[i] += delta * (sample - mean[i]);
            }
        }
        double[] error = new double[mean.length];
        for (int i = 0; i < error.length; i++) {
            error[i] = Math.sqrt(squares[i] / (probes - 1.0) / probes);
        }
        return new Probed(mean, error, probes);
    }
}
