package org.wengert.core.engine.roll;

import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Column;
import org.wengert.core.engine.TileCode;

/** Where a column of a stage comes from: members of a class, in the inputs, in memory or among the outputs. */
final class Source {

    /** The arrays that values live in. */
    enum Array {
        INPUTS, MEMORY, OUTPUTS;

        double[] of(double[] in, double[] memory, double[] out) {
            return switch (this) {
                case INPUTS -> in;
                case MEMORY -> memory;
                case OUTPUTS -> out;
            };
        }
    }

    /** Shorter stretches of consecutive members are gathered one by one. */
    static final int SHORTEST_STRETCH = 12;

    private final Array array;
    private final int base;
    private final int stride;

    // Of a map that is not affine: the members, and where stretches of consecutive ones begin, if they are long.
    private final int @Nullable [] members;
    private final int @Nullable [] stretches;
    private final int @Nullable [] stretchOfTile;

    Source(Array array, int start, IndexMap map) {
        this.array = array;
        switch (map) {
            case IndexMap.Affine(int first, int step, _) -> {
                base = start + first;
                stride = step;
                members = null;
                stretches = null;
                stretchOfTile = null;
            }
            case IndexMap.Listed listed -> {
                base = start;
                stride = 0;
                members = listed.members;
                stretches = IndexMap.stretches(listed.members, SHORTEST_STRETCH);
                stretchOfTile = stretches == null ? null : stretchOfTile(stretches, listed.members.length);
            }
        }
    }

    /** The value that all elements take, of a constant map. */
    double value(double[] in, double[] memory, double[] out) {
        return array.of(in, memory, out)[base];
    }

    /** Where the column lies in its array, if elements are neighbours there; else null. */
    @Nullable Column place() {
        if (members != null || stride != 1) {
            return null;
        }
        return new Column(switch (array) {
            case INPUTS -> Column.Array.IN;
            case MEMORY -> Column.Array.MEMORY;
            case OUTPUTS -> Column.Array.OUT;
        }, base);
    }

    /** Whether elements are neither in a row nor in a few rows. */
    boolean isIrregular() {
        return members != null && stretches == null;
    }

    /** Writes the values of {@code points} elements from {@code first} on into a column. */
    void fill(double[] in, double[] memory, double[] out, int first, int points, double[] column, int at) {
        double[] from = array.of(in, memory, out);
        int[] list = members;
        if (list == null) {
            if (stride == 1) {
                System.arraycopy(from, base + first, column, at, points);
            } else {
                for (int k = 0, i = base + stride * first; k < points; k++, i += stride) {
                    column[at + k] = from[i];
                }
            }
        } else if (stretches == null || stretchOfTile == null) {
            for (int k = 0; k < points; k++) {
                column[at + k] = from[base + list[first + k]];
            }
        } else {
            copyStretches(from, list, stretches, stretchOfTile[first / TileCode.WIDTH], first, points, column, at);
        }
    }

    private void copyStretches(
            double[] from, int[] list, int[] starts, int firstStretch, int first, int points, double[] column, int at) {
        int s = firstStretch;
        while (s + 1 < starts.length && starts[s + 1] <= first) {
            s++;
        }
        for (int k = first, end = first + points; k < end; s++) {
            int next = s + 1 < starts.length ? Math.min(starts[s + 1], end) : end;
            System.arraycopy(from, base + list[k], column, at + k - first, next - k);
            k = next;
        }
    }

    /** The stretch that the first element of each tile is in. */
    private static int[] stretchOfTile(int[] starts, int elements) {
        int[] of = new int[(elements + TileCode.WIDTH - 1) / TileCode.WIDTH];
        for (int tile = 0, s = 0; tile < of.length; tile++) {
            while (s + 1 < starts.length && starts[s + 1] <= tile * TileCode.WIDTH) {
                s++;
            }
            of[tile] = s;
        }
        return of;
    }
}
