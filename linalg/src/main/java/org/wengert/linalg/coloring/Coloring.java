package org.wengert.linalg.coloring;

import java.util.Arrays;
import java.util.Objects;
import org.wengert.core.transform.Pattern;

/**
 * Groups of columns and of rows of a matrix such that every entry can be read off the sum of a group.
 *
 * <p>A group of columns costs one product J·s, where s has ones at these columns; entry (i, j) is read off it directly if no other
 * column of the group has an entry in row i. A group of rows costs one product Jᵀ·s. A coloring by columns or by rows alone
 * reads all entries one way. A bidirectional one covers the entries by some rows and some columns, and leaves the
 * other rows and columns without a color: an arrow matrix needs three products instead of n.
 *
 * <p>Immutable.
 */
public final class Coloring {

    private final Pattern pattern;
    private final int[] columnColor;
    private final int[] rowColor;
    private final int columnColors;
    private final int rowColors;

    /** Whether entries whose row and column both have a color are read off the row. */
    private final boolean rowsFirst;

    private Coloring(Pattern pattern, int[] columnColor, int[] rowColor, boolean rowsFirst) {
        this.pattern = pattern;
        this.columnColor = columnColor;
        this.rowColor = rowColor;
        this.columnColors = Greedy.count(columnColor);
        this.rowColors = Greedy.count(rowColor);
        this.rowsFirst = rowsFirst;
    }

    // ---- making --------------------------------------------------------------------------------------

    /** Groups of columns: forward products alone. */
    public static Coloring columns(Pattern pattern, Ordering ordering) {
        return columns(pattern, hypergraph(pattern), ordering);
    }

    /** Groups of rows: reverse products alone. */
    public static Coloring rows(Pattern pattern, Ordering ordering) {
        return rows(pattern, hypergraph(pattern), ordering);
    }

    /** Groups of columns and of rows, or of one of the two if that takes no more of them. */
    public static Coloring bidirectional(Pattern pattern, Ordering ordering) {
        Hypergraph h = hypergraph(pattern);
        Coloring best = columns(pattern, h, ordering);
        best = fewer(best, rows(pattern, h, ordering));
        for (boolean[][] cover : Covers.of(h)) {
            if (best.colors() <= 2) {
                break;
            }
            best = fewer(best, covered(pattern, h, cover[0], cover[1], true, ordering));
            best = fewer(best, covered(pattern, h, cover[0], cover[1], false, ordering));
        }
        return best;
    }

    /**
     * The coloring with the fewest products among those by columns, by rows and by both, with {@link Ordering#NATURAL} and
     * {@link Ordering#SMALLEST_LAST}, and with colors by position modulo a period.
     */
    public static Coloring of(Pattern pattern) {
        Hypergraph h = hypergraph(pattern);
        Coloring best = columns(pattern, h, Ordering.NATURAL);
        if (best.colors() <= h.fullestNet() && best.colors() <= 4) {
            return best; // as good as it gets by columns, and one pass
        }
        best = fewer(best, bidirectional(pattern, Ordering.NATURAL));
        best = fewer(best, bidirectional(pattern, Ordering.SMALLEST_LAST));
        int[] cyclic = Cycles.color(h, nonEmpty(h), best.colors());
        return cyclic == null ? best : new Coloring(pattern, cyclic, none(pattern.rows()), false);
    }

    private static Coloring fewer(Coloring a, Coloring b) {
        return b.colors() < a.colors() ? b : a;
    }

    private static Hypergraph hypergraph(Pattern p) {
        Objects.requireNonNull(p, "pattern");
        return Hypergraph.of(p.rows(), p.columns(), p.rowStart(), p.column());
    }

    private static Coloring columns(Pattern pattern, Hypergraph h, Ordering ordering) {
        boolean[] some = nonEmpty(h);
        return new Coloring(pattern, Greedy.color(h, some, ordering), none(pattern.rows()), false);
    }

    private static Coloring rows(Pattern pattern, Hypergraph h, Ordering ordering) {
        Hypergraph dual = h.dual();
        return new Coloring(pattern, none(pattern.columns()), Greedy.color(dual, nonEmpty(dual), ordering), true);
    }

