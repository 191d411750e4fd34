package org.wengert.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.sin;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Jacobian;
import org.wengert.core.scalar.Scalar;

class JacobiansTest {

    private final DifferentiableVector f = Differentiable.vector(2, 3, x -> new Scalar[] {
        x[0].times(x[1]), sin(x[0]), exp(x[1].times(2))
    });

    @Test
    void theJacobianHoldsThePartialDerivatives() {
        DMatrixRMaj j = Jacobians.jacobian(f, 0.5, 0.25);
        double[] expected = {0.25, 0.5, Math.cos(0.5), 0, 0, 2 * Math.exp(0.5)};
        assertEquals(3, j.numRows);
        assertEquals(2, j.numCols);
        assertArrayEquals(expected, j.data, 1e-15);
    }

    @Test
    void aMatrixSharesTheEntriesOfTheJacobian() {
        Jacobian jacobian = f.jacobian(1, 2);
        assertSame(jacobian.entries(), Jacobians.matrix(jacobian).data);
    }

    @Test
    void productsWithSeveralDirectionsAreTheProductWithTheJacobian() {
        DMatrixRMaj v = new DMatrixRMaj(new double[][] {{1, 0, -2, 0.5}, {0, 1, 3, 0.25}});
        DMatrixRMaj expected = new DMatrixRMaj(3, 4);
        CommonOps_DDRM.mult(Jacobians.jacobian(f, 0.5, 0.25), v, expected);
        assertEquals(true, MatrixFeatures_DDRM.isEquals(
                expected, Jacobians.jvp(f, new double[] {0.5, 0.25}, v), 1e-14));
    }

    @Test
    void directionsOfTheWrongSizeAreRefused() {
        var e = assertThrows(IllegalArgumentException.class,
                () -> Jacobians.jvp(f, new double[] {1, 2}, new DMatrixRMaj(3, 1)));
        assertEquals("directions must have 2 rows, one for each input, but has 3", e.getMessage());
    }
}
