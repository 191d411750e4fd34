package org.wengert.linalg.coloring;

import java.util.Arrays;

/**
 * Vertices that are joined by nets: two vertices of one net must not share a color. For the columns of a matrix the rows are
 * the nets, for the rows the columns.
 *
 * @param vertices    how many
 * @param nets        how many
 * @param memberStart net i has the members {@code memberStart[i]} to {@code memberStart[i + 1] - 1}
 * @param member      vertices, ascending in each net
 * @param netStart    vertex v lies in the nets {@code netStart[v]} to {@code netStart[v + 1] - 1}
 * @param net         nets, ascending for each vertex
 */
record Hypergraph(int vertices, int nets, int[] memberStart, int[] member, int[] netStart, int[] net) {

    /** The other way round: nets as vertices. */
    Hypergraph dual() {
        return new Hypergraph(
                /* vertices= */ nets, /* nets= */ vertices,
                /* memberStart= */ netStart, /* member= */ net, /* netStart= */ memberStart, /* net= */ member);
    }

    /** Rows as nets, columns as vertices. */
    static Hypergraph of(int rows, int columns, int[] rowStart, int[] column) {
        int[] start = new int[columns + 1];
        for (int j : column) {
            start[j + 1]++;
        }
        for (int j = 0; j < columns; j++) {
            start[j + 1] += start[j];
        }
        int[] next = start.clone();
        int[] row = new int[column.length];
        for (int i = 0; i < rows; i++) {
            for (int k = rowStart[i]; k < rowStart[i + 1]; k++) {
                row[next[column[k]]++] = i;
            }
        }
        return new Hypergraph(columns, rows, rowStart, column, start, row);
    }

    /** What is left of some nets and some vertices; all keep their numbers. */
    Hypergraph restrict(boolean[] netStays, boolean[] vertexStays) {
        int[] start = new int[nets + 1];
        int[] kept = new int[member.length];
        int size = 0;
        for (int i = 0; i < nets; i++) {
            for (int k = memberStart[i]; netStays[i] && k < memberStart[i + 1]; k++) {
                if (vertexStays[member[k]]) {
                    kept[size++] = member[k];
                }
            }
            start[i + 1] = size;
        }
        return of(nets, vertices, start, Arrays.copyOf(kept, size));
    }

    int netSize(int i) {
        return memberStart[i + 1] - memberStart[i];
    }

    int degree(int v) {
        return netStart[v + 1] - netStart[v];
    }

    /** The members of the fullest net: no coloring has fewer colors. */
    int fullestNet() {
        int fullest = 0;
        for (int i = 0; i < nets; i++) {
            fullest = Math.max(fullest, netSize(i));
        }
        return fullest;
    }
}
