package org.wengert.core.simd;

/**
 * Operations beside the rows of the elementary table: arithmetic with scalars, several operations in one pass over the columns, and
 * what batches need around them. Operands a, b, c, d and the result r are columns, s is a scalar: one number. All arithmetic rounds
 * after every operation, so that a form gives the very bits of the operations it stands for.
 */
public enum Form {

    /** r = 0. */
    ZERO,
    /** r = a. */
    COPY,
    /** r = s; the scalar is the first operand. */
    FILL,

    /** r = a + b. */
    ADD,
    /** r = a + s. */
    ADD_SCALAR,
    /** r = a - b. */
    SUB,
    /** r = a - s. */
    SUB_SCALAR,
    /** r = s - b; the scalar is the first operand. */
    SCALAR_SUB,
    /** r = a · b. */
    MUL,
    /** r = a · s. */
    MUL_SCALAR,
    /** r = a / b. */
    DIV,
    /** r = a / s. */
    DIV_SCALAR,
    /** r = s / b; the scalar is the first operand. */
    SCALAR_DIV,

    /** r = (a + b) + c. */
    ADD3,
    /** r = ((a + b) + c) + d. */
    ADD4,
    /** r = a · b + c. */
    MUL_ADD,
    /** r = a · s + c; the scalar is the second operand. */
    SCALE_ADD,
    /** r = a · b - c. */
    MUL_SUB,
    /** r = c - a · b. */
    SUB_MUL,
    /** r = a · b + c · d. */
    MUL_ADD_MUL,
    /** r = a · b - c · d. */
    MUL_SUB_MUL,

    /**
     * One more term of ln Σ e^x. State: the greatest term so far, a, and the sum r of e^(x - a) over all others; the term is b.
     * Writes r and a.
     */
    LOG_SUM_EXP_TERM,
    /** ln Σ e^x from its state: r = a + ln(1 + b), or a where that is not finite. */
    LOG_SUM_EXP,

    /** r = 1 where a, b, c or d is NaN; else left as it is. */
    NAN,
    /** r = 1 where a &lt; b is false; else left as it is. */
    UNLESS_LESS,
    /** r = 1 where a &lt; b; else left as it is. */
    IF_LESS,
    /** r = 1 where a ≤ b is false; else left as it is. */
    UNLESS_AT_MOST,
    /** r = 1 where a ≤ b; else left as it is. */
    IF_AT_MOST,
    /** r = 1 where a == b is false; else left as it is. */
    UNLESS_EQUAL,
    /** r = 1 where a == b; else left as it is. */
    IF_EQUAL,
    /** r = 1 where a and b differ in their bits, NaN counting as one number; else left as it is. */
    UNLESS_SAME,
    /** r = 1 where a and b have the same bits, NaN counting as one number; else left as it is. */
    IF_SAME,

    /**
     * Adds a column to {@link Kernels#LANES} running sums: r[j] += a[j] + a[8 + j] + …. The number of lanes is the same for all
     * vector widths, and with it the result, bit for bit. All elements up to a multiple of 8 count: pad with zeros.
     */
    SUM_LANES,
    /** Adds the products a · b to the 8 running sums r[0 … 7], like {@link #SUM_LANES}. */
    DOT_LANES,
    /** Adds a · b to the running sums r[0 … 7], a · c to r[8 … 15] and a · d to r[16 … 23], like {@link #SUM_LANES}. */
    DOT3_LANES
}
