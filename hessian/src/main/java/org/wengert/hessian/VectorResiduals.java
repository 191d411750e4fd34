package org.wengert.hessian;

import org.wengert.core.DifferentiableVector;
import org.wengert.core.Jacobian;

/** The results of a vector-valued function as residuals: one block, evaluated as a whole. */
record VectorResiduals(DifferentiableVector function) implements Residuals {

    @Override
    public int parameters() {
        return function.inputs();
    }

    @Override
    public int rows() {
        return function.outputs();
    }

    @Override
    public int block() {
        return rows();
    }

    @Override
    public double[] values(double[] x, int first, int count) {
        return function.value(x);
    }

    @Override
    public Jacobian jacobian(double[] x, int first, int count) {
        return function.jacobian(x);
    }

    @Override
    public double[] curvature(double[] x, double[] direction, int first, int count) {
        return function.along(x, direction).second();
    }
}
