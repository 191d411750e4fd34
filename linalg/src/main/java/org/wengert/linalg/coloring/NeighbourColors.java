package org.wengert.linalg.coloring;

import java.util.Arrays;

/** For each vertex a small list of colors with two numbers each. */
final class NeighbourColors {

    private static final int[] NONE = {};

    private final int[][] color;
    private final int[][] first;
    private final int[][] second;
    private final int[] size;

    NeighbourColors(int vertices) {
        color = new int[vertices][];
        first = new int[vertices][];
        second = new int[vertices][];
        Arrays.fill(color, NONE);
        Arrays.fill(first, NONE);
        Arrays.fill(second, NONE);
        size = new int[vertices];
    }

    int size(int v) {
        return size[v];
    }

    int color(int v, int k) {
        return color[v][k];
    }

    int first(int v, int k) {
        return first[v][k];
    }

    int second(int v, int k) {
        return second[v][k];
    }

    void setSecond(int v, int k, int value) {
        second[v][k] = value;
    }


    /** The place of a color, or -1. */
    int find(int v, int c) {
        for (int k = 0; k < size[v]; k++) {
            if (color[v][k] == c) {
                return k;
            }
        }
        return -1;
    }

    int add(int v, int c, int a, int b) {
        int k = size[v]++;
        if (k == color[v].length) {
            int longer = Math.max(4, 2 * k);
            color[v] = Arrays.copyOf(color[v], longer);
            first[v] = Arrays.copyOf(first[v], longer);
            second[v] = Arrays.copyOf(second[v], longer);
        }
        color[v][k] = c;
        first[v][k] = a;
        second[v][k] = b;
        return k;
    }
}
