package org.wengert.linalg.coloring;

import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Greedy coloring of a hypergraph's vertices, in any order. */
final class Greedy {

    /** How many colorings {@link Ordering#RANDOM_RESTARTS} tries. */
    static final int ATTEMPTS = 60;

    private final Hypergraph h;
    private final boolean[] active;
    private final int activeCount;

    // Marks the neighbours, or colors, seen for a vertex with the number of the visit.
    private final int[] seen;
    private int visit;

    /** Colors those vertices that are to have a color. */
    Greedy(Hypergraph h, boolean[] active) {
        this.h = h;
        this.active = active;
        this.seen = new int[h.vertices() + 1];
        int count = 0;
        for (boolean a : active) {
            count += a ? 1 : 0;
        }
        this.activeCount = count;
    }

    /** The color of each vertex from 0 on, -1 for those that are to have none. */
    static int[] color(Hypergraph h, boolean[] active, Ordering ordering) {
        return new Greedy(h, active).color(ordering);
    }

    static int count(int[] color) {
        int most = -1;
        for (int c : color) {
            most = Math.max(most, c);
        }
        return most + 1;
    }

    private int[] color(Ordering ordering) {
        return switch (ordering) {
            case NATURAL -> inOrder(natural());
            case LARGEST_FIRST -> inOrder(largestFirst());
            case SMALLEST_LAST -> inOrder(smallestLast());
            case INCIDENCE_DEGREE -> inOrder(incidenceDegree());
            case RANDOM_RESTARTS -> best();
        };
    }

    /** The heart of it: the least color that no neighbour has. */
    private int[] inOrder(int[] order) {
        int[] color = new int[h.vertices()];
        Arrays.fill(color, -1);
        int[] memberStart = h.memberStart();
        int[] member = h.member();
        for (int v : order) {
            visit++;
            for (int k = h.netStart()[v]; k < h.netStart()[v + 1]; k++) {
                int net = h.net()[k];
                for (int q = memberStart[net]; q < memberStart[net + 1]; q++) {
                    int c = color[member[q]];
                    if (c >= 0) {
                        seen[c] = visit;
                    }
                }
            }
            int c = 0;
            while (seen[c] == visit) {
                c++;
            }
            color[v] = c;
        }
        return color;
    }

    // ---- orders --------------------------------------------------------------------------------------

    private int[] natural() {
        int[] order = new int[activeCount];
        for (int v = 0, k = 0; v < active.length; v++) {
            if (active[v]) {
                order[k++] = v;
            }
        }
        return order;
    }

    private int[] largestFirst() {
        int[] degrees = degrees();
        return sorted(natural(), v -> -degrees[v]);
    }

    /** The number of different neighbours of each vertex. */
    private int[] degrees() {
        int[] degrees = new int[h.vertices()];
        for (int v = 0; v < degrees.length; v++) {
            int[] count = degrees;
            int self = v;
            if (active[v]) {
                forNeighbours(v, _ -> count[self]++);
            }
        }
        return degrees;
    }

    private int[] smallestLast() {
        int[] degrees = degrees();
        var queue = new Buckets(degrees, active);
        int[] order = new int[activeCount];
        for (int k = activeCount - 1; k >= 0; k--) {
            int v = queue.removeLeast();
            order[k] = v;
            forNeighbours(v, u -> {
                if (queue.contains(u)) {
                    queue.move(u, queue.key(u) - 1);
                }
            });
        }
        return order;
    }

    private int[] incidenceDegree() {
        // Keys count downwards from the number of vertices, so that the least is the most colored neighbours.
        int[] keys = new int[h.vertices()];
        Arrays.fill(keys, h.vertices());
        var queue = new Buckets(keys, active);
        int[] order = new int[activeCount];
        for (int k = 0; k < activeCount; k++) {
            int v = queue.removeLeast();
            order[k] = v;
            forNeighbours(v, u -> {
                if (queue.contains(u)) {
                    queue.move(u, queue.key(u) - 1);
                }
            });
        }
        return order;
    }

    @FunctionalInterface
    private interface Visitor {
        void neighbour(int u);
    }

    private void forNeighbours(int v, Visitor visitor) {
        visit++;
        seen[v] = visit;
        for (int k = h.netStart()[v]; k < h.netStart()[v + 1]; k++) {
            int net = h.net()[k];
            for (int q = h.memberStart()[net]; q < h.memberStart()[net + 1]; q++) {
                int u = h.member()[q];
                if (seen[u] != visit && active[u]) {
                    seen[u] = visit;
                    visitor.neighbour(u);
                }
            }
        }
    }

