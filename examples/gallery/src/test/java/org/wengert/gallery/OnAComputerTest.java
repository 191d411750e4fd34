package org.wengert.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.wengert.core.numeric.ComplexStep;

class OnAComputerTest {

    @Test
    void theAlgorithmicDerivativeIsExactToTheLastBits() {
        double analytic = OnAComputer.analytic(OnAComputer.AT);
        assertEquals(4.05342789389862, analytic, 1e-13); // to the digits that the literature gives
        assertEquals(analytic, OnAComputer.algorithmic(), 8 * Math.ulp(analytic));
        assertEquals(analytic, ComplexStep.gradient(OnAComputer.CLASSIC, OnAComputer.AT)[0], 8 * Math.ulp(analytic));
    }

    @Test
    void everyDifferenceGainsDigitsAndThenLosesThem() {
        List<OnAComputer.Errors> errors = OnAComputer.errors();
        assertBottom(errors, OnAComputer.Errors::forward, 3e-7, 1e-8);
        assertBottom(errors, OnAComputer.Errors::central, 1e-9, 1e-5);
        assertBottom(errors, OnAComputer.Errors::richardson, 1e-11, 1e-2);
        assertTrue(errors.getLast().forward() > 1e-3);
        assertTrue(errors.getLast().central() > 1e-3);
    }

    /** The least error is below a bound, at a step of about this size, and at least ten times smaller than at both ends. */
    private static void assertBottom(
            List<OnAComputer.Errors> errors, ToDoubleFunction<OnAComputer.Errors> error, double most, double step) {
        OnAComputer.Errors best = errors.stream().min(Comparator.comparingDouble(error)).orElseThrow();
        double least = error.applyAsDouble(best);
        assertTrue(least < most, "least error " + least);
        assertTrue(best.step() > step / 100 && best.step() < step * 100, "at step " + best.step());
        assertTrue(10 * least < error.applyAsDouble(errors.getFirst()) && 10 * least < error.applyAsDouble(errors.getLast()));
    }

    @Test
    void theFormulaGrowsExponentiallyAndTheProgramLinearly() {
        OnAComputer.Sizes eight = OnAComputer.sizes(8);
        OnAComputer.Sizes nine = OnAComputer.sizes(9);
        OnAComputer.Sizes ten = OnAComputer.sizes(10);
        assertEquals(nine.tangent() - eight.tangent(), ten.tangent() - nine.tangent());
        assertEquals(nine.program() - eight.program(), ten.program() - nine.program());
        assertTrue(ten.tangent() <= 4 * ten.program(), ten.toString());
        assertTrue(ten.symbolic() > 1.9 * nine.symbolic() && ten.symbolic() > 1000, ten.toString());
    }
}
