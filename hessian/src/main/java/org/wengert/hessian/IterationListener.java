package org.wengert.hessian;

/** Is told of each iteration, and may stop the optimizer. */
@FunctionalInterface
public interface IterationListener {
    /**
     * Called on the optimizer's own thread after the start has been evaluated and after each step. An exception
     * ends the optimization and reaches its caller.
     *
     * @return whether to go on
     */
    boolean proceed(Iteration iteration);
}
