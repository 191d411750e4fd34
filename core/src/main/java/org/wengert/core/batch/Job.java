package org.wengert.core.batch;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Precision;
import org.wengert.core.engine.SingleTileCode;
import org.wengert.core.engine.SumCode;
import org.wengert.core.engine.TileCode;

/** One call of an operator. Belongs to the worker that began it, and is used again for its next call. */
final class Job {

    private static final double[] NONE = {};

    private @Nullable Operator operator;
    private @Nullable Plan plan;
    private @Nullable TileCode code;
    private @Nullable SingleTileCode single;
    private @Nullable SumCode sums;
    private @Nullable Points points;

    double[] uniform = NONE;

    /** The operator's additional inputs where they are the same for all points. */
    double[] direction = NONE;

    /** The operator's additional inputs where they differ from point to point. */
    @Nullable Points morePoints;

    @Nullable Points weights;

    /** Where results go, unless they are summed. */
    @Nullable Table table;

    @Nullable Reduction reduction;

    void set(
            Operator newOperator, Plan newPlan, Precision precision, Points newPoints, double[] newUniform, double[] newDirection,
            @Nullable Points newMorePoints, @Nullable Points newWeights, @Nullable Table newTable,
            @Nullable Reduction newReduction) {
        operator = newOperator;
        plan = newPlan;
        code = precision == Precision.DOUBLE ? newPlan.code().now() : null;
        single = precision == Precision.SINGLE ? newPlan.single().now() : null;
        sums = code != null && newReduction instanceof Reduction.Columns ? newPlan.sums().now() : null;
        points = newPoints;
        uniform = newUniform;
        direction = newDirection;
        morePoints = newMorePoints;
        weights = newWeights;
        table = newTable;
        reduction = newReduction;
    }

    /** Lets go of the caller's arrays. */
    void clear() {
        operator = null;
        plan = null;
        code = null;
        single = null;
        sums = null;
        points = null;
        uniform = NONE;
        direction = NONE;
        morePoints = null;
        weights = null;
        table = null;
        reduction = null;
    }

    Operator operator() {
        return Objects.requireNonNull(operator);
    }

    Plan plan() {
        return Objects.requireNonNull(plan);
    }

    /** The code of the plan as it was when the call began: one call does not mix engines. */
    TileCode code() {
        return Objects.requireNonNull(code);
    }

    /** The same in single precision. */
    SingleTileCode single() {
        return Objects.requireNonNull(single);
    }

    /** What adds up the columns, as it was when the call began; null if they are not added up, or in single precision. */
    @Nullable SumCode sums() {
        return sums;
    }

    Points points() {
        return Objects.requireNonNull(points);
    }
}
