package org.wengert.testkit;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.wengert.core.DifferentiableVector;

/** The laws of derivatives as properties of one function with several results, as {@link FunctionLaws} are of one. */
public interface VectorFunctionLaws {

    /** The function. */
    DifferentiableVector vectorFunction();

    /** Where the function is looked at; without an override between -2 and 3 in each coordinate. */
    @Provide
    default Arbitrary<double[]> points() {
        return DerivativeArbitraries.points(vectorFunction().inputs());
    }

    /** Directions. */
    @Provide
    default Arbitrary<double[]> directions() {
        return DerivativeArbitraries.directions(vectorFunction().inputs());
    }

    /** Weights of the results. */
    @Provide
    default Arbitrary<double[]> weights() {
        return DerivativeArbitraries.directions(vectorFunction().outputs());
    }

    /** Jacobian and products are those that differences of values tell. */
    @Property(tries = 25)
    default void derivativesAgreeWithDifferences(
            @ForAll("points") double[] x, @ForAll("directions") double[] v, @ForAll("weights") double[] w) {
        DerivativeAssertions.assertJacobian(vectorFunction(), x);
        DerivativeAssertions.assertJvp(vectorFunction(), x, v);
        DerivativeAssertions.assertVjp(vectorFunction(), x, w);
    }

    /** wᵀ(J v) = (wᵀJ) v. */
    @Property(tries = 100)
    default void productsFromBothSidesAreDual(
            @ForAll("points") double[] x, @ForAll("directions") double[] v, @ForAll("weights") double[] w) {
        DerivativeLaws.duality(vectorFunction(), x, v, w);
    }
}
