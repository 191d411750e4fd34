package org.wengert.linalg.matrix;

/** A function of matrices, written with {@link Matrix} and {@link MatrixMath}. */
@FunctionalInterface
public interface MatrixFunction {

    /**
     * The result.
     *
     * @param x the arguments; the array is fresh
     */
    Matrix apply(Matrix[] x);
}
