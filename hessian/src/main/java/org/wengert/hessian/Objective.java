package org.wengert.hessian;

import org.ejml.data.DMatrixRMaj;
import org.wengert.core.Differentiable;
import org.wengert.linalg.LinearOperator;

/**
 * A function of n variables to be minimized: its value, its gradient, and what its Hessian does to vectors. Optimizers ask for nothing
 * else.
 *
 * <p>Arrays handed in are not changed and not kept. Where the function is not defined, values are infinite or NaN; optimizers turn back
 * there.
 */
public interface Objective {

    /** A function with its exact derivatives; see {@link TwiceDifferentiable}. */
    static Objective of(Differentiable f) {
        return TwiceDifferentiable.of(f);
    }

    /** n, the number of variables. */
    int inputs();

    /** f(x). */
    double value(double... x);

    /**
     * Writes ∇f(x) and returns f(x).
     *
     * @param x        n entries; not changed
     * @param gradient receives n entries; not x itself
     */
    double gradient(double[] x, double[] gradient);

    /**
     * ∇²f(x) as an operator: symmetric, n × n. Stays right when x changes afterwards.
     *
     * @param x n entries; copied
     */
    LinearOperator hessian(double... x);

    /** ∇²f(x) as a matrix, exactly symmetric; by n products, unless there is a shorter way. For small n. */
    default DMatrixRMaj denseHessian(double... x) {
        LinearOperator h = hessian(x);
        int n = inputs();
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        double[] unit = new double[n];
        double[] column = new double[n];
        for (int j = 0; j < n; j++) {
            unit[j] = 1;
            h.apply(unit, column);
            unit[j] = 0;
            for (int i = j; i < n; i++) {
                a.unsafe_set(i, j, column[i]);
                a.unsafe_set(j, i, column[i]);
            }
        }
        return a;
    }
}
