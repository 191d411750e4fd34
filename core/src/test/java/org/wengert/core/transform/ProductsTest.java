package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.transform.FormulaPrograms.count;

import org.junit.jupiter.api.Test;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Piecewise;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;

/** The laws of sums and products of derivatives, by what is known of the factors. */
class ProductsTest {

    private static final int BOTH = Weight.SINGULAR | Weight.ZERO_WINS;
    private static final double[] FINITE = {0.0, -0.0, 1, -2, 0.75, 1e-200, -3e100};
    private static final double INFINITE = Double.POSITIVE_INFINITY;
    private static final double[] ANY = {INFINITE, Double.NEGATIVE_INFINITY, Double.NaN, 0.0, 2};

    private final ProgramBuilder g = new ProgramBuilder();
    private final int x = g.input();
    private final int y = g.input();
    private final Products absorbing = new Products(g, Zeros.ABSORBED);
    private final Products guarded = new Products(g, Zeros.GUARDED);

    private double value(int weight, double... at) {
        return g.build(Weight.node(weight)).value(at)[0];
    }

    private void assertIs(Elementary row, int weight) {
        assertTrue(g.is(Weight.node(weight), row), () -> g.build(Weight.node(weight)).listing());
    }

    /** Apart from the sign of zero. */
    private static void assertSame(double expected, double actual) {
        assertEquals(expected + 0.0, actual + 0.0);
    }

    @Test
    void betweenFiniteNumbersAProductIsAProduct() {
        for (int a = 0; a <= BOTH; a++) {
            for (int b = 0; b <= BOTH; b++) {
                int product = absorbing.times(Weight.of(x, a), Weight.of(y, b));
                for (double u : FINITE) {
                    for (double v : FINITE) {
                        assertSame(u * v, value(product, u, v));
                    }
                }
            }
        }
    }

    @Test
    void aZeroOnTheRightWinsOverWhatMayBeInfinite() {
        for (int b = 0; b <= BOTH; b++) {
            for (int a : new int[] {Weight.SINGULAR, BOTH}) {
                int product = absorbing.times(Weight.of(x, a), Weight.of(y, b));
                for (double u : ANY) {
                    assertSame(0, value(product, u, 0));
                    assertSame(2 * u, value(product, u, 2));
                }
            }
        }
    }

    @Test
    void aZeroOnTheLeftWinsWhereThePartialIsOfAPiecewiseRow() {
        int[][] flags = {{BOTH, 0}, {BOTH, Weight.SINGULAR}, {Weight.ZERO_WINS, Weight.SINGULAR}, {Weight.ZERO_WINS, BOTH}};
        for (int[] f : flags) {
            int product = absorbing.times(Weight.of(x, f[0]), Weight.of(y, f[1]));
            for (double v : ANY) {
                assertSame(0, value(product, 0, v));
                assertSame(2 * v, value(product, 2, v));
            }
        }
        // But not over the rule that a partial of zero is multiplied as a number.
        assertSame(Double.NaN, value(absorbing.times(Weight.of(x, Weight.SINGULAR), Weight.of(y)), 0, INFINITE));
    }

    @Test
    void betweenFactorsThatAreFiniteAProductIsWrittenAsOne() {
        for (int b = 0; b <= BOTH; b++) {
            assertIs(Operations.TIMES, absorbing.times(Weight.of(x), Weight.of(y, b)));
        }
        assertIs(Operations.TIMES, absorbing.times(Weight.of(x, Weight.ZERO_WINS), Weight.of(y)));
        assertIs(Operations.TIMES, absorbing.times(Weight.of(x, Weight.ZERO_WINS), Weight.of(y, Weight.ZERO_WINS)));
    }

    @Test
    void inAGuardedProgramEveryProductIsPlain() {
        for (int a = 0; a <= BOTH; a++) {
            for (int b = 0; b <= BOTH; b++) {
                assertIs(Operations.TIMES, guarded.times(Weight.of(x, a), Weight.of(y, b)));
            }
        }
    }

    /** No rule about zeros is needed beside a number that is neither zero nor infinite. */
    @Test
    void ordinaryConstants() {
        for (double c : new double[] {2, -3, 0.5, Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE}) {
            int constant = g.constant(c);
            for (int a = 0; a <= BOTH; a++) {
                for (int b = 0; b <= BOTH; b++) {
                    int left = absorbing.times(Weight.of(constant, a), Weight.of(y, b));
                    assertIs(Operations.TIMES, left);
                    assertSame(c * INFINITE, value(left, 0, INFINITE));
                    assertSame(0, value(left, 0, 0));
                    int right = absorbing.times(Weight.of(x, a), Weight.of(constant, b));
                    assertIs(Operations.TIMES, right);
                    assertSame(c * INFINITE, value(right, INFINITE, 0));
                }
            }
        }
        assertEquals(y, Weight.node(absorbing.times(Weight.of(g.constant(1)), Weight.of(y))));
        assertEquals(x, Weight.node(absorbing.times(Weight.of(x, BOTH), Weight.of(g.constant(1)))));
    }

    @Test
    void infiniteConstants() {
        for (double c : new double[] {INFINITE, Double.NEGATIVE_INFINITY, Double.NaN}) {
            int constant = g.constant(c);
            for (int a = 0; a <= BOTH; a++) {
                int left = absorbing.times(Weight.of(constant, a), Weight.of(y));
                assertSame(0, value(left, 0, 0));
                assertSame(c, value(left, 0, 2));
            }
            int right = absorbing.times(Weight.of(x, BOTH), Weight.of(constant));
            assertSame(0, value(right, 0, 0));
            assertSame(c, value(right, 2, 0));
        }
    }

