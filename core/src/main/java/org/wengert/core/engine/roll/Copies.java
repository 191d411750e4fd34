package org.wengert.core.engine.roll;

import java.util.Arrays;

/** Which elements of one array go to which of another, in stretches: places in the target go up by one, those in the source by a step. */
final class Copies {

    private int[] to = new int[4];
    private int[] from = new int[4];
    private int[] count = new int[4];
    private int[] step = new int[4];
    private int stretches;

    /** Adds target[t] = source[f]. */
    void add(int t, int f) {
        int last = stretches - 1;
        if (last >= 0 && to[last] + count[last] == t && goesOn(last, f)) {
            count[last]++;
            return;
        }
        if (stretches == to.length) {
            to = Arrays.copyOf(to, 2 * stretches);
            from = Arrays.copyOf(from, 2 * stretches);
            count = Arrays.copyOf(count, 2 * stretches);
            step = Arrays.copyOf(step, 2 * stretches);
        }
        to[stretches] = t;
        from[stretches] = f;
        count[stretches++] = 1;
    }

    /** The second element of a stretch decides on its step. */
    private boolean goesOn(int stretch, int f) {
        if (count[stretch] == 1) {
            step[stretch] = f - from[stretch];
            return true;
        }
        return from[stretch] + step[stretch] * count[stretch] == f;
    }

    /** Copies all. */
    void run(double[] source, double[] target) {
        for (int k = 0; k < stretches; k++) {
            int n = count[k];
            if (step[k] == 1) {
                System.arraycopy(source, from[k], target, to[k], n);
            } else {
                for (int i = 0, f = from[k], t = to[k], s = step[k]; i < n; i++, f += s) {
                    target[t + i] = source[f];
                }
            }
        }
    }
}
