package org.wengert.core.batch;

import org.wengert.core.engine.Engines;
import org.wengert.core.engine.PointCode;

/**
 * An operator on one path of a function, made ready to run at one point.
 *
 * @param code    computes the operator's columns
 * @param outputs how many outputs it has
 * @param stored  which of them each column is; -1 where it is zero by structure
 */
record PointPlan(PointCode code, int outputs, int[] stored) {

    static PointPlan of(Operator.Transformed transformed) {
        return new PointPlan(
                Engines.point().compile(transformed.program()), transformed.program().outputs(), transformed.stored());
    }
}
