package org.wengert.core.elementary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.wengert.core.scalar.ScalarMath.besselJ;
import static org.wengert.core.scalar.ScalarMath.besselJ0;
import static org.wengert.core.scalar.ScalarMath.besselJ1;
import static org.wengert.core.scalar.ScalarMath.digamma;
import static org.wengert.core.scalar.ScalarMath.gamma;
import static org.wengert.core.scalar.ScalarMath.lambertW0;
import static org.wengert.core.scalar.ScalarMath.logGamma;
import static org.wengert.core.scalar.ScalarMath.regularizedGammaP;
import static org.wengert.core.scalar.ScalarMath.sinc;
import static org.wengert.core.scalar.ScalarMath.sincPi;
import static org.wengert.core.scalar.ScalarMath.square;
import static org.wengert.core.scalar.ScalarMath.entr;
import static org.wengert.core.scalar.ScalarMath.erf;
import static org.wengert.core.scalar.ScalarMath.erfInv;
import static org.wengert.core.scalar.ScalarMath.erfc;
import static org.wengert.core.scalar.ScalarMath.logCosh;
import static org.wengert.core.scalar.ScalarMath.logNormalCdf;
import static org.wengert.core.scalar.ScalarMath.logSigmoid;
import static org.wengert.core.scalar.ScalarMath.logSumExp;
import static org.wengert.core.scalar.ScalarMath.norm;
import static org.wengert.core.scalar.ScalarMath.product;
import static org.wengert.core.scalar.ScalarMath.relu;
import static org.wengert.core.scalar.ScalarMath.sigmoid;
import static org.wengert.core.scalar.ScalarMath.softmax;
import static org.wengert.core.scalar.ScalarMath.softplus;
import static org.wengert.core.scalar.ScalarMath.sumOfSquares;
import static org.wengert.core.scalar.ScalarMath.xlog1py;
import static org.wengert.core.scalar.ScalarMath.xlogx;
import static org.wengert.core.scalar.ScalarMath.xlogy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.wengert.core.Differentiable;
import org.wengert.core.Hessian;
import org.wengert.core.ScalarFunction;
import org.wengert.core.Univariate;

/** The rows of the table of edge cases that are about special functions, learning and reductions. */
class SpecialEdgeCasesTest {

    private static final double INF = Double.POSITIVE_INFINITY;

    /** Functions as the table spells them. */
    private static final Map<String, ScalarFunction> FUNCTIONS = Map.ofEntries(
            Map.entry("x*log(x) as xlogx", x -> xlogx(x[0])),
            Map.entry("x*log(x)", x -> xlogx(x[0])),
            Map.entry("entr -x log x", x -> entr(x[0])),
            Map.entry("xlogy", x -> xlogy(x[0], x[1])),
            Map.entry("xlog1py", x -> xlog1py(x[0], x[1])),
            Map.entry("logsumexp", x -> logSumExp(x)),
            Map.entry("softmax0", x -> softmax(x)[0]),
            Map.entry("logsigmoid", x -> logSigmoid(x[0])),
            Map.entry("sigmoid", x -> sigmoid(x[0])),
            Map.entry("softplus", x -> softplus(x[0])),
            Map.entry("logcosh", x -> logCosh(x[0])),
            Map.entry("erf", x -> erf(x[0])),
            Map.entry("erfc", x -> erfc(x[0])),
            Map.entry("erfinv", x -> erfInv(x[0])),
            Map.entry("log Phi(x)", x -> logNormalCdf(x[0])),
            Map.entry("sin(x)/x as sinc", x -> sinc(x[0])),
            Map.entry("sinc", x -> sinc(x[0])),
            Map.entry("sincpi sin(pi x)/(pi x)", x -> sincPi(x[0])),
            Map.entry("sincpi", x -> sincPi(x[0])),
            Map.entry("(1-cos x)/x^2 rule", x -> square(sinc(x[0].times(0.5))).times(0.5)),
            Map.entry("gamma", x -> gamma(x[0])),
            Map.entry("lgamma", x -> logGamma(x[0])),
            Map.entry("digamma", x -> digamma(x[0])),
            Map.entry("besselJ0", x -> besselJ0(x[0])),
            Map.entry("besselJ1", x -> besselJ1(x[0])),
            Map.entry("besselJ2", x -> besselJ(2, x[0])),
            Map.entry("P(1.5,x) reg. lower gamma", x -> regularizedGammaP(1.5, x[0])),
            Map.entry("lambertW0", x -> lambertW0(x[0])));

