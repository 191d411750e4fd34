package org.wengert.linalg.matrix;

import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.wengert.core.scalar.Differentiation;

/**
 * A matrix of hyper-dual numbers, A + Σᵢ Aᵢ εᵢ + B δ + Σᵢ ABᵢ εᵢδ with εᵢ εⱼ = δ² = 0: a value, k tangents, the tangent along ONE
 * second direction, and the mixed second derivatives of each tangent with it.
 *
 * <p>Rules are those of {@link DualMatrix}, applied to matrices with coefficients that have a tangent along b themselves; the value's
 * factors serve everything. Matrices of one differentiation meet only if they have equally many tangents.
 */
public final class HyperDualMatrix implements Matrix {

    private final Differentiation of;
    private final int lanes;

    /** A and B. */
    private final Mat value;

    /** The tangents and the mixed second derivatives, blocks as in {@link Dense}. */
    private final Mat tangents;

    /** Keeps the matrices: nobody else may change them. */
    HyperDualMatrix(Differentiation of, int lanes, Mat value, Mat tangents) {
        this.of = of;
        this.lanes = lanes;
        this.value = value;
        this.tangents = tangents;
    }

    /**
     * An independent variable: its mixed second derivatives are zero.
     *
     * @param of       the differentiation the derivatives belong to
     * @param value    n × m; copied
     * @param tangents at least one, n × m each; copied
     * @param b        the tangent along the second direction, n × m; copied
     * @throws IllegalArgumentException if there are no tangents or a shape differs
     */
    public static HyperDualMatrix of(
            Differentiation of, DMatrixRMaj value, DMatrixRMaj[] tangents, DMatrixRMaj b) {
        Objects.requireNonNull(of, "of");
        Objects.requireNonNull(value, "value");
        return new HyperDualMatrix(
                of, tangents.length, new Mat(value.copy(), Blocks.join(value, new DMatrixRMaj[] {b}, "b")),
                Mat.of(Blocks.join(value, tangents, "tangents")));
    }

    /** The differentiation the derivatives belong to. */
    public Differentiation of() {
        return of;
    }

    /** k, how many tangents this matrix carries. */
    public int lanes() {
        return lanes;
    }

    /** A tangent, n × m, 0 ≤ lane &lt; {@link #lanes}; the caller's own. */
    public DMatrixRMaj a(int lane) {
        return Blocks.part(tangents.v(), lanes, lane);
    }

    /** The tangent along the second direction, n × m; the caller's own. */
    public DMatrixRMaj b() {
        DMatrixRMaj b = value.b();
        return b == null ? Dense.matrix(rows(), columns()) : b.copy();
    }

    /** The second derivative along a tangent's direction and the second one, n × m, 0 ≤ lane &lt; {@link #lanes}; the caller's own. */
    public DMatrixRMaj ab(int lane) {
        DMatrixRMaj mixed = tangents.b();
        Objects.checkIndex(lane, lanes);
        return mixed == null ? Dense.matrix(rows(), columns()) : Blocks.part(mixed, lanes, lane);
    }

    Mat mat() {
        return value;
    }

    Mat block() {
        return tangents;
    }

    @Nullable DMatrixRMaj mixed() {
        return tangents.b();
    }

    @Override
    public int rows() {
        return value.rows();
    }

    @Override
    public int columns() {
        return value.columns();
    }

    @Override
    public DMatrixRMaj value() {
        return value.v().copy();
    }

    @Override
    public double value(int row, int column) {
        return value.v().get(row, column);
    }

    @Override
    public String toString() {
        return Shapes.of(value.v()) + " matrix with " + lanes + " tangents and a second direction of " + of;
    }
}
