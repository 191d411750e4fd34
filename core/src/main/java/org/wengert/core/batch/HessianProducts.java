package org.wengert.core.batch;

import java.util.Objects;

/**
 * Values, gradients and Hessian-vector products of a scalar function at many points.
 *
 * @param columns k, the number of inputs by which it is differentiated
 * @param table   columns: f, k first derivatives, then (H·v)ⱼ
 */
public record HessianProducts(int columns, Table table) {

    /** How many points. */
    public int size() {
        return table.size();
    }

    /** f at a point. */
    public double value(int point) {
        return table.get(point, 0);
    }

    /** ∂f/∂xⱼ at a point. */
    public double gradient(int point, int j) {
        return table.get(point, 1 + Objects.checkIndex(j, columns));
    }

    /** (H·v)ⱼ at a point. */
    public double get(int point, int j) {
        return table.get(point, 1 + columns + Objects.checkIndex(j, columns));
    }
}
