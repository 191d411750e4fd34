package org.wengert.linalg.coloring;

import java.util.Arrays;
import java.util.Objects;
import org.wengert.core.transform.Pattern;

/**
 * Groups of columns of a symmetric matrix such that every entry can be found from the sums of the groups, each entry from whichever of its two
 * places is easier. Fewer groups are needed than for a matrix without symmetry: 3 for a tridiagonal matrix however it is
 * numbered, 2 for an arrow.
 *
 * <ul>
 *   <li>A <b>star</b> coloring has no path of four vertices in two colors: every entry stands alone in one of its two places, and is
 *       read off.
 *   <li>An <b>acyclic</b> coloring has no cycle in two colors, and often fewer of them: entries are read off the leaves of the trees first,
 *       and subtracted from what is left. Rounding errors add up along the way from a leaf.
 * </ul>
 *
 * <p>Both are found greedily, in time proportional to the entries times the colors. Immutable.
 *
 * <p>Source: A. H. Gebremedhin, A. Tarafdar, F. Manne and A. Pothen, "New acyclic and star coloring algorithms with application to computing
 * Hessians", SIAM J. Sci. Comput. 29 (2007); T. F. Coleman and J.-Y. Cai, "The cyclic coloring problem and estimation of
 * sparse Hessian matrices", SIAM J. Alg. Disc. Meth. 7 (1986).
 */
public final class SymmetricColoring {

    private final Pattern pattern;
    private final int[] color;
    private final int colors;
    private final boolean acyclic;

    /** The entries off the diagonal in the order in which they are found, and for each the row where it is read and its other index. */
    private final int[] order;

    private final int[] leaf;
    private final int[] root;

    private SymmetricColoring(Pattern pattern, SymmetricGraph g, int[] color, boolean acyclic) {
        this.pattern = pattern;
        this.color = color;
        this.colors = Greedy.count(color);
        this.acyclic = acyclic;
        this.order = new int[g.edges()];
        this.leaf = new int[g.edges()];
        this.root = new int[g.edges()];
        plan(g);
    }

    // ---- making --------------------------------------------------------------------------------------

    /**
     * A star coloring: every entry is read off.
     *
     * @param pattern  the lower triangle with the diagonal, or the whole of a symmetric pattern
     * @param ordering {@link Ordering#NATURAL}, {@link Ordering#LARGEST_FIRST} or {@link Ordering#SMALLEST_LAST}
     */
    public static SymmetricColoring star(Pattern pattern, Ordering ordering) {
        SymmetricGraph g = SymmetricGraph.of(pattern);
        return new SymmetricColoring(pattern, g, StarColoring.color(g, g.order(ordering)), false);
    }

    /** An acyclic coloring; see {@link #star} for the arguments. */
    public static SymmetricColoring acyclic(Pattern pattern, Ordering ordering) {
        SymmetricGraph g = SymmetricGraph.of(pattern);
        return new SymmetricColoring(pattern, g, AcyclicColoring.color(g, g.order(ordering)), true);
    }

    /** The coloring with the fewest colors among star and acyclic ones, in natural order and smallest last; a star coloring if equal. */
    public static SymmetricColoring of(Pattern pattern) {
        SymmetricGraph g = SymmetricGraph.of(pattern);
        if (g.edges() > (long) g.vertices() * g.vertices() / 4) { // more than half full: little can be saved, and it takes long to find
            int[] different = new int[g.vertices()];
            Arrays.setAll(different, v -> v);
            return new SymmetricColoring(pattern, g, different, false);
        }
        SymmetricColoring best = null;
        for (boolean acyclic : new boolean[] {false, true}) {
            for (Ordering ordering : new Ordering[] {Ordering.NATURAL, Ordering.SMALLEST_LAST}) {
                int[] order = g.order(ordering);
                int[] color = acyclic ? AcyclicColoring.color(g, order) : StarColoring.color(g, order);
                if (best == null || Greedy.count(color) < best.colors) {
                    best = new SymmetricColoring(pattern, g, color, acyclic);
                }
            }
            if (best != null && best.colors <= 3) {
                break;
            }
        }
        return Objects.requireNonNull(best);
    }

