package org.wengert.core.engine;

/** The engines to choose from. */
public final class Engines {

    private static final Engine STANDARD = new TileInterpreter();
    private static final Engine REPRODUCIBLE = TileInterpreter.reproducible();
    private static final PointEngine POINT = PointEngine.plain();

    private Engines() {}

    /** The fastest there is: it may give other bits than the eager numbers, by the ulps that the documentation of batches states. */
    public static Engine standard() {
        return STANDARD;
    }

    /** The fastest for one point at a time. */
    public static PointEngine point() {
        return POINT;
    }

    /** The fastest that gives the values of the eager numbers bit for bit, at every width of vectors. */
    public static Engine reproducible() {
        return REPRODUCIBLE;
    }
}
