package org.wengert.core.engine;

import org.wengert.core.program.Guard;

/**
 * Where things lie in scratch space, and which step does what all others leave alone.
 *
 * @param stride      how far apart columns are
 * @param numbersAt   where the column of the sums of x·0 over checked outputs begins
 * @param copies      the step that copies outputs which are no operations
 * @param firstGuards the first step that writes the column of failures
 */
record FusedLayout(int stride, int numbersAt, int copies, int firstGuards) {

    static FusedLayout of(FusedPlan plan, int points) {
        int stride = points + 8;
        int copies = 0;
        while (!plan.steps.get(copies).runsBlocks()) {
            copies++;
        }
        int first = -1;
        for (int k = plan.steps.size() - 1; k >= 0; k--) {
            for (Guard g : plan.steps.get(k).guards()) {
                first = plan.isNumberCheck(g) ? first : k;
            }
        }
        return new FusedLayout(stride, plan.slots * stride, copies, first);
    }

    /** The length of scratch space. */
    int scratch() {
        return numbersAt + stride;
    }
}
