package org.wengert.hessian;

/**
 * How often the function was evaluated, for least squares each time at all rows.
 *
 * @param values     without derivatives
 * @param jacobians  with first derivatives
 * @param curvatures with second derivatives along one direction
 * @param products   Hessian-vector products
 */
public record Evaluations(int values, int jacobians, int curvatures, int products) {

    /** Evaluations without Hessian-vector products. */
    public Evaluations(int values, int jacobians, int curvatures) {
        this(values, jacobians, curvatures, 0);
    }

    /** The evaluations with first derivatives, of a function with one result. */
    public int gradients() {
        return jacobians;
    }
}
