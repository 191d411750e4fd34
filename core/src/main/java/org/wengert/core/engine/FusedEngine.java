package org.wengert.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.wengert.core.engine.FusedPlan.Outputs;
import org.wengert.core.program.Program;
import org.wengert.core.simd.Kernels;

/**
 * Fused kernels: a program becomes one class of straight-line code, whose values live in registers. Compiling takes
 * milliseconds, and the JIT compiler a fraction of a second more before the code is fast: until then it is slower than
 * any other engine, which is why {@link CompileQueue} warms it up in the background.
 *
 * <p>Where there are no vectors (see {@link Kernels}) the code is plain double arithmetic, one point after the other.
 *
 * <p>Stateless and thread safe. Classes go when the code that was made of them is no longer reachable.
 */
public final class FusedEngine implements Engine {

    private static final FusedEngine FAST = new FusedEngine(false);
    private static final FusedEngine REPRODUCIBLE = new FusedEngine(true);

    /**
     * How many points go through all parts before the next points do: few, so that what goes from one block to another stays in the
     * innermost cache, and enough for the loops around blocks to cost nothing.
     */
    private static final int RUN = Integer.getInteger("wengert.fused.run", 64);

    /** How many blocks a class holds: its constants are limited. */
    private static final int BLOCKS = 32;

    private final boolean reproducible;
    private final int bits;

    private FusedEngine(boolean reproducible) {
        this.reproducible = reproducible;
        this.bits = Kernels.best().bits();
    }

    /**
     * The fastest code: transcendental functions are the JDK's vector mathematics (within 1 ulp), and a product that is
     * used by one sum alone is not rounded before it is added. Results differ from the program's own in the last bits.
     */
    public static FusedEngine fast() {
        return FAST;
    }

    /** Code with the results of {@link Program#run}, bit for bit. */
    public static FusedEngine reproducible() {
        return REPRODUCIBLE;
    }

    @Override
    public TileCode compile(Program program) {
        var vectorForms = new FusedVectorForms(FusedFormat.DOUBLE, bits, reproducible);
        FusedPlan plan = plan(program, vectorForms, Outputs.CHECKED_TOGETHER);
        FusedLayout layout = FusedLayout.of(plan, RUN);
        FusedPart[] parts = parts(plan, layout, writer(plan, layout, vectorForms, FusedFrame.ofTile(layout.stride())));
        return new FusedCode(this, plan, layout, parts, RUN);
    }

    /** Sums with the bits of those over the columns of {@link #compile}. */
    @Override
    public SumCode sums(Program program) {
        var vectorForms = new FusedVectorForms(FusedFormat.DOUBLE, bits, reproducible);
        FusedPlan plan = plan(program, vectorForms, Outputs.SUMMED);
        FusedLayout layout = FusedLayout.of(plan, RUN);
        FusedFrame frame = FusedFrame.ofSums(layout.stride(), program.outputs(), layout.numbersAt());
        return new FusedSums(plan, layout, parts(plan, layout, writer(plan, layout, vectorForms, frame)), RUN);
    }

    private FusedPart[] parts(FusedPlan plan, FusedLayout layout, FusedClass.BlockWriter writer) {
        List<FusedPart> parts = new ArrayList<>();
        int k = 0;
        while (k < plan.steps.size()) {
            int from = k;
            if (!plan.steps.get(k).runsBlocks()) {
                parts.add(new FusedLanes(plan, plan.steps.get(k).pieces().getFirst().node(), layout.stride()));
                k++;
                continue;
            }
            while (k < plan.steps.size() && plan.steps.get(k).runsBlocks() && k - from < BLOCKS) {
                k++;
            }
            parts.add(FusedClass.load(FusedPart.class, FusedClass.part(plan, from, k, FusedFormat.DOUBLE, bits / 64, writer)));
        }
        return parts.toArray(FusedPart[]::new);
    }

