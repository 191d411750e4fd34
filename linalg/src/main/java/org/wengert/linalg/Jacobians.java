package org.wengert.linalg;

import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Jacobian;

/** Jacobians and Jacobian-vector products of vector-valued functions, as EJML matrices. Stateless. */
public final class Jacobians {

    private Jacobians() {}

    /**
     * The Jacobian J(x), ∂fᵢ/∂xⱼ in row i and column j, in ⌈n/8⌉ passes.
     *
     * @param f the function, n inputs and m results
     * @param x the point, n entries; not changed
     * @return m × n; the caller's own
     * @throws IllegalArgumentException if x does not have n entries
     */
    public static DMatrixRMaj jacobian(DifferentiableVector f, double... x) {
        return matrix(f.jacobian(x));
    }

    /**
     * The entries of a Jacobian as a matrix, without copying.
     *
     * @param jacobian m × n; the matrix wraps its entries, so a change of one is a change of both
     */
    public static DMatrixRMaj matrix(Jacobian jacobian) {
        return DMatrixRMaj.wrap(jacobian.rows(), jacobian.columns(), jacobian.entries());
    }

    /**
     * J(x)·V for several directions, the columns of V, without forming J.
     *
     * @param f          the function, n inputs and m results
     * @param x          the point, n entries; not changed
     * @param directions V, n × k, no entry NaN; not changed
     * @return m × k; the caller's own
     * @throws IllegalArgumentException if a size is wrong or an entry of V is NaN
     */
    public static DMatrixRMaj jvp(DifferentiableVector f, double[] x, DMatrixRMaj directions) {
        Objects.requireNonNull(directions, "directions");
        if (directions.numRows != f.inputs()) {
            throw new IllegalArgumentException("directions must have " + f.inputs()
                    + " rows, one for each input, but has " + directions.numRows);
        }
        int k = directions.numCols;
        DMatrixRMaj product = new DMatrixRMaj(f.outputs(), k);
        double[] direction = new double[f.inputs()];
        for (int column = 0; column < k; column++) {
            for (int j = 0; j < direction.length; j++) {
                direction[j] = directions.data[j * k + column];
            }
            double[] tangent = f.jvp(x, direction).tangent();
            for (int i = 0; i < tangent.length; i++) {
                product.data[i * k + column] = tangent[i];
            }
        }
        return product;
    }
}
