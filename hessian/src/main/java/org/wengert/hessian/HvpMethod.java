package org.wengert.hessian;

/**
 * The ways to a Hessian-vector product. All but the last agree up to rounding errors.
 *
 * <p>Source: B. A. Pearlmutter, "Fast exact multiplication by the Hessian", Neural Computation 6 (1994), for the first; A. Griewank and A. Walther,
 * "Evaluating Derivatives" (2008), chapter 5, for their costs.
 */
public enum HvpMethod {

    /** J of ∇f times v: the tangent of the adjoint program. */
    FORWARD_OVER_REVERSE,

    /** The gradient of vᵀ·∇f: the adjoint of the adjoint program. */
    REVERSE_OVER_REVERSE,

    /** The gradient of the directional derivative ∇f·v: the adjoint of the tangent program. */
    REVERSE_OVER_FORWARD,

    /**
     * Hyper-dual numbers, 8 entries of the product in a pass. Needs no recording and no reverse sweep: for functions of few inputs, and
     * for functions that read values as {@code double}s.
     */
    HYPER_DUAL,

    /** Central differences of the gradient, for comparison: about 10 correct digits where the function is well scaled. */
    DIFFERENCES;

    /** Whether it runs as a program made from a recording. */
    boolean isRecorded() {
        return compareTo(HYPER_DUAL) < 0;
    }
}
