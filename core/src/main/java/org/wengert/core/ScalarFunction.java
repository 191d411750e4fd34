package org.wengert.core;

import org.wengert.core.scalar.Scalar;

/** A function of n numbers with one result, written once for every kind of number. */
@FunctionalInterface
public interface ScalarFunction {
    /**
     * f(x).
     *
     * @param x the n arguments; a fresh array that the function may change
     */
    Scalar apply(Scalar[] x);
}
