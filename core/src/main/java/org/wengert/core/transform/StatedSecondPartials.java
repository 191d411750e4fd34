package org.wengert.core.transform;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Hyperbolics;
import org.wengert.core.elementary.Trigonometry;
import org.wengert.core.formula.Formula;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;

/**
 * Second partial derivatives that are stated, since the formula of the first would give them with fewer digits, or as
 * 0 · ∞ at an end of the domain: there a factor that vanishes stands beside one that is infinite, and only the whole has a limit.
 * They take fewer operations, too.
 */
final class StatedSecondPartials {

    private static final String ASIN = "x/((1-x)*(1+x))/sqrt((1-x)*(1+x))";

    /** By row, the lower triangle by rows, in {@code x} and {@code y}. */
    private static final Map<Elementary, List<String>> FORMULAS = Map.of(
            Trigonometry.ASIN, List.of(ASIN),
            Trigonometry.ACOS, List.of("-" + ASIN),
            // Not divided by x² - 1, which overflows.
            Hyperbolics.ACOSH, List.of("-x/(sqrt(x-1)*sqrt(x+1))/(x-1)/(x+1)"),
            // x² - y² as a product: the difference of the squares would cancel, and each could overflow.
            Trigonometry.ATAN2, List.of(
                    "-2*(x/hypot(x,y)/hypot(x,y))*(y/hypot(x,y)/hypot(x,y))",
                    "(x-y)/hypot(x,y)*((x+y)/hypot(x,y))/hypot(x,y)/hypot(x,y)",
                    "2*(x/hypot(x,y)/hypot(x,y))*(y/hypot(x,y)/hypot(x,y))"));

    private StatedSecondPartials() {}

    /** The arguments of the row to its second partials, the lower triangle by rows; null if they are not stated. */
    static @Nullable Program of(Elementary row) {
        List<String> texts = FORMULAS.get(row);
        if (texts == null) {
            return null;
        }
        var g = new ProgramBuilder();
        List<String> names = texts.size() == 1 ? List.of("x") : List.of("x", "y");
        List<Integer> x = names.stream().map(_ -> g.input()).toList();
        return g.build(texts.stream()
                .mapToInt(text -> Formula.parse(text).withNames(names).evaluate(g.arithmetic(), x).getFirst())
                .toArray());
    }
}
