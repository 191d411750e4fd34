package org.wengert.core.batch;

import java.util.Objects;

/**
 * Values and Jacobians of a function at many points.
 *
 * @param rows    m, the number of outputs
 * @param columns k, the number of inputs by which it is differentiated
 * @param table   columns: m values, then ∂fᵢ/∂xⱼ at {@code m + i * k + j}
 */
public record Jacobians(int rows, int columns, Table table) {

    /** How many points. */
    public int size() {
        return table.size();
    }

    /** fᵢ at a point. */
    public double value(int point, int i) {
        return table.get(point, Objects.checkIndex(i, rows));
    }

    /** ∂fᵢ/∂xⱼ at a point; j counts the inputs by which it is differentiated. */
    public double get(int point, int i, int j) {
        return table.get(point, rows + Objects.checkIndex(i, rows) * columns + Objects.checkIndex(j, columns));
    }
}
