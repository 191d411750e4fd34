package org.wengert.core.engine;

import java.util.Objects;
import java.util.concurrent.Executor;
import org.wengert.core.program.Program;

/**
 * An engine that starts with one engine and goes on with another: the first compiles at once and serves until a program has run at so
 * many points that it counts as hot; then the second compiles it in the background, and takes over when that is done. If the second
 * cannot compile a program, whatever the reason, the first goes on.
 *
 * <p>Nothing but the code itself refers to what was compiled, so that it goes when the code goes.
 */
public final class HotSwap implements Engine {

    private final Engine first;
    private final Engine hot;
    private final long threshold;
    private final Executor background;

    /**
     * An engine made of two.
     *
     * @param first      compiles in no time
     * @param hot        compiles slowly, runs fast
     * @param threshold  at how many points a program is run by the first before it counts as hot, at least 0
     * @param background where the second compiles; must not run what it is given in the calling thread if that should not wait
     */
    public HotSwap(Engine first, Engine hot, long threshold, Executor background) {
        this.first = Objects.requireNonNull(first, "first");
        this.hot = Objects.requireNonNull(hot, "hot");
        if (threshold < 0) {
            throw new IllegalArgumentException("threshold must be at least 0, but was " + threshold);
        }
        this.threshold = threshold;
        this.background = Objects.requireNonNull(background, "background");
    }

    @Override
    public TileCode compile(Program program) {
        var swap = new Swap<TileCode>(program, hot::compile, threshold, background);
        TileCode counted = new Counted(first.compile(program), swap);
        swap.beginWith(counted);
        return new Code(counted, swap);
    }

    @Override
    public SingleTileCode compileSingle(Program program) {
        var swap = new Swap<SingleTileCode>(program, hot::compileSingle, threshold, background);
        SingleTileCode code = first.compileSingle(program);
        swap.beginWith((uniform, in, inAt, out, outAt, points) -> {
            code.run(uniform, in, inAt, out, outAt, points);
            swap.count(points);
        });
        return new SingleCode(swap);
    }

    @Override
    public SumCode sums(Program program) {
        var swap = new Swap<SumCode>(program, hot::sums, threshold, background);
        SumCode counted = new CountedSums(first.sums(program), swap);
        swap.beginWith(counted);
        return new Sums(counted, swap);
    }

    @Override
    public String description() {
        return first.description() + "; once hot " + hot.description();
    }

    /** The code of the first engine, which notes at how many points it has run. */
    private record Counted(TileCode code, Swap<TileCode> swap) implements TileCode {

        @Override
        public int scratch() {
            return code.scratch();
        }

        @Override
        public void run(double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch, int points) {
            code.run(uniform, in, inAt, out, outAt, scratch, points);
            swap.count(points);
        }
    }

    private record Code(TileCode counted, Swap<TileCode> swap) implements TileCode {

        @Override
        public TileCode now() {
            return swap.now();
        }

        /** What either engine needs; larger once the second has taken over, so ask {@link #now} for a whole call. */
        @Override
        public int scratch() {
            return swap.now().scratch();
        }

        @Override
        public void run(double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch, int points) {
            TileCode code = swap.now();
            (scratch.length >= code.scratch() ? code : counted).run(uniform, in, inAt, out, outAt, scratch, points);
        }
    }

    private record CountedSums(SumCode sums, Swap<SumCode> swap) implements SumCode {

        @Override
        public int scratch() {
            return sums.scratch();
        }

        @Override
        public boolean run(
                TileCode code, double[] uniform, double[] in, int inAt, double[] totals, int totalsAt, double[] out, double[] scratch, int points) {
            swap.count(points); // before the columns' own count, so that sums are made first
            return sums.run(code, uniform, in, inAt, totals, totalsAt, out, scratch, points);
        }
    }

    /** What serves now; it may need more scratch space than what served before, so ask {@link #now} for a whole call. */
    private record Sums(SumCode counted, Swap<SumCode> swap) implements SumCode {

        @Override
        public SumCode now() {
            return swap.now();
        }

        @Override
        public int scratch() {
            return swap.now().scratch();
        }

        @Override
        public boolean run(
                TileCode code, double[] uniform, double[] in, int inAt, double[] totals, int totalsAt, double[] out, double[] scratch, int points) {
            SumCode sums = swap.now();
            return (scratch.length >= sums.scratch() ? sums : counted).run(code, uniform, in, inAt, totals, totalsAt, out, scratch, points);
        }
    }

    private record SingleCode(Swap<SingleTileCode> swap) implements SingleTileCode {

        @Override
        public SingleTileCode now() {
            return swap.now();
        }

        @Override
        public void run(double[] uniform, float[] in, int inAt, float[] out, int outAt, int points) {
            swap.now().run(uniform, in, inAt, out, outAt, points);
        }
    }
}
