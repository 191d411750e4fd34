package org.wengert.core.scalar;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Nary;

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

    /** A product of two tangents: zero where either is. */
    static double cross(double s, double t) {
        return s == 0 || t == 0 ? 0 : s * t;
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
            case 0 -> throw new IllegalArgumentException("tangents must be at least 1, but were 0");
            default -> new DualWindow(of, value, 0, t.clone());
        };
    }

    /** The tangents of all ∂f/∂xᵢ along b: Σⱼ ∂²f/∂xᵢ∂xⱼ · xⱼ.b, where v are the values and z = f(v). */
    static double[] along(Nary f, Scalar[] x, double[] v, double z) {
        double[] b = new double[x.length];
        boolean any = false;
        for (int j = 0; j < x.length; j++) {
            b[j] = x[j] instanceof HyperDual y ? y.b() : 0;
            any |= b[j] != 0;
        }
        return any ? f.hessianTimes(v, z, b) : b;
    }

    static HyperDual hyperDual(Differentiation of, double value, double[] a, double b) {
        return switch (a.length) {
            case 1 -> new HyperDual1(of, value, a[0], b, 0);
            case 2, 3, 4 -> new HyperDual4(of, value, at(a, 0), at(a, 1), at(a, 2), at(a, 3), b, 0, 0, 0, 0);
            case 5, 6, 7, 8 -> new HyperDual8(
                    of, value,
                    at(a, 0), at(a, 1), at(a, 2), at(a, 3), at(a, 4), at(a, 5), at(a, 6), at(a, 7),
                    b,
                    0, 0, 0, 0, 0, 0, 0, 0);
            default -> throw new IllegalArgumentException(
                    "columns must be 1 to " + MOST + ", but were " + a.length
                            + "; more columns take more passes, as Differentiable does them");
        };
    }

    private static double at(double[] t, int i) {
        return i < t.length ? t[i] : 0;
    }

    static String toString(Dual x) {
        return x.value() + " + " + list(x.lanes(), x::tangent) + "ε";
    }

    static String toString(HyperDual x) {
        return x.value() + " + " + list(x.lanes(), x::a) + "ε + " + x.b() + "δ + " + list(x.lanes(), x::ab) + "εδ";
    }

    private static String list(int lanes, IntToDoubleFunction entry) {
        return IntStream.range(0, lanes).mapToDouble(entry).boxed().toList().toString();
    }
}
