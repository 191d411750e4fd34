package org.wengert.hessian;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wengert.core.transform.Pattern;

/**
 * What the pattern of a symmetric matrix looks like.
 *
 * @param size      n
 * @param kind      the simplest form that fits
 * @param blocks    how many blocks remain when variables that nothing joins are separated: connected components
 * @param block     the block of each variable, from 0 on; not to be changed
 * @param largest   how many variables the largest block has
 * @param bandwidth the largest |i - j| of an entry
 * @param borders   the variables that are joined with many others, few of them, so that without them the matrix is block-diagonal with small
 *                  blocks or banded; empty if there are none; not to be changed
 */
public record HessianStructure(int size, Kind kind, int blocks, int[] block, int largest, int bandwidth, int[] borders) {

    /** Forms of matrices, simplest first. */
    public enum Kind {
        /** No entry off the diagonal: a separable function. */
        DIAGONAL,
        /** Blocks of at most √n + 2 variables. */
        BLOCK_DIAGONAL,
        /** All entries within n/8 of the diagonal. */
        BANDED,
        /** A few variables joined with many others; diagonal, block-diagonal or banded without them. */
        ARROW,
        /** More than half of all entries. */
        DENSE,
        /** Sparse, without a form that is looked for. */
        GENERAL
    }

    /**
     * Finds out, in linear time.
     *
     * @param lower the lower triangle with the diagonal
     */
    public static HessianStructure of(Pattern lower) {
        Objects.requireNonNull(lower, "lower");
        int n = lower.rows();
        boolean[] all = new boolean[n];
        Arrays.fill(all, true);
        int[] block = components(lower, all);
        int blocks = count(block);
        int largest = largest(block, blocks);
        int bandwidth = bandwidth(lower, all);
        Kind kind = kind(n, largest, bandwidth);
        int[] borders = {};
        if (kind == null && (long) lower.size() * 4 > (long) n * (n + 1)) {
            kind = Kind.DENSE;
        }
        if (kind == null) {
            int[] degree = degrees(lower);
            boolean[] stays = new boolean[n];
            int most = Math.max(4, n / 8);
            int[] hubs = new int[n];
            int count = 0;
            for (int i = 0; i < n; i++) {
                stays[i] = degree[i] < most;
                if (!stays[i]) {
                    hubs[count++] = i;
                }
            }
            if (count > 0 && count <= Math.sqrt(n)) {
                int[] rest = components(lower, stays);
                if (kind(n, largest(rest, count(rest)), bandwidth(lower, stays)) != null) {
                    kind = Kind.ARROW;
                    borders = Arrays.copyOf(hubs, count);
                }
            }
        }
        return new HessianStructure(n, kind == null ? Kind.GENERAL : kind, blocks, block, largest, bandwidth, borders);
    }

    private static @Nullable Kind kind(int n, int largest, int bandwidth) {
        return bandwidth == 0 ? Kind.DIAGONAL
                : largest <= Math.sqrt(n) + 2 && largest < n ? Kind.BLOCK_DIAGONAL : bandwidth <= n / 8 ? Kind.BANDED : null;
    }

    private static int[] degrees(Pattern p) {
        int[] degree = new int[p.rows()];
        for (int i = 0; i < p.rows(); i++) {
            for (int k = p.rowStart()[i]; k < p.rowStart()[i + 1]; k++) {
                if (p.column()[k] != i) {
                    degree[i]++;
                    degree[p.column()[k]]++;
                }
            }
        }
        return degree;
    }

    private static int bandwidth(Pattern p, boolean[] some) {
        int width = 0;
        for (int i = 0; i < p.rows(); i++) {
            for (int k = p.rowStart()[i]; some[i] && k < p.rowStart()[i + 1]; k++) {
                width = some[p.column()[k]] ? Math.max(width, i - p.column()[k]) : width;
            }
        }
        return width;
    }

    private static int[] components(Pattern p, boolean[] some) {
        int n = p.rows();
        int[] parent = new int[n];
        Arrays.setAll(parent, i -> i);
        for (int i = 0; i < n; i++) {
            for (int k = p.rowStart()[i]; some[i] && k < p.rowStart()[i + 1]; k++) {
                if (some[p.column()[k]]) {
                    parent[find(parent, i)] = find(parent, p.column()[k]);
                }
            }
        }
        int[] number = new int[n];
        Arrays.fill(number, -1);
        int[] block = new int[n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            int root = find(parent, i);
            if (number[root] < 0) {
                number[root] = count++;
            }
            block[i] = number[root];
        }
        return block;
    }

    private static int find(int[] parent, int i) {
        int root = i;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }

    private static int count(int[] block) {
        return Arrays.stream(block).max().orElse(-1) + 1;
    }

    private static int largest(int[] block, int blocks) {
        int[] size = new int[blocks];
        int largest = 0;
        for (int b : block) {
            largest = Math.max(largest, ++size[b]);
        }
        return largest;
    }

    @Override
    public String toString() {
        return kind + ": " + blocks + " blocks, the largest of " + largest + ", bandwidth " + bandwidth
                + (borders.length == 0 ? "" : ", " + borders.length + " borders");
    }
}
