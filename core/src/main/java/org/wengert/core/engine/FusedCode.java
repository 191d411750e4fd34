package org.wengert.core.engine;

import java.util.Arrays;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;

/** The fused kernel of a program: its parts, one after the other over a run of points that fits in the cache. */
final class FusedCode implements TileCode {

    private final FusedEngine engine;
    private final FusedPart[] parts;
    private final FusedLayout layout;
    private final int run;
    private final boolean hasGuards;
    private final boolean checksNumbers;
    private final boolean checksOthers;
    private final int failures;
    private final int[] checked;

    FusedCode(FusedEngine engine, FusedPlan plan, FusedLayout layout, FusedPart[] parts, int run) {
        Program p = plan.p;
        this.engine = engine;
        this.parts = parts;
        this.layout = layout;
        this.run = run;
        this.hasGuards = !p.guards().isEmpty();
        this.checksNumbers = plan.checksNumbers;
        this.checksOthers = plan.checksOthers;
        this.failures = p.outputs() * STRIDE;
        this.checked = p.guards().stream()
                .filter(plan::isNumberCheck)
                .mapToInt(g -> plan.outputsOf(g.left()).getFirst() * STRIDE)
                .toArray();
    }

    /** What has made this. */
    FusedEngine engine() {
        return engine;
    }

    /** Part i of the program. */
    FusedPart part(int i) {
        return parts[i];
    }

    @Override
    public int scratch() {
        return layout.scratch();
    }

    @Override
    public void run(double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch, int points) {
        if (hasGuards && !checksOthers) {
            Arrays.fill(out, outAt + failures, outAt + failures + points, 0);
        }
        for (int base = 0; base < points; base += run) {
            int count = Math.min(run, points - base);
            for (FusedPart part : parts) {
                part.run(uniform, in, inAt + base, out, outAt + base, scratch, count);
            }
            if (checksNumbers && layout.mayBeNaN(scratch, count)) {
                lookForNaN(out, outAt + base, scratch, count);
            }
        }
    }

    /** The sum of x·0 at a point is not 0 if a checked output is NaN or infinite there, and only then is a look due. */
    private void lookForNaN(double[] out, int outAt, double[] scratch, int points) {
        int numbers = layout.numbersAt();
        for (int i = 0; i < points; i++) {
            if (scratch[numbers + i] != 0 && isNaNSomewhere(out, outAt + i)) {
                out[outAt + failures + i] = Double.NaN;
            }
        }
    }

    private boolean isNaNSomewhere(double[] out, int at) {
        for (int column : checked) {
            if (Double.isNaN(out[at + column])) {
                return true;
            }
        }
        return false;
    }
}
