package org.wengert.core.engine;

import java.util.ArrayList;
import java.util.List;
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

    /** How many points go through all parts before the next points do. */
    private static final int RUN = Integer.getInteger("wengert.fused.run", TileCode.WIDTH);

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
        boolean vectors = bits > 64;
        var vectorForms = new FusedVectorForms(bits, reproducible);
        FusedForms forms = vectors ? vectorForms : new FusedScalarForms(!reproducible);
        var plan = new FusedPlan(program, forms, !reproducible, true);
        FusedLayout layout = FusedLayout.of(plan, RUN);
        FusedFrame frame = FusedFrame.ofTile(layout.stride());
        FusedClass.BlockWriter writer = (code, k, classData) -> {
            FusedBlock block = plan.steps.get(k).isVector()
                    ? new FusedVectorBlock(code, plan, vectorForms, bits, frame)
                    : new FusedScalarBlock(code, plan, classData, frame);
            block.write(k, layout);
        };
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
            parts.add(FusedClass.load(FusedPart.class, FusedClass.part(plan, from, k, bits / 64, writer)));
        }
        return new FusedCode(plan, layout, parts.toArray(FusedPart[]::new), RUN);
    }

    @Override
    public String description() {
        return "fused kernels, " + Kernels.best().description() + (reproducible ? ", reproducible" : "");
    }
}
