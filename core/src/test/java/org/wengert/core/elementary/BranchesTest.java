package org.wengert.core.elementary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The branches within rows, on both sides of where they part. */
class BranchesTest {

    private static final MathContext DIGITS = new MathContext(40);

    private static final BigDecimal PI = new BigDecimal("3.141592653589793238462643383279502884197169399375");

    /** sin πx or cos πx by the series, for numbers of moderate size. */
    private static double series(double x, boolean sine) {
        BigDecimal t = PI.multiply(new BigDecimal(x)).round(DIGITS);
        BigDecimal term = sine ? t : BigDecimal.ONE;
        BigDecimal sum = term;
        for (int k = sine ? 2 : 1; k < 120; k += 2) {
            term = term.multiply(t, DIGITS).multiply(t, DIGITS).divide(BigDecimal.valueOf((long) k * (k + 1)), DIGITS).negate();
            sum = sum.add(term);
        }
        return sum.doubleValue();
    }

    @Test
    void sineAndCosineOfMultiplesOfPiAllTheWayRound() {
        for (int k = -130; k <= 130; k++) {
            for (double x : new double[] {k / 64.0, k / 64.0 + 1e-3, Math.nextUp(k / 64.0), Math.nextDown(k / 64.0)}) {
                double sine = series(x, true);
                double cosine = series(x, false);
                boolean half = 2 * x == Math.rint(2 * x);
                assertEquals(half ? Math.rint(sine) : sine, Trigonometry.sinPi(x), half ? 0 : 2.5 * Math.ulp(sine), "sin " + x);
                assertEquals(half ? Math.rint(cosine) : cosine, Trigonometry.cosPi(x), half ? 0 : 2.5 * Math.ulp(cosine), "cos " + x);
            }
        }
    }

    private static double root(double x, double n) {
        return Powers.ROOT_N.value(x, n);
    }

    @Test
    void rootsOfPowersOfTen() {
        for (int n : new int[] {2, 3, 4, 5, 7, 10, 25, 60}) {
            for (int e = -300 / n; e <= 300 / n; e++) {
                double x = Double.parseDouble("1e" + e * n);
                double expected = Double.parseDouble("1e" + e);
                assertEquals(expected, root(x, n), 2 * Math.ulp(expected), "root " + n + " of " + x);
                double inverse = Double.parseDouble("1e" + -e);
                assertEquals(inverse, root(x, -n), 3 * Math.ulp(inverse), "root " + -n + " of " + x);
                assertEquals(n % 2 == 0 ? Double.NaN : -expected, root(-x, n), 2 * Math.ulp(expected));
            }
        }
    }

    @Test
    void theFirstThreeRootsAreThoseOfTheJdk() {
        var random = new SplittableRandom(3);
        for (int k = 0; k < 1000; k++) {
            double x = random.nextDouble(-5, 5) * Math.exp(random.nextDouble(-300, 300));
            assertEquals(x, root(x, 1));
            assertEquals(Math.sqrt(x), root(x, 2));
            assertEquals(Math.cbrt(x), root(x, 3));
        }
    }

    @Test
    void whatIsNoRoot() {
        for (double n : new double[] {0, 0.5, -2.5, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN}) {
            assertEquals(Double.NaN, root(2, n), "n = " + n);
        }
        assertEquals(Double.NaN, root(-8, 4));
        for (int n : new int[] {4, 5}) {
            assertEquals(0.0, root(0.0, n));
            assertEquals(Double.POSITIVE_INFINITY, root(0.0, -n));
            assertEquals(Double.POSITIVE_INFINITY, root(Double.POSITIVE_INFINITY, n));
        }
        assertEquals(-0.0, root(-0.0, 5));
        assertEquals(Math.pow(2, -1074.0 / 5), root(Double.MIN_VALUE, 5), 1e-79);
        assertEquals(1, Powers.ROOT_N.fx(0, 1, 0));
        assertEquals(Double.POSITIVE_INFINITY, Powers.ROOT_N.fx(0, 5, 0));
        assertEquals(Double.NEGATIVE_INFINITY, Powers.ROOT_N.fx(0, -5, Double.POSITIVE_INFINITY));
    }

    @Test
    void areaFunctionsAtTheirSeams() {
        for (double seam : new double[] {0x1p-28, 0.5, 2, 0x1p28}) {
            for (double x : new double[] {Math.nextDown(seam), seam, Math.nextUp(seam), 0.9 * seam, 1.1 * seam}) {
                assertInverse(Hyperbolics.ASINH.value(x), x, Hyperbolics.SINH.value(Hyperbolics.ASINH.value(x)));
                assertEquals(-Hyperbolics.ASINH.value(x), Hyperbolics.ASINH.value(-x));
                if (x >= 1) {
                    double y = Hyperbolics.ACOSH.value(x);
                    assertInverse(y, x, Hyperbolics.COSH.value(y));
                }
                if (x < 0.9) {
                    double y = Hyperbolics.ATANH.value(x);
                    assertInverse(y, x, Hyperbolics.TANH.value(y));
                    assertEquals(-y, Hyperbolics.ATANH.value(-x));
                }
            }
        }
    }

    /** f(y) is x, as far as y can be rounded. */
    private static void assertInverse(double y, double x, double back) {
        assertEquals(x, back, (4 + 4 * Math.abs(y)) * Math.ulp(x), "at " + x);
    }
}
