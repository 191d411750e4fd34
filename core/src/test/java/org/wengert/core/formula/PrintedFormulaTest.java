package org.wengert.core.formula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PrintedFormulaTest {

    @Property(tries = 2000)
    void aPrintedFormulaIsReadBackAsAnEqualOne(@ForAll("formulas") String text) {
        Formula f = Formula.parse(text);
        assertEquals(f, Formula.parse(f.toString()), f.toString());
    }

    @Property(tries = 500)
    void aPrintedFormulaHasTheSameValues(@ForAll("formulas") String text, @ForAll Random random) {
        Formula f = Formula.parse(text);
        double[] x = random.doubles(f.names().size(), -3, 3).toArray();
        assertArrayEquals(f.values(x), Formula.parse(f.toString()).values(x));
    }

    @Property(tries = 500)
    void noPairOfPrintedParenthesesCanBeLeftOut(@ForAll("formulas") String text) {
        Formula f = Formula.parse(text);
        String printed = f.toString();
        for (int open = printed.indexOf('('); open >= 0; open = printed.indexOf('(', open + 1)) {
            if (open == 0 || !Character.isLetterOrDigit(printed.charAt(open - 1))) {
                String without = without(printed, open);
                assertTrue(!parses(without) || !Formula.parse(without).equals(f), printed + " could be " + without);
            }
        }
    }

    @Property(tries = 5000)
    void anyTextIsAFormulaOrRefusedWithAPlaceInside(@ForAll("hostile") String text) {
        if (!parses(text)) {
            var e = assertThrows(FormulaException.class, () -> Formula.parse(text));
            assertTrue(e.line() >= 1 && e.column() >= 1 && e.column() <= text.length() + 1, e.toString());
        }
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                                "+", "-", "*", "/", "^", "(", ")", ",", ";", "=", "x", "y2", "exp", "exp(", "pow(", "2", ".5",
                                "1e", "1e-", "e", "pi", "\n", "\r\n", " ", "**", "%", ".", "\u00e9", "\ud835\udc99", "\ud835", "\0", "'")
                        .list().ofMaxSize(12).map(words -> String.join("", words)),
                Arbitraries.strings().ofMaxLength(30));
    }

    @Provide
    Arbitrary<String> formulas() {
        return Arbitraries.randoms().map(random -> {
            StringBuilder text = new StringBuilder(random(random, 6));
            while (random.nextInt(4) == 0) {
                text.append(';').append(random(random, 4));
            }
            return text.toString();
        });
    }

    /** A random expression with more parentheses than it needs. */
    private static String random(Random random, int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return switch (random.nextInt(4)) {
                case 0 -> List.of("pi", "e", "0", ".5", "1e300", "4.9e-324", "12.75", "1E22").get(random.nextInt(8));
                case 1 -> Double.toString(random.nextDouble() * Math.pow(10, random.nextInt(40) - 20));
                default -> List.of("x", "y", "sin", "α_1").get(random.nextInt(4));
            };
        }
        String a = random(random, depth - 1);
        String b = random(random, depth - 1);
        return switch (random.nextInt(10)) {
            case 0 -> "(" + a + ")+(" + b + ")";
            case 1 -> "(" + a + ") - (" + b + ")";
            case 2 -> "(" + a + ")*(" + b + ")";
            case 3 -> "(" + a + ")/(" + b + ")";
            case 4 -> "(" + a + ")^(" + b + ")";
            case 5 -> "-(" + a + ")";
            case 6 -> "sin(" + a + ")";
            case 7 -> "pow(" + a + ", " + b + ")";
            case 8 -> a + List.of("+", "-", "*", "/", "^", "^-").get(random.nextInt(6)) + b;
            default -> "negate(" + a + ")";
        };
    }

    private static boolean parses(String text) {
        try {
            Formula.parse(text);
            return true;
        } catch (FormulaException _) {
            return false;
        }
    }

    /** The text without the parenthesis at that place and the one that closes it. */
    private static String without(String text, int open) {
        int depth = 0;
        int close = open;
        do {
            depth += text.charAt(close) == '(' ? 1 : text.charAt(close) == ')' ? -1 : 0;
            close++;
        } while (depth > 0);
        return text.substring(0, open) + text.substring(open + 1, close - 1) + text.substring(close);
    }
}
