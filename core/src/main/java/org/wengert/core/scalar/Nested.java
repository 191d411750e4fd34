package org.wengert.core.scalar;

import java.util.List;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Unary;

/**
 * A number of a differentiation within another: x + Σᵢ tᵢ εᵢ, where the primal x and the tangents tᵢ are
 * themselves numbers that may carry tangents of other differentiations.
 *
 * <p>Such numbers arise where numbers of two differentiations meet in one operation, and where derivatives are
 * taken at {@link Scalar} points. All differentiations have one total order, and the tangents of the greatest are
 * outside; so {@code D(x -> x * D(y -> x + y, 1), 1)} is 1, to any depth of nesting. The chain rule is
 * the one of {@link Dual}, computed in {@link Scalar} arithmetic from the derivative formulas of the rows.
 *
 * <p>A tangent that is the constant zero is skipped, whatever the partial. Comparisons look at the innermost value.
 * These numbers are slow next to dual numbers: use {@link HyperDual} or Taylor numbers, by way of the
 * operators for second and higher derivatives, where they serve.
 *
 * <p>Source: B. Pearlmutter and J. Siskind, "Perturbation confusion and referential transparency", IFL 2005;
 * O. Manzyuk et al., "Perturbation confusion in forward automatic differentiation of higher-order functions",
 * Journal of Functional Programming 29 (2019).
 *
 * @param of       the differentiation the tangents belong to
 * @param primal   the value, which carries no tangents of this differentiation
 * @param tangents the tangents, one per lane, which carry none either; lanes that are not named are zero; copied
 */
public record Nested(Differentiation of, Scalar primal, List<Scalar> tangents) implements Scalar {

    /** Copies the tangents. */
    public Nested {
        tangents = List.copyOf(tangents);
    }

    /**
     * An independent variable of a differentiation at a {@link Scalar} point.
     *
     * @param of       the differentiation; made by {@link Differentiation#within} of all points and tangents
     * @param primal   the point
     * @param tangents the tangents, one per lane
     */
    public static Scalar variable(Differentiation of, Scalar primal, List<? extends Scalar> tangents) {
        return number(of, primal, List.copyOf(tangents));
    }

    /** The simplest number with these tangents: the primal alone if all are constant zeros, a dual number if all are plain. */
    static Scalar number(Differentiation of, Scalar primal, List<Scalar> tangents) {
        if (tangents.stream().allMatch(ChainRule::isConstantZero)) {
            return primal;
        }
        if (primal instanceof Real && tangents.stream().allMatch(Real.class::isInstance)) {
            return Dual.of(of, primal.value(), tangents.stream().mapToDouble(Scalar::value).toArray());
        }
        return new Nested(of, primal, tangents);
    }

    /** A result without its tangents of a differentiation; other tangents stay. */
    public static Scalar primal(Differentiation of, Scalar result) {
        return switch (result) {
            case Dual d when d.of() == of -> new Real(d.value());
            case Nested n when n.of == of -> n.primal;
            case Nested n -> number(n.of, primal(of, n.primal), n.tangents.stream().map(t -> primal(of, t)).toList());
            default -> result;
        };
    }

    /** The tangent of a result that belongs to a differentiation; it may itself carry tangents of others. */
    public static Scalar tangent(Differentiation of, Scalar result, int lane) {
        return switch (result) {
            case Dual d when d.of() == of && lane < d.lanes() -> new Real(d.tangent(lane) + 0.0);
            case Nested n when n.of == of -> lane < n.tangents.size() ? n.tangents.get(lane) : Real.ZERO;
            case Nested n -> number(
                    n.of, tangent(of, n.primal, lane), n.tangents.stream().map(t -> tangent(of, t, lane)).toList());
            default -> Real.ZERO;
        };
    }

    /** The innermost value. */
    @Override
    public double value() {
        return primal.value();
    }

    @Override
    public int order() {
        return 1 + tangents.stream().mapToInt(Scalar::order).reduce(primal.order(), Math::max);
    }

    @Override
    public Scalar plus(Scalar that) {
        return apply(Operations.PLUS, that);
    }

    @Override
    public Scalar plus(double that) {
        return apply(Operations.PLUS, that);
    }

    @Override
    public Scalar minus(Scalar that) {
        return apply(Operations.MINUS, that);
    }

    @Override
    public Scalar minus(double that) {
        return apply(Operations.MINUS, that);
    }

    @Override
    public Scalar times(Scalar that) {
        return apply(Operations.TIMES, that);
    }

    @Override
    public Scalar times(double that) {
        return apply(Operations.TIMES, that);
    }

    @Override
    public Scalar div(Scalar that) {
        return apply(Operations.DIV, that);
    }

    @Override
    public Scalar div(double that) {
        return apply(Operations.DIV, that);
    }

    @Override
    public Scalar unaryMinus() {
        return new Nested(of, primal.unaryMinus(), tangents.stream().map(Scalar::unaryMinus).toList());
    }

    @Override
    public Scalar apply(Unary f) {
        return ChainRule.apply(of, f, this);
    }

    @Override
    public Scalar apply(Binary f, Scalar right) {
        return Mixed.apply(f, this, right);
    }

    @Override
    public Scalar apply(Binary f, double right) {
        return ChainRule.apply(of, f, this, new Real(right));
    }

    @Override
    public Scalar applyRight(double left, Binary f) {
        return ChainRule.apply(of, f, new Real(left), this);
    }

    @Override
    public Scalar apply(Nary f, Scalar[] x) {
        return Mixed.apply(f, x);
    }

    // Comparisons go to the primal, which may have to write down the answer.

    private static Scalar inner(Scalar x) {
        return x instanceof Nested n ? inner(n.primal) : x;
    }

    @Override
    public int compareTo(Scalar that) {
        return inner(this).compareTo(inner(that));
    }

    @Override
    public int compareTo(double that) {
        return inner(this).compareTo(that);
    }

    @Override
    public boolean isLessThan(Scalar that) {
        return inner(this).isLessThan(inner(that));
    }

    @Override
    public boolean isLessThan(double that) {
        return inner(this).isLessThan(that);
    }

    @Override
    public boolean isAtMost(Scalar that) {
        return inner(this).isAtMost(inner(that));
    }

    @Override
    public boolean isAtMost(double that) {
        return inner(this).isAtMost(that);
    }

    @Override
    public boolean isGreaterThan(Scalar that) {
        return inner(this).isGreaterThan(inner(that));
    }

    @Override
    public boolean isGreaterThan(double that) {
        return inner(this).isGreaterThan(that);
    }

    @Override
    public boolean isAtLeast(Scalar that) {
        return inner(this).isAtLeast(inner(that));
    }

    @Override
    public boolean isAtLeast(double that) {
        return inner(this).isAtLeast(that);
    }

    @Override
    public boolean isNaN() {
        return inner(this).isNaN();
    }

    @Override
    public String toString() {
        return "(" + primal + ") + " + tangents + "ε of " + of;
    }
}
