package org.wengert.core.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaExceptionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "1 + x*sinn(x) | line 1, column 7: unknown function 'sinn'; did you mean 'sin'?",
        "ln(x) | line 1, column 1: unknown function 'ln'; did you mean 'log'?",
        "SIN(x) | line 1, column 1: unknown function 'SIN'; did you mean 'sin'?",
        "isn(x) | line 1, column 1: unknown function 'isn'; did you mean 'sin'?",
        "wengert(x) | line 1, column 1: unknown function 'wengert'",
        "\"\" | line 1, column 1: an expression is missing before the end",
        "x + | line 1, column 4: an expression is missing before the end",
        "x + * y | line 1, column 5: an expression is missing before '*'",
        "x; | line 1, column 3: an expression is missing before the end",
        "; x | line 1, column 1: an expression is missing before ';'",
        "() | line 1, column 2: an expression is missing before ')'",
        "(x | line 1, column 1: '(' is never closed",
        "(x; y) | line 1, column 1: '(' is never closed",
        "1 + exp(x | line 1, column 5: '(' after 'exp' is never closed",
        "x) | line 1, column 2: ')' without a '('",
        "x + y) * 2 | line 1, column 6: ')' without a '('",
        "exp() | line 1, column 1: function 'exp' takes 1 argument, but has none",
        "2*exp(x, y) | line 1, column 3: function 'exp' takes 1 argument, but has 2",
        "pow(x) | line 1, column 1: function 'pow' takes 2 arguments, but has 1",
        "pow(x,) | line 1, column 7: an expression is missing before ')'",
        "x, y | line 1, column 2: ',' must stand between the arguments of a function",
        "(x, y) | line 1, column 3: ',' must stand between the arguments of a function",
        "2x | line 1, column 2: an operator is missing before 'x'",
        "2e | line 1, column 2: an operator is missing before 'e'",
        "x y | line 1, column 3: an operator is missing before 'y'",
        "sin x | line 1, column 5: an operator is missing before 'x'",
        "1.2.3 | line 1, column 4: an operator is missing before '.3'",
        "(x)(y) | line 1, column 4: an operator is missing before '('",
        "2(y) | line 1, column 2: an operator is missing before '('",
        "x ** 2 | line 1, column 3: unexpected '**'; did you mean '^'?",
        "x % 2 | line 1, column 3: unexpected character '%'; did you mean 'rem(x, y)'?",
        "x \u2212 2 | line 1, column 3: unexpected character '\u2212'; did you mean '-'?",
        "x $ 2 | line 1, column 3: unexpected character '$'",
        "\ud835\udc99 $ | line 1, column 3: unexpected character '$'",
        "x = 2 | line 1, column 3: unexpected '=' after the expression",
        "1e999 | line 1, column 1: number '1e999' is larger than the largest double, 1.7976931348623157E308",
        "1e-999 | line 1, column 1: number '1e-999' is smaller than the smallest double, 4.9E-324"
    })
    void theMessageSaysWhereAndWhy(String text, String message) {
        assertEquals(message, assertThrows(FormulaException.class, () -> Formula.parse(text)).getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x | line 1, column 2: '=' is missing before the end: an equation is 'expression = expression'",
        "x; y = 1 | line 1, column 2: '=' is missing before ';': an equation is 'expression = expression'",
        "y = x = 1 | line 1, column 7: unexpected '=' after the expression",
        "y = x; 1 | line 1, column 6: unexpected ';' after the expression",
        "y = | line 1, column 4: an expression is missing before the end",
        "= x | line 1, column 1: an expression is missing before '='"
    })
    void anEquationThatIsNoneIsRefused(String text, String message) {
        assertEquals(message, assertThrows(FormulaException.class, () -> Equation.parse(text)).getMessage());
    }

    @Test
    void linesAndColumnsAreCountedFromOneWhateverEndsALine() {
        for (String end : new String[] {"\n", "\r\n", "\r"}) {
            var e = assertThrows(FormulaException.class, () -> Formula.parse("x +" + end + end + "  y +" + end + " ?"));
            assertEquals(4, e.line());
            assertEquals(2, e.column());
            assertEquals("unexpected character '?'", e.reason());
        }
    }

    @Test
    void absurdNestingIsRefused() {
        int most = Formula.MOST_PARENTHESES;
        assertEquals(1, Formula.parse("(".repeat(most) + "1" + ")".repeat(most)).value());
        assertEquals(0, Formula.parse("sin(".repeat(most) + "0" + ")".repeat(most)).value());
        var e = assertThrows(FormulaException.class, () -> Formula.parse("(".repeat(1_000_000)));
        assertEquals("line 1, column 1001: parentheses are nested more than 1000 deep", e.getMessage());
    }

    @Test
    void aLongWordIsCutInTheMessage() {
        var e = assertThrows(FormulaException.class, () -> Formula.parse("a".repeat(1_000_000) + "(x)"));
        assertTrue(e.reason().length() < 100, e.reason());
    }
}
