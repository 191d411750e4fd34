package org.wengert.core.batch;

import java.util.stream.IntStream;
import org.wengert.core.engine.Engines;
import org.wengert.core.engine.PointCode;

/**
 * An operator on one path of a function, made ready to run at one point.
 *
 * @param code    computes the operator's columns
 * @param outputs how many outputs it has
 * @param stored  which of them each column is; -1 where it is zero by structure
 * @param direct  whether the outputs are the columns, one by one
 */
record PointPlan(PointCode code, int outputs, int[] stored, boolean direct) {

    static PointPlan of(Operator.Transformed transformed) {
        int outputs = transformed.program().outputs();
        int[] stored = transformed.stored();
        boolean direct = stored.length == outputs && IntStream.range(0, outputs).allMatch(c -> stored[c] == c);
        return new PointPlan(Engines.point().compile(transformed.program()), outputs, stored, direct);
    }
}
