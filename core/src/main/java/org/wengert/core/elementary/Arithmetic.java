package org.wengert.core.elementary;

import java.util.List;

/**
 * An arithmetic in which a list of elementary operations can be evaluated: doubles, numbers that carry
 * derivatives, nodes of a program, complex numbers, double-double numbers, text.
 *
 * @param <T> the numbers of this arithmetic
 */
public interface Arithmetic<T> {

    /** The constant c. */
    T constant(double c);

    /** f(x). */
    T apply(Unary f, T x);

    /** f(x, y). */
    T apply(Binary f, T x, T y);

    /** f(x₀, …, xₙ₋₁). */
    T apply(Nary f, List<T> x);
}
