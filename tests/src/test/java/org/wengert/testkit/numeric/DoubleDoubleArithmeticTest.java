package org.wengert.testkit.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.commons.numbers.core.DD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;

class DoubleDoubleArithmeticTest {

    private static final DoubleDoubleArithmetic DD_ARITHMETIC = DoubleDoubleArithmetic.INSTANCE;

    private static Unary unary(String name) {
        return (Unary) ElementaryTable.row(name).orElseThrow();
    }

    private static DD of(Unary f, DD x) {
        return DD_ARITHMETIC.apply(f, x);
    }

    private static double relative(DD actual, DD expected) {
        double difference = Math.abs(actual.subtract(expected).hi());
        return difference == 0 ? 0 : difference / Math.abs(expected.hi());
    }

    /** Digits from tables (Abramowitz and Stegun; DLMF; the constants of mathematics). */
    @ParameterizedTest
    @CsvSource({
        "exp, 1, 2.7182818284590452353602874713526624977572",
        "exp, -1, 0.3678794411714423215955237701614608674458",
        "log, 2, 0.6931471805599453094172321214581765680755",
        "log, 10, 2.302585092994045684017991454684364207601",
        "sqrt, 2, 1.4142135623730950488016887242096980785697",
        "cbrt, 2, 1.2599210498948731647672106072782283505703",
        "sin, 1, 0.8414709848078965066525023216302989996226",
        "cos, 1, 0.5403023058681397174009366074429766037323",
        "tan, 1, 1.5574077246549022305069748074583601730873",
        "atan, 1, 0.7853981633974483096156608458198757210493",
        "asin, 1, 1.5707963267948966192313216916397514420986",
        "acos, -1, 3.1415926535897932384626433832795028841972",
        "sinh, 1, 1.1752011936438014568823818505956008151557",
        "cosh, 1, 1.5430806348152437784779056207570616826015",
        "tanh, 1, 0.7615941559557648881194582826047935904128",
        "asinh, 1, 0.8813735870195430252326093249797923090282",
        "acosh, 2, 1.3169578969248167086250463473079684440270",
        "atanh, 0.5, 0.5493061443340548456976226184612628523238",
        "erf, 1, 0.8427007929497148693412206350826092592961",
        "erfc, 3, 0.00002209049699858544137277612958232037984770",
        "expm1, 1, 1.7182818284590452353602874713526624977572",
        "sin, 1e22, -0.8522008497671888017727058937530293682618"
    })
    void valuesAreThoseOfTheTablesToThirtyDigits(String name, double x, String expected) {
        DD value = of(unary(name), DD.of(x));
        BigDecimal error = value.bigDecimalValue().subtract(new BigDecimal(expected)).abs();
        double limit = 4e-31 * Math.max(1e-3, Math.abs(Double.parseDouble(expected)));
        assertTrue(error.doubleValue() < Math.max(limit, 1e-30 * Math.abs(Double.parseDouble(expected))),
                name + " is off by " + error.round(new MathContext(3)));
    }

    @Test
    void inversesUndoTheirFunctions() {
        String[][] pairs = {
            {"exp", "log", "-3", "3"}, {"expm1", "log1p", "-1", "2"}, {"sin", "asin", "-1.4", "1.4"}, {"cos", "acos", "0.2", "3"},
            {"tan", "atan", "-1.5", "1.5"}, {"sinh", "asinh", "-5", "5"}, {"cosh", "acosh", "0.5", "5"},
            {"tanh", "atanh", "-3", "3"}, {"erf", "erfInv", "-1.5", "1.5"}
        };
        var random = new SplittableRandom(3);
        for (String[] pair : pairs) {
            for (int k = 0; k < 50; k++) {
                DD x = DD.ofSum(random.nextDouble(Double.parseDouble(pair[2]), Double.parseDouble(pair[3])), random.nextDouble() * 1e-18);
                DD back = of(unary(pair[1]), of(unary(pair[0]), x));
                assertTrue(relative(back, x) < 1e-27, pair[1] + "(" + pair[0] + "(" + x + ")) is off by " + relative(back, x));
            }
        }
    }

    @Test
    void addingArgumentsObeysTheTheoremsOfAddition() {
        var random = new SplittableRandom(4);
        for (int k = 0; k < 200; k++) {
            DD x = DD.ofSum(random.nextDouble(-20, 20), random.nextDouble() * 1e-17);
            DD y = DD.ofSum(random.nextDouble(-20, 20), random.nextDouble() * 1e-17);
            DD sum = x.add(y);
            DD exp = DoubleDouble.exp(x).multiply(DoubleDouble.exp(y));
            assertTrue(relative(DoubleDouble.exp(sum), exp) < 4e-30);
            DD[] a = DoubleDouble.sinCos(x);
            DD[] b = DoubleDouble.sinCos(y);
            DD sine = a[0].multiply(b[1]).add(a[1].multiply(b[0]));
            assertTrue(Math.abs(sine.subtract(DoubleDouble.sinCos(sum)[0]).hi()) < 1e-29);
        }
    }

