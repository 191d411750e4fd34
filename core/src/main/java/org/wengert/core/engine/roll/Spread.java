package org.wengert.core.engine.roll;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Elements in rows, with gaps between the rows. The cells of a grid of n by n points are n - 1 in a row, and their corners lie n apart from row
 * to row: with a gap of one behind each row of cells, all corners are neighbours where the cells are, and columns need not be copied together.
 * A stage computes in the gaps too; what it finds there means nothing.
 */
final class Spread {

    /** Rows are shorter than that on average: not worth it. */
    private static final int SHORTEST_ROW = 12;

    /** Gaps may take one part in so many. */
    private static final int GAPS = 4;

    /** Where each element is; increasing, from 0 on. */
    final IndexMap places;

    /** The number of places. */
    final int size;

    /** The places where no element is, increasing. */
    private final int[] gaps;

    private Spread(int[] places) {
        this.places = IndexMap.of(places);
        this.size = places[places.length - 1] + 1;
        this.gaps = new int[size - places.length];
        int gap = 0;
        for (int k = 1; k < places.length; k++) {
            for (int place = places[k - 1] + 1; place < places[k]; place++) {
                gaps[gap++] = place;
            }
        }
    }

    /** Elements where a map has their members, from the first on; null if that would not pay. */
    static @Nullable Spread of(IndexMap map) {
        if (!(map instanceof IndexMap.Listed listed)) {
            return null;
        }
        int[] members = listed.members;
        int n = members.length;
        long size = (long) members[n - 1] - members[0] + 1;
        if (size < n || (size - n) * GAPS > n || IndexMap.stretches(members, SHORTEST_ROW) == null) {
            return null;
        }
        int[] places = new int[n];
        for (int k = 1; k < n; k++) {
            if (members[k] <= members[k - 1]) {
                return null;
            }
            places[k] = members[k] - members[0];
        }
        return new Spread(places);
    }

    /** Which member each place takes, where element k takes member map.at(k); gaps take what makes long rows of members. */
    IndexMap spread(IndexMap map) {
        int first = map.at(0);
        int elements = map.length();
        int k = 1;
        while (k < elements && map.at(k) - first == places.at(k)) {
            k++;
        }
        if (k == elements) {
            return new IndexMap.Affine(first, 1, size);
        }
        int[] members = new int[size];
        for (int e = 0; e + 1 < elements; e++) {
            int next = map.at(e + 1);
            for (int place = places.at(e), member = map.at(e); place < places.at(e + 1); place++) {
                members[place] = member;
                member += member + 1 < next ? 1 : 0;
            }
        }
        members[size - 1] = map.at(elements - 1);
        return IndexMap.of(members);
    }

    /** Writes zeros into the gaps among the places {@code first} to {@code first + count - 1}, of which the first is at {@code at}. */
    void clearGaps(double[] column, int at, int first, int count) {
        int g = Arrays.binarySearch(gaps, first);
        for (g = g < 0 ? -g - 1 : g; g < gaps.length && gaps[g] < first + count; g++) {
            column[at + gaps[g] - first] = 0;
        }
    }
}
