package org.wengert.core.scalar;

import static org.wengert.core.scalar.Lanes.absorb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Arithmetic;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Piecewise;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Unary;
import org.wengert.core.formula.DerivativeFormulas;
import org.wengert.core.formula.Formula;

/**
 * The power series of a row applied to power series, found from what the row states of its derivatives.
 *
 * <p>A row y = f(x) says f' = d(x, y), a formula over rows. Along x(t) that is a differential equation
 * y' = d(x, y) x', and its series solution needs the coefficients of d one order below those of y. The rows
 * in d are series of the same kind, with differential equations of their own: sin leads to cos and cos back to sin;
 * tanh leads to sechSquared, which leads to both. Equal series are shared, so each row becomes a small system
 * of equations, which is solved one coefficient after another, as far as anybody asks. For exp, sin, tanh, … these are the
 * well-known recurrences; nothing here knows a derivative but for the four operations and powers.
 *
 * <p>The first two derivatives come from the row's {@code double} functions, which are right at kinks and ends
 * of the domain; formulas count from the third on.
 *
 * <p>Cost: O(K²) per series in the system for order K. How many there are does not depend on K for rows whose
 * derivatives lead back to themselves; those of others (gamma) are one more for each order.
 *
 * <p>Source: A. Griewank and A. Walther, "Evaluating Derivatives", 2nd ed., SIAM 2008, chapter 13;
 * R. E. Moore, "Interval Analysis", 1966.
 */
final class RowSeries implements Arithmetic<RowSeries.Node> {

    /** Products are right at zero too; beyond this exponent the recurrence is more accurate. */
    private static final int LARGEST_PRODUCT = 64;

    private final int order;
    private final Map<Object, Node> shared = new HashMap<>();

    private RowSeries(int order) {
        this.order = order;
    }

    /**
     * The coefficients of f(x) up to the order of the arguments.
     *
     * @param x one series per argument, all of the same length
     */
    static double[] of(Elementary f, double[]... x) {
        int order = x[0].length - 1;
        var system = new RowSeries(order);
        List<Node> arguments = new ArrayList<>(x.length);
        for (double[] series : x) {
            arguments.add(isConstant(series) ? system.constant(series[0]) : system.new Known(series));
        }
        double[] y = system.new Applied(f, arguments).upTo(Math.min(order, 2)).clone();
        if (order > 2 && !Double.isNaN(y[0])) {
            double[] rest = system.node(f, arguments).upTo(order);
            System.arraycopy(rest, 3, y, 3, order - 2);
        } else if (Double.isNaN(y[0])) {
            spreadNaN(y, x);
        }
        return y;
    }

    /** Where the value is NaN, so are all coefficients from the first on at which an argument moves. */
    static void spreadNaN(double[] y, double[]... x) {
        boolean moves = false;
        for (int k = 1; k < y.length; k++) {
            for (double[] series : x) {
                moves |= series[k] != 0;
            }
            y[k] = moves ? Double.NaN : 0;
        }
    }

    static boolean isConstant(double[] series) {
        return IntStream.range(1, series.length).allMatch(k -> series[k] == 0);
    }

    // A system of series

    /** A series whose coefficients are computed one after another, as far as they are asked for. */
    abstract class Node {
        final double[] c = new double[order + 1];
        int known;

        /** The coefficients, known up to order k at least. */
        final double[] upTo(int k) {
            for (; known <= k; known++) {
                c[known] = next(known);
            }
            return c;
        }

        abstract double next(int k);

        boolean isConstant() {
            return false;
        }
    }

    /** A given series. */
    private final class Known extends Node {
        Known(double[] series) {
            System.arraycopy(series, 0, c, 0, series.length);
            known = series.length;
        }

        @Override
        double next(int k) {
            throw new AssertionError("all coefficients are known");
        }
    }

    private final class Constant extends Node {
        Constant(double value) {
            c[0] = value;
            known = c.length;
        }

        @Override
        double next(int k) {
            return 0;
        }

        @Override
        boolean isConstant() {
            return true;
        }
    }

    /** x + s·y. */
    private final class Sum extends Node {
        private final Node x;
        private final double sign;
        private final Node y;

        Sum(Node x, double sign, Node y) {
            this.x = x;
            this.sign = sign;
            this.y = y;
        }

        @Override
        double next(int k) {
            return x.upTo(k)[k] + sign * y.upTo(k)[k];
        }
    }

    private final class Product extends Node {
        private final Node x;
        private final Node y;

        Product(Node x, Node y) {
            this.x = x;
            this.y = y;
        }

        @Override
        double next(int k) {
            double[] u = x.upTo(k);
            double[] v = y.upTo(k);
            return k == 0 ? u[0] * v[0] : Series.times(u, v, k);
        }
    }

    private final class Quotient extends Node {
        private final Node x;
        private final Node y;

