package org.wengert.core.batch;

import java.util.Objects;

/**
 * Values and gradients of a scalar function at many points.
 *
 * @param columns k, the number of inputs by which it is differentiated
 * @param table   columns: f, then ∂f/∂xⱼ for each of these inputs
 */
public record Gradients(int columns, Table table) {

    /** How many points. */
    public int size() {
        return table.size();
    }

    /** f at a point. */
    public double value(int point) {
        return table.get(point, 0);
    }

    /** ∂f/∂xⱼ at a point; j counts the inputs by which it is differentiated. */
    public double get(int point, int j) {
        return table.get(point, 1 + Objects.checkIndex(j, columns));
    }
}
