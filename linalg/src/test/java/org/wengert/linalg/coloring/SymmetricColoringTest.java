package org.wengert.linalg.coloring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.wengert.core.transform.Pattern;

class SymmetricColoringTest {

    private static final Ordering[] ORDERS = {Ordering.NATURAL, Ordering.LARGEST_FIRST, Ordering.SMALLEST_LAST};

    /** The lower triangle of a graph of random edges. */
    private static Pattern random(int n, int edges, long seed) {
        var random = new Random(seed);
        int[][] rows = new int[n][];
        Arrays.setAll(rows, i -> random.nextInt(10) == 0 ? new int[0] : new int[] {i});
        for (int e = 0; e < edges && n > 1; e++) {
            int i = 1 + random.nextInt(n - 1);
            int j = random.nextInt(i);
            rows[i] = Arrays.copyOf(rows[i], rows[i].length + 1);
            rows[i][rows[i].length - 1] = j;
        }
        return Patterns.of(n, n, rows);
    }

    private static Pattern arrow(int n) {
        int[][] rows = new int[n][];
        Arrays.setAll(rows, i -> new int[] {0, i});
        return Patterns.of(n, n, rows);
    }

    private static Pattern chain(int n) {
        int[][] rows = new int[n][];
        Arrays.setAll(rows, i -> i == 0 ? new int[] {0} : new int[] {i - 1, i});
        return Patterns.of(n, n, rows);
    }

