package org.wengert.core.scalar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;

/**
 * Operations on numbers that do not belong to the same differentiation. The result is a number of the outermost one,
 * to which the others are constants. Hyper-dual and Taylor numbers and recorded nodes are always
 * inside; two of those cannot be one inside the other, so they are refused.
 */
final class Mixed {

    private Mixed() {}

    static Scalar apply(Binary f, Scalar x, Scalar y) {
        Differentiation of = outermost(x, y);
        if (of == null) {
            throw refused(f.name(), x, y);
        }
        return ChainRule.apply(of, f, x, y);
    }

    static Scalar apply(Nary f, Scalar[] x) {
        Differentiation of = outermost(x);
        if (of == null) {
            throw refused(f.name(), x);
        }
        return ChainRule.apply(of, f, x);
    }

    /** The differentiation of greatest order of those whose numbers can be outside. */
    private static @Nullable Differentiation outermost(Scalar... numbers) {
        Differentiation greatest = null;
        for (Scalar x : numbers) {
            Differentiation of = switch (x) {
                case Dual d -> d.of();
                case Nested n -> n.of();
                default -> null;
            };
            if (of != null && (greatest == null || greatest != of && greatest.order() < of.order())) {
                greatest = of;
            }
        }
        return greatest;
    }

    private static IllegalArgumentException refused(String f, Scalar... numbers) {
        List<String> owners = new ArrayList<>();
        for (Scalar x : numbers) {
            switch (x) {
                case Real _ -> {}
                case Traced _ -> owners.add("a recording");
                default -> Differentiation.owners(x).forEach(of -> owners.add(of.toString()));
            }
        }
        return new IllegalArgumentException(f + " cannot mix numbers of " + String.join(" and ", owners)
                + ": " + Arrays.toString(numbers)
                + "; take the inner derivatives with Scalar points, first order at a time");
    }
}
