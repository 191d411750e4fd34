package org.wengert.linalg.matrix;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * The thin singular value decomposition A = U·Σ·Vᵀ of a plain matrix, singular values from the largest to the smallest. Of each
 * column of V the entry of largest size is positive.
 *
 * @param u     m × p, p = min(m, n)
 * @param sigma p entries
 * @param v     n × p
 */
record SingularValues(DMatrixRMaj u, double[] sigma, DMatrixRMaj v) {

    static SingularValues of(DMatrixRMaj a) {
        if (a.numRows < a.numCols) {
            SingularValues t = of(Dense.transpose(a, 1));
            return new SingularValues(t.v, t.sigma, t.u);
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(a.numRows, a.numCols, true, true, true);
        if (!svd.decompose(a.copy())) {
            throw new ArithmeticException("the singular values of a " + Shapes.of(a) + " matrix did not converge");
        }
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj v = svd.getV(null, false);
        double[] sigma = Arrays.copyOf(svd.getSingularValues(), svd.numberOfSingularValues());
        SingularOps_DDRM.descendingOrder(u, false, sigma, sigma.length, v, false);
        for (int j = 0; j < sigma.length; j++) {
            if (v.get(largest(v, j), j) < 0) {
                negateColumn(u, j);
                negateColumn(v, j);
            }
        }
        return new SingularValues(u, sigma, v);
    }

    /** The row of a column's entry of largest size. */
    static int largest(DMatrixRMaj x, int column) {
        int best = 0;
        for (int i = 1; i < x.numRows; i++) {
            best = Math.abs(x.get(i, column)) > Math.abs(x.get(best, column)) ? i : best;
        }
        return best;
    }

    static void negateColumn(DMatrixRMaj x, int column) {
        for (int i = 0; i < x.numRows; i++) {
            x.set(i, column, -x.get(i, column));
        }
    }

    /** Singular values up to this count as zero. */
    double zero() {
        return sigma.length == 0 ? 0 : Math.max(u.numRows, v.numRows) * 0x1p-52 * sigma[0];
    }

    int rank() {
        int rank = 0;
        while (rank < sigma.length && sigma[rank] > zero()) {
            rank++;
        }
        return rank;
    }

    DMatrixRMaj pseudoInverse() {
        DMatrixRMaj scaled = Dense.matrix(v.numRows, v.numCols);
        int rank = rank();
        for (int j = 0; j < rank; j++) {
            for (int i = 0; i < v.numRows; i++) {
                scaled.set(i, j, v.get(i, j) / sigma[j]);
            }
        }
        return Dense.times(scaled, Dense.transpose(u, 1));
    }
}
