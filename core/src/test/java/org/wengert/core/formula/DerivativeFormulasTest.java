package org.wengert.core.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Trigonometry;
import org.wengert.core.elementary.Unary;

class DerivativeFormulasTest {

    @Test
    void everyRowOfTheTableStatesFormulasThatCanBeRead() {
        for (Elementary row : ElementaryTable.rows()) {
            assertTrue(DerivativeFormulas.exist(row), row.name());
            switch (row) {
                case Unary f -> assertEquals(List.of("x", "y"), DerivativeFormulas.dx(f).names());
                case Binary f -> {
                    assertEquals(List.of("x", "y", "z"), DerivativeFormulas.dx(f).names());
                    assertEquals(List.of("x", "y", "z"), DerivativeFormulas.dy(f).names());
                }
                case Nary f when f.arity() == Nary.ANY ->
                    assertEquals(List.of("x", "z", "rest"), DerivativeFormulas.partial(f, 5).names());
                case Nary f -> {
                    for (int i = 0; i < f.arity(); i++) {
                        assertEquals(f.arity() + 1, DerivativeFormulas.partial(f, i).names().size());
                    }
                }
            }
        }
    }

    @Test
    void argumentsAndResultStandInTheOrderOfTheNames() {
        assertEquals(Math.cos(0.3), DerivativeFormulas.dx(Trigonometry.SIN).value(0.3, Math.sin(0.3)));
        assertEquals(0.25, DerivativeFormulas.dx(Operations.DIV).value(3, 4, 0.75));
        assertEquals(-0.1875, DerivativeFormulas.dy(Operations.DIV).value(3, 4, 0.75));
        assertEquals(8, DerivativeFormulas.partial(Reductions.PRODUCT, 1).value(3, 24, 8));
    }

    @Test
    void aFormulaIsReadOnceWhoeverAsks() {
        Formula first = DerivativeFormulas.dx(Trigonometry.TAN);
        List<Formula> others = IntStream.range(0, 64).parallel()
                .mapToObj(_ -> DerivativeFormulas.dx(Trigonometry.TAN)).toList();
        others.forEach(other -> assertSame(first, other));
    }

    @Test
    void aRowWithoutAFormulaOrWithABadOneIsNamed() {
        Unary none = Unary.of("none", x -> x, x -> 1);
        assertFalse(DerivativeFormulas.exist(none));
        var missing = assertThrows(IllegalArgumentException.class, () -> DerivativeFormulas.dx(none));
        assertEquals("row 'none' states no formula of its derivative", missing.getMessage());
        Unary bad = none.withDerivative("2*t");
        var unknown = assertThrows(IllegalArgumentException.class, () -> DerivativeFormulas.dx(bad));
        assertEquals("the derivative of row 'none', '2*t': names must hold every variable of the formula, but 't' is"
                + " missing: [x, y]", unknown.getMessage());
        Unary broken = none.withDerivative("2*");
        var syntax = assertThrows(IllegalArgumentException.class, () -> DerivativeFormulas.dx(broken));
        assertEquals("the derivative of row 'none', '2*': line 1, column 3: an expression is missing before the end",
                syntax.getMessage());
    }
}