    /** Leaves of two-colored trees first. */
    private void plan(SymmetricGraph g) {
        int n = g.vertices();
        // For each vertex and color: how many neighbours of that color are left, and the sum of the numbers of their edges.
        var left = new ColorCounts(g, color);
        int[] queue = new int[2 * g.edges() + 1];
        int head = 0;
        int tail = 0;
        for (int v = 0; v < n; v++) {
            for (int s = left.first(v); s < left.first(v + 1); s++) {
                if (left.count[s] == 1) {
                    queue[tail++] = s;
                }
            }
        }
        int found = 0;
        while (head < tail) {
            int s = queue[head++];
            if (left.count[s] != 1) {
                continue;
            }
            int e = (int) left.edges[s];
            int v = left.vertex(s);
            int u = g.other(e, v);
            order[found] = e;
            leaf[found] = v;
            root[found++] = u;
            left.remove(s, e);
            int t = left.find(u, color[v]);
            left.remove(t, e);
            if (left.count[t] == 1) {
                queue[tail++] = t;
            }
        }
        if (found != g.edges()) {
            throw new AssertionError("two colors have a cycle");
        }
        // Numbers of edges become places in the pattern.
        for (int k = 0; k < found; k++) {
            order[k] = g.place(order[k]);
        }
    }

    // ---- asking --------------------------------------------------------------------------------------

    /** What was colored. */
    public Pattern pattern() {
        return pattern;
    }

    /** How many products the entries cost. */
    public int colors() {
        return colors;
    }

    /** The group of column j, from 0 on. */
    public int color(int j) {
        return color[j];
    }

    /** Whether entries are found by substitution; else all are read off directly. */
    public boolean isAcyclic() {
        return acyclic;
    }

    /**
     * Finds the entries from the sums of the groups.
     *
     * @param compressed n × colors, row by row: entry (i, c) is the sum of row i over the columns of color c; for acyclic colorings it is
     *                   used up
     * @param entries    receives the entries in the order of the pattern; of a whole pattern both triangles
     */
    public void recover(double[] compressed, double[] entries) {
        for (int i = 0; i < pattern.rows(); i++) {
            int k = pattern.find(i, i);
            if (k >= 0) {
                entries[k] = compressed[i * colors + color[i]];
            }
        }
        for (int k = 0; k < order.length; k++) {
            int i = leaf[k];
            int j = root[k];
            double h = compressed[i * colors + color[j]];
            entries[order[k]] = h;
            if (acyclic) {
                compressed[j * colors + color[i]] -= h;
            }
        }
        mirror(entries);
    }

    private void mirror(double[] entries) {
        for (int i = 0; i < pattern.rows(); i++) {
            for (int k = pattern.rowStart()[i + 1] - 1; k >= pattern.rowStart()[i] && pattern.column()[k] > i; k--) {
                entries[k] = entries[pattern.find(pattern.column()[k], i)];
            }
        }
    }

    @Override
    public String toString() {
        return colors + " colors (" + (acyclic ? "acyclic" : "star") + ") for a symmetric " + pattern.rows() + " x " + pattern.rows()
                + " matrix";
    }

    /** For each vertex the colors of its neighbours, in slots. */
    private static final class ColorCounts {

        private final int[] start;
        private final int[] slotColor;
        private final int[] slotVertex;
        final int[] count;

        /** The sum of the numbers of the edges that are left: the number itself where one is left. */
        final long[] edges;

        ColorCounts(SymmetricGraph g, int[] color) {
            int n = g.vertices();
            start = new int[n + 1];
            int[] colors = new int[2 * g.edges()];
            int size = 0;
            for (int v = 0; v < n; v++) {
                int from = size;
                for (int k = g.first(v); k < g.first(v + 1); k++) {
                    colors[size++] = color[g.neighbour(k)];
                }
                Arrays.sort(colors, from, size);
                int kept = from;
                for (int k = from; k < size; k++) {
                    if (k == from || colors[k] != colors[kept - 1]) {
                        colors[kept++] = colors[k];
                    }
                }
                size = kept;
                start[v + 1] = size;
            }
            slotColor = Arrays.copyOf(colors, size);
            slotVertex = new int[size];
            count = new int[size];
            edges = new long[size];
            for (int v = 0; v < n; v++) {
                Arrays.fill(slotVertex, start[v], start[v + 1], v);
                for (int k = g.first(v); k < g.first(v + 1); k++) {
                    int s = find(v, color[g.neighbour(k)]);
                    count[s]++;
                    edges[s] += g.edge(k);
                }
            }
        }

        int first(int v) {
            return start[v];
        }

        int vertex(int slot) {
            return slotVertex[slot];
        }

        int find(int v, int c) {
            return Arrays.binarySearch(slotColor, start[v], start[v + 1], c);
        }

        void remove(int slot, int edge) {
            count[slot]--;
            edges[slot] -= edge;
        }
    }
}
