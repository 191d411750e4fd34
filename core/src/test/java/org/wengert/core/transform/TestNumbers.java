package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.function.Supplier;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Exponentials;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Trigonometry;
import org.wengert.core.program.Program;
import org.wengert.core.program.Workspace;

/** What the tests of transforms share: rows, nasty numbers, and when two derivatives are the same. */
final class TestNumbers {

    static final double[] NASTY = {
        0.0, -0.0, 1, -1, 0.5, 2, 1e-300, -1e300, Double.MIN_VALUE, Double.MAX_VALUE,
        Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN
    };

    private TestNumbers() {}

    /** All rows of the table. */
    static List<? extends Elementary> rows() {
        return List.of(
                Operations.PLUS, Operations.MINUS, Operations.TIMES, Operations.DIV, Operations.NEGATE,
                Exponentials.EXP, Trigonometry.SIN, Trigonometry.COS);
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

    /** A run of p at the point where its derivative d was run. */
    static Workspace at(Program p, Workspace w) {
        double[] x = new double[p.inputs()];
        for (int i = 0; i < x.length; i++) {
            x[i] = w.value(i);
        }
        Workspace workspace = p.newWorkspace();
        p.run(x, new double[p.outputs()], workspace);
        return workspace;
    }

    /** Whether all operations of a run gave finite numbers. */
    static boolean isFinite(Program p, Workspace w) {
        for (int v = 0; v < p.nodes(); v++) {
            if (!Double.isFinite(w.value(v)) && (p.isInput(v) || p.isOperation(v))) {
                return false;
            }
        }
        return true;
    }

    /** Equal up to rounding errors on numbers of that scale; infinities and NaN must be the same. */
    static void close(double expected, double actual, double scale, Supplier<String> message) {
        boolean same = Double.isFinite(expected) && Double.isFinite(actual)
                ? Math.abs(expected - actual) <= 1e-12 * scale
                : Double.compare(expected, actual) == 0;
        if (!same) {
            fail("expected " + expected + " but was " + actual + " on numbers up to " + scale + ": " + message.get());
        }
    }
}
