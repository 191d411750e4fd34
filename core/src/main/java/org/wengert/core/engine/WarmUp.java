package org.wengert.core.engine;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import org.wengert.core.program.Program;

/** Runs code on made-up points until the JIT compiler has made it fast, and times it against other code. */
final class WarmUp {

    /** Code that has not become faster for so long is as fast as it gets. */
    private static final long SETTLED_NANOS = 100_000_000;

    /** What is allowed for the JIT compiler, and for each operation on top. */
    private static final long PATIENCE_NANOS = 3_000_000_000L;
    private static final long PATIENCE_PER_OPERATION = 2_000_000;

    /** A run that takes so many times as long as the best has been interrupted. */
    private static final int INTERRUPTED = 4;

    private final IntConsumer slow;
    private final IntConsumer code;
    private final long patience;

    private WarmUp(Program p, IntConsumer slow, IntConsumer code) {
        this.slow = slow;
        this.code = code;
        this.patience = PATIENCE_NANOS + PATIENCE_PER_OPERATION * p.operations();
    }

    /** Of code, beside slower code. */
    static WarmUp of(Program p, TileCode slow, TileCode code) {
        double[] uniform = uniform(p);
        double[] in = columns(p);
        double[] out = new double[(p.outputs() + 1) * TileCode.STRIDE];
        double[] scratch = new double[Math.max(slow.scratch(), code.scratch())];
        return new WarmUp(p, points -> slow.run(uniform, in, 0, out, 0, scratch, points),
                points -> code.run(uniform, in, 0, out, 0, scratch, points));
    }

    /** Of code in single precision, beside slower code. */
    static WarmUp of(Program p, SingleTileCode slow, SingleTileCode code) {
        double[] uniform = uniform(p);
        double[] columns = columns(p);
        float[] in = new float[columns.length];
        for (int i = 0; i < in.length; i++) {
            in[i] = (float) columns[i];
        }
        float[] out = new float[(p.outputs() + 1) * TileCode.STRIDE];
        return new WarmUp(p, points -> slow.run(uniform, in, 0, out, 0, points),
                points -> code.run(uniform, in, 0, out, 0, points));
    }

    /** Of sums, beside others that take longer, both over code that computes columns. */
    static WarmUp of(Program p, TileCode code, SumCode slow, SumCode sums) {
        double[] uniform = uniform(p);
        double[] in = columns(p);
        double[] totals = new double[p.outputs() * SumCode.LANES];
        double[] out = new double[(p.outputs() + 1) * TileCode.STRIDE];
        double[] scratch = new double[Math.max(code.scratch(), Math.max(slow.scratch(), sums.scratch()))];
        return new WarmUp(p, points -> slow.run(code, uniform, in, 0, totals, 0, out, scratch, points),
                points -> {
                    Arrays.fill(totals, 0);
                    if (sums instanceof FusedSums fused) {
                        fused.add(uniform, in, 0, totals, 0, scratch, points); // made-up points may be off the path: that is no failure
                    } else {
                        sums.run(code, uniform, in, 0, totals, 0, out, scratch, points);
                    }
                });
    }

    private static double[] uniform(Program p) {
        double[] uniform = new double[p.firstVarying()];
        Uniforms.evaluate(p, new SplittableRandom(1).doubles(Uniforms.count(p), 0.5, 1.5).toArray(), uniform);
        return uniform;
    }

    private static double[] columns(Program p) {
        int columns = p.inputs() - Uniforms.count(p);
        return new SplittableRandom(2).doubles((long) columns * TileCode.STRIDE, 0.5, 1.5).toArray();
    }

    /**
     * Warms up.
     *
     * @return why the code is not to be used; empty if it is
     */
    String run() {
        long start = System.nanoTime();
        long best = Long.MAX_VALUE;
        long bestAt = start;
        long bestSlow = Long.MAX_VALUE;
        long round = 0;
        long spent = 0;
        while (true) {
            // One vector at a time while code is interpreted: the JIT compiler counts calls, not points.
            int points = best > 1_000_000 ? 8 : TileCode.WIDTH;
            long nanos = time(code, points);
            long now = System.nanoTime();
            // Time in which others had the processor, the JIT compiler among them, does not count.
            spent += Math.min(nanos, INTERRUPTED * Math.min(nanos, best)) * points / TileCode.WIDTH;
            if (nanos < best - best / 20) {
                bestAt = now;
            }
            best = Math.min(best, nanos);
            if (round++ % 16 == 0) {
                bestSlow = Math.min(bestSlow, time(slow, TileCode.WIDTH));
            }
            if (now - bestAt > SETTLED_NANOS && best < bestSlow) {
                return "";
            }
            if (spent > patience) {
                return best < bestSlow ? "" : "a tile takes " + best + " ns fused and " + bestSlow + " ns otherwise";
            }
        }
    }

    /** Nanoseconds for a tile. */
    private static long time(IntConsumer which, int points) {
        long start = System.nanoTime();
        which.accept(points);
        long nanos = System.nanoTime() - start;
        return nanos * (TileCode.WIDTH / points);
    }
}
