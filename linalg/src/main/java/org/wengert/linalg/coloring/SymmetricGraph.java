package org.wengert.linalg.coloring;

import java.util.Arrays;
import java.util.Objects;
import org.wengert.core.transform.Pattern;

/** The graph of a symmetric matrix: an edge for each entry below the diagonal. */
final class SymmetricGraph {

    private final int[] start;
    private final int[] neighbour;
    private final int[] edge;
    private final int[] row;
    private final int[] column;
    private final int[] place;

    private SymmetricGraph(int n, int[] row, int[] column, int[] place) {
        this.row = row;
        this.column = column;
        this.place = place;
        start = new int[n + 1];
        for (int e = 0; e < row.length; e++) {
            start[row[e] + 1]++;
            start[column[e] + 1]++;
        }
        for (int v = 0; v < n; v++) {
            start[v + 1] += start[v];
        }
        neighbour = new int[2 * row.length];
        edge = new int[2 * row.length];
        int[] next = start.clone();
        for (int e = 0; e < row.length; e++) {
            neighbour[next[row[e]]] = column[e];
            edge[next[row[e]]++] = e;
            neighbour[next[column[e]]] = row[e];
            edge[next[column[e]]++] = e;
        }
    }

    static SymmetricGraph of(Pattern p) {
        Objects.requireNonNull(p, "pattern");
        if (p.rows() != p.columns()) {
            throw new IllegalArgumentException("pattern must be square, but is " + p.rows() + " x " + p.columns());
        }
        int count = 0;
        int above = 0;
        for (int i = 0; i < p.rows(); i++) {
            for (int k = p.rowStart()[i]; k < p.rowStart()[i + 1]; k++) {
                count += p.column()[k] < i ? 1 : 0;
                above += p.column()[k] > i ? 1 : 0;
                if (p.column()[k] > i && p.find(p.column()[k], i) < 0) {
                    throw new IllegalArgumentException("pattern must be a lower triangle or symmetric, but has (" + i + ", "
                            + p.column()[k] + ") without (" + p.column()[k] + ", " + i + ")");
                }
            }
        }
        if (above > 0 && above != count) {
            throw new IllegalArgumentException("pattern must be a lower triangle or symmetric, but has " + count
                    + " entries below the diagonal and " + above + " above");
        }
        int[] row = new int[count];
        int[] column = new int[count];
        int[] place = new int[count];
        count = 0;
        for (int i = 0; i < p.rows(); i++) {
            for (int k = p.rowStart()[i]; k < p.rowStart()[i + 1] && p.column()[k] < i; k++) {
                row[count] = i;
                column[count] = p.column()[k];
                place[count++] = k;
            }
        }
        return new SymmetricGraph(p.rows(), row, column, place);
    }

    int vertices() {
        return start.length - 1;
    }

    int edges() {
        return row.length;
    }

    /** The neighbours of v stand at {@code first(v)} to {@code first(v + 1) - 1}. */
    int first(int v) {
        return start[v];
    }

    int neighbour(int k) {
        return neighbour[k];
    }

    int edge(int k) {
        return edge[k];
    }

    int degree(int v) {
        return start[v + 1] - start[v];
    }

    int other(int e, int v) {
        return row[e] == v ? column[e] : row[e];
    }

    /** Where the entry of an edge stands in the pattern. */
    int place(int e) {
        return place[e];
    }

    int[] order(Ordering ordering) {
        int n = vertices();
        return switch (ordering) {
            case NATURAL -> {
                int[] order = new int[n];
                Arrays.setAll(order, v -> v);
                yield order;
            }
            case LARGEST_FIRST -> reversed(byDegree());
            case SMALLEST_LAST -> smallestLast();
            default -> throw new IllegalArgumentException(
                    "ordering must be NATURAL, LARGEST_FIRST or SMALLEST_LAST for a symmetric matrix, but was " + ordering);
        };
    }

    private static int[] reversed(int[] a) {
        int[] r = new int[a.length];
        Arrays.setAll(r, i -> a[a.length - 1 - i]);
        return r;
    }

    private int[] byDegree() {
        int n = vertices();
        int[] bucket = new int[n + 1];
        for (int v = 0; v < n; v++) {
            bucket[degree(v) + 1 > n ? n : degree(v) + 1]++;
        }
        for (int d = 0; d < n; d++) {
            bucket[d + 1] += bucket[d];
        }
        int[] order = new int[n];
        for (int v = 0; v < n; v++) {
            order[bucket[degree(v)]++] = v;
        }
        return order;
    }

    /** By removing a vertex of least degree again and again (V. Batagelj and M. Zaversnik 2003). */
    private int[] smallestLast() {
        int n = vertices();
        int[] degree = new int[n];
        int most = 0;
        for (int v = 0; v < n; v++) {
            degree[v] = degree(v);
            most = Math.max(most, degree[v]);
        }
        int[] at = new int[n];
        int[] sorted = byDegree();
        int[] bin = new int[most + 2];
        for (int v = 0; v < n; v++) {
            bin[degree[v] + 1]++;
        }
        for (int d = 0; d <= most; d++) {
            bin[d + 1] += bin[d];
        }
        for (int i = 0; i < n; i++) {
            at[sorted[i]] = i;
        }
        for (int i = 0; i < n; i++) {
            int v = sorted[i];
            for (int k = first(v); k < first(v + 1); k++) {
                int u = neighbour[k];
                if (degree[u] > degree[v]) {
                    int w = sorted[bin[degree[u]]]; // the first of u's bin changes places with u
                    int place = at[u];
                    sorted[place] = w;
                    at[w] = place;
                    sorted[bin[degree[u]]] = u;
                    at[u] = bin[degree[u]];
                    bin[degree[u]]++;
                    degree[u]--;
                }
            }
        }
        return reversed(sorted);
    }
}
