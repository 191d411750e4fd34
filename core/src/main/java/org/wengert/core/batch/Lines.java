package org.wengert.core.batch;

import java.util.Objects;

/**
 * Values and first two derivatives of a function along a direction v, at many points.
 *
 * @param outputs m
 * @param table   columns: m values, then (J·v)ᵢ, then vᵀ·∇²fᵢ·v
 */
public record Lines(int outputs, Table table) {

    /** How many points. */
    public int size() {
        return table.size();
    }

    /** fᵢ at a point. */
    public double value(int point, int i) {
        return table.get(point, Objects.checkIndex(i, outputs));
    }

    /** (J·v)ᵢ at a point. */
    public double first(int point, int i) {
        return table.get(point, outputs + Objects.checkIndex(i, outputs));
    }

    /** vᵀ·∇²fᵢ·v at a point. */
    public double second(int point, int i) {
        return table.get(point, 2 * outputs + Objects.checkIndex(i, outputs));
    }
}
