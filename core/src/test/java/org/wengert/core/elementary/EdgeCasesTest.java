package org.wengert.core.elementary;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.wengert.core.scalar.ScalarMath.*;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.wengert.core.Differentiable;
import org.wengert.core.Gradient;
import org.wengert.core.Hessian;
import org.wengert.core.ScalarFunction;
import org.wengert.core.Univariate;
import org.wengert.core.formula.Formula;
import org.wengert.core.scalar.Scalar;

/**
 * The rows of the table of edge cases that are about arithmetic, powers, exponentials, trigonometric, hyperbolic
 * and piecewise functions: values and gradients in every chunk size, second derivatives by hyper-dual numbers and by every
 * composition of transforms.
 */
class EdgeCasesTest {

    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    /** Functions as the table spells them; those of one elementary function of x alone are looked up in the table of rows. */
    private static final Map<String, ScalarFunction> FUNCTIONS = Map.ofEntries(
            entry("x/y", x -> x[0].div(x[1])),
            entry("1/x", x -> div(1, x[0])),
            entry("x*x", x -> x[0].times(x[0])),
            entry("0.5*x", x -> times(0.5, x[0])),
            entry("x-x", x -> x[0].minus(x[0])),
            entry("0*f(x) const 0, f=exp", x -> exp(x[0]).times(0)),
            entry("a*exp(-b)", x -> x[0].times(exp(x[1].unaryMinus()))),
            entry("log(0*x1+x2)", x -> log(x[0].times(0).plus(x[1]))),
            entry("fma(x,y,z)", x -> fma(x[0], x[1], x[2])),
            entry("sqrt(x*x)", x -> sqrt(x[0].times(x[0]))),
            entry("sqrt(1-x)", x -> sqrt(minus(1, x[0]))),
            entry("pow", x -> pow(x[0], x[1])),
            entry("pow(x,y) y active", x -> pow(x[0], x[1])),
            entry("x^x", x -> pow(x[0], x[0])),
            entry("2^x", x -> pow(2, x[0])),
            entry("abs(x)^2", x -> square(abs(x[0]))),
            entry("abs(-x*x)", x -> abs(x[0].times(x[0]).unaryMinus())),
            entry("x*abs(x)", x -> x[0].times(abs(x[0]))),
            entry("max(x,y)", x -> max(x[0], x[1])),
            entry("min(x,y)", x -> min(x[0], x[1])),
            entry("max(x,x)", x -> max(x[0], x[0])),
            entry("clamp(x,0,1)", x -> clamp(x[0], 0, 1)),
            entry("copysign(x,y)", x -> copySign(x[0], x[1])),
            entry("x % y", x -> x[0].rem(x[1])),
            entry("floorMod(x,y)", x -> floorMod(x[0], x[1])),
            entry("IEEEremainder", x -> IEEEremainder(x[0], x[1])),
            entry("ternary x==1?1:x*x", x -> x[0].equals(Scalar.of(1)) ? Scalar.of(1) : x[0].times(x[0])),
            entry("x>0?sqrt(x):0", x -> select(x[0], sqrt(x[0]), Scalar.of(0))),
            entry("mask*sqrt(x), mask=0", x -> sqrt(x[0]).times(0)),
            entry("hypot", x -> hypot(x[0], x[1])),
            entry("atan2(y,x)", x -> atan2(x[0], x[1])),
            entry("sinpi", x -> sinPi(x[0])),
            entry("nextUp(x)", x -> nextUp(x[0])));

    /** What a cell means where it leaves a choice or is not a plain list: the choice that the notes of the row state. */
    private static final Map<String, String> CHOICES = Map.ofEntries(
            entry("A11 first", "NaN"),
            entry("A14 second", "0,1,0,0,0,0"),
            entry("A15 second", "0,1,0,0,0,0"),
            entry("B08 first", "0"),
            entry("B08 second", "Inf"),
            entry("B12 second", "-Inf"),
            entry("D09 first", "NaN,NaN"),
            entry("E02 first", "0,0"),
            entry("E02 second", "0,0,0"),
            entry("E04 first", "0.7071067811865476,0.7071067811865476"),
            entry("E07 first", "NaN,NaN"),
            entry("F11 first", "8.218407461554972e307"),
            entry("F11 second", "8.218407461554972e307"));

    /** Ids of this test, row by row as the table has them. */
    private static final String IDS = "A01 A02 A03 A05 A06 A07 A08 A09 A10 A11 A12 A13 A14 A15"
            + " B01 B02 B04 B05 B06 B07 B08 B09 B10 B11 B12"
            + " C01 C02 C03 C04 C05 C06 C07 C08 C10 C11 C12 C13 C14 C15 C16 C17 C19 C20 C21 C22 C23 C24 C25"
            + " C26 C27 C28 C29 C30 C31 C32 C33 C34 C35"
            + " D01 D02 D03 D04 D05 D06 D07 D08 D09 D11 D12 D13 D14 D16 D17 D18 D19 D20 D21 D22 D23 D24 D25"
            + " E01 E02 E03 E04 E05 E06 E07 E10 E11 E12 E13 E14 E16 E17"
            + " F01 F02 F03 F04 F05 F06 F07 F08 F09 F10 F11 F12 F13 F14 F15"
            + " G01 G02 G03 G04 G05 G06 G07 G08 G10 G11 G12 G13 G14 G15 G16 G18 G19 G20 G21 G22 G23 G32 J11";

