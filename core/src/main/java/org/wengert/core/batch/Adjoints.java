package org.wengert.core.batch;

import java.util.Objects;

/**
 * Values and weighted derivatives of a function at many points.
 *
 * @param outputs m
 * @param columns k, the number of inputs by which it is differentiated
 * @param table   columns: m values, then (wᵀJ)ⱼ
 */
public record Adjoints(int outputs, int columns, Table table) {

    /** How many points. */
    public int size() {
        return table.size();
    }

    /** fᵢ at a point. */
    public double value(int point, int i) {
        return table.get(point, Objects.checkIndex(i, outputs));
    }

    /** (wᵀJ)ⱼ at a point. */
    public double get(int point, int j) {
        return table.get(point, outputs + Objects.checkIndex(j, columns));
    }
}
