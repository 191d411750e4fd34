package org.wengert.testkit;

import java.util.OptionalDouble;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.wengert.core.Differentiable;

/**
 * The laws of derivatives as properties of one function. A test class that implements this interface is a complete test of the
 * function's derivatives:
 *
 * <pre>{@code
 * class RosenbrockTest implements FunctionLaws {
 *     public Differentiable function() {
 *         return Differentiable.of(2, x -> …);
 *     }
 * }
 * }</pre>
 *
 * <p>Needs the jqwik engine on the test class path.
 */
public interface FunctionLaws {

    /** The function. */
    Differentiable function();

    /** The degree of homogeneity, if the function has one: f(s x) = sᵏ f(x). */
    default OptionalDouble degree() {
        return OptionalDouble.empty();
    }

    /** Where the function is looked at; without an override between -2 and 3 in each coordinate. */
    @Provide
    default Arbitrary<double[]> points() {
        return DerivativeArbitraries.points(function().inputs());
    }

    /** Directions. */
    @Provide
    default Arbitrary<double[]> directions() {
        return DerivativeArbitraries.directions(function().inputs());
    }

    /** Gradient and Hessian are those that differences of values tell. */
    @Property(tries = 25)
    default void derivativesAgreeWithDifferences(@ForAll("points") double[] x) {
        DerivativeAssertions.assertGradient(function(), x);
        DerivativeAssertions.assertHessian(function(), x);
    }

    /** Taylor coefficients are those that differences of values tell. */
    @Property(tries = 25)
    default void seriesAgreeWithDifferences(@ForAll("points") double[] x, @ForAll("directions") double[] v) {
        DerivativeAssertions.assertTaylor(function(), x, v, 4);
    }

    /** The value is unchanged by differentiation, bit for bit. */
    @Property(tries = 100)
    default void theValueIsUnchangedByDifferentiation(@ForAll("points") double[] x, @ForAll("directions") double[] v) {
        DerivativeLaws.valueUnchangedByDifferentiation(function(), x, v);
    }

    /** A zero tangent stays zero. */
    @Property(tries = 100)
    default void aZeroTangentStaysZero(@ForAll("points") double[] x) {
        DerivativeLaws.zeroTangentStaysZero(function(), x);
    }

    /** Derivatives depend neither on the chunk size nor on the order of inputs. */
    @Property(tries = 50)
    default void chunksAndLanesDoNotMatter(@ForAll("points") double[] x, @ForAll("directions") double[] v) {
        DerivativeLaws.chunkSizeDoesNotMatter(function(), x, v);
        DerivativeLaws.laneOrderDoesNotMatter(function(), x);
    }

    /** The derivative is linear in the direction. */
    @Property(tries = 50)
    default void theDerivativeIsLinearInTheDirection(
            @ForAll("points") double[] x, @ForAll("directions") double[] u, @ForAll("directions") double[] v,
            @ForAll @DoubleRange(min = -3, max = 3) double a, @ForAll @DoubleRange(min = -3, max = 3) double b) {
        DerivativeLaws.jvpIsLinear(function(), x, u, v, a, b);
    }

    /** Product, quotient and chain rule. */
    @Property(tries = 50)
    default void theRulesOfProductQuotientAndChainHold(@ForAll("points") double[] x, @ForAll("directions") double[] v) {
        DerivativeLaws.productRule(function(), x, v);
        DerivativeLaws.quotientRule(function(), x, v);
        DerivativeLaws.chainRule(function(), x, v);
    }

    /** The Hessian is symmetric. */
    @Property(tries = 50)
    default void theHessianIsSymmetric(
            @ForAll("points") double[] x, @ForAll("directions") double[] u, @ForAll("directions") double[] v) {
        DerivativeLaws.hessianIsSymmetric(function(), x, u, v);
    }

    /** Euler's theorem for the function, and for the cone over it. */
    @Property(tries = 50)
    default void eulersTheoremHolds(@ForAll("points") double[] x) {
        degree().ifPresent(k -> DerivativeLaws.eulerHomogeneity(function(), k, x));
        DerivativeLaws.eulerHomogeneity(function(), x, 2);
    }

    /** A series shifted is the series at the shifted point. */
    @Property(tries = 25)
    default void seriesCanBeShifted(@ForAll("points") double[] x, @ForAll("directions") double[] v) {
        DerivativeLaws.taylorShift(function(), x, v, 1.0 / 256);
    }
}
