package org.wengert.testkit;

import java.util.Set;
import org.wengert.core.formula.Formula;

/**
 * Something that differentiates functions: one of Wengert's engines, finite differences, another library. Whoever implements this is
 * run through all scenarios of {@link ScenarioSuite}.
 *
 * <p>Functions come as formulas, which can be evaluated in any arithmetic ({@link Formula#evaluate}): a library of dual numbers needs
 * an {@link org.wengert.core.elementary.Arithmetic} of its numbers and nothing else.
 */
public interface DifferentiationBackend {

    /** What can be asked for; n variables, m outputs. */
    enum Operator {
        /** f(x), m entries. */
        VALUE,
        /** J(x)·v, m entries. */
        JVP,
        /** wᵀJ(x), n entries. */
        VJP,
        /** ∇f(x), n entries; m = 1. */
        GRADIENT,
        /** J(x), row by row, m·n entries. */
        JACOBIAN,
        /** ∇²f(x), n² entries; m = 1. */
        HESSIAN,
        /** ∇²f(x)·v, n entries; m = 1. */
        HVP,
        /** The coefficients of f(x + t v) up to t⁴, 5 entries; m = 1. */
        TAYLOR
    }

    /** The order of the series of {@link Operator#TAYLOR}. */
    int TAYLOR_ORDER = 4;

    /** A short name for reports. */
    String name();

    /** What it can do; scenarios for other operators are left out. */
    Set<Operator> operators();

    /**
     * Prepares a function for evaluation at many points.
     *
     * @throws UnsupportedOperationException if it cannot do with one of the elementary functions: the scenario is skipped
     */
    Prepared prepare(Formula f);

    /** A function made ready. */
    interface Prepared {

        /**
         * The result of an operator at a point.
         *
         * @param operator one of {@link DifferentiationBackend#operators}
         * @param x        the point; not to be changed
         * @param seed     the direction v, or the weights w; empty for operators that take none; not to be changed
         * @return the result, a fresh array
         */
        double[] apply(Operator operator, double[] x, double[] seed);

        /**
         * Writes the result of an operator into the caller's array. An override is tested to write every entry.
         *
         * @param operator one of {@link DifferentiationBackend#operators}
         * @param x        the point; not to be changed
         * @param seed     as for {@link #apply}
         * @param result   receives the result
         */
        default void applyInto(Operator operator, double[] x, double[] seed, double[] result) {
            double[] fresh = apply(operator, x, seed);
            System.arraycopy(fresh, 0, result, 0, result.length);
        }
    }
}
