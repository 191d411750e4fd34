package org.wengert.hessian;

/** The methods of {@link GaussNewtonMinimizer}. */
public enum GaussNewtonMethod {

    /**
     * Hessian-free optimization: damped Gauss-Newton equations by conjugate gradients that start from the last step and end when their progress slows (J. Martens,
     * "Deep learning via Hessian-free optimization", ICML 2010).
     */
    HESSIAN_FREE,

    /**
     * K-FAC: the Fisher matrix of each layer as the Kronecker product of the covariances of its inputs and of its gradients, which are inverted one by one; step length
     * and momentum by the exact Gauss-Newton matrix, two products a step (J. Martens and R. Grosse, "Optimizing neural networks with Kronecker-factored approximate
     * curvature", ICML 2015). The covariance of gradients is the exact expectation over the model's own predictions. For models that are a {@link LayeredModel}.
     */
    KFAC
}