        Quotient(Node x, Node y) {
            this.x = x;
            this.y = y;
        }

        @Override
        double next(int k) {
            double[] u = x.upTo(k);
            double[] v = y.upTo(k);
            return k == 0 ? u[0] / v[0] : Series.div(u, v, c, k);
        }
    }

    /** A power with constant exponent of a series that is not zero at t = 0. */
    private final class Power extends Node {
        private final double value;
        private final Node x;
        private final double exponent;

        Power(double value, Node x, double exponent) {
            this.value = value;
            this.x = x;
            this.exponent = exponent;
        }

        @Override
        double next(int k) {
            return k == 0 ? value : Series.power(x.upTo(k), exponent, c, k);
        }
    }

    /** A row, through its derivatives. */
    private final class Applied extends Node {
        private final Elementary f;
        private final List<Node> x;

        /** The partial derivatives along the arguments that move and matter; known with the value. */
        private final List<Partial> partials = new ArrayList<>();

        private double @Nullable [] slopes;

        Applied(Elementary f, List<Node> x) {
            this.f = f;
            this.x = x;
        }

        @Override
        double next(int k) {
            if (k == 0) {
                double[] at = at(x, 0);
                double value = value(f, at);
                double[] gradient = gradient(f, at, value);
                for (int i = 0; i < gradient.length; i++) {
                    if (!x.get(i).isConstant() && !Lanes.ignores(f, gradient[i])) {
                        partials.add(new Partial(this, i, gradient[i]));
                    }
                }
                return value;
            }
            double sum = 0;
            for (Partial d : partials) {
                sum += Series.chain(x.get(d.i).upTo(k), d.upTo(k - 1), k);
            }
            return sum;
        }

        /** The first-order coefficients of all partial derivatives, from the row's second ones. */
        double[] slopes() {
            if (slopes == null) {
                slopes = hessianTimes(f, at(x, 0), c[0], at(x, 1));
            }
            return slopes;
        }
    }

    /** ∂f/∂xᵢ: up to order 1 from the row's functions, from order 2 on from its formula. */
    private final class Partial extends Node {
        private final Applied z;
        private final int i;
        private @Nullable Node formula;

        Partial(Applied z, int i, double value) {
            this.z = z;
            this.i = i;
            c[0] = value;
            known = 1;
        }

        @Override
        double next(int k) {
            // Rows of users may have a formula but no second derivatives.
            if (k == 1 && !(z.f.notes().family() == Family.USER && DerivativeFormulas.exist(z.f))) {
                return z.slopes()[i];
            }
            if (formula == null) {
                formula = partial(z, i);
            }
            return formula.upTo(k)[k];
        }
    }

    // The series of a formula

    @Override
    public Node constant(double c) {
        return shared.computeIfAbsent(c, _ -> new Constant(c));
    }

    @Override
    public Node apply(Unary f, Node x) {
        return node(f, List.of(x));
    }

    @Override
    public Node apply(Binary f, Node x, Node y) {
        return node(f, List.of(x, y));
    }

    @Override
    public Node apply(Nary f, List<Node> x) {
        return node(f, x);
    }

    private record Application(Elementary f, List<RowSeries.Node> x) {}

    private Node node(Elementary f, List<Node> x) {
        if (x.stream().allMatch(Node::isConstant)) {
            return constant(value(f, at(x, 0)));
        }
        var key = new Application(f, x);
        Node node = shared.get(key);
        if (node == null) {
            node = fresh(f, x);
            shared.put(key, node);
        }
        return node;
    }

    private Node fresh(Elementary f, List<Node> x) {
        Node u = x.getFirst();
        Node v = x.getLast();
        if (f.equals(Operations.PLUS)) {
            return new Sum(u, 1, v);
        }
        if (f.equals(Operations.MINUS)) {
            return new Sum(u, -1, v);
        }
        if (f.equals(Operations.NEGATE)) {
            return new Sum(constant(-0.0), -1, u);
        }
        if (f.equals(Operations.TIMES)) {
            return isZero(u) || isZero(v) ? constant(0) : new Product(u, v);
        }
        if (f.equals(Operations.DIV)) {
            return new Quotient(u, v);
        }
        if (f.equals(Reductions.SUM)) {
            return balanced(Operations.PLUS, x);
        }
        if (f.equals(Reductions.PRODUCT)) {
            return balanced(Operations.TIMES, x);
        }
        if (f.equals(Piecewise.ABS)) {
            // Its formula, the sign of x, has no derivative at 0.
            return new Product(constant(Math.copySign(1, u.upTo(0)[0])), u);
        }
        Node power = power(f, x);
        return power != null ? power : new Applied(f, x);
    }

    /** A sum or product as a tree of little depth. */
    private Node balanced(Binary f, List<Node> x) {
        int n = x.size();
        return n == 1 ? x.getFirst() : apply(f, balanced(f, x.subList(0, n / 2)), balanced(f, x.subList(n / 2, n)));
    }

