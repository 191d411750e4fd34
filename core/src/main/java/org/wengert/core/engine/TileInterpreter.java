package org.wengert.core.engine;

import java.util.Objects;
import org.wengert.core.program.Program;
import org.wengert.core.simd.Kernels;

/**
 * Runs a program one operation after the other, each as one vector loop over the points of a tile. Fast from the first call on:
 * what has to be compiled are the loops, of which all programs share the same few.
 *
 * <p>Arithmetic gives the bits of {@link Program#run}. Transcendental functions are those of {@link Kernels#best}, which may differ
 * by some ulp; {@link #reproducible} gives up their speed for equal bits.
 */
public final class TileInterpreter implements Engine {

    private final Kernels kernels;
    private final boolean reproducible;

    /** With the fastest kernels there are. */
    public TileInterpreter() {
        this(Kernels.best(), false);
    }

    private TileInterpreter(Kernels kernels, boolean reproducible) {
        this.kernels = kernels;
        this.reproducible = reproducible;
    }

    /** With the given kernels. */
    public static TileInterpreter with(Kernels kernels) {
        return new TileInterpreter(Objects.requireNonNull(kernels, "kernels"), false);
    }

    /** With kernels that give the eager values bit for bit, on vector units where that is possible. */
    public static TileInterpreter reproducible() {
        return new TileInterpreter(Kernels.best().reproducible(), true);
    }

    @Override
    public TileCode compile(Program program) {
        return new Lowering(program, kernels, reproducible).code();
    }

    @Override
    public String description() {
        return "tile interpreter, " + kernels.description() + (reproducible ? ", reproducible" : "");
    }
}
