package org.wengert.linalg;

import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.jspecify.annotations.Nullable;
import org.wengert.core.DifferentiableVector;
import org.wengert.linalg.coloring.Coloring;

/**
 * A function f near a point x: f(x + v) ≈ f(x) + J·v, computed once and applied many times.
 *
 * <pre>{@code
 * Linearization j = Linearization.of(f, 1.0, 2.0);
 * double[] jv = j.jvp(v);           // J·v
 * double[] wj = j.vjp(w);           // Jᵀ·w
 * DMatrixRMaj dense = j.toDense();
 * }</pre>
 *
 * <p>All local partial derivatives are evaluated when this object is made; a product costs one multiplication and one
 * addition for each of them, no call of the function and no memory. As a {@link LinearOperator} it goes into solvers
 * without the matrix ever being formed. For points that follow one another, keep a {@link Linearizer}.
 *
 * <p>Immutable, and safe to share between threads.
 */
public final class Linearization implements LinearOperator {

    private final DifferentiableVector f;
    private final double[] x;
    private final Sweeps sweeps;
    private final @Nullable LinearizedProgram program;

    /** Keeps the point. */
    Linearization(DifferentiableVector f, double[] x, Sweeps sweeps, @Nullable LinearizedProgram program) {
        this.f = f;
        this.x = x;
        this.sweeps = sweeps;
        this.program = program;
    }

    /**
     * The linearization of a function at one point.
     *
     * @param f n inputs, m results
     * @param x the point, n entries; copied
     */
    public static Linearization of(DifferentiableVector f, double... x) {
        return Linearizer.of(f).at(x);
    }

    /** m, the number of results. */
    @Override
    public int rows() {
        return f.outputs();
    }

    /** n, the number of inputs. */
    @Override
    public int columns() {
        return f.inputs();
    }

    /** The point x; the caller's own. */
    public double[] point() {
        return x.clone();
    }

    /** f(x); the caller's own. */
    public double[] value() {
        return sweeps.value().clone();
    }

    /** How many multiplications one product costs; 0 if the function is run by eager numbers. */
    public long multiplications() {
        return sweeps.edges();
    }

    Sweeps sweeps() {
        return sweeps;
    }

    // ---- products with vectors -----------------------------------------------------------------------

    /**
     * J·v, the derivative along a direction.
     *
     * @param v n entries, none NaN; not changed
     * @return m entries; the caller's own
     */
    public double[] jvp(double... v) {
        double[] result = new double[rows()];
        jvpInto(v, result);
        return result;
    }

    /**
     * Writes J·v into the caller's array.
     *
     * @param v      n entries, none NaN; not changed
     * @param result receives m entries; must not be v
     */
    public void jvpInto(double[] v, double[] result) {
        Arguments.direction(v, columns(), "v");
        Arguments.length(result, rows(), "result");
        Arguments.distinct(v, result, "result");
        sweeps.forward(v, 1, result);
    }

    /**
     * Jᵀ·w, the gradient of w·f.
     *
     * @param w m entries, none NaN; not changed
     * @return n entries; the caller's own
     */
    public double[] vjp(double... w) {
        double[] result = new double[columns()];
        vjpInto(w, result);
        return result;
    }

    /**
     * Writes Jᵀ·w into the caller's array.
     *
     * @param w      m entries, none NaN; not changed
     * @param result receives n entries; must not be w
     */
    public void vjpInto(double[] w, double[] result) {
        Arguments.direction(w, rows(), "w");
        Arguments.length(result, columns(), "result");
        Arguments.distinct(w, result, "result");
        sweeps.reverse(w, 1, result);
    }

    @Override
    public void apply(double[] v, double[] result) {
        jvpInto(v, result);
    }

    @Override
    public void applyTranspose(double[] w, double[] result) {
        vjpInto(w, result);
    }

    // ---- products with matrices ----------------------------------------------------------------------

    /**
     * J·V for several directions, the columns of V, four of them in a sweep.
     *
     * @param v n × k, no entry NaN; not changed
     * @return m × k; the caller's own
     */
    public DMatrixRMaj jvp(DMatrixRMaj v) {
        Arguments.directions(v, columns(), "v");
        DMatrixRMaj result = new DMatrixRMaj(rows(), v.numCols);
        sweeps.forward(data(v), v.numCols, result.data);
        return result;
    }

    /**
     * Jᵀ·W for several weightings of the results, the columns of W, four of them in a sweep.
     *
     * @param w m × k, no entry NaN; not changed
     * @return n × k; the caller's own
     */
    public DMatrixRMaj vjp(DMatrixRMaj w) {
        Arguments.directions(w, rows(), "w");
        DMatrixRMaj result = new DMatrixRMaj(columns(), w.numCols);
        sweeps.reverse(data(w), w.numCols, result.data);
        return result;
    }

    /** The entries alone: a matrix may have room for more. */
    private static double[] data(DMatrixRMaj a) {
        int size = a.numRows * a.numCols;
        return a.data.length == size ? a.data : Arrays.copyOf(a.data, size);
    }

    // ---- matrices ------------------------------------------------------------------------------------

    /** Whether the Jacobian is accumulated row by row, by reverse sweeps, because there are fewer rows than columns. */
    private boolean byRows() {
        return program != null && rows() < columns();
    }

    /**
     * J as a matrix, by the cheaper of forward and reverse sweeps; they are written straight into the matrix.
     *
     * @return m × n; the caller's own
     */
    public DMatrixRMaj toDense() {
        return byRows() ? Accumulation.byRows(sweeps, rows(), columns())
                : Accumulation.byColumns(sweeps, rows(), columns());
    }

    /**
     * J as a sparse matrix of all entries that the structure of the function allows, by products with groups of columns and
     * rows. The pattern is prepared once for a path through the function; see {@link SparseJacobian} for more control.
     *
     * @return m × n, rows ascending in each column; the caller's own
     */
    public DMatrixSparseCSC toSparse() {
        Compression compression = program != null ? program.compression()
                : new Compression(Coloring.of(SparseJacobian.eagerPattern(f, x)));
        DMatrixSparseCSC jacobian = compression.newMatrix();
        compression.evaluate(sweeps, jacobian.nz_values);
        return jacobian;
    }

    /** How {@link #toDense} goes, and what that costs, as a line for people. */
    public String report() {
        if (program == null) {
            return "run by eager numbers, column by column";
        }
        long edges = program.edges();
        return String.format(Locale.ROOT,
                "by %s: %d multiplications by columns (%d forward sweeps), %d by rows (%d reverse sweeps)",
                byRows() ? "rows" : "columns", edges * columns(), columns(), edges * rows(), rows());
    }
}
