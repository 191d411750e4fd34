package org.wengert.core.engine;

import org.wengert.core.simd.Kernels;

/** The engines to choose from. */
public final class Engines {

    /** A program is hot that has run at so many points: compiling it takes the time of some million. */
    static final long HOT_POINTS = 50_000;

    private static final Engine STANDARD = swapping(new TileInterpreter(), FusedEngine.fast());
    private static final Engine STAGES = swapping(TileInterpreter.with(Kernels.scalar()), FusedEngine.fast());
    private static final Engine REPRODUCIBLE = swapping(TileInterpreter.reproducible(), FusedEngine.reproducible());
    private static final PointEngine POINT = PointEngine.fused();

    private Engines() {}

    private static Engine swapping(Engine interpreter, Engine fused) {
        return new HotSwap(interpreter, new WarmedEngine(fused, interpreter), HOT_POINTS, CompileQueue.shared());
    }

    /** The fastest there is: it may give other bits than the eager numbers, by the ulps that the documentation of batches states. */
    public static Engine standard() {
        return STANDARD;
    }

    /**
     * For the stages of one large point, which begin cold and with few points: the first calls are loops over doubles, which are no slower
     * than any other Java until they have been compiled. Loops over vectors are, hundreds of times.
     */
    static Engine stages() {
        return STAGES;
    }

    /** The fastest for one point at a time. */
    public static PointEngine point() {
        return POINT;
    }

    /** The fastest that gives the values of the eager numbers bit for bit, at every width of vectors. */
    public static Engine reproducible() {
        return REPRODUCIBLE;
    }

    /**
     * Whether code is being made in the background just now: it takes a processor from what runs beside it, and is about to replace slower
     * code. For measurements, which should wait until it is done.
     */
    public static boolean areCompiling() {
        return CompileQueue.isBusy();
    }
}
