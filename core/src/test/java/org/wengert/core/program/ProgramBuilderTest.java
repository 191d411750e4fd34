package org.wengert.core.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Exponentials;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Trigonometry;
import org.wengert.core.scalar.Relation;

class ProgramBuilderTest {

    private final ProgramBuilder g = new ProgramBuilder();

    @Test
    void equalOperationsOnEqualOperandsAreOneNode() {
        int x = g.input();
        int y = g.input();
        assertEquals(g.apply(Trigonometry.SIN, x), g.apply(Trigonometry.SIN, x));
        assertEquals(g.plus(x, y), g.plus(y, x));
        assertEquals(g.times(x, y), g.times(y, x));
        assertNotEquals(g.minus(x, y), g.minus(y, x));
        assertEquals(g.constant(2), g.constant(2));
        assertNotEquals(g.constant(0.0), g.constant(-0.0));
        assertEquals(g.apply(Reductions.SUM, x, y, x), g.apply(Reductions.SUM, x, y, x));
        assertNotEquals(g.apply(Reductions.SUM, x, y, x), g.apply(Reductions.SUM, x, x, y));
    }

    @Test
    void simplificationChangesNoBitWhateverTheOperandsAre() {
        Binary[] rows = {Operations.PLUS, Operations.MINUS, Operations.TIMES, Operations.DIV, Powers.POW};
        for (Binary outer : rows) {
            for (double c : NastyNumbers.LIST) {
                for (double x : NastyNumbers.LIST) {
                    for (double y : NastyNumbers.LIST) {
                        var h = new ProgramBuilder();
                        int u = h.input();
                        int v = h.input();
                        int k = h.constant(c);
                        int nu = h.negate(u);
                        int nv = h.negate(v);
                        Program p = h.build(
                                h.apply(outer, u, k), h.apply(outer, k, u), h.apply(outer, nu, v),
                                h.apply(outer, u, nv), h.apply(outer, nu, nv), h.negate(nu), h.apply(outer, u, v));
                        double[] expected = {
                            outer.value(x, c), outer.value(c, x), outer.value(-x, y),
                            outer.value(x, -y), outer.value(-x, -y), x, outer.value(x, y)
                        };
                        double[] actual = p.value(x, y);
                        for (int i = 0; i < expected.length; i++) {
                            assertEquals(expected[i], actual[i],
                                    () -> outer + " of " + x + ", " + y + " with constant " + c + "\n" + p.listing());
                        }
                    }
                }
            }
        }
    }

    @Test
    void identitiesOfArithmeticAreNotWritten() {
        int x = g.input();
        int y = g.input();
        assertEquals(x, g.times(x, g.constant(1)));
        assertEquals(x, g.apply(Operations.DIV, x, g.constant(1)));
        assertEquals(x, g.minus(x, g.constant(0.0)));
        assertEquals(x, g.plus(g.constant(-0.0), x));
        assertEquals(x, g.negate(g.negate(x)));
        assertEquals(g.minus(x, y), g.plus(x, g.negate(y)));
        assertEquals(g.constant(Math.exp(2)), g.apply(Exponentials.EXP, g.constant(2)));
    }

    @Test
    void whatWouldBeFalseForZerosOrInfinitiesIsWritten() {
        int x = g.input();
        assertNotEquals(x, g.plus(x, g.constant(0.0)));
        assertTrue(!g.isConstant(g.times(x, g.constant(0))));
        assertTrue(!g.isConstant(g.minus(x, x)));
        assertTrue(!g.isConstant(g.apply(Operations.DIV, x, x)));
    }

    @Test
    void deadOperationsAreLeftOutAndInputsStay() {
        int x = g.input();
        g.input();
        g.apply(Trigonometry.SIN, x);
        Program p = g.build(g.apply(Exponentials.EXP, x));
        assertEquals(2, p.inputs());
        assertEquals(1, p.operations());
    }