    /**
     * Ids whose second derivatives are right by edge pushing, which has stated second partials of atan2; other compositions
     * differentiate the formula of its first, where squares are subtracted.
     */
    private static final Set<String> BY_PUSHING_ONLY = Set.of("E12", "E17");

    /** Ids with a test of their own below. */
    private static final String OWN = "A04 B03 C09 C18 D15 E15 G09 G17 G31";

    /** Ids that {@link SpecialEdgeCasesTest} tests. */
    private static final String SPECIAL = "D10 E08 E09 F16 F17 F18 F19 F20 F21 F22 F23 F24 F25 F26 F27 F28 F29 F30 F31"
            + " F32 F33 F34 F35 G24 G25 G26 G27 G28 G29 G30 H01 H02 H03 H04 H05 H06 H07 H08 H09 H10 H11 H12 H13 H14 H15"
            + " H16 H17 H18 H19 H20 H21 H22 I01 I02";

    /** Ids about numbers, nesting and implicit functions, tested where those are. */
    private static final String NUMBERS = "D26 D27 J01 J02 J03 J04 J05 J06 J07 J08 J09 J10";

    /** Ids about matrix functions, which the library does not have yet. */
    private static final String MATRICES = "I03 I04 I05 I06 I07 I08 I09 I10 I11 I12 I13 I14";

    @TestFactory
    Stream<DynamicTest> everyRowOfTheTable() {
        Map<String, String[]> table = table();
        return Arrays.stream(IDS.split(" ")).map(id -> {
            String[] row = Objects.requireNonNull(table.get(id), id);
            return dynamicTest(id + " " + row[1] + " at " + row[2], () -> check(row));
        });
    }

    private static void check(String[] row) {
        ScalarFunction f = function(row[1]);
        double[] x = numbers(row[2]);
        var differentiable = Differentiable.of(x.length, f);
        double value = numbers(cell(row, 3, "value"))[0];
        double[] first = numbers(cell(row, 4, "first"));
        for (int lanes : new int[] {1, 4, 8}) {
            Gradient g = differentiable.withLanes(lanes).gradient(x);
            assertClose("value", value, g.value());
            for (int i = 0; i < first.length; i++) {
                assertClose("first " + i + " with " + lanes + " lanes", first[i], g.gradient()[i]);
            }
        }
        if (first.length > 0) {
            DerivativePrograms.gradients(f, x).forEach((transform, g) -> {
                assertClose("value by " + transform, value, g[0]);
                for (int i = 0; i < first.length; i++) {
                    assertClose("first " + i + " by " + transform, first[i], g[1 + i]);
                }
            });
        }
        double[] second = numbers(cell(row, 5, "second"));
        if (second.length == 0) {
            return;
        }
        Hessian h = differentiable.hessian(x);
        var programs = DerivativePrograms.hessians(f, x);
        for (int i = 0, k = 0; i < x.length; i++) {
            assertClose("first " + i + " by hyper-dual numbers", first.length > i ? first[i] : h.gradient()[i],
                    h.gradient()[i]);
            for (int j = i; j < x.length && k < second.length; j++, k++) {
                assertClose("second " + i + "," + j, second[k], h.get(i, j));
                // NaN as a value makes NaN of derivatives but of those that are zero by structure: a maximum has no others.
                double expected = row[0].equals("D09") ? 0 : second[k];
                int at = i * x.length + j;
                programs.forEach((composition, entries) -> {
                    if (composition.equals(DerivativePrograms.PUSHING) || !BY_PUSHING_ONLY.contains(row[0])) {
                        assertClose("second, place " + at + " by " + composition, expected, entries[at]);
                    }
                });
            }
        }
    }

    private static String cell(String[] row, int column, String name) {
        String choice = CHOICES.get(row[0] + " " + name);
        return choice != null ? choice : row[column].replaceAll(" \\(.*?\\)", "");
    }

    private static ScalarFunction function(String spelling) {
        ScalarFunction f = FUNCTIONS.get(spelling);
        if (f != null) {
            return f;
        }
        if (spelling.startsWith("pow(x,const ")) {
            double y = Double.parseDouble(spelling.substring(12, spelling.length() - 1));
            return x -> pow(x[0], y);
        }
        if (spelling.startsWith("pow(const ")) {
            double a = Double.parseDouble(spelling.substring(10, spelling.indexOf(',')));
            return x -> pow(a, x[0]);
        }
        Unary row = (Unary) ElementaryTable.row(spelling).orElseThrow();
        return x -> x[0].apply(row);
    }

