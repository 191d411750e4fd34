package org.wengert.hessian;

/**
 * A method that minimizes. Optimizers are immutable, deterministic and safe to share between threads; their settings are
 * changed by {@code with…} methods that return another one.
 *
 * @param <P> the problems it takes
 * @param <S> what it returns
 */
public interface Optimizer<P, S extends Solution> {
    /**
     * Minimizes from a start.
     *
     * @param problem the problem
     * @param start   n entries, finite and within the bounds; not changed
     * @throws IllegalArgumentException if the start is not so
     */
    S minimize(P problem, double... start);
}
