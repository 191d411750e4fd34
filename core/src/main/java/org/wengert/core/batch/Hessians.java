package org.wengert.core.batch;

import java.util.Objects;

/**
 * Values, gradients and Hessians of a scalar function at many points.
 *
 * @param columns k, the number of inputs by which it is differentiated
 * @param table   columns: f, k first derivatives, then the lower triangle, ∂²f/∂xᵢ∂xⱼ for j ≤ i at {@code 1 + k + i * (i + 1) / 2 + j}
 */
public record Hessians(int columns, Table table) {

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

    /** ∂²f/∂xᵢ∂xⱼ at a point; the same number for (i, j) and (j, i). */
    public double get(int point, int i, int j) {
        int high = Objects.checkIndex(Math.max(i, j), columns);
        int low = Objects.checkIndex(Math.min(i, j), columns);
        return table.get(point, 1 + columns + high * (high + 1) / 2 + low);
    }
}
