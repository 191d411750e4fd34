package org.wengert.core.engine;

import java.util.Arrays;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;

/** The fused kernel of a program: its parts, one after the other over a run of points that fits in the cache. */
final class FusedCode implements TileCode {

    private final FusedPart[] parts;
    private final FusedLayout layout;
    private final int run;
    private final boolean hasGuards;
    private final boolean checksNumbers;
    private final boolean checksOthers;
    private final int failures;
    private final int[] checked;

    FusedCode(FusedPlan plan, FusedLayout layout, FusedPart[] parts, int run) {
        Program p = plan.p;
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
        if (checksNumbers) {
            Arrays.fill(scratch, layout.numbersAt(), layout.numbersAt() + 8, 0);
        }
        for (int base = 0; base < points; base += run) {
            int count = Math.min(run, points - base);
            for (FusedPart part : parts) {
                part.run(uniform, in, inAt + base, out, outAt + base, scratch, count);
            }
        }
        if (hasGuards) {
            if (!checksOthers) {
                Arrays.fill(out, outAt + failures, outAt + failures + points, 0);
            }
            if (checksNumbers) {
                lookForNaN(out, outAt, scratch, points);
            }
        }
    }

    /** The sum over a tile of x·0 is not 0 if a checked output is NaN or infinite somewhere, and only then is a look due. */
    private void lookForNaN(double[] out, int outAt, double[] scratch, int points) {
        boolean clean = true;
        for (int i = 0; i < 8; i++) {
            clean &= scratch[layout.numbersAt() + i] == 0;
        }
        if (clean) {
            return;
        }
        for (int column : checked) {
            for (int i = 0; i < points; i++) {
                if (Double.isNaN(out[outAt + column + i])) {
                    out[outAt + failures + i] = Double.NaN;
                }
            }
        }
    }
}
