package org.wengert.core.elementary;

/** The families by which the table of elementary functions is grouped. */
public enum Family {
    /** Sums, differences, products, quotients, remainders. */
    ARITHMETIC,
    /** Powers and roots. */
    POWER,
    /** Exponentials and logarithms. */
    EXPONENTIAL,
    /** Trigonometric functions and their inverses. */
    TRIGONOMETRIC,
    /** Hyperbolic functions and their inverses. */
    HYPERBOLIC,
    /** The error function, the normal distribution, the gamma function, Bessel functions, Lambert's W. */
    SPECIAL,
    /** Absolute value, minimum, maximum, rounding, selection: functions with kinks and steps. */
    PIECEWISE,
    /** Activations and stable combinations from statistics and machine learning. */
    LEARNING,
    /** Sums, products and norms of any number of arguments. */
    REDUCTION,
    /** Functions that a user has added. */
    USER
}
