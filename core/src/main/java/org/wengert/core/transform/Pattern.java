package org.wengert.core.transform;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a matrix can differ from zero, row by row (compressed sparse rows).
 *
 * @param rows     the number of rows
 * @param columns  the number of columns
 * @param rowStart row i has the entries {@code rowStart[i]} to {@code rowStart[i + 1] - 1}; rows + 1 entries, wrapped
 * @param column   the column of each entry, ascending within a row; wrapped
 */
public record Pattern(int rows, int columns, int[] rowStart, int[] column) {

    /** The number of entries that can differ from zero. */
    public int size() {
        return column.length;
    }

    /** The index of entry (i, j), or -1 if it is zero by structure. */
    public int find(int i, int j) {
        Objects.checkIndex(i, rows);
        Objects.checkIndex(j, columns);
        int k = Arrays.binarySearch(column, rowStart[i], rowStart[i + 1], j);
        return Math.max(k, -1);
    }

    /** Equal patterns have the same shape and the same entries. */
    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Pattern that
                && rows == that.rows && columns == that.columns
                && Arrays.equals(rowStart, that.rowStart) && Arrays.equals(column, that.column);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(rowStart) + Arrays.hashCode(column);
    }

    /** The pattern as a picture: a line a row, {@code x} for an entry, {@code .} for a structural zero; small ones only. */
    @Override
    public String toString() {
        String shape = rows + " x " + columns + " with " + size() + " entries";
        if ((long) rows * columns > 10_000) {
            return shape;
        }
        var text = new StringBuilder(shape);
        for (int i = 0; i < rows; i++) {
            text.append('\n');
            for (int j = 0; j < columns; j++) {
                text.append(find(i, j) < 0 ? '.' : 'x');
            }
        }
        return text.toString();
    }
}
