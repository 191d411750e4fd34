package org.wengert.linalg.chain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wengert.core.transform.Pattern;
import org.wengert.linalg.coloring.Patterns;

/**
 * Which entries a factor or a product has.
 *
 * @param rows    the number of rows
 * @param columns the number of columns
 * @param pattern the entries, or null if it has all
 */
record Structure(int rows, int columns, @Nullable Pattern pattern) {

    static Structure full(int rows, int columns) {
        return new Structure(rows, columns, null);
    }

    static Structure of(Pattern p) {
        boolean all = p.size() == (long) p.rows() * p.columns();
        return new Structure(p.rows(), p.columns(), all ? null : p);
    }

    /** The entries of a · b, if nothing cancels. */
    static Structure product(Structure a, Structure b) {
        if (a.pattern == null && b.pattern == null) {
            return full(a.rows, b.columns);
        }
        if (a.pattern == null && b.pattern != null) {
            // Every row is the union of b's rows.
            int[] some = Arrays.stream(b.pattern.column()).sorted().distinct().toArray();
            int[][] entries = new int[a.rows][];
            Arrays.fill(entries, some);
            return of(Patterns.of(a.rows, b.columns, entries));
        }
        Pattern left = a.pattern;
        if (left != null && b.pattern != null) {
            return of(Patterns.product(left, b.pattern));
        }
        // A row of a that has an entry becomes full.
        int[] all = new int[b.columns];
        Arrays.setAll(all, j -> j);
        int[][] entries = new int[a.rows][];
        Arrays.setAll(entries, i -> left == null || left.rowStart()[i + 1] > left.rowStart()[i] ? all : new int[0]);
        return of(Patterns.of(a.rows, b.columns, entries));
    }

    /** How many multiplications a · b takes. */
    static long multiplications(Structure a, Structure b) {
        Pattern left = a.pattern;
        Pattern right = b.pattern;
        if (left == null && right == null) {
            return (long) a.rows * a.columns * b.columns;
        }
        if (left == null && right != null) {
            return (long) a.rows * right.size();
        }
        if (left != null && right == null) {
            return (long) left.size() * b.columns;
        }
        if (left == null || right == null) {
            throw new AssertionError("all other cases are done");
        }
        int[] inColumn = new int[a.columns];
        for (int c : left.column()) {
            inColumn[c]++;
        }
        long sum = 0;
        for (int r = 0; r < b.rows; r++) {
            sum += (long) inColumn[r] * (right.rowStart()[r + 1] - right.rowStart()[r]);
        }
        return sum;
    }
}
