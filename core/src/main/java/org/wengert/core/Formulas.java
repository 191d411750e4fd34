package org.wengert.core;

import java.util.List;
import org.wengert.core.formula.Formula;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarArithmetic;

/**
 * Makes differentiable functions of formulas.
 *
 * <pre>{@code
 * Formulas.differentiable(Formula.parse("x*y + sin(x)")).gradient(1, 2);
 * }</pre>
 */
public final class Formulas {

    private Formulas() {}

    /**
     * The one output of a formula as a function of its variables, in the order of {@link Formula#names};
     * {@link Formula#withNames} changes the order.
     *
     * @throws IllegalArgumentException if the formula has several outputs or no variable
     */
    public static Differentiable differentiable(Formula formula) {
        if (formula.outputs() != 1) {
            throw new IllegalArgumentException(
                    "formula must have 1 output, but has " + formula.outputs() + ": use vector for several");
        }
        return Differentiable.of(formula.names().size(), x -> evaluate(formula, x).getFirst());
    }

    /**
     * All outputs of a formula as a function of its variables, in the order of {@link Formula#names}.
     *
     * @throws IllegalArgumentException if the formula has no variable
     */
    public static DifferentiableVector vector(Formula formula) {
        return Differentiable.vector(
                formula.names().size(), formula.outputs(), x -> evaluate(formula, x).toArray(Scalar[]::new));
    }

    private static List<Scalar> evaluate(Formula formula, Scalar[] x) {
        return formula.evaluate(ScalarArithmetic.INSTANCE, List.of(x));
    }
}