    /** The matrix comes back from its sums, whole numbers exactly. */
    private static void recovers(SymmetricColoring coloring, long seed) {
        Pattern p = coloring.pattern();
        int n = p.rows();
        var random = new Random(seed);
        double[] entries = new double[p.size()];
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = p.rowStart()[i]; k < p.rowStart()[i + 1]; k++) {
                entries[k] = random.nextInt(1000) - 500;
                a[i][p.column()[k]] = entries[k];
                a[p.column()[k]][i] = entries[k];
            }
        }
        int colors = coloring.colors();
        double[] compressed = new double[n * colors];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                compressed[i * colors + coloring.color(j)] += a[i][j];
            }
        }
        double[] found = new double[p.size()];
        coloring.recover(compressed, found);
        assertArrayEquals(entries, found, 0, coloring.toString());
    }

    @Test
    void everyEntryIsFoundFromTheSumsOfTheGroups() {
        for (int seed = 0; seed < 200; seed++) {
            int n = 1 + seed % 40;
            Pattern p = random(n, seed * 2 % (3 * n + 1), seed);
            for (Ordering o : ORDERS) {
                recovers(SymmetricColoring.star(p, o), seed);
                recovers(SymmetricColoring.acyclic(p, o), seed);
            }
            recovers(SymmetricColoring.of(p), seed);
        }
    }

    @Test
    void starColoringsHaveNoPathOfFourVerticesInTwoColors() {
        for (int seed = 0; seed < 60; seed++) {
            Pattern p = random(25, 20 + seed, seed);
            for (Ordering o : ORDERS) {
                SymmetricColoring c = SymmetricColoring.star(p, o);
                boolean[][] joined = new boolean[25][25];
                for (int i = 0; i < 25; i++) {
                    for (int k = p.rowStart()[i]; k < p.rowStart()[i + 1]; k++) {
                        int j = p.column()[k];
                        joined[i][j] = joined[j][i] = i != j;
                    }
                }
                for (int a = 0; a < 25; a++) {
                    for (int b = 0; b < 25; b++) {
                        for (int d = 0; joined[a][b] && d < 25; d++) {
                            for (int e = 0; joined[b][d] && d != a && e < 25; e++) {
                                if (joined[d][e] && e != b && e != a) {
                                    assertTrue(new TreeSet<>(Arrays.asList(c.color(a), c.color(b), c.color(d), c.color(e))).size() > 2);
                                }
                            }
                        }
                        assertTrue(!joined[a][b] || c.color(a) != c.color(b));
                    }
                }
            }
        }
    }

    @Test
    void chainsAndArrowsTakeTheFewestColors() {
        assertEquals(3, SymmetricColoring.star(chain(100), Ordering.NATURAL).colors());
        assertEquals(2, SymmetricColoring.acyclic(chain(100), Ordering.NATURAL).colors());
        for (Ordering o : ORDERS) {
            assertEquals(2, SymmetricColoring.star(arrow(100), o).colors());
            assertEquals(2, SymmetricColoring.acyclic(arrow(100), o).colors());
        }
        assertEquals(1, SymmetricColoring.of(Patterns.of(3, 3, new int[] {0}, new int[] {1}, new int[] {2})).colors());
        assertEquals(5, SymmetricColoring.of(Patterns.dense(5, 5)).colors());
    }

    /** Both triangles of a symmetric pattern that is given by its lower one. */
    private static Pattern whole(Pattern p) {
        return Patterns.union(p, Patterns.transpose(p));
    }

    @Test
    void bothTrianglesOfAWholePatternAreFound() {
        for (int seed = 0; seed < 40; seed++) {
            int n = 2 + seed;
            Pattern p = whole(random(n, 2 * n, seed));
            for (Ordering o : ORDERS) {
                recoversWhole(SymmetricColoring.star(p, o), seed);
                recoversWhole(SymmetricColoring.acyclic(p, o), seed);
            }
        }
    }

    private static void recoversWhole(SymmetricColoring coloring, long seed) {
        Pattern p = coloring.pattern();
        int n = p.rows();
        var random = new Random(seed);
        double[][] a = new double[n][n];
        double[] entries = new double[p.size()];
        double[] compressed = new double[n * coloring.colors()];
        for (int i = 0; i < n; i++) {
            for (int k = p.rowStart()[i]; k < p.rowStart()[i + 1]; k++) {
                int j = p.column()[k];
                a[i][j] = j <= i ? random.nextInt(1, 1000) : 0;
                a[j][i] = j <= i ? a[i][j] : a[j][i];
            }
        }
        for (int i = 0; i < n; i++) {
            for (int k = p.rowStart()[i]; k < p.rowStart()[i + 1]; k++) {
                int j = p.column()[k];
                entries[k] = Math.max(a[i][j], a[j][i]);
                compressed[i * coloring.colors() + coloring.color(j)] += entries[k];
            }
        }
        double[] found = new double[p.size()];
        coloring.recover(compressed, found);
        assertArrayEquals(entries, found, 0, coloring.toString());
    }

    @Test
    void theBestIsAStarColoringUnlessAnAcyclicOneHasFewerColors() {
        int acyclic = 0;
        for (int seed = 0; seed < 60; seed++) {
            Pattern p = random(30, 10 + seed, seed);
            int star = 30;
            int other = 30;
            for (Ordering o : new Ordering[] {Ordering.NATURAL, Ordering.SMALLEST_LAST}) {
                star = Math.min(star, SymmetricColoring.star(p, o).colors());
                other = Math.min(other, SymmetricColoring.acyclic(p, o).colors());
            }
            SymmetricColoring best = SymmetricColoring.of(p);
            boolean fewer = star > 3 && other < star;
            assertEquals(fewer, best.isAcyclic());
            assertEquals(fewer ? other : star, best.colors());
            assertEquals(best.colors() + " colors (" + (fewer ? "acyclic" : "star") + ") for a symmetric 30 x 30 matrix", best.toString());
            acyclic += fewer ? 1 : 0;
        }
        assertTrue(acyclic > 0 && acyclic < 60, acyclic + " of 60");
    }

    @Test
    void threeColorsAreFewEnoughAndAFullMatrixTakesOneEach() {
        SymmetricColoring best = SymmetricColoring.of(chain(300));
        assertEquals(3, best.colors());
        assertEquals(false, best.isAcyclic());
        // A ring of four has as many edges as half full allows.
        Pattern ring = Patterns.of(4, 4, new int[] {0}, new int[] {0, 1}, new int[] {1, 2}, new int[] {0, 2, 3});
        assertEquals(3, SymmetricColoring.of(ring).colors());
        for (Ordering o : ORDERS) {
            assertEquals(5, SymmetricColoring.star(Patterns.dense(5, 5), o).colors());
            assertEquals(5, SymmetricColoring.acyclic(Patterns.dense(5, 5), o).colors());
        }
    }

    @Test
    void aMillionVariablesTakeLinearTime() {
        recovers(SymmetricColoring.of(chain(300)), 1);
        assertEquals(2, SymmetricColoring.of(arrow(1_000_000)).colors());
        assertEquals(3, SymmetricColoring.of(chain(1_000_000)).colors());
    }

    @Test
    void whatIsNotSymmetricIsRefused() {
        assertEquals("pattern must be square, but is 1 x 2", assertThrows(IllegalArgumentException.class,
                () -> SymmetricColoring.of(Patterns.of(1, 2, new int[] {0}))).getMessage());
        assertEquals("pattern must be a lower triangle or symmetric, but has (0, 2) without (2, 0)",
                assertThrows(IllegalArgumentException.class, () -> SymmetricColoring.of(
                        Patterns.of(3, 3, new int[] {0, 2}, new int[] {1}, new int[] {2}))).getMessage());
        assertThrows(IllegalArgumentException.class, () -> SymmetricColoring.star(chain(4), Ordering.RANDOM_RESTARTS));
    }
}
