package org.wengert.linalg.coloring;

import java.util.Arrays;

/**
 * Greedy coloring without a path of four vertices in two colors.
 *
 * <p>A vertex v must not take the color
 * <ul>
 *   <li>of a neighbour w;
 *   <li>of a neighbour x of w that has another neighbour of w's color (v would end a path v, w, x, y);
 *   <li>of any neighbour of w, if v has another neighbour of w's color (v would be inside a path).
 * </ul>
 *
 * What the second rule forbids is kept for each w, so that a vertex with many neighbours is not looked through again and again.
 */
final class StarColoring {

    private StarColoring() {}

    static int[] color(SymmetricGraph g, int[] order) {
        int n = g.vertices();
        int[] color = new int[n];
        Arrays.fill(color, -1);
        // Colors of colored neighbours: the first of that color, and how many.
        var seen = new NeighbourColors(n);
        // Colors that a neighbour of a vertex must not take, by the second rule.
        var blocked = new NeighbourColors(n);
        int[] forbidden = new int[n + 1];
        int[] times = new int[n + 1];
        Arrays.fill(forbidden, -1);
        for (int v : order) {
            for (int k = g.first(v); k < g.first(v + 1); k++) {
                int w = g.neighbour(k);
                if (color[w] >= 0) {
                    forbidden[color[w]] = v;
                    times[color[w]]++;
                    for (int b = 0; b < blocked.size(w); b++) {
                        forbidden[blocked.color(w, b)] = v;
                    }
                }
            }
            for (int k = g.first(v); k < g.first(v + 1); k++) {
                int w = g.neighbour(k);
                if (color[w] >= 0 && times[color[w]] > 1) {
                    for (int c = 0; c < seen.size(w); c++) {
                        forbidden[seen.color(w, c)] = v;
                    }
                }
            }
            for (int k = g.first(v); k < g.first(v + 1); k++) {
                if (color[g.neighbour(k)] >= 0) {
                    times[color[g.neighbour(k)]] = 0;
                }
            }
            int c = 0;
            while (forbidden[c] == v) {
                c++;
            }
            color[v] = c;
            for (int k = g.first(v); k < g.first(v + 1); k++) {
                int w = g.neighbour(k);
                int s = seen.find(w, c);
                if (s < 0) {
                    seen.add(w, c, v, 1);
                } else {
                    int count = seen.second(w, s) + 1;
                    seen.setSecond(w, s, count);
                    if (color[w] >= 0) {
                        block(blocked, v, color[w]);
                        if (count == 2) {
                            block(blocked, seen.first(w, s), color[w]);
                        }
                    }
                }
            }
            // Neighbours of v that share a color: whoever comes next to one of them must not take v's.
            for (int k = g.first(v); k < g.first(v + 1); k++) {
                int u = g.neighbour(k);
                if (color[u] >= 0 && seen.second(v, seen.find(v, color[u])) > 1) {
                    block(blocked, u, c);
                }
            }
        }
        return color;
    }

    private static void block(NeighbourColors blocked, int u, int c) {
        if (blocked.find(u, c) < 0) {
            blocked.add(u, c, 0, 0);
        }
    }
}
