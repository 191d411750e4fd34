package org.wengert.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.core.formula.Formula;

class FormulasTest {

    @Test
    void aFormulaHasTheDerivativesOfTheSameLambda() {
        var f = Formulas.differentiable(Formula.parse("x*y + sin(x)"));
        Gradient g = f.gradient(1, 2);
        assertEquals(2 + Math.sin(1), g.value());
        assertArrayEquals(new double[] {2 + Math.cos(1), 1}, g.gradient());
    }

    @Test
    void theOrderOfTheInputsIsTheOrderOfTheNames() {
        var f = Formulas.differentiable(Formula.parse("y/x").withNames(List.of("x", "y")));
        assertArrayEquals(new double[] {-1.5, 0.5}, f.gradient(2, 6).gradient());
    }

    @Test
    void severalOutputsMakeAVectorFunction() {
        var f = Formulas.vector(Formula.parse("x*y; x; 7"));
        Jacobian j = f.jacobian(2, 3);
        assertArrayEquals(new double[] {6, 2, 7}, j.value());
        assertArrayEquals(new double[] {3, 2, 1, 0, 0, 0}, j.entries());
        var e = assertThrows(IllegalArgumentException.class, () -> Formulas.differentiable(Formula.parse("x; y")));
        assertEquals("formula must have 1 output, but has 2: use vector for several", e.getMessage());
    }
}
