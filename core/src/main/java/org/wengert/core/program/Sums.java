package org.wengert.core.program;

import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Reductions;

/** The n-ary sum into which programs gather long chains of additions. */
public final class Sums {

    /** (…((x₀ + x₁) + x₂) + …) + xₙ₋₁, added from left to right: bit for bit what the chain of additions gives. */
    public static final Nary SUM = Reductions.SUM;

    private Sums() {}
}
