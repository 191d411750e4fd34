package org.wengert.core.engine;

/** Numbers from one precision to the other. */
public final class Rounding {

    private Rounding() {}

    /**
     * Widens numbers, which changes none.
     *
     * @param from   holds them, from fromAt on; not changed
     * @param to     receives them, from toAt on
     * @param count  how many
     */
    public static void widen(float[] from, int fromAt, double[] to, int toAt, int count) {
        for (int i = 0; i < count; i++) {
            to[toAt + i] = from[fromAt + i];
        }
    }

    /**
     * Rounds numbers to the nearest float, of two that are as near to the even one; what is too large becomes infinite.
     *
     * @param from   holds them, from fromAt on; not changed
     * @param to     receives them, from toAt on
     * @param count  how many
     */
    public static void round(double[] from, int fromAt, float[] to, int toAt, int count) {
        for (int i = 0; i < count; i++) {
            to[toAt + i] = (float) from[fromAt + i];
        }
    }
}
