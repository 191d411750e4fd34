package org.wengert.core.transform;

import java.util.List;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Notes;
import org.wengert.core.elementary.Unary;

/**
 * Partial derivatives, as rows, of rows that state them as {@code double} functions only: a user's function, a
 * library call, a solver's result. Such a row knows its first and second partials, so that two transforms can
 * be applied to it, one after the other; a third is refused.
 */
final class OpaquePartials {

    /** Stands where a partial is not known, so that it can be told before anything runs. */
    private enum Unknown implements Unary.First, Unary.Second, Binary.Partial, Nary.First, Nary.Second {
        UNKNOWN;

        @Override
        public double at(double x, double y) {
            return Double.NaN;
        }

        @Override
        public double at(double x, double y, double z) {
            return Double.NaN;
        }

        @Override
        public double at(double[] x, double z, int i) {
            return Double.NaN;
        }

        @Override
        public double at(double[] x, double z, int i, int j) {
            return Double.NaN;
        }
    }

    private OpaquePartials() {}

    /**
     * ∂f/∂xᵢ as a row of the same arguments.
     *
     * @throws IllegalArgumentException if f is itself a second partial of such a row
     */
    static Elementary of(Elementary f, int i) {
        return switch (f) {
            case Unary u -> of(known(u, u.first()));
            case Binary b when i == 0 -> dx(known(b, b.fx()));
            case Binary b -> dy(known(b, b.fy()));
            case Nary n -> of(known(n, n.first()), i);
        };
    }

    private static <F extends Elementary> F known(F f, Object partial) {
        if (partial == Unknown.UNKNOWN) {
            throw new IllegalArgumentException("third derivatives need the derivatives of a row as formulas, but "
                    + f.name().replaceAll("_.*", "") + " states them as double functions only");
        }
        return f;
    }

    private static Unary of(Unary f) {
        return new Unary(
                f.name() + "_x", x -> f.first(x, f.value(x)),
                f.second() instanceof Unknown u ? u : (x, d) -> f.second(x, f.value(x), d), Unknown.UNKNOWN,
                "", notes(f));
    }

    private static Binary dx(Binary f) {
        return new Binary(
                f.name() + "_x", (x, y) -> f.fx(x, y, f.value(x, y)),
                f.fxx() instanceof Unknown u ? u : (x, y, z) -> f.fxx(x, y, f.value(x, y)),
                f.fxy() instanceof Unknown u ? u : (x, y, z) -> f.fxy(x, y, f.value(x, y)),
                Unknown.UNKNOWN, Unknown.UNKNOWN, Unknown.UNKNOWN, "", "", notes(f));
    }

    private static Binary dy(Binary f) {
        return new Binary(
                f.name() + "_y", (x, y) -> f.fy(x, y, f.value(x, y)),
                f.fxy() instanceof Unknown u ? u : (x, y, z) -> f.fxy(x, y, f.value(x, y)),
                f.fyy() instanceof Unknown u ? u : (x, y, z) -> f.fyy(x, y, f.value(x, y)),
                Unknown.UNKNOWN, Unknown.UNKNOWN, Unknown.UNKNOWN, "", "", notes(f));
    }

    private static Nary of(Nary f, int i) {
        return new Nary(
                f.name() + "_x" + i, f.arity(), x -> f.first(x, f.value(x), i),
                f.second() instanceof Unknown u ? u : (x, z, j) -> f.second(x, f.value(x), i, j), Unknown.UNKNOWN,
                List.of(), notes(f));
    }

    private static Notes notes(Elementary f) {
        Family family = f.notes().family();
        return new Notes(family, "partial derivative of " + f.name(), f.notes().firstUlps(), f.notes().secondUlps(),
                Double.POSITIVE_INFINITY, "", "");
    }
}
