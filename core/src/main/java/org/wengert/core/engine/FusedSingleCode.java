package org.wengert.core.engine;

import java.util.Arrays;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;

/** The fused kernel of a program in single precision; the twin of {@link FusedCode}. */
final class FusedSingleCode implements SingleTileCode {

    private final FusedSinglePart[] parts;
    private final int run;
    private final Spares<float[]> scratch;
    private final int numbersAt;
    private final boolean hasGuards;
    private final boolean checksNumbers;
    private final boolean checksOthers;
    private final int failures;
    private final int[] checked;
    private final Guard[] uniformGuards;

    FusedSingleCode(FusedPlan plan, FusedLayout layout, FusedSinglePart[] parts, int run) {
        Program p = plan.p;
        this.parts = parts;
        this.run = run;
        int length = layout.scratch();
        this.scratch = new Spares<>(() -> new float[length]);
        this.numbersAt = layout.numbersAt();
        this.hasGuards = !p.guards().isEmpty();
        this.checksNumbers = plan.checksNumbers;
        this.checksOthers = plan.checksOthers;
        this.failures = p.outputs() * TileCode.STRIDE;
        this.uniformGuards = p.guards().stream().filter(g -> Uniforms.isUniform(p, g)).toArray(Guard[]::new);
        this.checked = p.guards().stream()
                .filter(g -> !Uniforms.isUniform(p, g) && plan.isNumberCheck(g))
                .mapToInt(g -> plan.outputsOf(g.left()).getFirst() * TileCode.STRIDE)
                .toArray();
    }

    @Override
    public void run(double[] uniform, float[] in, int inAt, float[] out, int outAt, int points) {
        float[] s = scratch.take();
        if (hasGuards && !checksOthers) {
            Arrays.fill(out, outAt + failures, outAt + failures + points, 0);
        }
        for (int base = 0; base < points; base += run) {
            int count = Math.min(run, points - base);
            for (FusedSinglePart part : parts) {
                part.run(uniform, in, inAt + base, out, outAt + base, s, count);
            }
            if (checksNumbers) {
                lookForNaN(out, outAt + base, s, count);
            }
        }
        scratch.give(s);
        if (!Uniforms.hold(uniformGuards, uniform)) {
            Arrays.fill(out, outAt + failures, outAt + failures + points, 1);
        }
    }

    /** As {@link FusedCode} does it. */
    private void lookForNaN(float[] out, int outAt, float[] s, int points) {
        for (int i = 0; i < points; i++) {
            if (s[numbersAt + i] != 0 && isNaNSomewhere(out, outAt + i)) {
                out[outAt + failures + i] = Float.NaN;
            }
        }
    }

    private boolean isNaNSomewhere(float[] out, int at) {
        for (int column : checked) {
            if (Float.isNaN(out[at + column])) {
                return true;
            }
        }
        return false;
    }
}