    @Test
    void longChainsOfAdditionsBecomeOneSumWithTheSameBits() {
        var random = new Random(1);
        for (int round = 0; round < 2000; round++) {
            var h = new ProgramBuilder();
            int n = 2 + random.nextInt(7);
            double[] x = new double[n];
            int sum = -1;
            double expected = Double.NaN;
            for (int i = 0; i < n; i++) {
                x[i] = NastyNumbers.draw(random);
                int in = h.input();
                boolean onTheLeft = random.nextBoolean();
                sum = i == 0 ? in : onTheLeft ? h.plus(in, sum) : h.plus(sum, in);
                expected = i == 0 ? x[0] : expected + x[i];
            }
            Program p = h.build(sum);
            assertEquals(n < 4 ? n - 1 : 1, p.operations(), p::listing);
            assertEquals(expected, p.value(x)[0]);
        }
    }

    @Test
    void aPartialSumThatIsUsedElsewhereStaysANode() {
        int a = g.input();
        int b = g.input();
        int c = g.input();
        int partial = g.plus(g.plus(g.plus(a, b), c), a);
        int whole = g.plus(g.plus(g.plus(partial, b), c), b);
        Program p = g.build(whole, partial);
        assertEquals(2, p.operations(), p::listing);
        assertEquals(1 + 2 + 4 + 1 + 2 + 4 + 2, p.value(1, 2, 4)[0]);
        assertEquals(8, p.value(1, 2, 4)[1]);
    }

    @Test
    void uniformWorkComesFirstAndStaysOutOfVaryingSums() {
        int x = g.input(false);
        int a = g.input(true);
        int s = g.plus(g.plus(g.plus(g.plus(a, g.apply(Exponentials.EXP, a)), x), x), g.apply(Trigonometry.SIN, x));
        Program p = g.build(s);
        assertTrue(p.firstVarying() - p.firstOperation() == 2, p::listing);
        for (int v = p.firstOperation(); v < p.nodes(); v++) {
            boolean all = true;
            for (int i = 0; i < p.operandCount(v); i++) {
                all &= p.isConstant(p.operand(v, i)) || p.isUniform(p.operand(v, i));
            }
            assertEquals(all, p.isUniform(v));
        }
        assertEquals(p.value(3, 2)[0], p.withUniform().value(3, 2)[0]);
        assertEquals(0, p.withUniform().firstVarying() - p.withUniform().firstOperation());
    }

    @Test
    void guardsBetweenConstantsAreDroppedAndEqualOnesCountOnce() {
        int x = g.input();
        g.guard(g.constant(1), Relation.LESS, g.constant(2), true);
        g.guard(x, Relation.LESS, g.constant(2), true);
        g.guard(x, Relation.LESS, g.constant(2), true);
        assertEquals(1, g.build(x).guards().size());
    }

    @Test
    void nodesThatAreNotThereAreRefused() {
        int x = g.input();
        assertThrows(IllegalArgumentException.class, () -> g.plus(x, 7));
        assertThrows(IllegalArgumentException.class, () -> g.build(-1));
        assertEquals(g.constant(0), g.apply(Reductions.SUM));
    }

    @Test
    void aChainOfAMillionOperationsWorks() {
        int v = g.input();
        int n = 1_000_000;
        for (int i = 0; i < n; i++) {
            v = i % 2 == 0 ? g.apply(Trigonometry.SIN, v) : g.plus(v, g.inputNode(0));
        }
        Program p = g.build(v);
        assertEquals(n, p.operations());
        double expected = 0.3;
        for (int i = 0; i < n; i++) {
            expected = i % 2 == 0 ? Math.sin(expected) : expected + 0.3;
        }
        assertEquals(expected, p.value(0.3)[0]);
        assertTrue(p.listing().length() > n);
        assertTrue(p.dot().length() > n);
        assertEquals(p, p.select(0));
    }

    @Test
    void aSumOfAMillionTermsIsOneOperation() {
        int n = 1_000_000;
        int s = g.constant(0.5);
        for (int i = 0; i < n; i++) {
            s = g.plus(s, g.input());
        }
        Program p = g.build(s);
        assertEquals(1, p.operations());
        assertEquals(n + 1, p.operandCount(p.output(0)));
    }
}
