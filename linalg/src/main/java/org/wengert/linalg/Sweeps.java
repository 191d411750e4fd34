package org.wengert.linalg;

/**
 * The two ways through a linearized function. Several vectors travel side by side: a matrix of k columns is stored row
 * by row, as EJML's {@code DMatrixRMaj} does.
 */
interface Sweeps {

    /** f(x), m entries; not to be changed. */
    double[] value();

    /** Writes J·V for V of n rows and k columns into m rows and k columns. */
    void forward(double[] v, int k, double[] result);

    /** Writes Jᵀ·W for W of m rows and k columns into n rows and k columns. */
    void reverse(double[] w, int k, double[] result);

    /** Multiplications that one vector costs forward; 0 if nobody counts. */
    long edges();
}
