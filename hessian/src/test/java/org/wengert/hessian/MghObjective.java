package org.wengert.hessian;

import static org.wengert.core.scalar.ScalarMath.square;
import static org.wengert.core.scalar.ScalarMath.sum;

import java.util.Arrays;
import org.wengert.core.Differentiable;
import org.wengert.core.scalar.Scalar;

/** The classic problems as sums of squares. */
final class MghObjective {

    private MghObjective() {}

    static Differentiable of(MoreGarbowHillstrom.Problem p) {
        return Differentiable.of(p.residuals().inputs(),
                x -> sum(Arrays.stream(p.residuals().value(x)).map(r -> square(r)).toArray(Scalar[]::new)));
    }
}
