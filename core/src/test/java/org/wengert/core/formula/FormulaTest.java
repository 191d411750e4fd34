package org.wengert.core.formula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Notes;
import org.wengert.core.elementary.Unary;

class FormulaTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2^3^2 | 512", "(2^3)^2 | 64", "-2^2 | -4", "(-2)^2 | 4", "2^-2 | 0.25", "2^-2^2 | 0.0625", "2^+2 | 4",
        "7-4-2 | 1", "7-(4-2) | 5", "16/4/2 | 2", "16/(4/2) | 8", "1+2*3 | 7", "(1+2)*3 | 9", "2*-3 | -6",
        "1 - -1 | 2", "--1 | 1", "+3 | 3", "-2*3+10 | 4", "1e-3 | 0.001", ".5 | 0.5", "5. | 5", "2.5E+2 | 250",
        "2*pi | 6.283185307179586", "e | 2.718281828459045", "log(e) | 1", "exp(0) + sin(0) | 1",
        "plus(1, times(2, 3)) | 7", "pow(2, 10) | 1024", "1/3 | 0.3333333333333333"
    })
    void operatorsBindAsInMathematics(String text, double expected) {
        assertEquals(expected, Formula.parse(text).value());
    }

    @Test
    void valuesAreThoseOfTheSameJavaExpression() {
        Formula f = Formula.parse("b1*(1 - exp(-b2*x)) + x^3/b1 - x^2*sin(b2)");
        assertEquals(List.of("b1", "b2", "x"), f.names());
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            double b1 = random.nextGaussian();
            double b2 = random.nextGaussian();
            double x = 10 * random.nextGaussian();
            assertEquals(b1 * (1 - Math.exp(-b2 * x)) + Math.pow(x, 3) / b1 - x * x * Math.sin(b2), f.value(b1, b2, x));
        }
    }

    @Test
    void severalOutputsShareTheirVariables() {
        Formula f = Formula.parse("x*y; y - x;\n 3");
        assertEquals(3, f.outputs());
        assertEquals(List.of("x", "y"), f.names());
        assertArrayEquals(new double[] {10, 3, 3}, f.values(2, 5));
        assertEquals(3, f.output(1).value(2, 5));
        assertEquals("x*y; y - x; 3", f.toString());
    }

    @Test
    void everyArithmeticSeesTheSameSteps() {
        Formula f = Formula.parse("a^2 - b*exp(a)/3; -b");
        assertEquals(
                List.of("minus(pow(A, 2.0), div(times(B, exp(A)), 3.0))", "negate(B)"),
                f.evaluate(new Calls(), List.of("A", "B")));
    }

    @Test
    void aNameThatIsNotCalledIsAVariableEvenIfARowHasIt() {
        Formula f = Formula.parse("exp*exp(sin)");
        assertEquals(List.of("exp", "sin"), f.names());
        assertEquals("exp*exp(sin)", f.toString());
    }

    @Test
    void variablesCanBePutInOrder() {
        Formula f = Formula.parse("y - x").withNames(List.of("x", "unused", "y"));
        assertEquals(List.of("x", "unused", "y"), f.names());
        assertEquals(4, f.value(1, 99, 5));
        var missing = assertThrows(IllegalArgumentException.class, () -> f.withNames(List.of("x")));
        assertEquals("names must hold every variable of the formula, but 'unused' is missing: [x]", missing.getMessage());
        assertThrows(IllegalArgumentException.class, () -> f.withNames(List.of("x", "y", "unused", "y")));
    }

    @Test
    void rowsOfAUserCanBeCalled() {
        Unary twice = new Unary("twice", x -> 2 * x, (x, y) -> 2, (x, y, d) -> 0, "2",
                new Notes(Family.USER, "2*x", 0, 0, 0, "", ""));
        Formula f = Formula.parse("twice(x) + 1", List.of(twice));
        assertEquals(7, f.value(3));
        assertEquals("twice(x) + 1", f.toString());
        assertEquals("2", DerivativeFormulas.dx(twice).toString());
    }

    @Test
    void theNumberOfArgumentsIsChecked() {
        Formula f = Formula.parse("x + y");
        var e = assertThrows(IllegalArgumentException.class, () -> f.value(1));
        assertEquals("arguments must be 2, one for each of [x, y], but were 1", e.getMessage());
        assertThrows(IllegalStateException.class, () -> Formula.parse("x; y").value(1, 2));
    }

    @Test
    void aChainOfAMillionOperationsIsReadEvaluatedAndPrinted() {
        int n = 1_000_000;
        String sum = String.join(" + ", Collections.nCopies(n, "x"));
        Formula f = Formula.parse(sum);
        assertEquals(2 * n - 1, f.size());
        assertEquals(n, f.value(1));
        assertEquals(sum, f.toString());
        assertEquals(f, Formula.parse(f.toString()));
    }

    @Test
    void aTowerOfAHundredThousandPowersAndSignsDoesNotRecurse() {
        String tower = String.join("^-", Collections.nCopies(100_000, "x"));
        Formula f = Formula.parse(tower);
        assertEquals(1, f.value(1));
        assertEquals(tower, f.toString());
    }

    @Test
    void aMegabyteOfAnythingIsReadInLinearTime() {
        int n = 1_000_000;
        assertEquals(1, Formula.parse("-".repeat(n) + "1").value());
        assertEquals(n / 2, Formula.parse("x;".repeat(n / 2 - 1) + "x").outputs());
        assertEquals(0.1, Formula.parse("0.1" + "0".repeat(n)).value());
        assertEquals(List.of("x".repeat(n)), Formula.parse("x".repeat(n)).names());
        assertEquals((double) n / 2, Formula.parse("sum(" + "1,".repeat(n / 2 - 1) + "1)").value());
        assertEquals(1, Formula.parse("\n".repeat(n) + "1").value());
    }

    @Test
    void anEquationHasTwoSides() {
        Equation model = Equation.parse("log(y) = b1 + b2*x");
        assertEquals(List.of("y", "b1", "b2", "x"), model.names());
        assertEquals(Formula.parse("log(y)"), model.left());
        assertEquals(Formula.parse("b1 + b2*x"), model.right());
        assertEquals("log(y) = b1 + b2*x", model.toString());
        assertEquals(model, Equation.parse(model.toString()));
    }

    @Test
    void equalFormulasHaveEqualStepsAndNames() {
        assertEquals(Formula.parse("x*y"), Formula.parse(" ( x ) * y"));
        assertEquals(Formula.parse("x*y").hashCode(), Formula.parse("times(x, y)").hashCode());
        assertNotEquals(Formula.parse("x*y"), Formula.parse("y*x"));
        assertNotEquals(Formula.parse("x; y"), Formula.parse("x"));
        assertNotEquals(Formula.parse("0"), Formula.parse("-0"));
    }
}
