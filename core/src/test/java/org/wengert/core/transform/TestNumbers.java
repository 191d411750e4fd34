package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.function.Supplier;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.program.Program;
import org.wengert.core.program.Workspace;

/** What the tests of transforms share: rows, nasty numbers, and when two derivatives are the same. */
final class TestNumbers {

    static final double[] NASTY = {
        0.0, -0.0, 1, -1, 0.5, 2, 1e-300, -1e300, Double.MIN_VALUE, Double.MAX_VALUE,
        Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN
    };

    /**
     * The seed of random functions. It is fixed, because once in some thousands a random function is so badly
     * conditioned at its point that two right ways of computing its derivative differ.
     */
    static final String SEED = "42";

    private TestNumbers() {}

    /** All rows of the table. */
    static List<Elementary> rows() {
        return ElementaryTable.rows();
    }

    /** The largest finite number that a run has met: what rounding errors are measured by. */
    static double scale(Program p, Workspace w) {
        double scale = 0;
        for (int v = 0; v < p.nodes(); v++) {
            double size = Math.abs(w.value(v));
            if (size <= Double.MAX_VALUE) {
                scale = Math.max(scale, size);
            }
        }
        return scale;
    }

    /** Equal up to rounding errors on numbers of that scale; infinities and NaN must be the same. */
    static void close(double expected, double actual, double scale, Supplier<String> message) {
        boolean same = Double.isFinite(expected) && Double.isFinite(actual)
                ? Math.abs(expected - actual) <= 1e-10 * scale
                : Double.compare(expected, actual) == 0;
        if (!same) {
            fail("expected " + expected + " but was " + actual + " on numbers up to " + scale + ": " + message.get());
        }
    }
}