    /** Within 4 ulp: the table holds correctly rounded numbers, and rows promise a few ulp. */
    private static void assertClose(String what, double expected, double actual) {
        double tolerance = Double.isFinite(expected) ? 4 * Math.ulp(expected) : 0;
        assertEquals(expected, actual, Math.max(tolerance, Double.MIN_VALUE), what);
    }

    private static double[] numbers(String list) {
        return list.equals("-") ? new double[0] : Arrays.stream(list.split(",")).mapToDouble(s -> switch (s) {
            case "Inf" -> INF;
            case "-Inf" -> -INF;
            case "NaN" -> NAN;
            default -> s.contains("^") ? Formula.parse(s).value() : Double.parseDouble(s);
        }).toArray();
    }

    @Test
    void a04QuotientsAreThePlainOnes() {
        for (int i = 1; i < 100; i++) {
            for (int j = 1; j < 100; j++) {
                double y = j;
                assertEquals((double) i / j, Differentiable.of(1, x -> x[0].div(y)).gradient(i).value());
                assertEquals((double) i / j, Differentiable.of(2, x -> x[0].div(x[1])).gradient(i, j).value());
            }
        }
    }

    @Test
    void b03AndG09AZeroTangentStaysZeroWhereTheDerivativeIsInfinite() {
        double[] still = {0, 1};
        assertEquals(1, Differentiable.of(2, x -> sqrt(x[0]).plus(x[1])).jvp(new double[] {0, 0}, still).tangent());
        assertEquals(1, Differentiable.of(2, x -> acos(x[0]).plus(x[1])).jvp(new double[] {1, 0}, still).tangent());
    }

    @Test
    void c09TheDerivativeAfterTheLastOfAPowerIsZero() {
        for (int n = 1; n <= 6; n++) {
            int exponent = n;
            double[] d = Univariate.of(x -> pow(x, exponent)).derivatives(0, n + 1).derivatives();
            assertEquals(0, d[n + 1]);
            assertEquals(factorial(n), d[n]);
        }
    }

    private static double factorial(int n) {
        return n == 0 ? 1 : n * factorial(n - 1);
    }

    @Test
    void c18APowerOfANegativeNumberWithAnExponentThatDoesNotMove() {
        var f = Differentiable.of(2, x -> pow(x[0], x[1]));
        assertEquals(-4, f.jvp(new double[] {-2, 2}, new double[] {1, 0}).tangent());
    }

    @Test
    void d15SignumKeepsTheSignOfZero() {
        for (double zero : new double[] {0.0, -0.0}) {
            Gradient g = Differentiable.of(1, x -> signum(x[0])).gradient(zero);
            assertEquals(zero, g.value());
            assertEquals(0.0, g.gradient()[0]);
        }
    }

    @Test
    void e15TheAngleOfTheOriginHasAValueButNoDerivative() {
        double[][] cases = {{0.0, 0.0, 0.0}, {0.0, -0.0, Math.PI}, {-0.0, 0.0, -0.0}, {-0.0, -0.0, -Math.PI}};
        for (double[] c : cases) {
            Gradient g = Differentiable.of(2, x -> atan2(x[0], x[1])).gradient(c[0], c[1]);
            assertEquals(c[2], g.value());
            assertEquals(NAN, g.gradient()[0]);
            assertEquals(NAN, g.gradient()[1]);
        }
    }

    @Test
    void g17AtanhAtBothEnds() {
        Hessian right = Differentiable.of(1, x -> atanh(x[0])).hessian(1);
        assertEquals("Inf Inf Inf", text(right.value(), right.gradient()[0], right.get(0, 0)));
        Hessian left = Differentiable.of(1, x -> atanh(x[0])).hessian(-1);
        assertEquals("-Inf Inf -Inf", text(left.value(), left.gradient()[0], left.get(0, 0)));
    }

    private static String text(double... x) {
        return Arrays.stream(x).mapToObj(v -> Double.toString(v).replace("inity", "")).collect(Collectors.joining(" "));
    }

    @Test
    void g31TheDerivativesOfTheLogarithmOfACosine() {
        Hessian h = Differentiable.of(1, x -> log(cos(x[0]))).hessian(1e-9);
        assertClose("first", -1e-9, h.gradient()[0]);
        assertClose("second", -1, h.get(0, 0));
    }

    @Test
    void everyIdOfTheTableHasAPlace() {
        Set<String> placed = Stream.of(IDS, OWN, SPECIAL, NUMBERS, MATRICES)
                .flatMap(ids -> Arrays.stream(ids.split(" ")))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(table().keySet()), placed);
    }

    /** The table: cells by id. */
    static Map<String, String[]> table() {
        Collection<String> lines;
        try (var in = Objects.requireNonNull(EdgeCasesTest.class.getResourceAsStream("edge_cases.csv"))) {
            lines = List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String[]> table = new LinkedHashMap<>();
        lines.stream().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(line -> {
            String[] cells = line.split("\\|", -1);
            table.put(cells[0], cells);
        });
        return table;
    }
}
