package org.wengert.core.transform;

import java.util.Arrays;

/** A set of numbers, none of them -1, in one array. */
final class LongSet {

    private static final long FREE = -1;

    // Open addressing, at most half full.
    private long[] table = new long[64];
    private int size;

    LongSet() {
        Arrays.fill(table, FREE);
    }

    /** Whether the number is new. */
    boolean add(long number) {
        if (!insert(table, number)) {
            return false;
        }
        if (2 * ++size > table.length) {
            long[] larger = new long[Math.multiplyExact(2, table.length)];
            Arrays.fill(larger, FREE);
            for (long known : table) {
                if (known != FREE) {
                    insert(larger, known);
                }
            }
            table = larger;
        }
        return true;
    }

    private static boolean insert(long[] table, long number) {
        long h = number * 0x9E3779B97F4A7C15L;
        int mask = table.length - 1;
        int place = (int) (h ^ h >>> 32) & mask;
        for (; table[place] != FREE; place = place + 1 & mask) {
            if (table[place] == number) {
                return false;
            }
        }
        table[place] = number;
        return true;
    }

    /** The numbers in ascending order; a new array. */
    long[] sorted() {
        long[] sorted = new long[size];
        int k = 0;
        for (long number : table) {
            if (number != FREE) {
                sorted[k++] = number;
            }
        }
        Arrays.sort(sorted);
        return sorted;
    }
}
