package org.wengert.linalg.coloring;

import java.util.Arrays;

/**
 * Greedy coloring without a cycle in two colors. The edges between two colors are forests; a vertex must not take a color if two of its
 * neighbours hang together in a tree of that color and theirs.
 */
final class AcyclicColoring {

    private AcyclicColoring() {}

    static int[] color(SymmetricGraph g, int[] order) {
        int n = g.vertices();
        int[] color = new int[n];
        Arrays.fill(color, -1);
        // For each vertex and each color of its neighbours: an edge of the tree in which they hang together.
        var trees = new NeighbourColors(n);
        int[] parent = new int[g.edges()];
        Arrays.setAll(parent, e -> e);
        int[] visitor = new int[g.edges()];
        int[] from = new int[g.edges()];
        Arrays.fill(visitor, -1);
        int[] forbidden = new int[n + 1];
        Arrays.fill(forbidden, -1);
        for (int v : order) {
            for (int k = g.first(v); k < g.first(v + 1); k++) {
                int w = g.neighbour(k);
                if (color[w] < 0) {
                    continue;
                }
                forbidden[color[w]] = v;
                for (int c = 0; c < trees.size(w); c++) {
                    int tree = find(parent, trees.first(w, c));
                    if (visitor[tree] == v && from[tree] == color[w]) {
                        forbidden[trees.color(w, c)] = v;
                    }
                    visitor[tree] = v;
                    from[tree] = color[w];
                }
            }
            int c = 0;
            while (forbidden[c] == v) {
                c++;
            }
            color[v] = c;
            for (int k = g.first(v); k < g.first(v + 1); k++) {
                int w = g.neighbour(k);
                if (color[w] >= 0) {
                    hang(trees, parent, w, c, g.edge(k));
                    hang(trees, parent, v, color[w], g.edge(k));
                }
            }
        }
        return color;
    }

    private static void hang(NeighbourColors trees, int[] parent, int v, int c, int edge) {
        int known = trees.find(v, c);
        if (known < 0) {
            trees.add(v, c, edge, 0);
        } else {
            parent[find(parent, edge)] = find(parent, trees.first(v, known));
        }
    }

    private static int find(int[] parent, int e) {
        int root = e;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }
}