    private static boolean isZero(Node x) {
        return x.isConstant() && x.c[0] == 0;
    }

    /** The series if f is a power with constant exponent that needs no formula, else null. */
    private @Nullable Node power(Elementary f, List<Node> x) {
        Node base = x.getFirst();
        double exponent = exponent(f, x.getLast());
        double at = base.upTo(0)[0];
        if (exponent >= 0 && exponent == Math.rint(exponent) && (exponent <= LARGEST_PRODUCT || at == 0)) {
            return product(base, exponent);
        }
        return Double.isNaN(exponent) || at == 0 ? null : new Power(value(f, at(x, 0)), base, exponent);
    }

    /** p if f is a power x^p with constant exponent, else NaN. */
    private static double exponent(Elementary f, Node y) {
        return f.equals(Operations.SQUARE) ? 2
                : f.equals(Operations.RECIPROCAL) ? -1
                : f.equals(Powers.SQRT) ? 0.5
                : f.equals(Powers.CBRT) ? 1 / 3.0
                : f.equals(Powers.POW) && y.isConstant() ? y.c[0]
                : f.equals(Powers.ROOT_N) && y.isConstant() ? 1 / y.c[0]
                : Double.NaN;
    }

    /** xⁿ by repeated squaring. */
    private Node product(Node x, double n) {
        Node result = constant(1);
        Node square = x;
        for (double rest = n; rest > 0; rest = Math.floor(rest / 2)) {
            if (rest % 2 == 1) {
                result = result.isConstant() ? square : apply(Operations.TIMES, result, square);
            }
            if (rest > 1) {
                square = apply(Operations.TIMES, square, square);
            }
        }
        return result;
    }

    private Node partial(Applied z, int i) {
        if (!DerivativeFormulas.exist(z.f)) {
            throw new IllegalArgumentException("a series of order " + order + " needs the derivative of '" + z.f.name()
                    + "' as a formula, but its row states only its first two derivatives as functions");
        }
        return switch (z.f) {
            case Unary f -> evaluate(DerivativeFormulas.dx(f), List.of(z.x.getFirst(), z));
            case Binary f -> evaluate(
                    i == 0 ? DerivativeFormulas.dx(f) : DerivativeFormulas.dy(f),
                    List.of(z.x.getFirst(), z.x.getLast(), z));
            case Nary f when f.arity() == Nary.ANY -> {
                Formula d = DerivativeFormulas.partial(f, i);
                yield evaluate(d, List.of(z.x.get(i), z, rest(f, z.x, i, d)));
            }
            case Nary f -> {
                List<Node> arguments = new ArrayList<>(z.x);
                arguments.add(z);
                yield evaluate(DerivativeFormulas.partial(f, i), arguments);
            }
        };
    }

    /** f of the arguments but the i-th, if the formula asks for it. */
    private Node rest(Nary f, List<Node> x, int i, Formula d) {
        if (!d.uses("rest")) {
            return constant(Double.NaN);
        }
        List<Node> others = new ArrayList<>(x);
        others.remove(i);
        return others.isEmpty() ? constant(f.value(new double[0])) : apply(f, List.copyOf(others));
    }

    private Node evaluate(Formula formula, List<Node> arguments) {
        return formula.evaluate(this, arguments).getFirst();
    }

    // Values and derivatives of rows

    /** The coefficients of order k of the arguments. */
    private static double[] at(List<Node> x, int k) {
        double[] at = new double[x.size()];
        Arrays.setAll(at, i -> x.get(i).upTo(k)[k]);
        return at;
    }

    private static double value(Elementary f, double[] x) {
        return switch (f) {
            case Unary u -> u.value(x[0]);
            case Binary b -> b.value(x[0], x[1]);
            case Nary n -> n.value(x);
        };
    }

    private static double[] gradient(Elementary f, double[] x, double z) {
        return switch (f) {
            case Unary u -> new double[] {u.first(x[0], z)};
            case Binary b -> new double[] {b.fx(x[0], x[1], z), b.fy(x[0], x[1], z)};
            case Nary n -> n.gradient(x, z);
        };
    }

    private static double[] hessianTimes(Elementary f, double[] x, double z, double[] t) {
        return switch (f) {
            case Unary u -> new double[] {absorb(u.second(x[0], z, u.first(x[0], z)), t[0])};
            case Binary b -> {
                double xy = b.fxy(x[0], x[1], z);
                yield new double[] {
                    absorb(b.fxx(x[0], x[1], z), t[0]) + absorb(xy, t[1]),
                    absorb(xy, t[0]) + absorb(b.fyy(x[0], x[1], z), t[1])
                };
            }
            case Nary n -> n.hessianTimes(x, z, t);
        };
    }
}
