package org.wengert.core;

import org.wengert.core.scalar.Differentiation;
import org.wengert.core.scalar.Scalar;

/** Second derivatives of a function with one result, by passes of hyper-dual numbers. Arguments are checked already. */
final class SecondOrder {

    private SecondOrder() {}

    /** Writes ∇f(x) and ∇²f(x)·v and returns f(x): ⌈n/8⌉ passes with unit vectors in the columns and v along b. */
    static double hvp(Differentiable f, double[] x, double[] v, double[] gradient, double[] product) {
        var of = new Differentiation("Hessian-vector product");
        int n = x.length;
        double value = Double.NaN;
        for (int first = 0, lanes; first < n; first += lanes) {
            lanes = f.chunks().next(n - first);
            Scalar y = f.evaluate(Seeds.columnsAndDirection(of, x, first, lanes, v));
            value = y.value();
            for (int lane = 0; lane < lanes && first + lane < n; lane++) {
                gradient[first + lane] = Seeds.tangent(of, y, lane);
                product[first + lane] = Seeds.mixed(of, y, lane);
            }
        }
        return value;
    }

    /**
     * Writes ∇f(x) and ∇²f(x) and returns f(x). Only the entries on and below the diagonal are computed,
     * column j with the unit vector of variable j along b; the others mirror them.
     */
    static double hessian(Differentiable f, double[] x, double[] gradient, double[] entries) {
        var of = new Differentiation("Hessian");
        int n = x.length;
        double value = Double.NaN;
        for (int j = 0; j < n; j++) {
            for (int first = j, lanes; first < n; first += lanes) {
                lanes = f.chunks().next(n - first);
                Scalar y = f.evaluate(Seeds.columnsAndVariable(of, x, first, lanes, j));
                value = y.value();
                gradient[j] = Seeds.along(of, y);
                for (int i = first; i < Math.min(first + lanes, n); i++) {
                    entries[i * n + j] = Seeds.mixed(of, y, i - first);
                    entries[j * n + i] = entries[i * n + j];
                }
            }
        }
        return value;
    }
}