    /** The derivatives of each row, by differences of its double-double form, are those that the row states. */
    @Test
    void everyRowHasTheDerivativeThatItStates() {
        var random = new SplittableRandom(5);
        var refused = new TreeSet<String>();
        for (Elementary row : ElementaryTable.rows()) {
            for (int k = 0; k < 20; k++) {
                try {
                    check(row, random);
                } catch (IllegalArgumentException e) {
                    refused.add(row.name());
                }
            }
        }
        // The gamma and Bessel functions are left to differences of doubles, and so are rows to come.
        for (String name : refused) {
            assertEquals(Family.SPECIAL, ElementaryTable.row(name).orElseThrow().notes().family(), name + " has no double-double form");
        }
        assertTrue(refused.size() < ElementaryTable.rows().size() / 4, refused.toString());
    }

    private static void check(Elementary row, SplittableRandom random) {
        int n = row instanceof Unary ? 1 : row instanceof Binary ? 2 : row instanceof Nary f && f.arity() > 0 ? f.arity() : 3;
        double[] x = random.doubles(n, 0.1, 0.9).toArray();
        if (row.name().equals("acosh")) {
            x[0] += 1;
        }
        if (row.name().equals("rootN")) {
            x[1] = random.nextInt(1, 8);
        }
        List<DD> point = new ArrayList<>();
        for (double t : x) {
            point.add(DD.of(t));
        }
        double value = value(row, x);
        assertEquals(value, apply(row, point).hi(), 16 * Math.ulp(value), row.name() + " at " + List.of(point));
        double h = 0x1p-40;
        for (int i = 0; i < n; i++) {
            if (row.name().equals("rootN") && i == 1) {
                continue;
            }
            DD slope = apply(row, moved(point, i, h)).subtract(apply(row, moved(point, i, -h))).divide(2 * h);
            double stated = first(row, x, value, i);
            assertEquals(stated, slope.hi(), 1e-13 * Math.max(1, Math.abs(stated)), row.name() + ", argument " + i);
        }
    }

    private static List<DD> moved(List<DD> x, int i, double h) {
        List<DD> y = new ArrayList<>(x);
        y.set(i, y.get(i).add(h));
        return y;
    }

    private static DD apply(Elementary row, List<DD> x) {
        return switch (row) {
            case Unary f -> DD_ARITHMETIC.apply(f, x.get(0));
            case Binary f -> DD_ARITHMETIC.apply(f, x.get(0), x.get(1));
            case Nary f -> DD_ARITHMETIC.apply(f, x);
        };
    }

    private static double value(Elementary row, double[] x) {
        return switch (row) {
            case Unary f -> f.value(x[0]);
            case Binary f -> f.value(x[0], x[1]);
            case Nary f -> f.value(x);
        };
    }

    private static double first(Elementary row, double[] x, double value, int i) {
        return switch (row) {
            case Unary f -> f.first(x[0], value);
            case Binary f -> i == 0 ? f.fx(x[0], x[1], value) : f.fy(x[0], x[1], value);
            case Nary f -> f.first(x, value, i);
        };
    }

    @Test
    void edgesAreThoseOfDoubles() {
        double[] edges = {0, -0.0, 1, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 1e300, -1e300, 710, -746};
        for (Elementary row : ElementaryTable.rows()) {
            if (row instanceof Unary f) {
                for (double x : edges) {
                    double expected = f.value(x);
                    double actual;
                    try {
                        actual = of(f, DD.of(x)).hi();
                    } catch (IllegalArgumentException e) {
                        // Has no double-double form; the test above tells which those are.
                        continue;
                    }
                    boolean same = Double.compare(expected + 0.0, actual + 0.0) == 0
                            || Math.abs(expected - actual) <= 1e-13 * Math.abs(expected) || Math.abs(expected - actual) < 1e-290;
                    assertTrue(same, row.name() + "(" + x + ") is " + expected + ", but in double-double arithmetic " + actual);
                }
            }
        }
    }

    @Test
    void aRowOfTheUsersOwnIsRefusedByName() {
        Unary own = Unary.of("mine", x -> x, x -> 1);
        var e = assertThrows(IllegalArgumentException.class, () -> of(own, DD.ONE));
        assertTrue(String.valueOf(e.getMessage()).contains("'mine'"), e.getMessage());
    }
}