    @TestFactory
    Stream<DynamicTest> everyRowOfTheTable() {
        Map<String, String[]> table = table();
        return Stream.of("F16 F17 F18 F19 F20 F21 F22 F23 F24 F25 F26 F27 F28 F29 F30 F31 F32 F34 F35",
                        "G24 G25 G26 G27 G28 G29 G30",
                        "H01 H02 H03 H04 H05 H06 H07 H08 H09 H11 H12 H13 H14 H15 H16 H17 H18 H19 H20 H21 H22")
                .flatMap(ids -> Arrays.stream(ids.split(" ")))
                .map(id -> {
                    String[] row = Objects.requireNonNull(table.get(id), id);
                    return dynamicTest(id + " " + row[1] + " at " + row[2], () -> check(row));
                });
    }

    private static void check(String[] row) {
        ScalarFunction f = Objects.requireNonNull(FUNCTIONS.get(row[1]), row[1]);
        double[] x = numbers(row[2]);
        Hessian h = Differentiable.of(x.length, f).hessian(x);
        assertClose("value", numbers(row[3])[0], h.value());
        double[] first = numbers(row[4]);
        for (int i = 0; i < first.length; i++) {
            assertClose("first " + i, first[i], h.gradient()[i]);
        }
        DerivativePrograms.gradients(f, x).forEach((transform, g) -> {
            assertClose("value by " + transform, numbers(row[3])[0], g[0]);
            for (int i = 0; i < first.length; i++) {
                if (row[1].equals("logsumexp")) {
                    // The formula of its derivative loses |z| ulp, as its notes say.
                    assertEquals(first[i], g[1 + i], 1e-12, transform);
                } else {
                    assertClose("first " + i + " by " + transform, first[i], g[1 + i]);
                }
            }
        });
        double[] second = numbers(row[5].replace(" (fxx)", ""));
        var programs = DerivativePrograms.hessians(f, x);
        for (int i = 0, k = 0; i < x.length; i++) {
            for (int j = i; j < x.length && k < second.length; j++, k++) {
                assertClose("second " + i + "," + j, second[k], h.get(i, j));
                double expected = second[k];
                int at = i * x.length + j;
                programs.forEach((composition, entries) -> {
                    if (row[1].equals("logsumexp") || row[1].equals("log Phi(x)")) {
                        // Their second derivatives cancel: logsumexp as above, and that of log Φ far left, which loses x² ulp and more.
                        assertEquals(expected, entries[at], 1e-12, composition);
                    } else {
                        assertClose("second, place " + at + " by " + composition, expected, entries[at]);
                    }
                });
            }
        }
    }

    /** Within 4 ulp, as the table holds correctly rounded numbers and rows promise a few ulp. */
    private static void assertClose(String what, double expected, double actual) {
        double tolerance = Double.isInfinite(expected) ? 0 : 4 * Math.ulp(expected);
        assertEquals(expected, actual, Math.max(tolerance, Double.MIN_VALUE), what);
    }

    private static double[] numbers(String list) {
        return Arrays.stream(list.split(","))
                .mapToDouble(s -> s.equals("Inf") ? INF : s.equals("-Inf") ? -INF : Double.parseDouble(s))
                .toArray();
    }

    @Test
    void d10ReluHasDerivativeZeroAtZero() {
        assertDerivatives(x -> relu(x[0]), 0, 0, 0, 0);
        assertDerivatives(x -> relu(x[0]), -0.0, 0, 0, 0);
        assertDerivatives(x -> relu(x[0]), Double.MIN_VALUE, Double.MIN_VALUE, 1, 0);
    }

