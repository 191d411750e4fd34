package org.wengert.core.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.core.simd.Kernel;

/**
 * A program as a list of kernel calls on values that are not placed anywhere yet, and where they are placed in the end.
 *
 * <p>A place is an {@code int}: an offset, and in the two lowest bits the array that it is an offset into. Values that are
 * neither inputs nor outputs live in columns of scratch space, which are used again as soon as a value is no longer needed: the
 * last one given back first, because it is the one that the cache still holds.
 */
final class Steps {

    static final int SCRATCH = 0;
    static final int IN = 1;
    static final int OUT = 2;
    static final int UNIFORM = 3;

    /** Operands of a kernel. */
    private static final int MOST = 4;

    private static final int NOWHERE = -1;

    /**
     * One call.
     *
     * @param kernel   what to call; null for a wide one
     * @param wide     a row of many operands, called point by point
     * @param result   the value it defines, or changes
     * @param operands the values it reads
     */
    private record Step(@Nullable Kernel kernel, @Nullable Wide wide, int result, int[] operands) {}

    private final List<Step> steps = new ArrayList<>();
    private int[] place;
    private int values;

    /** So many values are known from the start. */
    Steps(int values) {
        this.values = values;
        this.place = new int[values + 16];
        Arrays.fill(place, NOWHERE);
    }

    static int placeIn(int array, int offset) {
        return offset << 2 | array;
    }

    /** A value that is no node of the program. */
    int newValue() {
        if (values == place.length) {
            place = Arrays.copyOf(place, 2 * values);
            Arrays.fill(place, values, place.length, NOWHERE);
        }
        return values++;
    }

    boolean isPlaced(int value) {
        return place[value] != NOWHERE;
    }

    void put(int value, int at) {
        place[value] = at;
    }

    void call(Kernel kernel, int result, int... operands) {
        steps.add(new Step(kernel, null, result, operands));
    }

    void call(Wide wide, int result, int... operands) {
        steps.add(new Step(null, wide, result, operands));
    }

    /** Gives every value its place. Columns of scratch are numbered first, since how far apart they are depends on how many. */
    Placed place(int deepestStrip) {
        int n = steps.size();
        int[] lastUse = new int[values];
        Arrays.fill(lastUse, -1);
        for (int k = 0; k < n; k++) {
            Step step = steps.get(k);
            lastUse[step.result] = k;
            for (int operand : step.operands) {
                lastUse[operand] = k;
            }
        }
        int[] column = new int[values];
        Arrays.fill(column, -1);
        int[] free = new int[values + 1];
        int freeCount = 0;
        int columns = 0;
        for (int k = 0; k < n; k++) {
            Step step = steps.get(k);
            boolean early = step.kernel != null; // a wide call may write before it has read everything
            if (early) {
                freeCount = release(step, k, lastUse, column, free, freeCount);
            }
            if (place[step.result] == NOWHERE && column[step.result] < 0) {
                column[step.result] = freeCount > 0 ? free[--freeCount] : columns++;
            }
            if (!early) {
                freeCount = release(step, k, lastUse, column, free, freeCount);
            }
            // A value that nobody reads.
            if (lastUse[step.result] == k && column[step.result] >= 0 && place[step.result] == NOWHERE) {
                free[freeCount++] = column[step.result];
                place[step.result] = placeIn(SCRATCH, column[step.result]);
            }
        }
        int strip = Strip.length(columns, deepestStrip);
        int stride = strip + Strip.PADDING;
        for (int v = 0; v < values; v++) {
            if (column[v] >= 0) {
                place[v] = placeIn(SCRATCH, column[v] * stride);
            }
        }
        return placed(strip, columns * stride);
    }

    /** Gives back the columns of operands that are read for the last time. Marks them by placing them. */
    private int release(Step step, int k, int[] lastUse, int[] column, int[] free, int freeCount) {
        int count = freeCount;
        for (int operand : step.operands) {
            if (lastUse[operand] == k && operand != step.result && column[operand] >= 0 && place[operand] == NOWHERE) {
                place[operand] = placeIn(SCRATCH, column[operand]);
                free[count++] = column[operand];
            }
        }
        return count;
    }

    private Placed placed(int strip, int scratch) {
        int n = steps.size();
        Kernel[] kernels = new Kernel[n];
        Wide[] wides = new Wide[n];
        int[] places = new int[n * (1 + MOST)];
        for (int k = 0; k < n; k++) {
            Step step = steps.get(k);
            int at = k * (1 + MOST);
            places[at] = place[step.result];
            if (step.kernel != null) {
                kernels[k] = step.kernel;
                for (int i = 0; i < step.operands.length; i++) {
                    places[at + 1 + i] = place[step.operands[i]];
                }
            } else if (step.wide != null) {
                wides[k] = step.wide.at(Arrays.stream(step.operands).map(v -> place[v]).toArray());
            }
        }
        return new Placed(kernels, wides, places, strip, scratch);
    }

    /**
     * Calls whose values have places.
     *
     * @param kernels the kernel of each call; null for a wide one
     * @param wides   the row of each call that is wide
     * @param places  of each call the place of the result and of four operands
     * @param strip   how many points are done together
     * @param scratch how many numbers of scratch space that takes
     */
    record Placed(Kernel[] kernels, @Nullable Wide[] wides, int[] places, int strip, int scratch) {}
}
