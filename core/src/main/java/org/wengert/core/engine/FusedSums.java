package org.wengert.core.engine;

import org.wengert.core.program.Program;

/**
 * The fused kernel of a program that adds its outputs to running sums where they are made. Guards are looked at when a tile is done: if one
 * fails, the sums are set back, and the columns are computed after all. An output that is NaN makes its sum NaN, so that guards that
 * say of outputs that they are numbers need nothing but a look at the sums.
 */
final class FusedSums implements SumCode {

    /** If guards fail in more than one tile of so many, once there have been a few, columns are computed from the start. */
    private static final int RARELY = 4;
    private static final int FEW = 16;

    private final FusedPart[] parts;
    private final int run;
    private final SumCode columns;
    private final int outputs;
    private final boolean isGuarded;
    private final boolean checksOthers;
    private final int failuresAt;
    private final int keptAt;
    private final int[] checked;

    // Threads may lose each other's counts, which does no harm: the sums have the same bits either way.
    private int tiles;
    private int failed;

    FusedSums(FusedPlan plan, FusedLayout layout, FusedPart[] parts, int run) {
        Program p = plan.p;
        this.parts = parts;
        this.run = run;
        this.columns = new ColumnSums(p);
        this.outputs = p.outputs();
        this.isGuarded = !p.guards().isEmpty();
        this.checksOthers = plan.checksOthers;
        this.failuresAt = layout.numbersAt();
        this.keptAt = layout.scratch();
        this.checked = p.guards().stream()
                .filter(plan::isNumberCheck)
                .mapToInt(g -> plan.outputsOf(g.left()).getFirst())
                .toArray();
    }

    @Override
    public int scratch() {
        return keptAt + (isGuarded ? outputs * LANES : 0);
    }

    @Override
    public boolean run(
            TileCode code, double[] uniform, double[] in, int inAt, double[] sums, int sumsAt, double[] out, double[] scratch, int points) {
        if (points % LANES != 0 || tiles > FEW && failed > tiles / RARELY) {
            return columns.run(code, uniform, in, inAt, sums, sumsAt, out, scratch, points);
        }
        if (isGuarded) {
            System.arraycopy(sums, sumsAt, scratch, keptAt, outputs * LANES);
        }
        boolean holds = add(uniform, in, inAt, sums, sumsAt, scratch, points);
        if (isGuarded) {
            tiles++;
            if (!holds || mayBeNaN(sums, sumsAt)) {
                failed++;
                System.arraycopy(scratch, keptAt, sums, sumsAt, outputs * LANES);
                return columns.run(code, uniform, in, inAt, sums, sumsAt, out, scratch, points);
            }
        }
        return false;
    }

    /** Adds a tile of a multiple of 8 points, whatever the guards say; returns whether those hold that are not about numbers. */
    boolean add(double[] uniform, double[] in, int inAt, double[] sums, int sumsAt, double[] scratch, int points) {
        boolean holds = true;
        for (int base = 0; base < points; base += run) {
            int count = Math.min(run, points - base);
            for (FusedPart part : parts) {
                part.run(uniform, in, inAt + base, sums, sumsAt, scratch, count);
            }
            holds = holds && (!checksOthers || hold(scratch, count));
        }
        return holds;
    }

    private boolean hold(double[] scratch, int points) {
        for (int i = failuresAt; i < failuresAt + points; i++) {
            if (scratch[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a sum of outputs that must be numbers is NaN or infinite, or two of them together are. */
    private boolean mayBeNaN(double[] sums, int sumsAt) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        for (int output : checked) {
            int at = sumsAt + output * LANES;
            a += (sums[at] + sums[at + 4]) * 0;
            b += (sums[at + 1] + sums[at + 5]) * 0;
            c += (sums[at + 2] + sums[at + 6]) * 0;
            d += (sums[at + 3] + sums[at + 7]) * 0;
        }
        return (a + b) + (c + d) != 0;
    }
}
