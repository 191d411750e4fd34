package org.wengert.core.transform;

import java.util.Arrays;

/**
 * A directed graph whose edges carry partial derivatives, from which vertices are eliminated: the edges
 * into a vertex are multiplied with those out of it, and parallel edges are added.
 *
 * <p>Edges stand in flat arrays, each in two doubly linked lists (those into its target, those out of its source)
 * and in a hash table by its two ends, so that one elimination takes time proportional to
 * (edges in) × (edges out).
 */
final class LinearizedGraph {

    private static final int NONE = -1;

    private final Products products;

    // By vertex: the first edge in and out, and how many there are.
    private final int[] firstIn;
    private final int[] firstOut;
    private final int[] in;
    private final int[] out;

    // By edge.
    private int[] source = new int[64];
    private int[] target = new int[64];
    private int[] weight = new int[64];
    private int[] nextIn = new int[64];
    private int[] previousIn = new int[64];
    private int[] nextOut = new int[64];
    private int[] previousOut = new int[64];
    private int edges;
    private int free = NONE; // a list through nextIn of edges that are no longer there

    // Open addressing: edge + 1, 0 where free, GONE where an edge has been.
    private static final int GONE = -1;
    private int[] table = new int[256];
    private int used;

    LinearizedGraph(int vertices, Products products) {
        this.products = products;
        this.firstIn = filled(vertices);
        this.firstOut = filled(vertices);
        this.in = new int[vertices];
        this.out = new int[vertices];
    }

    private static int[] filled(int n) {
        int[] none = new int[n];
        Arrays.fill(none, NONE);
        return none;
    }

    /** Forgets all edges, and their memory. */
    void clear() {
        source = target = weight = nextIn = previousIn = nextOut = previousOut = new int[0];
        table = new int[0];
        edges = 0;
    }

    /** The number of edges into v. */
    int in(int v) {
        return in[v];
    }

    /** The number of edges out of v. */
    int out(int v) {
        return out[v];
    }

    /** Adds an edge, or adds to the edge that is there. */
    void add(int from, int to, int w) {
        if (w == Weight.ZERO) {
            return;
        }
        if (3L * used >= 2L * table.length) {
            rehash();
        }
        int mask = table.length - 1;
        int place = hash(from, to) & mask;
        int reusable = NONE;
        for (; table[place] != 0; place = place + 1 & mask) {
            int e = table[place] - 1;
            if (table[place] == GONE) {
                reusable = reusable == NONE ? place : reusable;
            } else if (source[e] == from && target[e] == to) {
                weight[e] = products.plus(weight[e], w);
                return;
            }
        }
        int e = newEdge();
        source[e] = from;
        target[e] = to;
        weight[e] = w;
        nextIn[e] = firstIn[to];
        previousIn[e] = NONE;
        if (firstIn[to] != NONE) {
            previousIn[firstIn[to]] = e;
        }
        firstIn[to] = e;
        nextOut[e] = firstOut[from];
        previousOut[e] = NONE;
        if (firstOut[from] != NONE) {
            previousOut[firstOut[from]] = e;
        }
        firstOut[from] = e;
        in[to]++;
        out[from]++;
        if (reusable == NONE) {
            table[place] = e + 1;
            used++;
        } else {
            table[reusable] = e + 1;
        }
    }

    /** Eliminates a vertex: afterwards no edge touches it. */
    void eliminate(int v) {
        for (int a = firstIn[v]; a != NONE; a = nextIn[a]) {
            for (int b = firstOut[v]; b != NONE; b = nextOut[b]) {
                add(source[a], target[b], products.times(weight[b], weight[a]));
            }
        }
        remove(v);
    }

    /** Removes a vertex and its edges. */
    void remove(int v) {
        while (firstIn[v] != NONE) {
            delete(firstIn[v]);
        }
        while (firstOut[v] != NONE) {
            delete(firstOut[v]);
        }
    }

    /** What is to be done with each edge of a vertex. */
    @FunctionalInterface
    interface EdgeVisitor {
        /** Another end of an edge, and its weight. */
        void edge(int vertex, int weight);
    }

    /** The edges into v: their sources. */
    void forEachIn(int v, EdgeVisitor visitor) {
        for (int e = firstIn[v]; e != NONE; e = nextIn[e]) {
            visitor.edge(source[e], weight[e]);
        }
    }

    /** The edges out of v: their targets. */
    void forEachOut(int v, EdgeVisitor visitor) {
        for (int e = firstOut[v]; e != NONE; e = nextOut[e]) {
            visitor.edge(target[e], weight[e]);
        }
    }

    private int newEdge() {
        if (free != NONE) {
            int e = free;
            free = nextIn[e];
            return e;
        }
        if (edges == source.length) {
            int n = 2 * edges;
            source = Arrays.copyOf(source, n);
            target = Arrays.copyOf(target, n);
            weight = Arrays.copyOf(weight, n);
            nextIn = Arrays.copyOf(nextIn, n);
            previousIn = Arrays.copyOf(previousIn, n);
            nextOut = Arrays.copyOf(nextOut, n);
            previousOut = Arrays.copyOf(previousOut, n);
        }
        return edges++;
    }

    private void delete(int e) {
        int from = source[e];
        int to = target[e];
        if (previousIn[e] == NONE) {
            firstIn[to] = nextIn[e];
        } else {
            nextIn[previousIn[e]] = nextIn[e];
        }
        if (nextIn[e] != NONE) {
            previousIn[nextIn[e]] = previousIn[e];
        }
        if (previousOut[e] == NONE) {
            firstOut[from] = nextOut[e];
        } else {
            nextOut[previousOut[e]] = nextOut[e];
        }
        if (nextOut[e] != NONE) {
            previousOut[nextOut[e]] = previousOut[e];
        }
        in[to]--;
        out[from]--;
        int mask = table.length - 1;
        int place = hash(from, to) & mask;
        while (table[place] != e + 1) {
            place = place + 1 & mask;
        }
        table[place] = GONE;
        source[e] = NONE;
        nextIn[e] = free;
        free = e;
    }

    private void rehash() {
        int there = 0;
        for (int e = 0; e < edges; e++) {
            there += source[e] == NONE ? 0 : 1;
        }
        int[] fresh = new int[Math.max(256, Integer.highestOneBit(there) * 4)];
        int mask = fresh.length - 1;
        for (int e = 0; e < edges; e++) {
            if (source[e] != NONE) {
                int place = hash(source[e], target[e]) & mask;
                while (fresh[place] != 0) {
                    place = place + 1 & mask;
                }
                fresh[place] = e + 1;
            }
        }
        table = fresh;
        used = there;
    }

    private static int hash(int from, int to) {
        long h = (from * 0x9E3779B97F4A7C15L + to) * 0xD6E8FEB86659FD93L;
        return (int) (h ^ h >>> 32);
    }
}
