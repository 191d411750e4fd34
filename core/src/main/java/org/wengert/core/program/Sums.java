package org.wengert.core.program;

import java.util.List;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Notes;

/** The n-ary sum into which programs gather long chains of additions. */
public final class Sums {

    /** (…((x₀ + x₁) + x₂) + …) + xₙ₋₁, added from left to right: bit for bit what the chain of additions gives. */
    public static final Nary SUM = new Nary(
            "sum", Nary.ANY, Sums::leftToRight, (x, z, i) -> 1, (x, z, i, j) -> 0, List.of("1"),
            new Notes(Family.REDUCTION, "x0 + x1 + ...", 0.5, 0, 0, "", ""));

    private Sums() {}

    private static double leftToRight(double[] x) {
        double sum = x[0];
        for (int i = 1; i < x.length; i++) {
            sum += x[i];
        }
        return sum;
    }
}
