package org.wengert.linalg.matrix;

import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.wengert.core.scalar.Differentiation;

/**
 * A matrix of dual numbers, A + Σᵢ Aᵢ εᵢ with εᵢ εⱼ = 0: a value and k tangents, one per direction. Functions of it are
 * differentiated as wholes: the value is factorized once, and the factors serve all tangents, which lie side by side
 * in memory, so that one product moves all of them.
 *
 * <pre>{@code
 * var d = new Differentiation("a spring system");
 * DualMatrix stiffness = DualMatrix.of(d, k, dk1, dk2);
 * Matrix u = solve(stiffness, Matrix.of(load));        // value and two tangents, one factorization
 * }</pre>
 *
 * <p>Matrices of one differentiation meet only if they have equally many tangents.
 */
public final class DualMatrix implements Matrix {

    private final Differentiation of;
    private final int lanes;
    private final DMatrixRMaj value;

    /** n × (k·m), as in {@link Dense}. */
    private final DMatrixRMaj tangents;

    /** Keeps the matrices: nobody else may change them. */
    DualMatrix(Differentiation of, int lanes, DMatrixRMaj value, DMatrixRMaj tangents) {
        this.of = of;
        this.lanes = lanes;
        this.value = value;
        this.tangents = tangents;
    }

    /**
     * A value with tangents.
     *
     * @param of       the differentiation the tangents belong to
     * @param value    n × m; copied
     * @param tangents at least one, n × m each; copied
     * @throws IllegalArgumentException if there are none or a shape differs
     */
    public static DualMatrix of(Differentiation of, DMatrixRMaj value, DMatrixRMaj... tangents) {
        Objects.requireNonNull(of, "of");
        Objects.requireNonNull(value, "value");
        return new DualMatrix(of, tangents.length, value.copy(), Blocks.join(value, tangents, "tangents"));
    }

    /** The differentiation the tangents belong to. */
    public Differentiation of() {
        return of;
    }

    /** k, how many tangents this matrix carries. */
    public int lanes() {
        return lanes;
    }

    /**
     * A tangent, n × m; the caller's own.
     *
     * @param lane 0 ≤ lane &lt; {@link #lanes}
     */
    public DMatrixRMaj tangent(int lane) {
        return Blocks.part(tangents, lanes, lane);
    }

    /** The tangent of one entry. */
    public double tangent(int lane, int row, int column) {
        return Blocks.entry(tangents, lanes, lane, row, column);
    }

    Mat mat() {
        return Mat.of(value);
    }

    Mat block() {
        return Mat.of(tangents);
    }

    @Override
    public int rows() {
        return value.numRows;
    }

    @Override
    public int columns() {
        return value.numCols;
    }

    @Override
    public DMatrixRMaj value() {
        return value.copy();
    }

    @Override
    public double value(int row, int column) {
        return value.get(row, column);
    }

    @Override
    public String toString() {
        return Shapes.of(value) + " matrix with " + lanes + " tangents of " + of;
    }
}
