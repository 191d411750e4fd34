package org.wengert.hessian;

import java.util.Arrays;
import java.util.Objects;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.linalg.Arguments;
import org.wengert.linalg.LinearOperator;
import org.wengert.linalg.Linearization;

/**
 * Positive semidefinite stand-ins for the Hessian of a composition f(x) = L(r(x)), as operators: no Jacobian is formed.
 *
 * <p>Source: N. N. Schraudolph, "Fast curvature matrix-vector products for second-order gradient descent", Neural Computation 14 (2002).
 */
public final class CurvatureProducts {

    private CurvatureProducts() {}

    /**
     * The Gauss-Newton matrix 2·JᵀJ of a sum of squares ‖r(x)‖²; without the 2 for ½‖r(x)‖².
     *
     * @param r      n inputs, m results
     * @param factor 2 for ‖r‖², 1 for ½‖r‖²; finite and positive
     * @param x      the point, n entries; copied
     * @return n × n, symmetric
     */
    public static LinearOperator leastSquares(DifferentiableVector r, double factor, double... x) {
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor must be positive and finite, but was " + factor);
        }
        Linearization j = Linearization.of(r, x);
        return symmetric(j.columns(), (v, result) -> {
            double[] w = j.jvp(v);
            for (int i = 0; i < w.length; i++) {
                w[i] *= factor;
            }
            j.vjpInto(w, result);
        });
    }

    /**
     * The generalized Gauss-Newton matrix Jᵀ·∇²L·J: the Hessian of L(r(x)) without the curvature of r. Positive semidefinite if L is
     * convex.
     *
     * @param loss L, m inputs
     * @param r    n inputs, m results
     * @param x    the point, n entries; copied
     * @return n × n, symmetric
     */
    public static LinearOperator gaussNewton(Differentiable loss, DifferentiableVector r, double... x) {
        Objects.requireNonNull(loss, "loss");
        if (loss.inputs() != r.outputs()) {
            throw new IllegalArgumentException("loss must have as many inputs as r has results, which are " + r.outputs()
                    + ", but has " + loss.inputs());
        }
        Linearization j = Linearization.of(r, x);
        HessianVectorProduct h = HessianVectorProduct.of(loss, j.value());
        return symmetric(j.columns(), (v, result) -> j.vjpInto(h.apply(j.jvp(v)), result));
    }

    /**
     * The Fisher information of categorical distributions whose m logits are r(x): Jᵀ·(diag(p) - ppᵀ)·J, p = softmax(r(x)). Equal to the
     * generalized Gauss-Newton matrix of the cross entropy.
     *
     * @param logits n inputs, m results
     * @param x      the point, n entries; copied
     * @return n × n, symmetric
     */
    public static LinearOperator fisherOfLogits(DifferentiableVector logits, double... x) {
        Linearization j = Linearization.of(logits, x);
        double[] p = softmax(j.value());
        return symmetric(j.columns(), (v, result) -> {
            double[] t = j.jvp(v);
            double mean = 0;
            for (int i = 0; i < t.length; i++) {
                mean += p[i] * t[i];
            }
            for (int i = 0; i < t.length; i++) {
                t[i] = p[i] * (t[i] - mean);
            }
            j.vjpInto(t, result);
        });
    }

    /**
     * The empirical Fisher matrix, the mean of gᵢ·gᵢᵀ over the gradients gᵢ of m losses, one for each datum.
     *
     * @param losses n inputs, m results
     * @param x      the point, n entries; copied
     * @return n × n, symmetric
     */
    public static LinearOperator empiricalFisher(DifferentiableVector losses, double... x) {
        return leastSquares(losses, 1.0 / losses.outputs(), x);
    }

    private static double[] softmax(double[] logits) {
        double most = Arrays.stream(logits).max().orElse(0);
        double[] p = Arrays.stream(logits).map(t -> Math.exp(t - most)).toArray();
        double sum = Arrays.stream(p).sum();
        return Arrays.stream(p).map(t -> t / sum).toArray();
    }

    interface Product {
        void apply(double[] v, double[] result);
    }

    /** A symmetric operator. */
    static LinearOperator symmetric(int n, Product product) {
        return new LinearOperator() {
            @Override
            public int rows() {
                return n;
            }

            @Override
            public int columns() {
                return n;
            }

            @Override
            public void apply(double[] v, double[] result) {
                Arguments.direction(v, n, "v");
                Arguments.length(result, n, "result");
                Arguments.distinct(v, result, "result");
                product.apply(v, result);
            }

            @Override
            public void applyTranspose(double[] w, double[] result) {
                apply(w, result);
            }
        };
    }
}