    @Test
    void aConstantZeroOnTheRightIsTheProduct() {
        for (double zero : new double[] {0.0, -0.0}) {
            int b = Weight.of(g.constant(zero));
            assertEquals(b, absorbing.times(Weight.of(x, Weight.SINGULAR), b));
        }
    }

    @Test
    void zeroByStructure() {
        int w = Weight.of(x, BOTH);
        assertEquals(Weight.ZERO, absorbing.times(w, Weight.ZERO));
        assertEquals(Weight.ZERO, absorbing.times(Weight.ZERO, w));
        assertEquals(w, absorbing.plus(w, Weight.ZERO));
        assertEquals(w, absorbing.plus(Weight.ZERO, w));
        assertEquals(Weight.ZERO, absorbing.plus(Weight.ZERO, Weight.ZERO));
        assertEquals(Weight.ZERO, absorbing.plus(Weight.of(g.constant(2)), Weight.of(g.constant(-2))));
    }

    /** A product may be infinite if a factor may; a zero factor that wins makes it a zero that wins. */
    @Test
    void whatIsKnownOfAProduct() {
        for (int a = 0; a <= BOTH; a++) {
            for (int b = 0; b <= BOTH; b++) {
                int product = absorbing.times(Weight.of(x, a), Weight.of(y, b));
                assertEquals(Weight.isSingular(a) || Weight.isSingular(b), Weight.isSingular(product));
                assertEquals(Weight.zeroWins(a) || Weight.zeroWins(b), Weight.zeroWins(product));
            }
        }
    }

    /** A sum may be infinite if a term may; that it is zero says only that nothing was looked at if that holds for both. */
    @Test
    void whatIsKnownOfASum() {
        for (int a = 0; a <= BOTH; a++) {
            for (int b = 0; b <= BOTH; b++) {
                int sum = absorbing.plus(Weight.of(x, a), Weight.of(y, b));
                assertEquals(Weight.isSingular(a) || Weight.isSingular(b), Weight.isSingular(sum));
                assertEquals(Weight.zeroWins(a) && Weight.zeroWins(b), Weight.zeroWins(sum));
                assertEquals(7, value(sum, 3, 4));
            }
        }
    }

    @Test
    void aPartialThatSelectsTakesTheOtherFactorIn() {
        int c = g.input();
        int positive = g.apply(Piecewise.SELECT, c, g.constant(1), g.constant(0));
        int other = g.apply(Piecewise.SELECT, c, g.constant(0), g.constant(1));
        for (Products products : new Products[] {absorbing, guarded}) {
            int[] four = {
                products.times(Weight.of(positive, Weight.ZERO_WINS), Weight.of(y)),
                products.times(Weight.of(y, Weight.SINGULAR), Weight.of(positive)),
                products.times(Weight.of(other, Weight.ZERO_WINS), Weight.of(y)),
                products.times(Weight.of(y, Weight.SINGULAR), Weight.of(other))
            };
            for (int k = 0; k < 4; k++) {
                assertIs(Piecewise.SELECT, four[k]);
                for (double v : ANY) {
                    boolean whenPositive = k < 2;
                    assertSame(whenPositive ? v : 0, value(four[k], 0, v, 5));
                    assertSame(whenPositive ? 0 : v, value(four[k], 0, v, -5));
                }
            }
        }
    }

    @Test
    void otherSelectionsAreMultiplied() {
        int c = g.input();
        for (double[] ends : new double[][] {{2, 0}, {1, 0.5}, {0, 3}, {0.5, 1}, {1, 1}, {0, 0}}) {
            int partial = g.apply(Piecewise.SELECT, c, g.constant(ends[0]), g.constant(ends[1]));
            int product = absorbing.times(Weight.of(partial), Weight.of(y));
            assertIs(Operations.TIMES, product);
            assertSame(ends[0] * 7, value(product, 0, 7, 1));
            assertSame(ends[1] * 7, value(product, 0, 7, -1));
        }
        // A product with a number is no cheaper as a selection.
        int partial = g.apply(Piecewise.SELECT, c, g.constant(1), g.constant(0));
        int product = absorbing.times(Weight.of(partial), Weight.of(g.constant(7)));
        assertIs(Operations.TIMES, product);
        assertSame(7, value(product, 0, 0, 1));
        assertSame(0, value(product, 0, 0, -1));
    }

    /** Where sums swallow them. */
    @Test
    void signsComeOutOfCarefulProductsAndSums() {
        int[] left = {x, g.negate(x)};
        int[] right = {y, g.negate(y)};
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                int product = absorbing.times(Weight.of(left[i], Weight.SINGULAR), Weight.of(right[j]));
                double sign = i == j ? 1 : -1;
                assertSame(sign * 6, value(product, 2, 3));
                assertSame(0, value(product, INFINITE, 0));
                Program p = g.build(Weight.node(product));
                assertEquals(i == j ? 0 : 1, count(p, "negate"), p::listing);
                assertEquals(i == j ? 1 : 2, p.operations());
            }
        }
        int sum = absorbing.plus(Weight.of(left[1]), Weight.of(right[1]));
        assertIs(Operations.NEGATE, sum);
        assertSame(-5, value(sum, 2, 3));
    }

    @Test
    void anOutputIsNoNumberWhereTheValueIsNone() {
        int output = absorbing.output(Weight.of(x), y);
        Program p = g.build(output);
        assertEquals(5, p.value(5, 1)[0]);
        assertEquals(Double.NaN, p.value(5, Double.NaN)[0]);
        assertTrue(g.isConstant(absorbing.output(Weight.ZERO, y), 0));
        assertEquals(x, absorbing.output(Weight.of(x), g.constant(3)));
        assertEquals(0, g.guards());
        assertEquals(x, guarded.output(Weight.of(x), y));
        assertEquals(2, g.guards(), "one on the derivative and one on the value");
    }
}
