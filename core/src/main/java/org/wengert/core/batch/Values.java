package org.wengert.core.batch;

import java.util.Objects;

/**
 * Values of a function at many points.
 *
 * @param outputs m
 * @param table   a column for each output
 */
public record Values(int outputs, Table table) {

    /** How many points. */
    public int size() {
        return table.size();
    }

    /** fᵢ at a point. */
    public double get(int point, int i) {
        return table.get(point, Objects.checkIndex(i, outputs));
    }
}
