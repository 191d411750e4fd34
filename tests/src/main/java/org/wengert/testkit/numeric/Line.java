package org.wengert.testkit.numeric;

import org.apache.commons.numbers.core.DD;

/** A function of n inputs with m outputs, looked at along a line: t ↦ f(x + t v). */
public interface Line {

    /** m. */
    int outputs();

    /** f(x + t v), m entries; NaN where f has no value. Calls with the same t return the same. */
    DD[] at(double t);

    /** How far the values of output i near x may be off, as far as can be told. */
    double noise(int i);

    /** The same, looked at from nearer: what is left if a pole is so near that its branches looked like noise; no bound. */
    double leastNoise(int i);

    /** The first steps to try, the largest first: distances on which f may change noticeably, in units of t. */
    double[] steps();

    /** How small steps are worth trying, relative to the first. */
    double smallest();

    /** What this is, in a few words, for messages. */
    String description();
}
