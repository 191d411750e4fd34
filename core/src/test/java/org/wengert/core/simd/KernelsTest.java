package org.wengert.core.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Reductions;

/**
 * The chosen kernels against their scalar twins. The build runs this class once for each vector width and
 * once without vectors.
 */
@Tag("simd")
class KernelsTest {

    private static final int POINTS = 1000;
    private static final int COLUMN = 1008;
    private static final int PAIRS = 232;
    private static final int HOT_CALLS = 60_000;

    /** Rows whose vector form must give the very same bits. */
    private static final Set<String> EXACT = VectorKernels.EXACT;

    /** Rows put together from several vector functions: ulps that their documentation allows both ways of computing them. */
    private static final Map<String, Integer> LOOSER = Map.of(
            "sigmoid", 4, "logSigmoid", 4, "softplus", 4, "silu", 5, "logCosh", 6, "sechSquared", 6, "elu", 3,
            "powDerivative", 6, "powLog", 6);

    private static final double[] NASTY = {
        0.0, -0.0, 1, -1, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE,
        -Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 1e200, -1e-200, 0.5
    };

    @TestFactory
    Stream<DynamicTest> everyKernelAgreesWithItsScalarTwin() {
        return ElementaryTable.rows().stream()
                .filter(row -> !(row instanceof Nary n) || n.arity() == 3)
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> agrees(row)));
    }

    /** Compiled vector code is other code than what runs at first, and has had other results at edges. */
    @TestFactory
    Stream<DynamicTest> compiledKernelsAgreeWithTheirScalarTwinsAtEdges() {
        assumeTrue(Kernels.best() instanceof VectorKernels);
        return ElementaryTable.rows().stream()
                .filter(row -> VectorRows.FORMS.containsKey(row.name()) && !EXACT.contains(row.name()))
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> agreesCompiled(row)));
    }

    private static void agreesCompiled(Elementary row) {
        Kernel kernel = Kernels.best().of(row);
        double[] pairs = new double[2 * PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            pairs[i] = NASTY[i % NASTY.length];
            pairs[PAIRS + i] = NASTY[i / NASTY.length % NASTY.length];
        }
        double[] result = new double[PAIRS];
        for (int call = 0; call < HOT_CALLS; call++) {
            kernel.run(result, 0, pairs, 0, pairs, PAIRS, pairs, 0, pairs, 0, 2 * Kernels.ALIGNMENT);
        }
        kernel.run(result, 0, pairs, 0, pairs, PAIRS, pairs, 0, pairs, 0, PAIRS);
        double[] expected = new double[PAIRS];
        Kernels.scalar().of(row).run(expected, 0, pairs, 0, pairs, PAIRS, pairs, 0, pairs, 0, PAIRS);
        double ulps = LOOSER.getOrDefault(row.name(), 2);
        for (int i = 0; i < PAIRS; i++) {
            double e = expected[i];
            if (Double.compare(e, result[i]) != 0 && !(Math.abs(e - result[i]) <= ulps * Math.ulp(e))) {
                fail(row.name() + " of " + pairs[i] + ", " + pairs[PAIRS + i] + ": " + result[i] + " instead of " + e);
            }
        }
    }

    private static void agrees(Elementary row) {
        double ulps = EXACT.contains(row.name()) || !(Kernels.best() instanceof VectorKernels)
                ? 0 : LOOSER.getOrDefault(row.name(), 2);
        agrees(row.name(), Kernels.best().of(row), Kernels.scalar().of(row), ulps);
        agrees(row.name() + ", reproducible", Kernels.best().reproducible().of(row), Kernels.scalar().of(row), 0);
    }

    @ParameterizedTest
    @EnumSource(value = Form.class, mode = EnumSource.Mode.EXCLUDE, names = {"SUM_LANES", "DOT_LANES", "DOT3_LANES", "LOG_SUM_EXP_TERM"})
    void everyFormAgreesWithItsScalarTwin(Form form) {
        double ulps = form == Form.LOG_SUM_EXP && Kernels.best() instanceof VectorKernels ? 2 : 0;
        agrees(form.name(), Kernels.best().of(form), Kernels.scalar().of(form), ulps);
        agrees(form.name(), Kernels.best().reproducible().of(form), Kernels.scalar().of(form), 0);
    }

    @ParameterizedTest
    @EnumSource(value = Form.class, names = {"SUM_LANES", "DOT_LANES", "DOT3_LANES"})
    void reductionsGiveTheSameBitsAtEveryWidth(Form form) {
        Random random = new Random(9);
        double[] columns = random.doubles(4 * COLUMN, -1, 1).toArray();
        double[] sums = random.doubles(3 * Kernels.LANES).toArray();
        double[] expected = sums.clone();
        Kernels.best().of(form).run(sums, 0, columns, 0, columns, COLUMN, columns, 2 * COLUMN, columns, 3 * COLUMN, POINTS);
        Kernels.scalar().of(form).run(expected, 0, columns, 0, columns, COLUMN, columns, 2 * COLUMN, columns, 3 * COLUMN, POINTS);
        assertEquals(Arrays.toString(expected), Arrays.toString(sums));
        double plain = 0;
        for (int i = 0; i < POINTS; i++) {
            plain += columns[i] * (form == Form.SUM_LANES ? 1 : columns[COLUMN + i]);
        }
        double before = Arrays.stream(new Random(9).doubles(4 * COLUMN + Kernels.LANES, 0, 1).toArray()).skip(4 * COLUMN).sum();
        assertEquals(plain, Arrays.stream(sums, 0, Kernels.LANES).sum() - before, 1e-11);
    }

    /** The state of ln Σ e^x, taken through many terms. */
    @Test
    void logSumExpTermByTermIsThatOfTheRow() {
        double[] x = operands();
        int terms = 12;
        double[] state = new double[4 * Kernels.ALIGNMENT];
        for (int trial = 0; trial < 80; trial++) {
            double[] column = new double[terms];
            Kernels.best().of(Form.ZERO).run(state, 8, x, 0, x, 0, x, 0, x, 0, 1);
            for (int k = 0; k < terms; k++) {
                column[k] = x[trial * terms + k];
                state[16] = column[k];
                if (k == 0) {
                    state[0] = column[k];
                } else {
                    Kernels.best().of(Form.LOG_SUM_EXP_TERM).run(state, 8, state, 0, state, 16, state, 0, state, 0, 1);
                }
            }
            Kernels.best().of(Form.LOG_SUM_EXP).run(state, 24, state, 0, state, 8, state, 0, state, 0, 1);
            double expected = Reductions.LOG_SUM_EXP.value().applyAsDouble(column);
            if (Double.isFinite(expected)) {
                assertEquals(expected, state[24], 4 * Math.ulp(expected), () -> Arrays.toString(column));
            } else {
                assertEquals(expected, state[24], () -> Arrays.toString(column));
            }
        }
    }

    private static void agrees(String row, Kernel chosen, Kernel twin, double ulps) {
        double[] columns = operands();
        double[] expected = columns.clone();
        chosen.run(columns, 3 * COLUMN, columns, 0, columns, COLUMN, columns, 2 * COLUMN, columns, COLUMN, POINTS);
        twin.run(expected, 3 * COLUMN, expected, 0, expected, COLUMN, expected, 2 * COLUMN, expected, COLUMN, POINTS);
        for (int i = 0; i < POINTS; i++) {
            double e = expected[3 * COLUMN + i];
            double r = columns[3 * COLUMN + i];
            if (Double.isFinite(e) && ulps > 0) {
                assertTrue(Math.abs(r - e) <= ulps * Math.ulp(e), row + " of " + columns[i] + ", "
                        + columns[COLUMN + i] + ": " + r + " instead of " + e);
            } else {
                assertEquals(e, r, row + " of " + columns[i] + ", " + columns[COLUMN + i]);
            }
        }
    }

    private static double[] operands() {
        Random random = new Random(7);
        double[] columns = new double[4 * COLUMN];
        for (int k = 0; k < 3; k++) {
            for (int i = 0; i < COLUMN; i++) {
                columns[k * COLUMN + i] = switch (random.nextInt(4)) {
                    case 0 -> NASTY[random.nextInt(NASTY.length)];
                    case 1 -> random.nextDouble();
                    default -> random.nextGaussian() * 10;
                };
            }
        }
        return columns;
    }

    @Test
    void theElementsBeforeAndBehindAColumnAreLeftAlone() {
        double[] columns = operands();
        double[] before = columns.clone();
        Kernels.best().of(Operations.PLUS)
                .run(columns, 3 * COLUMN, columns, 0, columns, COLUMN, columns, 0, columns, 0, 13);
        assertArrayEquals(before, 0, 3 * COLUMN, columns, 0, 3 * COLUMN);
        assertArrayEquals(before, 3 * COLUMN + 16, COLUMN - 16, columns, 3 * COLUMN + 16, COLUMN - 16);
    }

    @Test
    void theForcedWidthIsTaken() {
        String bits = System.getProperty(Kernels.BITS, "best");
        switch (bits) {
            case "best" -> assertTrue(Kernels.best().bits() >= 64);
            case "none" -> assertEquals(64, Kernels.best().bits());
            default -> assertEquals(Integer.parseInt(bits), Kernels.best().bits());
        }
    }

    @Test
    void aWidthThatDoesNotExistIsRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> Choice.choose("1024"));
        assertEquals("the system property wengert.vector.bits must be 128, 256, 512 or none, but was 1024",
                e.getMessage());
    }

    private static void assertArrayEquals(
            double[] expected, int e, int length, double[] actual, int a, int actualLength) {
        assertEquals(length, actualLength);
        for (int i = 0; i < length; i++) {
            assertEquals(expected[e + i], actual[a + i]);
        }
    }
}
