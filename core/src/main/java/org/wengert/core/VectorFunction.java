package org.wengert.core;

import org.wengert.core.scalar.Scalar;

/** A function of n numbers with m results, written once for every kind of number. */
@FunctionalInterface
public interface VectorFunction {
    /**
     * f(x).
     *
     * @param x the n arguments; a fresh array that the function may change
     * @return the m results
     */
    Scalar[] apply(Scalar[] x);
}
