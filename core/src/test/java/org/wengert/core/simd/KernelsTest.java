package org.wengert.core.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Unary;

/**
 * The chosen kernels against their scalar twins. The build runs this class once for each vector width and
 * once without vectors.
 */
@Tag("simd")
class KernelsTest {

    private static final int POINTS = 1000;
    private static final int COLUMN = 1008;

    /** Rows whose vector form must give the very same bits. */
    private static final List<String> EXACT = List.of(
            "plus", "minus", "times", "div", "negate", "abs", "min", "max", "sqrt", "fma", "square",
            "reciprocal", "select");

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

    private static void agrees(Elementary row) {
        Kernel chosen = kernel(Kernels.best(), row);
        Kernel twin = kernel(Kernels.scalar(), row);
        double[] columns = operands();
        double[] expected = columns.clone();
        chosen.run(columns, 3 * COLUMN, 0, COLUMN, 2 * COLUMN, POINTS);
        twin.run(expected, 3 * COLUMN, 0, COLUMN, 2 * COLUMN, POINTS);
        double ulps = EXACT.contains(row.name()) || !(Kernels.best() instanceof VectorKernels) ? 0 : 2;
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

    private static Kernel kernel(Kernels kernels, Elementary row) {
        return switch (row) {
            case Unary f -> kernels.of(f);
            case Binary f -> kernels.of(f);
            case Nary f -> kernels.of(f);
        };
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
        Kernels.best().of(Operations.PLUS).run(columns, 3 * COLUMN, 0, COLUMN, 0, 13);
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
