package org.wengert.testkit;

import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.opentest4j.AssertionFailedError;
import org.wengert.core.Differentiable;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.scalar.Scalar;

/**
 * The laws of {@link FunctionLaws} and some more for an elementary function of one's own:
 *
 * <pre>{@code
 * class SoftclipTest implements RowLaws {
 *     public Elementary row() {
 *         return Softclip.ROW;
 *     }
 * }
 * }</pre>
 */
public interface RowLaws extends FunctionLaws {

    /** The row. Its second derivatives must be given. */
    Elementary row();

    /** How many arguments to test with: what the row takes, or 3 if it takes any number. */
    default int arguments() {
        return switch (row()) {
            case Unary _ -> 1;
            case Binary _ -> 2;
            case Nary f -> f.arity() == Nary.ANY ? 3 : f.arity();
        };
    }

    /** The inverse function, if there is one. */
    default Optional<Unary> inverse() {
        return Optional.empty();
    }

    @Override
    default Differentiable function() {
        Elementary row = row();
        return Differentiable.of(arguments(), x -> apply(row, x));
    }

    private static Scalar apply(Elementary row, Scalar[] x) {
        return switch (row) {
            case Unary f -> x[0].apply(f);
            case Binary f -> x[0].apply(f, x[1]);
            case Nary f -> x[0].apply(f, x);
        };
    }

    /** Numbers of all kinds, edges included. */
    @Provide
    default Arbitrary<double[]> edges() {
        return DerivativeArbitraries.points(arguments(), DerivativeArbitraries.nastyNumbers());
    }

    /** A NaN value has NaN derivatives, and differentiation leaves the value alone, at edges too. */
    @Property(tries = 200)
    default void edgesFollowTheRulesOfAllRows(@ForAll("edges") double[] x) {
        Differentiable f = function();
        double value = f.value(x);
        var gradient = f.gradient(x);
        if (Double.compare(value, gradient.value()) != 0) {
            throw new AssertionFailedError("the value of " + row() + " changes when it is differentiated", value, gradient.value());
        }
        DerivativeLaws.zeroTangentStaysZero(f, x);
        for (double d : gradient.gradient()) {
            if (Double.isNaN(value) && !Double.isNaN(d)) {
                throw new AssertionFailedError("a partial derivative of " + row() + " is " + d + " where its value is NaN", Double.NaN, d);
            }
        }
    }

    /** The inverse undoes the function, and their derivatives multiply to 1. */
    @Property(tries = 50)
    default void theInverseUndoesTheFunction(@ForAll("points") double[] x) {
        if (row() instanceof Unary f) {
            inverse().ifPresent(g -> DerivativeLaws.inverse(y -> y.apply(f), y -> y.apply(g), x[0]));
        }
    }
}
