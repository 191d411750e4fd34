package org.wengert.core.engine.roll;

/** Where the members of a class stand among the outputs, if not in a row: whoever has computed some of them puts them there. */
final class Scatter {

    /** The members from {@code from} on, below {@code until}, have a place. */
    private final int from;
    private final int until;

    // Member k goes to base + stride · k, or else to places[k], or nowhere if that is NONE.
    private final int base;
    private final int stride;
    private final int[] places;

    /**
     * The places of all members.
     *
     * @param places for each member an output, or {@link Layout#NONE}; at least one is an output. Kept if irregular
     */
    Scatter(int[] places) {
        int first = 0;
        int end = places.length;
        while (places[first] == Layout.NONE) {
            first++;
        }
        while (places[end - 1] == Layout.NONE) {
            end--;
        }
        int step = end - first > 1 ? places[first + 1] - places[first] : 0;
        boolean isRegular = true;
        for (int k = first; k < end; k++) {
            isRegular &= places[k] != Layout.NONE && places[k] == places[first] + step * (k - first);
        }
        this.from = first;
        this.until = end;
        this.stride = isRegular ? step : 0;
        this.base = places[first] - step * first;
        this.places = isRegular ? new int[0] : places;
    }

    /** How far apart the places are, if that is regular; else 0. */
    int stride() {
        return stride;
    }

    /** Puts members {@code first} to {@code first + points - 1}, which lie in a column, among the outputs. */
    void run(double[] column, int at, int first, int points, double[] out) {
        int begin = Math.max(first, from);
        int end = Math.min(first + points, until);
        int shift = at - first;
        if (places.length == 0) {
            for (int k = begin, t = base + stride * begin; k < end; k++, t += stride) {
                out[t] = column[shift + k];
            }
        } else {
            for (int k = begin; k < end; k++) {
                if (places[k] != Layout.NONE) {
                    out[places[k]] = column[shift + k];
                }
            }
        }
    }
}
