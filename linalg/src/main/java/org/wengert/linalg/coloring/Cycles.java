package org.wengert.linalg.coloring;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Colors by position alone: vertex v gets color (v + s·⌊v/w⌋) mod k, so each line of a grid of lines of w begins s colors after the
 * one before it. On regular grids this finds the least number of colors, which greedy orders do not come upon: the 5-point stencil has
 * one with k = 5 whatever its width.
 *
 * <p>Source: D. Goldfarb and Ph. L. Toint, "Optimal estimation of Jacobian and Hessian matrices that arise in finite difference
 * calculations", Math. Comp. 43 (1984).
 */
final class Cycles {

    /** Up to so many periods are tried. */
    private static final int PERIODS = 64;

    /** Widths are looked for among distances within a net that has no more members than this. */
    private static final int MEMBERS = 32;

    /** The pattern is read so often at most. */
    private static final int READINGS = 100;

    private final Hypergraph h;
    private final boolean[] active;

    /** How many more members may be looked at: a pattern that is regular for long and then no more must not take for ever. */
    private long left;

    private Cycles(Hypergraph h, boolean[] active) {
        this.h = h;
        this.active = active;
        this.left = READINGS * (h.member().length + 1000L);
    }

    /** The coloring with the least period below a given number that works, or null if none does. */
    static int @Nullable [] color(Hypergraph h, boolean[] active, int below) {
        return new Cycles(h, active).color(below);
    }

    private int @Nullable [] color(int below) {
        int bound = Math.max(1, h.fullestNet());
        int[] widths = widths(bound);
        for (int k = bound; k < Math.min(below, bound + PERIODS); k++) {
            if (isValid(k, 1, 0)) {
                return colors(k, 1, 0);
            }
            for (int width : widths) {
                for (int shift = 1; shift < k; shift++) {
                    if (isValid(k, width, shift)) {
                        return colors(k, width, shift);
                    }
                }
            }
        }
        return null;
    }

    /** The distances between members of the first net that is fullest: on a grid one of them is the length of a line. */
    private int[] widths(int fullest) {
        if (fullest > MEMBERS) {
            return new int[0];
        }
        int net = 0;
        while (net < h.nets() && h.netSize(net) < fullest) {
            net++;
        }
        if (net == h.nets()) {
            return new int[0];
        }
        int begin = h.memberStart()[net];
        int[] distances = new int[fullest * fullest];
        int size = 0;
        for (int p = begin; p < begin + fullest; p++) {
            for (int q = begin; q < p; q++) {
                distances[size++] = h.member()[p] - h.member()[q];
            }
        }
        return Arrays.stream(distances, 0, size).filter(d -> d > 1).distinct().sorted().toArray();
    }

    private static int color(int v, int period, int width, int shift) {
        return (int) ((v + (long) shift * (v / width)) % period);
    }

    private int[] colors(int period, int width, int shift) {
        int[] color = new int[h.vertices()];
        Arrays.setAll(color, v -> active[v] ? color(v, period, width, shift) : -1);
        return color;
    }

    private boolean isValid(int period, int width, int shift) {
        int[] seenIn = new int[period];
        for (int net = 0; net < h.nets(); net++) {
            left -= h.netSize(net) + 1;
            if (left < 0) {
                return false;
            }
            for (int q = h.memberStart()[net]; q < h.memberStart()[net + 1]; q++) {
                int v = h.member()[q];
                if (active[v]) {
                    int color = color(v, period, width, shift);
                    if (seenIn[color] == net + 1) {
                        return false;
                    }
                    seenIn[color] = net + 1;
                }
            }
        }
        return true;
    }
}
