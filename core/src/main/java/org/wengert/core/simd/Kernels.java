package org.wengert.core.simd;

import org.wengert.core.elementary.Elementary;

/**
 * The provider of kernels. {@link #best} chooses once: vector kernels where the module
 * {@code jdk.incubator.vector} is there, the scalar twins otherwise.
 *
 * <p>The system property {@value #BITS} forces the choice: {@code 128}, {@code 256} or {@code 512} bits, or
 * {@code none} for the scalar twins.
 */
public interface Kernels {

    /** Columns are padded to multiples of this many doubles: the widest vector there is. */
    int ALIGNMENT = 8;

    /** How many running sums a reduction has. */
    int LANES = 8;

    /** The system property that forces a vector width. */
    String BITS = "wengert.vector.bits";

    /** The kernel of a form. */
    Kernel of(Form form);

    /**
     * The kernel of a row.
     *
     * @throws IllegalArgumentException if the row takes more than four arguments, or any number
     */
    Kernel of(Elementary row);

    /** These kernels, but for rows whose vector form may differ from the row's own function: these get their scalar twins. */
    Kernels reproducible();

    /** Width of the vectors in bits; 64 for the scalar twins. */
    int bits();

    /** Which kernels these are and why, in one line. */
    String description();

    /** The kernels chosen for this process. */
    static Kernels best() {
        return Choice.BEST;
    }

    /** The scalar twins: loops over the rows' own functions, equal to them bit for bit. */
    static Kernels scalar() {
        return Choice.SCALAR;
    }
}
