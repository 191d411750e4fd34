package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.transform.FormulaPrograms.program;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;

/** Which formulas are known to be finite wherever their arguments are. */
class FinitenessTest {

    private static final double[] NUMBERS = {0.0, -0.0, 1, -1, 0.5, 2, -2, 3, 1e-300, -1e-300, 7.5, -12};

    private static boolean isCertain(String formula) {
        return Finiteness.isCertain(program("x y z", formula));
    }

    /** The program that applies a row to inputs; 3 of them if it takes any number. */
    private static Program apply(Elementary row) {
        var g = new ProgramBuilder();
        int n = switch (row) {
            case Unary _ -> 1;
            case Nary f -> f.arity() == Nary.ANY ? 3 : f.arity();
            default -> 2;
        };
        int[] in = new int[n];
        Arrays.setAll(in, _ -> g.input());
        return g.build(g.apply(row, in));
    }

    @Test
    void whatIsCertainIsFiniteAtFiniteArguments() {
        var random = new SplittableRandom(1);
        int certain = 0;
        for (Elementary row : ElementaryTable.rows()) {
            Program p = apply(row);
            if (!Finiteness.isCertain(p)) {
                continue;
            }
            certain++;
            for (int k = 0; k < 500; k++) {
                double[] x = random.ints(p.inputs(), 0, NUMBERS.length).mapToDouble(i -> NUMBERS[i]).toArray();
                assertTrue(Double.isFinite(p.value(x)[0]), () -> row + " at " + Arrays.toString(x));
            }
        }
        // Most of the plain functions are, or derivative programs would be full of careful products.
        assertTrue(certain > 30, "certain: " + certain);
    }

    @Test
    void polesAndEndsOfDomains() {
        for (String formula : new String[] {
            "x/y", "1/x", "log(x)", "sqrt(x)", "x^y", "x^-1", "tan(x)", "asin(x)", "sin(1/x)", "x*log(y)+exp(z)"
        }) {
            assertFalse(isCertain(formula), formula);
        }
    }

    @Test
    void polynomialsAndEntireFunctions() {
        for (String formula : new String[] {
            "x", "3", "x+y*z", "x-2*y", "sin(x)*exp(cos(y))", "x+y+z+x*y+1", "select(x,tanh(y),erf(z))"
        }) {
            assertTrue(isCertain(formula), formula);
        }
    }

    /** 3 has no exact reciprocal, so that the division is not written as a product. */
    @Test
    void aDivisionIsCertainByANumberThatIsNotZero() {
        assertTrue(isCertain("x/3"));
        assertTrue(isCertain("x/3+sin(y)/-7"));
        assertFalse(isCertain("x/0"));
        assertFalse(isCertain("3/x"));
        assertFalse(isCertain("x/3+y/z"));
    }

    @Test
    void constantsThatAreNotFinite() {
        for (double c : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 1.5, -Double.MAX_VALUE}) {
            var g = new ProgramBuilder();
            int x = g.input();
            Program p = g.build(g.plus(g.times(x, g.constant(2)), g.constant(c)));
            assertEquals(Double.isFinite(c), Finiteness.ofConstants(p), () -> "" + c);
            assertEquals(Double.isFinite(c), Finiteness.isCertain(p), () -> "" + c);
        }
        var g = new ProgramBuilder();
        assertTrue(Finiteness.ofConstants(g.build(g.input())));
    }
}