    @FunctionalInterface
    private interface Key {
        int of(int v);
    }

    /** Vertices by a key, equal ones as they stand; counting sort. */
    private static int[] sorted(int[] order, Key key) {
        int least = Integer.MAX_VALUE;
        int most = Integer.MIN_VALUE;
        for (int v : order) {
            least = Math.min(least, key.of(v));
            most = Math.max(most, key.of(v));
        }
        if (order.length == 0) {
            return order;
        }
        int[] start = new int[most - least + 2];
        for (int v : order) {
            start[key.of(v) - least + 1]++;
        }
        for (int i = 1; i < start.length; i++) {
            start[i] += start[i - 1];
        }
        int[] sorted = new int[order.length];
        for (int v : order) {
            sorted[start[key.of(v) - least]++] = v;
        }
        return sorted;
    }

    // ---- restarts ------------------------------------------------------------------------------------

    private int[] best() {
        int bound = h.fullestNet();
        Random random = new Random(activeCount);
        int[] best = inOrder(natural());
        int[] cyclic = Cycles.color(h, active, count(best));
        best = cyclic == null ? best : cyclic;
        int attempts = 0;
        int[][] orders = {largestFirst(), smallestLast(), incidenceDegree()};
        for (int k = 0; attempts < ATTEMPTS && count(best) > bound; k++) {
            int[] order = k < orders.length ? orders[k] : shuffled(random);
            int[] color = inOrder(order);
            for (int again = 0; again < 12 && attempts < ATTEMPTS && count(color) > bound; again++, attempts++) {
                color = inOrder(byClasses(color, again % 3 == 0 ? null : random));
            }
            best = count(color) < count(best) ? color : best;
        }
        return best;
    }

    private int[] shuffled(Random random) {
        int[] order = natural();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int v = order[i];
            order[i] = order[j];
            order[j] = v;
        }
        return order;
    }

    /** Class after class, in reverse or by chance: whatever comes of it has no more colors. */
    private int[] byClasses(int[] color, @Nullable Random random) {
        int colors = count(color);
        int[] rank = new int[colors];
        Arrays.setAll(rank, c -> colors - 1 - c);
        for (int i = colors - 1; random != null && i > 0; i--) {
            int j = random.nextInt(i + 1);
            int r = rank[i];
            rank[i] = rank[j];
            rank[j] = r;
        }
        return sorted(natural(), v -> rank[color[v]]);
    }

    // ---- a queue of vertices by small keys ------------------------------------------------------------

    /** Vertices in buckets by key, as doubly linked lists; every operation takes constant time on the average. */
    private static final class Buckets {

        private static final int NONE = -1;

        private final int[] key;
        private final int[] first;
        private final int[] next;
        private final int[] previous;
        private final boolean[] waiting;
        private int least;

        Buckets(int[] keys, boolean[] active) {
            key = keys.clone();
            waiting = active.clone();
            int most = 0;
            for (int v = 0; v < key.length; v++) {
                most = Math.max(most, key[v]);
            }
            first = new int[most + 1];
            Arrays.fill(first, NONE);
            next = new int[key.length];
            previous = new int[key.length];
            for (int v = key.length - 1; v >= 0; v--) {
                if (active[v]) {
                    insert(v);
                }
            }
            least = 0;
        }

        boolean contains(int v) {
            return waiting[v];
        }

        int key(int v) {
            return key[v];
        }

        int removeLeast() {
            while (first[least] == NONE) {
                least++;
            }
            int v = first[least];
            unlink(v);
            waiting[v] = false;
            return v;
        }

        void move(int v, int newKey) {
            unlink(v);
            key[v] = newKey;
            insert(v);
            least = Math.min(least, newKey);
        }

        private void insert(int v) {
            int head = first[key[v]];
            next[v] = head;
            previous[v] = NONE;
            if (head != NONE) {
                previous[head] = v;
            }
            first[key[v]] = v;
        }

        private void unlink(int v) {
            if (previous[v] == NONE) {
                first[key[v]] = next[v];
            } else {
                next[previous[v]] = next[v];
            }
            if (next[v] != NONE) {
                previous[next[v]] = previous[v];
            }
        }
    }
}
