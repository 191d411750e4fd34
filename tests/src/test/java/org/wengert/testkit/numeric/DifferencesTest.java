package org.wengert.testkit.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.wengert.core.numeric.Estimate;
import org.wengert.core.program.PathCache;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;

class DifferencesTest {

    private static Line strong(UnaryOperator<Scalar> f, double x) {
        return Lines.doubleDoubles(PathCache.of(1, z -> new Scalar[] {f.apply(z[0])}, 8), new double[] {x}, new double[] {1});
    }

    private static Line plain(DoubleUnaryOperator f, double x) {
        return Lines.doubles(z -> new double[] {f.applyAsDouble(z[0])}, new double[] {x}, new double[] {1});
    }

    private static void assertError(double exact, Estimate e, double relative) {
        assertEquals(exact, e.value(), relative * Math.abs(exact));
        assertTrue(Math.abs(e.value() - exact) <= 2 * e.error() + 64 * Math.ulp(exact), "claims " + e.error() + ", is off by "
                + Math.abs(e.value() - exact));
    }

    @Test
    void derivativesInDoubleDoubleArithmeticAreRightToTheLastBit() {
        Line line = strong(x -> ScalarMath.exp(ScalarMath.sin(x)), 0.7);
        double value = Math.exp(Math.sin(0.7));
        assertError(value * Math.cos(0.7), Differences.derivative(line, 0, 1), 4e-16);
        assertError(value * (Math.cos(0.7) * Math.cos(0.7) - Math.sin(0.7)), Differences.derivative(line, 0, 2), 1e-14);
        assertTrue(Differences.derivative(line, 0, 1).error() < 1e-20);
        assertTrue(Differences.derivative(line, 0, 6).error() < 1e-10);
    }

    @Test
    void differencesOfDoublesHoldElevenDigitsAndSaySo() {
        Line line = plain(x -> Math.exp(Math.sin(x)), 0.7);
        Estimate first = Differences.derivative(line, 0, 1);
        double exact = Math.exp(Math.sin(0.7)) * Math.cos(0.7);
        assertEquals(exact, first.value(), 1e-11);
        assertTrue(first.error() < 1e-10, "claims " + first.error());
        assertTrue(Math.abs(first.value() - exact) <= first.error());
    }

    @Test
    void tinyAndHugeArgumentsGetStepsOfTheirOwn() {
        assertError(1e20, Differences.derivative(plain(Math::log, 1e-20), 0, 1), 1e-9);
        assertError(1e-20, Differences.derivative(plain(Math::log, 1e20), 0, 1), 1e-9);
        assertError(1e20, Differences.derivative(strong(ScalarMath::log, 1e-20), 0, 1), 1e-15);
    }

    @Test
    void noiseOfTheValuesWidensTheError() {
        // Five digits are lost in the subtraction.
        Line line = plain(x -> (1e5 + Math.sin(x)) - 1e5, 0.7);
        Estimate e = Differences.derivative(line, 0, 1);
        assertTrue(e.error() > 1e-10, "claims " + e.error());
        assertTrue(Math.abs(e.value() - Math.cos(0.7)) <= e.error());
    }

    @Test
    void aKinkIsFoundAtThePointAndNotBesideIt() {
        assertTrue(Differences.kink(plain(Math::abs, 0), 0, 1).isPresent());
        assertTrue(Differences.kink(strong(ScalarMath::abs, 0), 0, 1).isPresent());
        assertFalse(Differences.kink(plain(Math::abs, 1e-3), 0, 1).isPresent());
        assertFalse(Differences.kink(strong(ScalarMath::abs, 1e-9), 0, 1).isPresent());
        assertFalse(Differences.kink(plain(Math::sin, 0.4), 0, 1).isPresent());
        assertFalse(Differences.kink(plain(x -> x * x, 0), 0, 1).isPresent());
        assertFalse(Differences.kink(plain(x -> 3, 1), 0, 1).isPresent());
        assertFalse(Differences.kink(plain(x -> x * Math.abs(x), 0), 0, 1).isPresent());
        assertTrue(Differences.kink(plain(x -> x * Math.abs(x), 0), 0, 2).isPresent());
        assertFalse(Differences.kink(plain(x -> x * x * x, 0), 0, 2).isPresent());
        Differences.Kink kink = Differences.kink(plain(x -> x > 0 ? 3 * x : -x, 0), 0, 1).orElseThrow();
        assertEquals(-1, kink.left(), 1e-6);
        assertEquals(3, kink.right(), 1e-6);
        assertTrue(kink.allows(1, 0) && kink.allows(-1, 1e-6) && !kink.allows(3.1, 0.01));
    }

    @Test
    void nextToAKinkTheStepsBecomeSmallEnough() {
        assertError(1, Differences.derivative(strong(ScalarMath::abs, 1e-9), 0, 1), 1e-15);
        assertError(-1, Differences.derivative(plain(Math::abs, -1e-5), 0, 1), 1e-9);
    }

    /** All steps but the smallest reach over the kink and see the mean of both sides. */
    @Test
    void aKinkTooNearForATableIsNotPassedOffAsSmooth() {
        Estimate e = Differences.derivative(strong(x -> ScalarMath.max(x, 0).plus(2), 1e-15), 0, 1);
        assertEquals(1, e.value(), 1e-3);
        assertTrue(Math.abs(1 - e.value()) <= e.error());
    }

    /** A pole 6e-8 away, over which the steps of the table reach: no such derivative is claimed. */
    @Test
    void overAPoleNearbyNothingWrongIsClaimed() {
        double x = -1.999999942470288;
        Estimate e = Differences.derivative(strong(z -> z.div(ScalarMath.sinPi(z)), x), 0, 2);
        double s = Math.sin(Math.PI * (x + 2));
        double c = Math.PI * Math.cos(Math.PI * (x + 2));
        double exact = -2 * c / s / s + x * (Math.PI * Math.PI / s + 2 * c * c / s / s / s);
        assertEquals(exact, e.value(), 2 * e.error() + 1e-9 * Math.abs(exact));
    }

    /** The derivative is 1e-17 times what it is a little farther away. */
    @Test
    void aTinyDerivativeIsNotMistakenForTheTruncationErrorOfALargeStep() {
        Estimate e = Differences.derivative(strong(z -> ScalarMath.sinc(ScalarMath.sinc(z)), Math.PI), 0, 1);
        assertEquals(4.136088774447004E-18, e.value(), Math.max(1e-27, 2 * e.error()));
        assertTrue(e.error() < 1e-19, "claims " + e.error());
    }

    /** From 2⁵² on every step is whole: sin πx looks like a constant there, and its slope is ±π. */
    @Test
    void ofAFunctionSeenAtWholeNumbersAloneNothingIsClaimed() {
        for (double x : new double[] {0x1p51 + 0.5, 0x1p53, -0x1p60}) {
            Estimate e = Differences.derivative(strong(ScalarMath::sinPi, x), 0, 1);
            assertFalse(e.error() <= 1e-3 * Math.abs(e.value()), x + ": " + e);
        }
    }

    @Test
    void acrossAJumpNothingIsClaimed() {
        Estimate e = Differences.derivative(strong(ScalarMath::signum, 0), 0, 1);
        assertFalse(e.error() <= 1e-3 * Math.abs(e.value()), e.toString());
    }
}