    private static boolean[] nonEmpty(Hypergraph h) {
        boolean[] some = new boolean[h.vertices()];
        for (int v = 0; v < some.length; v++) {
            some[v] = h.degree(v) > 0;
        }
        return some;
    }

    private static int[] none(int n) {
        int[] none = new int[n];
        Arrays.fill(none, -1);
        return none;
    }

    /** Colors the rows and the columns of a cover. An entry that is covered twice is read off one of them. */
    private static Coloring covered(
            Pattern pattern, Hypergraph h, boolean[] rows, boolean[] columns, boolean rowsFirst, Ordering ordering) {
        boolean[] allRows = new boolean[rows.length];
        boolean[] allColumns = new boolean[columns.length];
        Arrays.fill(allRows, true);
        Arrays.fill(allColumns, true);
        Hypergraph forColumns = h.restrict(rowsFirst ? not(rows) : allRows, columns);
        Hypergraph forRows = h.dual().restrict(rowsFirst ? allColumns : not(columns), rows);
        return new Coloring(pattern,
                Greedy.color(forColumns, columns, ordering), Greedy.color(forRows, rows, ordering), rowsFirst);
    }

    private static boolean[] not(boolean[] a) {
        boolean[] not = new boolean[a.length];
        for (int i = 0; i < a.length; i++) {
            not[i] = !a[i];
        }
        return not;
    }

    // ---- asking --------------------------------------------------------------------------------------

    /** What was colored. */
    public Pattern pattern() {
        return pattern;
    }

    /** How many products the entries cost. */
    public int colors() {
        return columnColors + rowColors;
    }

    /** How many of them are forward products. */
    public int columnColors() {
        return columnColors;
    }

    /** How many of them are reverse products. */
    public int rowColors() {
        return rowColors;
    }

    /** The group of column j, from 0 on, or -1 if it is in none. */
    public int columnColor(int j) {
        return columnColor[j];
    }

    /** The group of row i, from 0 on, or -1 if it is in none. */
    public int rowColor(int i) {
        return rowColor[i];
    }

    /** Whether entry (i, j) of the pattern is read off a group of columns; else it is read off a group of rows. */
    public boolean isByColumn(int i, int j) {
        return rowColor[i] < 0 || columnColor[j] >= 0 && !rowsFirst;
    }

    /** The entries of the fullest row: no coloring by columns alone has fewer colors. */
    public static int fullestRow(Pattern pattern) {
        return hypergraph(pattern).fullestNet();
    }

    /** The entries of the fullest column: no coloring by rows alone has fewer colors. */
    public static int fullestColumn(Pattern pattern) {
        return hypergraph(pattern).dual().fullestNet();
    }

    /**
     * Whether every entry of a pattern can be read off directly. True for the pattern this was made from; the check takes
     * time linear in the pattern.
     */
    public boolean isValidFor(Pattern p) {
        if (p.rows() != rowColor.length || p.columns() != columnColor.length) {
            return false;
        }
        Hypergraph h = hypergraph(p);
        return isReadable(h, columnColor, columnColors, true) && isReadable(h.dual(), rowColor, rowColors, false);
    }

    /** For each net: the color of an entry that is read off it comes once. */
    private boolean isReadable(Hypergraph h, int[] color, int colors, boolean byColumn) {
        int[] times = new int[colors];
        for (int net = 0; net < h.nets(); net++) {
            for (int k = h.memberStart()[net]; k < h.memberStart()[net + 1]; k++) {
                if (color[h.member()[k]] >= 0) {
                    times[color[h.member()[k]]]++;
                }
            }
            for (int k = h.memberStart()[net]; k < h.memberStart()[net + 1]; k++) {
                int v = h.member()[k];
                boolean readHere = byColumn ? isByColumn(net, v) : !isByColumn(v, net);
                if (readHere && (color[v] < 0 || times[color[v]] != 1)) {
                    return false;
                }
            }
            for (int k = h.memberStart()[net]; k < h.memberStart()[net + 1]; k++) {
                if (color[h.member()[k]] >= 0) {
                    times[color[h.member()[k]]] = 0;
                }
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return columnColors + " groups of columns and " + rowColors + " groups of rows for "
                + pattern.rows() + " x " + pattern.columns() + " with " + pattern.size() + " entries";
    }
}
