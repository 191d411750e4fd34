package org.wengert.core.simd;

/**
 * One operation over a run of points: r[i] = f(a[i]), or r[i] = f(a[i], b[i]), or r[i] = f(a[i], b[i], c[i]).
 *
 * <p>All columns live in one array, so that a kernel needs nothing but offsets. Columns begin at multiples of
 * {@link Kernels#ALIGNMENT} elements and have room for a whole number of them: a kernel may compute up to
 * {@code ALIGNMENT - 1} elements past the last one that is asked for. A result column may be the same as an
 * operand's column but must not overlap it otherwise.
 *
 * <p>Stateless and thread safe.
 */
@FunctionalInterface
public interface Kernel {

    /**
     * Runs the operation.
     *
     * @param columns the array that holds all columns
     * @param r       where the result column begins
     * @param a       where the column of the first operand begins
     * @param b       where that of the second begins; ignored by operations of one operand
     * @param c       where that of the third begins; ignored by operations of one or two
     * @param points  how many elements
     */
    void run(double[] columns, int r, int a, int b, int c, int points);
}
