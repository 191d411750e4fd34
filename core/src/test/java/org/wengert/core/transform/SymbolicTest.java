package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.core.formula.Formula;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;

/** A derivative program printed as a formula is a symbolic derivative. */
class SymbolicTest {

    private static Program program(String formula, int inputs) {
        var g = new ProgramBuilder();
        List<Integer> in = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            in.add(g.input());
        }
        return g.build(Formula.parse(formula).evaluate(g.arithmetic(), in).getFirst());
    }

    private static String derivative(String formula) {
        return Tangent.columns(program(formula, 1), Zeros.GUARDED, 0).select(1).toFormula("x").toString();
    }

    @Test
    void derivativesReadAsOneWouldWriteThem() {
        assertEquals("cos(x)", derivative("sin(x)"));
        assertEquals("-sin(x)", derivative("cos(x)"));
        assertEquals("3*(x*x)", derivative("x^3"));
        assertEquals("exp(sin(x))*cos(x)", derivative("exp(sin(x))"));
        assertEquals("1", derivative("x + 2"));
        assertEquals("0", derivative("floor(x)"));
    }

    @Test
    void expressionsSwellWhereProgramsDoNot() {
        String formula = "x";
        for (int i = 0; i < 12; i++) {
            formula = "sin(" + formula + ")*exp(" + formula + ")";
        }
        Program p = program(formula, 1);
        Program derivative = Tangent.columns(p, Zeros.GUARDED, 0);
        assertEquals(36, p.operations());
        assertTrue(derivative.operations() < 4 * p.operations());
        assertThrows(IllegalArgumentException.class, () -> derivative.toFormula("x"));
    }

    @Test
    void aPrintedDerivativeHasTheBitsOfTheProgram() {
        Program p = program("x*y/(1 + exp(-x*y)) + tanh(x)^2", 2);
        Program gradient = Adjoint.gradient(p, Zeros.GUARDED, 0, 0, 1);
        Formula f = gradient.toFormula("x", "y");
        for (double x = -2; x < 2; x += 0.37) {
            double[] expected = gradient.value(x, 1.3);
            double[] actual = f.values(x, 1.3);
            for (int i = 0; i < 3; i++) {
                assertEquals(expected[i], actual[i]);
            }
        }
    }
}
