package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PatternTest {

    /** The pattern that a picture shows: a string a row. */
    private static Pattern of(int columns, String... rows) {
        int[] rowStart = new int[rows.length + 1];
        int[] column = new int[(int) String.join("", rows).chars().filter(c -> c == 'x').count()];
        int k = 0;
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns; j++) {
                if (rows[i].charAt(j) == 'x') {
                    column[k++] = j;
                }
            }
            rowStart[i + 1] = k;
        }
        return new Pattern(rows.length, columns, rowStart, column);
    }

    private static final Pattern SOME = of(4, "x..x", "....", ".xx.");

    @Test
    void entriesAreFoundInTheirOrder() {
        assertEquals(4, SOME.size());
        int[][] index = {{0, -1, -1, 1}, {-1, -1, -1, -1}, {-1, 2, 3, -1}};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                assertEquals(index[i][j], SOME.find(i, j));
            }
        }
        assertThrows(IndexOutOfBoundsException.class, () -> SOME.find(3, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> SOME.find(0, 4));
    }

    @Test
    void equalMeansTheSameShapeAndTheSameEntries() {
        assertEquals(SOME, of(4, "x..x", "....", ".xx."));
        assertEquals(SOME.hashCode(), of(4, "x..x", "....", ".xx.").hashCode());
        List<Pattern> others = List.of(
                of(4, "x..x", "....", ".x.x"), // another column
                of(4, "x..x", ".x..", "..x."), // the same columns in other rows
                of(5, "x..x.", ".....", ".xx.."), // one column more
                of(4, "x..x", "....", ".xx.", "....")); // one row more
        for (Pattern other : others) {
            assertNotEquals(SOME, other);
            assertNotEquals(other, SOME);
        }
        // Hash codes need not differ, but should where only the columns do, or only where rows start.
        assertNotEquals(SOME.hashCode(), others.get(0).hashCode());
        assertNotEquals(SOME.hashCode(), others.get(1).hashCode());
        // One row more by its number alone.
        assertNotEquals(SOME, new Pattern(4, 4, SOME.rowStart(), SOME.column()));
        assertFalse(SOME.equals((Object) SOME.toString()));
        assertFalse(SOME.equals(null));
    }

    /** A hash code that takes in both where rows start and the columns tells almost all small patterns apart. */
    @Test
    void hashCodesDiffer() {
        var random = new SplittableRandom(9);
        Set<Pattern> patterns = new HashSet<>();
        Set<Integer> hashes = new HashSet<>();
        for (int k = 0; k < 2000; k++) {
            String[] rows = new String[4];
            for (int i = 0; i < rows.length; i++) {
                int bits = random.nextInt(16);
                rows[i] = String.format("%4s", Integer.toBinaryString(bits)).replace('1', 'x');
            }
            Pattern p = of(4, rows);
            patterns.add(p);
            hashes.add(p.hashCode());
        }
        assertTrue(hashes.size() > 0.9 * patterns.size(), () -> hashes.size() + " of " + patterns.size());
    }

    @Test
    void aSmallPatternIsAPicture() {
        assertEquals("3 x 4 with 4 entries\nx..x\n....\n.xx.", SOME.toString());
        assertEquals("0 x 0 with 0 entries", of(0).toString());
    }

    @Test
    void aLargePatternIsNotDrawn() {
        assertEquals("100 x 101 with 0 entries", new Pattern(100, 101, new int[101], new int[0]).toString());
        String picture = new Pattern(100, 100, new int[101], new int[0]).toString();
        assertEquals("100 x 100 with 0 entries" + ("\n" + ".".repeat(100)).repeat(100), picture);
    }
}
