package org.wengert.core.scalar;

import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Nary;

/** Operations on numbers that do not belong to the same differentiation. */
final class Mixed {

    private Mixed() {}

    static Scalar apply(Binary f, Scalar x, Scalar y) {
        throw refused(f, x, y);
    }

    static Scalar apply(Nary f, Scalar[] x) {
        throw refused(f, x);
    }

    private static IllegalArgumentException refused(Elementary f, Scalar... x) {
        return new IllegalArgumentException(f + " of numbers of two differentiations: " + java.util.Arrays.toString(x));
    }
}
