package org.wengert.linalg.coloring;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.wengert.core.transform.Pattern;

/** Patterns whose least number of colors is known, and patterns drawn by chance. */
final class StructuredPatterns {

    private StructuredPatterns() {}

    private interface Entry {
        boolean is(int i, int j);
    }

    private static Pattern where(int rows, int columns, Entry entry) {
        int[][] entries = new int[rows][];
        for (int i = 0; i < rows; i++) {
            int row = i;
            IntPredicate is = j -> entry.is(row, j);
            entries[i] = IntStream.range(0, columns).filter(is).toArray();
        }
        return Patterns.of(rows, columns, entries);
    }

    /** So many diagonals below and above the main one; lower + upper + 1 colors. */
    static Pattern banded(int n, int lower, int upper) {
        return where(n, n, (i, j) -> j >= i - lower && j <= i + upper);
    }

    /** Neighbours on a grid; 5 colors by columns: (2·row + column) mod 5 is one. */
    static Pattern fivePoint(int side) {
        return stencil(side, (dr, dc) -> Math.abs(dr) + Math.abs(dc) <= 1);
    }

    /** Neighbours on a grid, diagonal ones too; 9 colors by columns. */
    static Pattern ninePoint(int side) {
        return stencil(side, (dr, dc) -> Math.max(Math.abs(dr), Math.abs(dc)) <= 1);
    }

    private static Pattern stencil(int side, Entry near) {
        int[][] entries = new int[side * side][];
        for (int r = 0; r < side; r++) {
            for (int c = 0; c < side; c++) {
                List<Integer> row = new ArrayList<>();
                for (int dr = -1; dr <= 1; dr++) {
                    for (int dc = -1; dc <= 1; dc++) {
                        boolean inside = r + dr >= 0 && r + dr < side && c + dc >= 0 && c + dc < side;
                        if (inside && near.is(dr, dc)) {
                            row.add((r + dr) * side + c + dc);
                        }
                    }
                }
                entries[r * side + c] = row.stream().mapToInt(Integer::intValue).toArray();
            }
        }
        return Patterns.of(side * side, side * side, entries);
    }

    /** A full first row, a full first column, and the diagonal; n colors one way, 3 both ways. */
    static Pattern arrow(int n) {
        return where(n, n, (i, j) -> i == 0 || j == 0 || i == j);
    }

    /** Full square blocks along the diagonal; as many colors as a block has columns. */
    static Pattern blockDiagonal(int blocks, int size) {
        return where(blocks * size, blocks * size, (i, j) -> i / size == j / size);
    }

    /** The Kronecker product; for bands the product of their numbers of colors. */
    static Pattern kronecker(Pattern a, Pattern b) {
        return where(a.rows() * b.rows(), a.columns() * b.columns(),
                (i, j) -> a.find(i / b.rows(), j / b.columns()) >= 0 && b.find(i % b.rows(), j % b.columns()) >= 0);
    }

    static Pattern random(long seed, int rows, int columns, double density) {
        Random random = new Random(seed);
        boolean[][] is = new boolean[rows][columns];
        for (boolean[] row : is) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextDouble() < density;
            }
        }
        return where(rows, columns, (i, j) -> is[i][j]);
    }
}