    /**
     * The same code, bit for bit, for columns that lie anywhere.
     *
     * @param inputs  where the columns of the varying inputs are, in their order
     * @param outputs where the columns of the outputs are, and behind them that of failures
     * @throws UnsupportedOperationException if the program has rows that take an array of operands
     */
    PlacedCode compile(Program program, List<Column> inputs, List<Column> outputs) {
        var vectorForms = new FusedVectorForms(FusedFormat.DOUBLE, bits, reproducible);
        FusedPlan plan = plan(program, vectorForms, Outputs.CHECKED_TOGETHER);
        if (!plan.steps.stream().allMatch(FusedPlan.Step::runsBlocks)) {
            throw new UnsupportedOperationException("rows that take an array of operands need columns side by side");
        }
        FusedLayout layout = FusedLayout.of(plan, TileCode.WIDTH);
        FusedClass.BlockWriter writer =
                writer(plan, layout, vectorForms, FusedFrame.ofPlaces(layout.stride(), inputs, outputs));
        List<PlacedPart> parts = new ArrayList<>();
        for (int k = 0; k < plan.steps.size(); k += BLOCKS) {
            int to = Math.min(plan.steps.size(), k + BLOCKS);
            parts.add(FusedClass.load(PlacedPart.class, FusedClass.placed(plan, k, to, bits / 64, writer)));
        }
        return new PlacedCode(plan, layout, parts.toArray(PlacedPart[]::new), outputs);
    }

    /**
     * Vector code in single precision. Without vectors, for programs with rows that take an array of operands, and in reproducible
     * mode, the code is that of double precision, whose results are rounded.
     */
    @Override
    public SingleTileCode compileSingle(Program program) {
        if (bits == 64 || reproducible) {
            return new WidenedTile(program, compile(program));
        }
        var forms = new FusedVectorForms(FusedFormat.SINGLE, bits, false);
        FusedPlan plan = plan(program, forms, Outputs.CHECKED_TOGETHER);
        if (!plan.steps.stream().allMatch(FusedPlan.Step::runsBlocks)) {
            return new WidenedTile(program, compile(program));
        }
        FusedLayout layout = FusedLayout.of(plan, RUN);
        FusedFrame frame = FusedFrame.ofTile(layout.stride());
        FusedClass.BlockWriter writer = (code, k, classData) -> {
            FusedBlock block = plan.steps.get(k).isVector()
                    ? new FusedVectorBlock(code, plan, forms, bits, frame)
                    : new FusedWidenedBlock(code, plan, classData, forms, frame);
            block.write(k, layout);
        };
        List<FusedSinglePart> parts = new ArrayList<>();
        for (int k = 0; k < plan.steps.size(); k += BLOCKS) {
            int to = Math.min(plan.steps.size(), k + BLOCKS);
            parts.add(FusedClass.load(FusedSinglePart.class,
                    FusedClass.part(plan, k, to, FusedFormat.SINGLE, bits / FusedFormat.SINGLE.bits, writer)));
        }
        return new FusedSingleCode(plan, layout, parts.toArray(FusedSinglePart[]::new), RUN);
    }

    private FusedPlan plan(Program program, FusedVectorForms vectorForms, Outputs outputs) {
        FusedForms forms = bits > 64 ? vectorForms : new FusedScalarForms(!reproducible);
        return new FusedPlan(program, forms, !reproducible, outputs);
    }

    private FusedClass.BlockWriter writer(
            FusedPlan plan, FusedLayout layout, FusedVectorForms vectorForms, FusedFrame frame) {
        return (code, k, classData) -> {
            FusedBlock block = plan.steps.get(k).isVector()
                    ? new FusedVectorBlock(code, plan, vectorForms, bits, frame)
                    : new FusedScalarBlock(code, plan, classData, frame);
            block.write(k, layout);
        };
    }

    @Override
    public String description() {
        return "fused kernels, " + Kernels.best().description() + (reproducible ? ", reproducible" : "");
    }
}
