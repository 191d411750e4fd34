package org.wengert.core.batch;

import java.util.Objects;

/**
 * Values and directional derivatives of a function at many points.
 *
 * @param outputs m
 * @param table   columns: m values, then (J·v)ᵢ
 */
public record Tangents(int outputs, Table table) {

    /** How many points. */
    public int size() {
        return table.size();
    }

    /** fᵢ at a point. */
    public double value(int point, int i) {
        return table.get(point, Objects.checkIndex(i, outputs));
    }

    /** (J·v)ᵢ at a point. */
    public double get(int point, int i) {
        return table.get(point, outputs + Objects.checkIndex(i, outputs));
    }
}
