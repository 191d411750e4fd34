package org.wengert.hessian;

import java.util.Objects;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Jacobian;
import org.wengert.core.scalar.Scalar;

/** Residuals given row by row, evaluated by the eager numbers: each block of rows is a vector-valued function. */
record RowResiduals(int parameters, int rows, RowFunction residual) implements Residuals {

    RowResiduals {
        Require.atLeast(parameters, 1, "parameters");
        Require.atLeast(rows, 1, "rows");
        Objects.requireNonNull(residual, "residual");
    }

    @Override
    public double[] values(double[] x, int first, int count) {
        return block(first, count).value(x);
    }

    @Override
    public Jacobian jacobian(double[] x, int first, int count) {
        return block(first, count).jacobian(x);
    }

    @Override
    public double[] curvature(double[] x, double[] direction, int first, int count) {
        return block(first, count).along(x, direction).second();
    }

    private DifferentiableVector block(int first, int count) {
        return Differentiable.vector(parameters, count, x -> {
            Scalar[] r = new Scalar[count];
            for (int i = 0; i < count; i++) {
                r[i] = residual.apply(x, first + i);
            }
            return r;
        });
    }
}
