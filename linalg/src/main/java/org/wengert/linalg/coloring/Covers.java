package org.wengert.linalg.coloring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sets of rows and columns that cover all entries of a matrix: the few full rows and the few full columns. Several guesses,
 * each in linear time; whoever colors them sees which is best.
 */
final class Covers {

    private Covers() {}

    /** Pairs of rows and columns; rows are the nets of h. */
    static List<boolean[][]> of(Hypergraph h) {
        List<boolean[][]> covers = new ArrayList<>();
        covers.add(byDegree(h));
        int fullest = h.fullestNet();
        for (int least = 2; least < fullest; least *= 2) {
            covers.add(byFullNets(h, least));
        }
        Hypergraph dual = h.dual();
        fullest = dual.fullestNet();
        for (int least = 2; least < fullest; least *= 2) {
            boolean[][] swapped = byFullNets(dual, least);
            covers.add(new boolean[][] {swapped[1], swapped[0]});
        }
        return covers;
    }

    /** All nets with more members than so many, and the vertices that still have a net without. */
    private static boolean[][] byFullNets(Hypergraph h, int least) {
        boolean[] nets = new boolean[h.nets()];
        boolean[] vertices = new boolean[h.vertices()];
        for (int i = 0; i < nets.length; i++) {
            nets[i] = h.netSize(i) > least;
            for (int k = h.memberStart()[i]; !nets[i] && k < h.memberStart()[i + 1]; k++) {
                vertices[h.member()[k]] = true;
            }
        }
        return new boolean[][] {nets, vertices};
    }

    /** Row or column with the most entries that are not covered yet, one after the other. */
    private static boolean[][] byDegree(Hypergraph h) {
        int n = h.nets();
        int all = n + h.vertices();
        int[] degree = new int[all];
        int most = 0;
        for (int u = 0; u < all; u++) {
            degree[u] = u < n ? h.netSize(u) : h.degree(u - n);
            most = Math.max(most, degree[u]);
        }
        boolean[] chosen = new boolean[all];
        // Stale entries stay in the buckets: what counts is the degree when they come up.
        List<IntList> buckets = new ArrayList<>();
        for (int d = 0; d <= most; d++) {
            buckets.add(new IntList());
        }
        for (int u = 0; u < all; u++) {
            buckets.get(degree[u]).add(u);
        }
        for (int d = most; d > 0; d--) {
            IntList bucket = buckets.get(d);
            for (int k = 0; k < bucket.size; k++) {
                int u = bucket.items[k];
                if (chosen[u] || degree[u] != d) {
                    continue;
                }
                chosen[u] = true;
                int[] start = u < n ? h.memberStart() : h.netStart();
                int[] other = u < n ? h.member() : h.net();
                int at = u < n ? u : u - n;
                for (int q = start[at]; q < start[at + 1]; q++) {
                    int w = u < n ? n + other[q] : other[q];
                    if (!chosen[w]) {
                        degree[w]--;
                        buckets.get(degree[w]).add(w);
                    }
                }
            }
        }
        boolean[] nets = new boolean[n];
        boolean[] vertices = new boolean[h.vertices()];
        System.arraycopy(chosen, 0, nets, 0, n);
        System.arraycopy(chosen, n, vertices, 0, vertices.length);
        return new boolean[][] {nets, vertices};
    }

    private static final class IntList {
        int[] items = new int[4];
        int size;

        void add(int item) {
            if (size == items.length) {
                items = Arrays.copyOf(items, 2 * size);
            }
            items[size++] = item;
        }
    }
}
