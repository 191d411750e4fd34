package org.wengert.core.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sets of numbers, each kept once: equal sets have the same id. A program has few different ones, since
 * most operations pass on the set of one of their operands.
 */
final class IndexSets {

    /** The id of the empty set. */
    static final int EMPTY = 0;

    /** A set, with its hash computed once. */
    private record Key(int[] members) {
        @Override
        public boolean equals(Object o) {
            return o instanceof Key that && Arrays.equals(members, that.members);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(members);
        }
    }

    private final List<int[]> sets = new ArrayList<>();
    private final Map<Key, Integer> ids = new HashMap<>();
    private final Map<Long, Integer> unions = new HashMap<>();

    // Marks the members collected so far with the number of the collection.
    private final int[] mark;
    private int collection;

    /** Sets of numbers from 0 to n - 1. */
    IndexSets(int n) {
        mark = new int[n];
        id(new int[0]);
    }

    int singleton(int i) {
        return id(new int[] {i});
    }

    /** The members in ascending order; not to be changed. */
    int[] members(int set) {
        return sets.get(set);
    }

    /** The union of two sets; remembered. */
    int union(int a, int b) {
        if (a == b || b == EMPTY) {
            return a;
        }
        if (a == EMPTY) {
            return b;
        }
        long key = (long) Math.min(a, b) << 32 | Math.max(a, b);
        Integer known = unions.get(key);
        if (known == null) {
            known = union(new int[] {a, b}, 2);
            unions.put(key, known);
        }
        return known;
    }

    /** The union of the first sets of an array, in time proportional to their sizes (and a sort). */
    int union(int[] some, int count) {
        collection++;
        int[] members = new int[16];
        int size = 0;
        for (int k = 0; k < count; k++) {
            for (int i : sets.get(some[k])) {
                if (mark[i] != collection) {
                    mark[i] = collection;
                    members = size < members.length ? members : Arrays.copyOf(members, 2 * size);
                    members[size++] = i;
                }
            }
        }
        Arrays.sort(members, 0, size);
        return id(Arrays.copyOf(members, size));
    }

    private int id(int[] members) {
        var key = new Key(members);
        Integer known = ids.get(key);
        if (known == null) {
            known = sets.size();
            sets.add(members);
            ids.put(key, known);
        }
        return known;
    }
}
