package org.wengert.core.engine.roll;

import java.util.Arrays;

/**
 * Which elements of one array go to which of another, in stretches: places in both go up by a step each. A step of 0 in the source
 * writes one number to many places.
 */
final class Copies {

    private int[] to = new int[4];
    private int[] from = new int[4];
    private int[] count = new int[4];
    private int[] toStep = new int[4];
    private int[] fromStep = new int[4];
    private int stretches;

    /** Adds target[t] = source[f]. Stretches are found among those that are added one after another. */
    void add(int t, int f) {
        int last = stretches - 1;
        if (last >= 0 && goesOn(last, t, f)) {
            count[last]++;
            return;
        }
        if (stretches == to.length) {
            to = Arrays.copyOf(to, 2 * stretches);
            from = Arrays.copyOf(from, 2 * stretches);
            count = Arrays.copyOf(count, 2 * stretches);
            toStep = Arrays.copyOf(toStep, 2 * stretches);
            fromStep = Arrays.copyOf(fromStep, 2 * stretches);
        }
        to[stretches] = t;
        from[stretches] = f;
        count[stretches++] = 1;
    }

    /** The second element of a stretch decides on its steps. */
    private boolean goesOn(int stretch, int t, int f) {
        if (count[stretch] == 1) {
            toStep[stretch] = t - to[stretch];
            fromStep[stretch] = f - from[stretch];
            return true;
        }
        return to[stretch] + toStep[stretch] * count[stretch] == t && from[stretch] + fromStep[stretch] * count[stretch] == f;
    }

    /** Copies all. */
    void run(double[] source, double[] target) {
        for (int k = 0; k < stretches; k++) {
            int n = count[k];
            int t = to[k];
            int f = from[k];
            int up = toStep[k];
            int s = fromStep[k];
            if (up == 1 && s == 1) {
                System.arraycopy(source, f, target, t, n);
            } else if (s == 0) {
                double value = source[f];
                for (int i = 0; i < n; i++, t += up) {
                    target[t] = value;
                }
            } else {
                for (int i = 0; i < n; i++, t += up, f += s) {
                    target[t] = source[f];
                }
            }
        }
    }
}
