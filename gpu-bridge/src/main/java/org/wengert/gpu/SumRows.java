package org.wengert.gpu;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of shared memory that a block sums from: one for each output that is summed, one of ones where an output is summed
 * as it is, one of zeros where entries have fewer pairs than others.
 *
 * @param outputs the outputs that have a row, in the order of the rows
 * @param one     the row of ones; -1 if there is none
 * @param zero    the row of zeros; -1 if there is none
 * @param pairs   the most pairs that an entry has
 */
record SumRows(int[] outputs, int one, int zero, int pairs) {

    /**
     * The rows for a reduction.
     *
     * @param programOutputs how many outputs there are
     */
    static SumRows of(Reduction reduction, int programOutputs) {
        List<Integer> outputs = new ArrayList<>();
        int most = 1;
        boolean one = false;
        boolean padded = false;
        for (int[] pairs : reduction.entries()) {
            most = Math.max(most, pairs.length / 2);
            for (int output : pairs) {
                if (output == Reduction.ONE) {
                    one = true;
                } else if (output < 0 || output >= programOutputs) {
                    throw new IllegalArgumentException("reduction sums output " + output + ", but the program has "
                            + programOutputs);
                } else if (!outputs.contains(output)) {
                    outputs.add(output);
                }
            }
        }
        for (int[] pairs : reduction.entries()) {
            padded |= pairs.length < 2 * most;
        }
        int n = outputs.size();
        return new SumRows(outputs.stream().mapToInt(Integer::intValue).toArray(), one ? n : -1,
                padded ? n + (one ? 1 : 0) : -1, most);
    }

    /** How many rows there are. */
    int count() {
        return outputs.length + (one < 0 ? 0 : 1) + (zero < 0 ? 0 : 1);
    }

    /** The row of an output. */
    int row(int output) {
        for (int row = 0; row < outputs.length; row++) {
            if (outputs[row] == output) {
                return row;
            }
        }
        throw new IllegalArgumentException("output " + output + " has no row");
    }

    /** For each entry the rows of its pairs, filled up with zeros: what the threads look up. */
    String table(Reduction reduction) {
        List<String> table = new ArrayList<>();
        for (int[] entry : reduction.entries()) {
            for (int k = 0; k < 2 * pairs; k++) {
                table.add(Integer.toString(k >= entry.length ? zero : entry[k] == Reduction.ONE ? one : row(entry[k])));
            }
        }
        return String.join(",", table);
    }
}
