package org.wengert.linalg;

import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Solves min ‖A·p - b‖² + λ‖D·p‖² for one matrix A, any b and any damping λ ≥ 0, where D is a positive diagonal scale.
 *
 * <p>One singular value decomposition A·D⁻¹ = U·Σ·Vᵀ serves all of them:
 *
 * <pre>
 * p = D⁻¹ V diag(σᵢ / (σᵢ² + λ)) Uᵀ b
 * </pre>
 *
 * in n² operations each, and AᵀA is never formed. Singular values of at most {@value #RANK_TOLERANCE} times the
 * largest count as zero; what they belong to stays out of p, so that for λ = 0 and a rank-deficient A the solution is
 * the one with the smallest ‖D·p‖. With D = the norms of A's columns the answer does not depend on the units of p.
 *
 * <p>Immutable and thread safe.
 *
 * <p>Source: Å. Björck, "Numerical Methods for Least Squares Problems", SIAM 1996, sections 1.2 and 2.6.
 */
public final class DampedLeastSquares {

    /** Singular values up to this part of the largest count as zero: 64 ulp. */
    public static final double RANK_TOLERANCE = 0x1p-46;

    private final int rows;
    private final int columns;
    private final double[] scale;

    /** Singular values from the largest to the smallest, {@code min(rows, columns)} of them. */
    private final double[] sigma;

    private final DMatrixRMaj u;
    private final DMatrixRMaj v;
    private final int rank;

    private DampedLeastSquares(DMatrixRMaj a, double[] scale) {
        rows = a.numRows;
        columns = a.numCols;
        this.scale = scale.clone();
        DMatrixRMaj scaled = new DMatrixRMaj(rows, columns);
        for (int i = 0, k = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++, k++) {
                scaled.data[k] = a.data[k] / scale[j];
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(rows, columns, true, true, true);
        if (!svd.decompose(scaled)) {
            throw new ArithmeticException(
                    "the singular values of a " + rows + " x " + columns + " matrix did not converge");
        }
        u = svd.getU(null, false);
        v = svd.getV(null, false);
        sigma = Arrays.copyOf(svd.getSingularValues(), svd.numberOfSingularValues());
        SingularOps_DDRM.descendingOrder(u, false, sigma, sigma.length, v, false);
        int positive = 0;
        while (positive < sigma.length && sigma[positive] > RANK_TOLERANCE * sigma[0]) {
            positive++;
        }
        rank = positive;
    }

    /**
     * The decomposition of A·D⁻¹.
     *
     * @param a     A, m × n, all entries finite, m and n at least 1; not changed
     * @param scale the diagonal of D, n positive finite entries; copied
     * @throws IllegalArgumentException if an argument is not so
     */
    public static DampedLeastSquares of(DMatrixRMaj a, double[] scale) {
        Objects.requireNonNull(a, "a");
        if (a.numRows < 1 || a.numCols < 1) {
            throw new IllegalArgumentException(
                    "a must have rows and columns, but is " + a.numRows + " x " + a.numCols);
        }
        requireLength(scale, a.numCols, "scale");
        for (int j = 0; j < scale.length; j++) {
            if (!(scale[j] > 0) || Double.isInfinite(scale[j])) {
                throw new IllegalArgumentException(
                        "scale must be positive and finite, but entry " + j + " is " + scale[j]);
            }
        }
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j < a.numCols; j++) {
                if (!Double.isFinite(a.data[i * a.numCols + j])) {
                    throw new IllegalArgumentException(
                            "a must be finite, but entry (" + i + ", " + j + ") is " + a.data[i * a.numCols + j]);
                }
            }
        }
        return new DampedLeastSquares(a, scale);
    }

    /** The norms of A's columns, with 1 in the place of 0: the scale that makes A·D⁻¹ free of units. */
    public static double[] columnNorms(DMatrixRMaj a) {
        double[] norms = new double[a.numCols];
        for (int j = 0; j < a.numCols; j++) {
            double largest = 0;
            for (int i = 0; i < a.numRows; i++) {
                largest = Math.max(largest, Math.abs(a.data[i * a.numCols + j]));
            }
            // Scaled by the largest entry, so that squares neither overflow nor vanish.
            double sum = 0;
            for (int i = 0; i < a.numRows && largest > 0; i++) {
                double part = a.data[i * a.numCols + j] / largest;
                sum += part * part;
            }
            norms[j] = largest > 0 ? largest * Math.sqrt(sum) : 1;
        }
        return norms;
    }

    /** How many singular values of A·D⁻¹ count as positive. */
    public int rank() {
        return rank;
    }

    /** The largest singular value of A·D⁻¹ over the smallest; infinite if the rank is less than n. */
    public double condition() {
        return rank < columns ? Double.POSITIVE_INFINITY : sigma[0] / sigma[columns - 1];
    }

    /**
     * The p that minimizes ‖A·p - b‖² + λ‖D·p‖².
     *
     * @param b       m entries; not changed
     * @param damping λ ≥ 0
     * @return n entries; the caller's own
     * @throws IllegalArgumentException if b has another length or λ is negative or NaN
     */
    public double[] solve(double[] b, double damping) {
        requireLength(b, rows, "b");
        double[] c = new double[rank];
        for (int k = 0; k < rank; k++) {
            for (int i = 0; i < rows; i++) {
                c[k] += u.get(i, k) * b[i];
            }
            c[k] *= sigma[k];
        }
        return back(c, damping);
    }

    /**
     * The p that minimizes ‖A·p - b‖² + λ‖D·p‖² for a b of which only Aᵀb is known. Less accurate than
     * {@link #solve}, by a factor of the condition number: good for corrections.
     *
     * @param atb     Aᵀb, n entries; not changed
     * @param damping λ ≥ 0
     * @return n entries; the caller's own
     * @throws IllegalArgumentException if Aᵀb has another length or λ is negative or NaN
     */
    public double[] solveNormal(double[] atb, double damping) {
        requireLength(atb, columns, "atb");
        double[] c = new double[rank];
        for (int k = 0; k < rank; k++) {
            for (int j = 0; j < columns; j++) {
                c[k] += v.get(j, k) * (atb[j] / scale[j]);
            }
        }
        return back(c, damping);
    }

    /** D⁻¹ V (Σ² + λ)⁻¹ c. */
    private double[] back(double[] c, double damping) {
        if (!(damping >= 0)) {
            throw new IllegalArgumentException("damping must be at least 0, but was " + damping);
        }
        double[] p = new double[columns];
        for (int k = 0; k < rank; k++) {
            double y = c[k] / (sigma[k] * sigma[k] + damping);
            for (int j = 0; j < columns; j++) {
                p[j] += v.get(j, k) * y;
            }
        }
        for (int j = 0; j < columns; j++) {
            p[j] /= scale[j];
        }
        return p;
    }

    /** ‖P·b‖, where P projects onto the range of A: the part of b that A can explain. */
    public double explained(double[] b) {
        requireLength(b, rows, "b");
        double sum = 0;
        for (int k = 0; k < rank; k++) {
            double c = 0;
            for (int i = 0; i < rows; i++) {
                c += u.get(i, k) * b[i];
            }
            sum += c * c;
        }
        return Math.sqrt(sum);
    }

    /**
     * Whether A determines an unknown: whether it is the same in all p that minimize ‖A·p - b‖. It is so for all
     * if the rank is n.
     *
     * @param column {@code 0 <= column < n}
     */
    public boolean determines(int column) {
        Objects.checkIndex(column, columns);
        double rest = 0;
        for (int k = rank; k < columns; k++) {
            rest = Math.max(rest, Math.abs(nullVector(column, k)));
        }
        return rest < 1e-8;
    }

    private double nullVector(int column, int k) {
        if (k < v.numCols) {
            return v.get(column, k);
        }
        // The compact V lacks vectors beyond the number of rows: their part is what is missing to length 1.
        double length = 0;
        for (int i = 0; i < v.numCols; i++) {
            length += v.get(column, i) * v.get(column, i);
        }
        return Math.sqrt(Math.max(0, 1 - length));
    }

    /**
     * The square root of an entry on the diagonal of {@link #inverseGram}: the standard deviation of an unknown if
     * the entries of b have standard deviation 1.
     *
     * @param column {@code 0 <= column < n}
     */
    public double deviation(int column) {
        Objects.checkIndex(column, columns);
        double sum = 0;
        for (int k = 0; k < rank; k++) {
            double part = v.get(column, k) / sigma[k];
            sum += part * part;
        }
        return Math.sqrt(sum) / scale[column];
    }

    /**
     * The inverse of AᵀA, or, for a rank-deficient A, D⁻¹·(D⁻¹AᵀAD⁻¹)⁺·D⁻¹.
     *
     * @return n × n, symmetric to the last bit; the caller's own
     */
    public DMatrixRMaj inverseGram() {
        DMatrixRMaj inverse = new DMatrixRMaj(columns, columns);
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < rank; k++) {
                    sum += (v.get(i, k) / sigma[k]) * (v.get(j, k) / sigma[k]);
                }
                double entry = sum / scale[i] / scale[j];
                inverse.set(i, j, entry);
                inverse.set(j, i, entry);
            }
        }
        return inverse;
    }

    private static void requireLength(double[] array, int length, String name) {
        Objects.requireNonNull(array, name);
        if (array.length != length) {
            throw new IllegalArgumentException(
                    name + " must have " + length + " entries, but has " + array.length);
        }
    }
}
