package org.wengert.hessian;

/** The methods of {@link Minimizer}. */
public enum MinimizeMethod {

    /**
     * Newton's equation by truncated conjugate gradients, and a line search; directions of negative curvature are followed (S. G. Nash, "A survey
     * of truncated-Newton methods", J. Comput. Appl. Math. 124, 2000).
     */
    NEWTON_CG,

    /**
     * A trust region with the truncated conjugate gradients of T. Steihaug (SIAM J. Numer. Anal. 20, 1983) and Ph. L. Toint: cheap steps, for
     * many variables.
     */
    TRUST_REGION,

    /**
     * A trust region whose subproblem is solved in Krylov spaces by the generalized Lanczos method, on its boundary too (N. I. M. Gould, S. Lucidi,
     * M. Roma and Ph. L. Toint, SIAM J. Optim. 9, 1999): better steps where the Hessian is indefinite.
     */
    LANCZOS_TRUST_REGION,

    /**
     * A trust region whose subproblem is solved exactly, the hard case included (J. J. Moré and D. C. Sorensen, SIAM J. Sci. Stat. Comput. 4, 1983), by an
     * eigenvalue decomposition of the Hessian: for up to some hundred variables.
     */
    EXACT_TRUST_REGION,

    /**
     * Adaptive regularization by cubes (C. Cartis, N. I. M. Gould and Ph. L. Toint, Math. Program. 127, 2011), in Krylov spaces.
     */
    CUBIC,

    /** The limited-memory method of Broyden, Fletcher, Goldfarb and Shanno with ten pairs: gradients alone (D. C. Liu and J. Nocedal, Math. Program. 45, 1989). */
    LBFGS,

    /** Gradient descent with momentum 0.9 (B. T. Polyak 1964), at a fixed rate: a baseline. */
    MOMENTUM,

    /** Adam (D. P. Kingma and J. Ba, arXiv:1412.6980), at a fixed rate: a baseline. */
    ADAM;

    /** Whether it uses Hessian-vector products. */
    public boolean isSecondOrder() {
        return compareTo(LBFGS) < 0;
    }
}
