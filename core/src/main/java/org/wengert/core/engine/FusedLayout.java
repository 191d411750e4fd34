package org.wengert.core.engine;

import java.util.Arrays;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;

/**
 * Where things lie in scratch space, and which step does what all others leave alone.
 *
 * @param stride      how far apart columns are
 * @param numbersAt   where the column of the sums of x·0 over checked outputs begins
 * @param firstGuards the first step that writes the column of failures
 * @param firstChecks the first step that writes the column of sums
 */
record FusedLayout(int stride, int numbersAt, int firstGuards, int firstChecks) {

    static FusedLayout of(FusedPlan plan, int points) {
        int stride = points + 8;
        int first = -1;
        for (int k = plan.steps.size() - 1; k >= 0; k--) {
            for (Guard g : plan.steps.get(k).guards()) {
                first = plan.isNumberCheck(g) ? first : k;
            }
        }
        int firstChecks = 0;
        while (plan.checksNumbers && !checks(plan, firstChecks)) {
            firstChecks++;
        }
        return new FusedLayout(stride, plan.slots * stride, first, firstChecks);
    }

    /** Whether a step looks at an output that must be a number. */
    private static boolean checks(FusedPlan plan, int k) {
        Program p = plan.p;
        return plan.steps.get(k).pieces().stream().anyMatch(piece -> plan.isChecked(piece.node()) && piece.to() == p.operandCount(piece.node()))
                || Arrays.stream(plan.copies(k)).map(p::output).anyMatch(plan::isChecked);
    }

    /** The length of scratch space. */
    int scratch() {
        return numbersAt + stride;
    }

    /**
     * Whether some of the sums of x·0 is not 0: a checked output is NaN or infinite at that point, or very large. Plain Java, in eight sums
     * that do not wait for one another: a loop over vectors would be no faster, and very slow until it has been compiled.
     */
    boolean mayBeNaN(double[] scratch, int points) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        double e = 0;
        double f = 0;
        double g = 0;
        double h = 0;
        int k = numbersAt;
        int end = numbersAt + points;
        for (; k + 7 < end; k += 8) {
            a += scratch[k];
            b += scratch[k + 1];
            c += scratch[k + 2];
            d += scratch[k + 3];
            e += scratch[k + 4];
            f += scratch[k + 5];
            g += scratch[k + 6];
            h += scratch[k + 7];
        }
        for (; k < end; k++) {
            a += scratch[k];
        }
        return ((a + b) + (c + d)) + ((e + f) + (g + h)) != 0;
    }
}
