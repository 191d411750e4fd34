package org.wengert.core.transform;

import java.util.Arrays;

/**
 * Sets of numbers, each kept once: equal sets have the same id. A program has few different ones, since
 * most operations pass on the set of one of their operands.
 *
 * <p>All sets stand in one array, one after the other; a set of three numbers takes 24 bytes with its place in the hash
 * table, and a union that is remembered 18.
 */
final class IndexSets {

    /** The id of the empty set. */
    static final int EMPTY = 0;

    // Set s is members[start[s]] to members[start[s + 1] - 1].
    private int[] members = new int[64];
    private int[] start = new int[64];
    private int sets;

    // Open addressing, at most half full: set + 1, or 0 for a free place.
    private int[] table = new int[128];

    // The same for unions: the pair of sets, and their union.
    private long[] pairs = new long[128];
    private int[] unions = new int[128];
    private int pairsUsed;

    // Marks the members collected so far with the number of the collection.
    private final int[] mark;
    private int collection;

    /** Sets of numbers from 0 to n - 1. */
    IndexSets(int n) {
        mark = new int[n];
        id(0); // the empty set
    }

    int singleton(int i) {
        append(start[sets], i);
        return id(1);
    }

    /** The members in ascending order; a new array. */
    int[] members(int set) {
        return Arrays.copyOfRange(members, start[set], start[set + 1]);
    }

    /** The number of members. */
    int size(int set) {
        return start[set + 1] - start[set];
    }

    /** Copies the members in ascending order. */
    void copy(int set, int[] target, int at) {
        System.arraycopy(members, start[set], target, at, size(set));
    }

    /** The union of two sets; remembered. */
    int union(int a, int b) {
        if (a == b || b == EMPTY) {
            return a;
        }
        if (a == EMPTY) {
            return b;
        }
        long pair = (long) Math.min(a, b) << 32 | Math.max(a, b);
        int mask = pairs.length - 1;
        int place = hash(pair) & mask;
        for (; pairs[place] != 0; place = place + 1 & mask) {
            if (pairs[place] == pair) {
                return unions[place];
            }
        }
        int union = id(merge(a, b));
        pairs[place] = pair; // never 0, since neither set is empty
        unions[place] = union;
        if (2 * ++pairsUsed > pairs.length) {
            rehashPairs();
        }
        return union;
    }

    /** Writes the union of two sets behind the last set. */
    private int merge(int a, int b) {
        int size = 0;
        int i = start[a];
        int j = start[b];
        while (i < start[a + 1] || j < start[b + 1]) {
            int left = i < start[a + 1] ? members[i] : Integer.MAX_VALUE;
            int right = j < start[b + 1] ? members[j] : Integer.MAX_VALUE;
            append(start[sets] + size++, Math.min(left, right));
            i += left <= right ? 1 : 0;
            j += right <= left ? 1 : 0;
        }
        return size;
    }

    /** The union of the first sets of an array, in time proportional to their sizes (and a sort). */
    int union(int[] some, int count) {
        collection++;
        int size = 0;
        for (int k = 0; k < count; k++) {
            for (int q = start[some[k]]; q < start[some[k] + 1]; q++) {
                int i = members[q];
                if (mark[i] != collection) {
                    mark[i] = collection;
                    append(start[sets] + size++, i);
                }
            }
        }
        Arrays.sort(members, start[sets], start[sets] + size);
        return id(size);
    }

    private void append(int at, int member) {
        if (at == members.length) {
            members = Arrays.copyOf(members, longer(at));
        }
        members[at] = member;
    }

    /** The set of the numbers that stand behind the last set; a new one if there is none of this content yet. */
    private int id(int size) {
        int from = start[sets];
        int mask = table.length - 1;
        int place = hash(from, size) & mask;
        for (; table[place] != 0; place = place + 1 & mask) {
            int s = table[place] - 1;
            if (Arrays.equals(members, start[s], start[s + 1], members, from, from + size)) {
                return s;
            }
        }
        table[place] = sets + 1;
        sets++;
        if (sets == start.length) {
            start = Arrays.copyOf(start, longer(sets));
        }
        start[sets] = from + size;
        if (2 * sets > table.length) {
            rehash();
        }
        return sets - 1;
    }

    private static int longer(int length) {
        return Math.addExact(length, Math.max(64, length / 2));
    }

    private void rehash() {
        table = new int[2 * table.length];
        int mask = table.length - 1;
        for (int s = 0; s < sets; s++) {
            int place = hash(start[s], size(s)) & mask;
            while (table[place] != 0) {
                place = place + 1 & mask;
            }
            table[place] = s + 1;
        }
    }

    private void rehashPairs() {
        long[] oldPairs = pairs;
        int[] oldUnions = unions;
        pairs = new long[2 * oldPairs.length];
        unions = new int[pairs.length];
        int mask = pairs.length - 1;
        for (int k = 0; k < oldPairs.length; k++) {
            if (oldPairs[k] != 0) {
                int place = hash(oldPairs[k]) & mask;
                while (pairs[place] != 0) {
                    place = place + 1 & mask;
                }
                pairs[place] = oldPairs[k];
                unions[place] = oldUnions[k];
            }
        }
    }

    private int hash(int from, int size) {
        long h = size;
        for (int k = from; k < from + size; k++) {
            h = (h + members[k]) * 0x9E3779B97F4A7C15L;
        }
        return (int) (h ^ h >>> 32);
    }

    private static int hash(long pair) {
        long h = pair * 0xD6E8FEB86659FD93L;
        return (int) (h ^ h >>> 32);
    }
}
