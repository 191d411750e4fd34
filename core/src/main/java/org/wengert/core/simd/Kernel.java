package org.wengert.core.simd;

/**
 * One operation over a run of points: {@code r[i] = f(a[i], b[i], c[i], d[i])}, of as many operands as the operation has.
 *
 * <p>Each operand is a column: an array and where the column begins in it. Columns have room for a whole number of
 * {@link Kernels#ALIGNMENT} elements: a kernel may read and write up to {@code ALIGNMENT - 1} elements past the last one that
 * is asked for. A result column may be the same as an operand's column but must not overlap it otherwise. Some
 * forms take a scalar in the place of a column, a single element; {@link Form} says which.
 *
 * <p>Stateless, thread safe, and free of allocation.
 */
@FunctionalInterface
public interface Kernel {

    /**
     * Runs the operation. Operands that the operation does not have are ignored.
     *
     * @param r      receives the result column, which begins at ri
     * @param a      holds the column of the first operand, which begins at ai
     * @param b      that of the second, at bi
     * @param c      that of the third, at ci
     * @param d      that of the fourth, at di
     * @param points how many elements
     */
    void run(double[] r, int ri, double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] d, int di, int points);
}
