package org.wengert.core.scalar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Notes;
import org.wengert.core.elementary.Unary;
import org.wengert.core.formula.DerivativeFormulas;
import org.wengert.core.formula.Formula;

/**
 * The chain rule in {@link Scalar} arithmetic: an argument is split into its primal and its tangents of ONE
 * differentiation, the row is applied to the primals, and each tangent is multiplied with the row's partial
 * derivative, a formula evaluated at the primals.
 */
final class ChainRule {

    /** partial · tangent where the partial is infinite or NaN and the tangent zero: 0, with the derivatives of a product. */
    private static final Binary ABSORB = new Binary(
            "absorb", (p, t) -> t == 0 ? 0 : p * t,
            (_, t, _) -> t, (p, _, _) -> p,
            (_, _, _) -> 0, (_, _, _) -> 1, (_, _, _) -> 0,
            "y", "x",
            new Notes(Family.ARITHMETIC, "x * y", 0.5, 0, 0, "0 where y is 0", ""));

    private ChainRule() {}

    static Scalar apply(Differentiation of, Unary f, Scalar x) {
        Scalar u = primal(of, x);
        Scalar y = u.apply(f);
        var sum = new Tangents(f, y);
        sum.add(DerivativeFormulas.dx(f), List.of(u, y), tangents(of, x));
        return Nested.number(of, y, sum.list());
    }

    static Scalar apply(Differentiation of, Binary f, Scalar x, Scalar y) {
        Scalar u = primal(of, x);
        Scalar v = primal(of, y);
        Scalar z = u.apply(f, v);
        List<Scalar> at = List.of(u, v, z);
        var sum = new Tangents(f, z);
        sum.add(DerivativeFormulas.dx(f), at, tangents(of, x));
        sum.add(DerivativeFormulas.dy(f), at, tangents(of, y));
        return Nested.number(of, z, sum.list());
    }

    static Scalar apply(Differentiation of, Nary f, Scalar[] x) {
        Scalar[] u = new Scalar[x.length];
        for (int i = 0; i < x.length; i++) {
            u[i] = primal(of, x[i]);
        }
        Scalar z = value(f, u);
        var sum = new Tangents(f, z);
        for (int i = 0; i < x.length; i++) {
            List<Scalar> t = tangents(of, x[i]);
            if (!t.isEmpty()) {
                sum.add(DerivativeFormulas.partial(f, i), arguments(f, u, z, i), t);
            }
        }
        return Nested.number(of, z, sum.list());
    }

    /** What the formula of the partial derivative by argument i is evaluated at. */
    private static List<Scalar> arguments(Nary f, Scalar[] u, Scalar z, int i) {
        if (f.arity() == Nary.ANY) {
            boolean looksAtRest = f.partials().getFirst().contains("rest");
            return List.of(u[i], z, looksAtRest ? value(f, without(u, i)) : Real.ZERO);
        }
        List<Scalar> arguments = new ArrayList<>(Arrays.asList(u));
        arguments.add(z);
        return arguments;
    }

    private static Scalar value(Nary f, Scalar[] x) {
        return x.length == 0 ? new Real(f.value(new double[0])) : ScalarArithmetic.INSTANCE.apply(f, List.of(x));
    }

    private static Scalar[] without(Scalar[] x, int i) {
        List<Scalar> others = new ArrayList<>(Arrays.asList(x));
        others.remove(i);
        return others.toArray(Scalar[]::new);
    }

    private static Scalar primal(Differentiation of, Scalar x) {
        return switch (x) {
            case Dual d when d.of() == of -> new Real(d.value());
            case Nested n when n.of() == of -> n.primal();
            default -> x;
        };
    }

    /** The tangents of x that belong to a differentiation, none if it has none. */
    private static List<Scalar> tangents(Differentiation of, Scalar x) {
        return switch (x) {
            case Dual d when d.of() == of -> {
                List<Scalar> t = new ArrayList<>(d.lanes());
                for (int lane = 0; lane < d.lanes(); lane++) {
                    t.add(new Real(d.tangent(lane)));
                }
                yield t;
            }
            case Nested n when n.of() == of -> n.tangents();
            default -> List.of();
        };
    }

    static boolean isConstantZero(Scalar x) {
        return x instanceof Real r && r.value() == 0;
    }

    /** The tangents of a result, as they are summed up argument by argument. */
    private static final class Tangents {

        private final Elementary f;
        private final boolean undefined;
        private final List<Scalar> sums = new ArrayList<>();

        /** For a result of f; where its value is NaN, so are all partials. */
        Tangents(Elementary f, Scalar result) {
            this.f = f;
            this.undefined = !isTraced(result) && Double.isNaN(result.value());
        }

        /** Adds partial · tangents, where the partial is a formula at the given numbers. */
        void add(Formula formula, List<Scalar> at, List<Scalar> tangents) {
            if (tangents.isEmpty()) {
                return;
            }
            // A number that names fewer lanes than another has zeros in the rest.
            while (sums.size() < tangents.size()) {
                sums.add(Real.ZERO);
            }
            Scalar partial = undefined
                    ? new Real(Double.NaN)
                    : formula.evaluate(ScalarArithmetic.INSTANCE, at).getFirst();
            if (f.notes().family() == Family.PIECEWISE && !isTraced(partial) && partial.value() == 0) {
                return;
            }
            for (int lane = 0; lane < tangents.size(); lane++) {
                Scalar t = tangents.get(lane);
                if (!isConstantZero(t)) {
                    Scalar product = product(partial, t);
                    sums.set(lane, isConstantZero(sums.get(lane)) ? product : sums.get(lane).plus(product));
                }
            }
        }

        List<Scalar> list() {
            return sums;
        }
    }

    private static Scalar product(Scalar partial, Scalar tangent) {
        if (isTraced(partial) || isTraced(tangent) || Lanes.isFinite(partial.value())) {
            return partial.times(tangent);
        }
        return partial.apply(ABSORB, tangent);
    }

    /** Whether this is a node of a recording inside, whose value must not be looked at without need. */
    private static boolean isTraced(Scalar x) {
        return x instanceof Traced || x instanceof Nested n && isTraced(n.primal());
    }
}
