package org.wengert.core.transform;

/**
 * How a derivative program keeps the rules about zeros and NaN (see the description of this package).
 *
 * <p>The two agree wherever a guarded program is right: a plain product differs from a careful one only where it
 * is NaN, and a NaN goes on to the outputs, where it is noticed.
 */
public enum Zeros {

    /** In every product that may need it, and at every output. The program is right everywhere by itself. */
    ABSORBED,

    /**
     * By guards: all products are plain, and the program is right only where no output is NaN, which guards of the form
     * {@code v == v} on the outputs say. Faster, for whoever runs the {@link #ABSORBED} program at the few other points.
     */
    GUARDED
}
