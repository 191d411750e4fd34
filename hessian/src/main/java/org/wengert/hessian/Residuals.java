package org.wengert.hessian;

import org.wengert.core.Jacobian;

/**
 * m residuals r₀(x), …, rₘ₋₁(x) of n parameters with their first two derivatives, a block of rows at a time: what
 * a least-squares method sees of a problem, whoever evaluates it.
 *
 * <p>Most problems are made by the factories of {@link LeastSquares}. Implement this to evaluate
 * residuals in your own way.
 *
 * <p>Implementations must be deterministic and safe to call from several threads at once.
 */
public interface Residuals {

    /** n, the number of parameters, at least 1. */
    int parameters();

    /** m, the number of rows, at least 1. */
    int rows();

    /** How many rows are best evaluated together; the result of a fit may depend on it in the last place. */
    default int block() {
        return 1024;
    }

    /**
     * rᵢ(x) for {@code first ≤ i < first + count}.
     *
     * @param x n parameters; not changed
     * @return count entries; the caller's own
     */
    double[] values(double[] x, int first, int count);

    /**
     * rᵢ(x) and ∂rᵢ/∂xⱼ for {@code first ≤ i < first + count}.
     *
     * @param x n parameters; not changed
     * @return count × n; the caller's own
     */
    Jacobian jacobian(double[] x, int first, int count);

    /**
     * The second derivatives vᵀ·∇²rᵢ(x)·v for {@code first ≤ i < first + count}.
     *
     * @param x         n parameters; not changed
     * @param direction v, n entries; not changed
     * @return count entries; the caller's own
     */
    double[] curvature(double[] x, double[] direction, int first, int count);
}
