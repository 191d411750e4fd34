package org.wengert.core.program;

import java.util.random.RandomGenerator;

/** Numbers that break rules: zeros of both signs, infinities, NaN, powers of two, extremes, and ordinary ones. */
final class NastyNumbers {

    static final double[] LIST = {
        0.0, -0.0, 1, -1, 2, -2, 0.5, -0.25, 3, 0.1, -7.3, 1e-300, -1e300, Double.MIN_VALUE, -Double.MIN_VALUE,
        Double.MIN_NORMAL, Double.MAX_VALUE, -Double.MAX_VALUE, 0x1p1023, 0x1p-1022, 0x1p-1074, 0x1p52,
        Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN
    };

    private NastyNumbers() {}

    /** One from the list in every second case, else of random sign and moderate size. */
    static double draw(RandomGenerator random) {
        return random.nextBoolean() ? LIST[random.nextInt(LIST.length)] : random.nextGaussian() * 3;
    }
}
