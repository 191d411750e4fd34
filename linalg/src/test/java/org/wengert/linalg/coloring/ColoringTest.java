package org.wengert.linalg.coloring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.core.transform.Pattern;

class ColoringTest {

    @Property(tries = 200, seed = "42")
    void everyColoringReadsEveryEntryOffDirectly(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 25) int rows,
            @ForAll @IntRange(min = 1, max = 25) int columns, @ForAll @DoubleRange(min = 0, max = 0.6) double density,
            @ForAll Ordering ordering) {
        Pattern p = StructuredPatterns.random(seed, rows, columns, density);
        Coloring byColumns = Coloring.columns(p, ordering);
        Coloring byRows = Coloring.rows(p, ordering);
        Coloring both = Coloring.bidirectional(p, ordering);
        for (Coloring c : new Coloring[] {byColumns, byRows, both}) {
            assertTrue(c.isValidFor(p), () -> c + " of " + p);
            assertTrue(readsEveryEntry(c, p), () -> c + " of " + p);
        }
        assertTrue(byColumns.colors() >= Coloring.fullestRow(p));
        assertTrue(byRows.colors() >= Coloring.fullestColumn(p));
        assertTrue(both.colors() <= Math.min(byColumns.colors(), byRows.colors()));
    }

    /** The definition, entry by entry and without anything of the implementation. */
    private static boolean readsEveryEntry(Coloring c, Pattern p) {
        for (int i = 0; i < p.rows(); i++) {
            for (int j = 0; j < p.columns(); j++) {
                if (p.find(i, j) < 0) {
                    continue;
                }
                boolean byColumn = c.isByColumn(i, j);
                if ((byColumn ? c.columnColor(j) : c.rowColor(i)) < 0) {
                    return false;
                }
                for (int other = 0; other < (byColumn ? p.columns() : p.rows()); other++) {
                    boolean clash = byColumn
                            ? other != j && c.columnColor(other) == c.columnColor(j) && p.find(i, other) >= 0
                            : other != i && c.rowColor(other) == c.rowColor(i) && p.find(other, j) >= 0;
                    if (clash) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    @Property(tries = 100, seed = "42")
    void restartsNeverNeedMoreColorsThanTheOrdersTheyTry(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int n) {
        Pattern p = StructuredPatterns.random(seed, n, n, 0.15);
        int best = Coloring.columns(p, Ordering.RANDOM_RESTARTS).colors();
        for (Ordering o : Ordering.values()) {
            assertTrue(best <= Coloring.columns(p, o).colors(), o + " is better than restarts");
        }
        assertEquals(best, Coloring.columns(p, Ordering.RANDOM_RESTARTS).colors());
    }

    static Stream<Arguments> knownOptima() {
        return Stream.of(
                arguments("tridiagonal", StructuredPatterns.banded(200, 1, 1), 3),
                arguments("band of 9", StructuredPatterns.banded(150, 3, 5), 9),
                arguments("9-point stencil", StructuredPatterns.ninePoint(17), 9),
                arguments("block diagonal", StructuredPatterns.blockDiagonal(12, 7), 7),
                arguments("Kronecker product of bands",
                        StructuredPatterns.kronecker(StructuredPatterns.banded(9, 1, 1), StructuredPatterns.banded(11, 1, 2)), 12),
                arguments("dense", Patterns.dense(6, 8), 8),
                arguments("diagonal", StructuredPatterns.banded(50, 0, 0), 1),
                arguments("empty", Patterns.of(2, 3, new int[0], new int[0]), 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("knownOptima")
    void naturalOrderIsOptimalOnRegularPatterns(String name, Pattern p, int optimum) {
        assertEquals(optimum, Coloring.columns(p, Ordering.NATURAL).colors());
        assertEquals(optimum, Coloring.columns(p, Ordering.RANDOM_RESTARTS).colors());
    }

    @Test
    void theFivePointStencilTakesFiveColorsAndGreedyOrdersAtMostNine() {
        for (int side : new int[] {10, 11, 12, 13, 14, 20, 33}) {
            Pattern p = StructuredPatterns.fivePoint(side);
            assertEquals(5, Coloring.columns(p, Ordering.RANDOM_RESTARTS).colors());
            assertEquals(5, Coloring.of(p).colors());
            for (Ordering o : Ordering.values()) {
                int colors = Coloring.columns(p, o).colors();
                assertTrue(colors >= 5 && colors <= 9, o + ": " + colors);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Ordering.class)
    void anArrowNeedsThreeProductsBothWays(Ordering ordering) {
        Pattern p = StructuredPatterns.arrow(60);
        assertEquals(60, Coloring.columns(p, ordering).colors());
        assertEquals(60, Coloring.rows(p, ordering).colors());
        assertEquals(3, Coloring.bidirectional(p, ordering).colors());
        assertEquals(3, Coloring.of(p).colors());
    }

    @Test
    void aFullRowAndABandNeedOneMoreThanTheBand() {
        Pattern band = StructuredPatterns.banded(80, 1, 1);
        int[] all = new int[80];
        Arrays.setAll(all, j -> j);
        int[][] rows = new int[80][];
        for (int i = 0; i < 80; i++) {
            rows[i] = i == 40 ? all : Arrays.copyOfRange(band.column(), band.rowStart()[i], band.rowStart()[i + 1]);
        }
        assertEquals(4, Coloring.of(Patterns.of(80, 80, rows)).colors());
    }

    @Test
    void theFullestRowAndColumnAreCounted() {
        Pattern p = Patterns.of(3, 4, new int[] {0, 1, 2, 3}, new int[] {0}, new int[] {0, 2});
        assertEquals(4, Coloring.fullestRow(p));
        assertEquals(3, Coloring.fullestColumn(p));
    }

    @Test
    void columnsAreTakenWhereRowsAreNoFewer() {
        for (Coloring c : new Coloring[] {
            Coloring.of(StructuredPatterns.banded(30, 4, 4)), Coloring.bidirectional(StructuredPatterns.banded(30, 4, 4), Ordering.NATURAL),
            Coloring.bidirectional(StructuredPatterns.banded(30, 0, 0), Ordering.NATURAL)
        }) {
            assertEquals(0, c.rowColors(), c.toString());
        }
    }

    @Test
    void aColoringOfAnotherPatternIsFoundToBeWrong() {
        Coloring c = Coloring.columns(StructuredPatterns.banded(20, 1, 1), Ordering.NATURAL);
        assertFalse(c.isValidFor(StructuredPatterns.banded(20, 2, 1)));
        assertFalse(c.isValidFor(StructuredPatterns.banded(21, 1, 1)));
    }

    @Property(tries = 60, seed = "42")
    void patternsSurviveTranspositionAndTheWayThroughMatrices(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int m, @ForAll @IntRange(min = 1, max = 12) int n) {
        Pattern p = StructuredPatterns.random(seed, m, n, 0.3);
        assertEquals(p, Patterns.transpose(Patterns.transpose(p)));
        assertEquals(p, Patterns.of(Patterns.matrix(p)));
        Pattern q = StructuredPatterns.random(seed + 1, m, n, 0.3);
        Pattern union = Patterns.union(p, q);
        Pattern product = Patterns.product(p, Patterns.transpose(q));
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                assertEquals(p.find(i, j) >= 0 || q.find(i, j) >= 0, union.find(i, j) >= 0);
            }
            for (int k = 0; k < m; k++) {
                boolean meets = false;
                for (int j = 0; j < n; j++) {
                    meets |= p.find(i, j) >= 0 && q.find(k, j) >= 0;
                }
                assertEquals(meets, product.find(i, k) >= 0);
            }
        }
        assertTrue(Patterns.contains(union, p));
        assertEquals(union.equals(p), Patterns.contains(p, q));
    }

    @Test
    void entriesOutsideTheMatrixAreRefused() {
        assertEquals("entries must be columns from 0 to 2, but row 1 has 3",
                assertThrows(IllegalArgumentException.class,
                        () -> Patterns.of(2, 3, new int[] {0}, new int[] {3})).getMessage());
    }
}
