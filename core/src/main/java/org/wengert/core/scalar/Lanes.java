package org.wengert.core.scalar;

import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Family;

/** What the number types with tangents in fields have in common. */
final class Lanes {

    /** The most directions that one number carries. */
    static final int MOST = 8;

    private Lanes() {}

    /** Whether x is neither infinite nor NaN. */
    static boolean isFinite(double x) {
        return Math.abs(x) <= Double.MAX_VALUE;
    }

    /** partial · tangent, where a tangent of zero stays zero: 0·Inf and 0·NaN are 0 here. */
    static double absorb(double partial, double tangent) {
        return tangent == 0 ? 0 : partial * tangent;
    }

    /**
     * Whether the result of f does not depend on an argument at all: the partial derivative of a piecewise
     * function is zero. The argument is the branch not taken then, and even an infinite or NaN tangent of it
     * must not come through. Elsewhere a partial that happens to be zero is a number like any other.
     */
    static boolean ignores(Elementary f, double partial) {
        return partial == 0 && f.notes().family() == Family.PIECEWISE;
    }

    static Dual dual(Differentiation of, double value, double[] t) {
        return switch (t.length) {
            case 1 -> new Dual1(of, value, t[0]);
            case 2, 3, 4 -> new Dual4(of, value, at(t, 0), at(t, 1), at(t, 2), at(t, 3));
            case 5, 6, 7, 8 -> new Dual8(
                    of, value, at(t, 0), at(t, 1), at(t, 2), at(t, 3), at(t, 4), at(t, 5), at(t, 6), at(t, 7));
            default -> throw new IllegalArgumentException(
                    "tangents must be 1 to " + MOST + ", but were " + t.length
                            + "; more directions take more passes, as Differentiable does them");
        };
    }

    private static double at(double[] t, int i) {
        return i < t.length ? t[i] : 0;
    }

    static String toString(Dual x) {
        StringBuilder text = new StringBuilder().append(x.value()).append(" + [");
        for (int i = 0; i < x.lanes(); i++) {
            text.append(i == 0 ? "" : ", ").append(x.tangent(i));
        }
        return text.append("]ε").toString();
    }
}
