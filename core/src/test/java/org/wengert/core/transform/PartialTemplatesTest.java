package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Exponentials;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Piecewise;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Trigonometry;
import org.wengert.core.elementary.Unary;
import org.wengert.core.elementary.ZeroLaws;

class PartialTemplatesTest {

    private final PartialTemplates templates = new PartialTemplates();

    private int flags(Elementary row, int i) {
        return templates.of(row, i).flags();
    }

    @Test
    void whichPartialsAreZeroByStructure() {
        assertTrue(templates.isZero(Piecewise.FLOOR, 0));
        assertTrue(templates.isZero(Piecewise.SIGNUM, 0));
        assertTrue(templates.isZero(Piecewise.SELECT, 0));
        assertFalse(templates.isZero(Piecewise.SELECT, 1));
        assertTrue(templates.isZero(ZeroLaws.WHERE_NUMBER, 1));
        assertFalse(templates.isZero(ZeroLaws.WHERE_NUMBER, 0));
        assertFalse(templates.isZero(Reductions.SUM, 3));
        assertFalse(templates.isZero(Operations.TIMES, 0));
        // Nothing is known of a row that states no formula.
        assertFalse(templates.isZero(Unary.of("steps", Math::floor, _ -> 0), 0));
    }

    @Test
    void whatCanBeInfiniteIsSingular() {
        assertEquals(0, flags(Operations.TIMES, 0));
        assertEquals(0, flags(Trigonometry.SIN, 0));
        assertEquals(0, flags(Exponentials.EXP, 0));
        assertEquals(Weight.SINGULAR, flags(Exponentials.LOG, 0));
        assertEquals(Weight.SINGULAR, flags(Powers.SQRT, 0));
        assertEquals(Weight.SINGULAR, flags(Operations.DIV, 1));
    }

    @Test
    void zeroWinsInPiecewiseRows() {
        assertEquals(Weight.ZERO_WINS, flags(Piecewise.MAX, 0));
        assertEquals(Weight.ZERO_WINS, flags(Piecewise.SELECT, 2));
        assertEquals(Weight.ZERO_WINS, flags(Piecewise.ABS, 0));
        // By its sign copySign has no derivative at zero: the formula speaks of NaN.
        assertEquals(Weight.ZERO_WINS | Weight.SINGULAR, flags(Piecewise.COPY_SIGN, 1));
    }

    /** In absorb(partial, tangent) a zero tangent wins, and the partial may be infinite: ∂/∂partial is the tangent. */
    @Test
    void theCarefulProducts() {
        for (Elementary row : new Elementary[] {ZeroLaws.ABSORB, ZeroLaws.ABSORB_EITHER}) {
            assertEquals(Weight.ZERO_WINS, flags(row, 0));
            assertEquals(Weight.SINGULAR, flags(row, 1));
        }
    }

    @Test
    void whichReductionsNeedTheRest() {
        assertTrue(templates.of(Reductions.PRODUCT, 0).needsRest());
        assertFalse(templates.of(Reductions.SUM_OF_SQUARES, 0).needsRest());
        assertFalse(templates.of(Reductions.NORM, 0).needsRest());
        assertFalse(templates.of(Reductions.LOG_SUM_EXP, 0).needsRest());
        Nary f = Nary.of("f", Nary.ANY, x -> Arrays.stream(x).sum(), x -> x);
        assertTrue(templates.of(f.withDerivatives("sin(2*(x+rest))"), 0).needsRest());
        assertTrue(templates.of(f.withDerivatives("rest*x"), 0).needsRest());
        assertFalse(templates.of(f.withDerivatives("x+z"), 0).needsRest());
        assertFalse(templates.of(f.withDerivatives("1"), 0).needsRest());
        // A row of three arguments has no rest; its third argument is no such thing.
        assertFalse(templates.of(Piecewise.CLAMP, 0).needsRest());
    }

    @Test
    void eachFormulaIsReadOnce() {
        assertSame(templates.of(Operations.DIV, 0), templates.of(Operations.DIV, 0));
        assertSame(templates.of(Reductions.PRODUCT, 0), templates.of(Reductions.PRODUCT, 5));
        assertEquals(1 / 5.0, templates.of(Operations.DIV, 0).program().value(3, 5, 0.6)[0]);
        assertEquals(-0.6 / 5, templates.of(Operations.DIV, 1).program().value(3, 5, 0.6)[0], 1e-16);
    }
}