    @Test
    void e08TheNormOfTheZeroVectorHasTheShortestSubgradient() {
        Hessian h = Differentiable.of(3, x -> norm(x)).hessian(0, 0, 0);
        assertEquals(0, h.value());
        assertEquals("[0.0, 0.0, 0.0]", Arrays.toString(h.gradient()));
        DerivativePrograms.gradients(x -> norm(x), new double[3]).forEach((transform, g) ->
                assertEquals("[0.0, 0.0, 0.0, 0.0]", Arrays.toString(g), transform));
    }

    @Test
    void e09TheSquaredNormOfTheZeroVectorIsSmoothAsASumOfSquares() {
        Hessian h = Differentiable.of(2, x -> sumOfSquares(x)).hessian(0, 0);
        assertEquals(0, h.value());
        assertEquals("[0.0, 0.0]", Arrays.toString(h.gradient()));
        assertEquals("[2.0, 0.0, 0.0, 2.0]", Arrays.toString(h.entries()));
    }

    @Test
    void f33SoftplusAtInfinity() {
        assertDerivatives(x -> softplus(x[0]), INF, INF, 1, 0);
        assertDerivatives(x -> softplus(x[0]), -INF, 0, 0, 0);
    }

    @Test
    void h10TheGammaFunctionHasNoDerivativeAtItsPoles() {
        for (double pole : new double[] {0, -0.0, -1, -2}) {
            Hessian h = Differentiable.of(1, x -> gamma(x[0])).hessian(pole);
            assertEquals(pole == 0 ? 1 / pole : Double.NaN, h.value());
            assertEquals(Double.NaN, h.gradient()[0]);
            assertEquals(Double.NaN, h.get(0, 0));
        }
    }

    @Test
    void g24AndG27TheFourthDerivativesOfTheSincsAtZero() {
        assertEquals(0.2, Univariate.of(x -> sinc(x)).derivatives(0, 4).derivative(4), 1e-15);
        assertEquals(19.481818206800487, Univariate.of(x -> sincPi(x)).derivatives(0, 4).derivative(4), 1e-14);
    }

    @Test
    void i01ProductWithOneZero() {
        Hessian h = Differentiable.of(3, x -> product(x)).hessian(0, 2, 3);
        assertEquals(0, h.value());
        assertEquals("[6.0, 0.0, 0.0]", Arrays.toString(h.gradient()));
        assertEquals("[0.0, 3.0, 2.0, 3.0, 0.0, 0.0, 2.0, 0.0, 0.0]", Arrays.toString(h.entries()));
    }

    @Test
    void i02ProductWithTwoZeros() {
        Hessian h = Differentiable.of(3, x -> product(x)).hessian(0, 0, 3);
        assertEquals(0, h.value());
        assertEquals("[0.0, 0.0, 0.0]", Arrays.toString(h.gradient()));
        assertEquals(3, h.get(0, 1));
    }

    @Test
    void everyNameOfTheMapIsUsed() {
        List<String> used = table().values().stream().map(row -> row[1]).toList();
        assertTrue(used.containsAll(FUNCTIONS.keySet()));
    }

    private static void assertDerivatives(
            ScalarFunction f, double x, double value, double first, double second) {
        Hessian h = Differentiable.of(1, f).hessian(x);
        assertEquals(value, h.value());
        assertEquals(first, h.gradient()[0]);
        assertEquals(second, h.entries()[0]);
        DerivativePrograms.gradients(f, new double[] {x}).forEach((transform, g) -> assertEquals(first, g[1], transform));
    }

    private static Map<String, String[]> table() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SpecialEdgeCasesTest.class.getResourceAsStream("edge_cases.csv")),
                StandardCharsets.UTF_8))) {
            List<String[]> rows = new ArrayList<>();
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> rows.add(line.split("\\|", -1)));
            return rows.stream().collect(Collectors.toMap(row -> row[0], Function.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
