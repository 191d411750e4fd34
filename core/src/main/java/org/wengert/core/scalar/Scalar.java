package org.wengert.core.scalar;

import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Piecewise;
import org.wengert.core.elementary.Unary;

/**
 * A number that a user's function is written with: a value, and whatever derivatives the kind of number
 * carries along.
 *
 * <pre>{@code
 * Scalar f(Scalar x, Scalar y) {
 *     return x.times(y).plus(sin(x));
 * }
 * }</pre>
 *
 * <p>The operations are called {@code plus minus times div rem unaryMinus compareTo}, the names to which
 * Kotlin maps its operators. A {@code double} may stand on the right of each ({@code x.times(2)}); for
 * constants on the left, and for all other elementary functions, see {@link ScalarMath}.
 *
 * <p>{@link #value} is bit for bit what the same code computes with plain {@code double}s. Derivatives
 * follow these rules: where the value is NaN, so is the derivative in every active direction; a tangent
 * that is zero stays zero, whatever it is multiplied with; at kinks the documented choice is made.
 *
 * <p><b>Comparisons</b> look at values alone, as {@code <} does for doubles: -0.0 equals 0.0, and NaN is
 * neither less nor greater. {@link Object#equals}, in contrast, is about the whole number, derivatives included,
 * and is consistent with {@link Object#hashCode}: two numbers are equal if they have the same kind, belong to
 * the same differentiation, and all their components agree by {@link Double#compare} (so NaN equals NaN,
 * and -0.0 differs from 0.0). A number with a tangent therefore never equals a constant of the same value.
 *
 * <p>All implementations are immutable and may be shared between threads, but for {@link Traced}, which
 * belongs to the thread that records.
 */
public sealed interface Scalar extends Comparable<Scalar> permits Real, Dual, HyperDual, Taylor, Nested, Traced {

    /** The constant {@code value}. */
    static Scalar of(double value) {
        return new Real(value);
    }

    /** The primal: the value without derivatives. */
    double value();

    /** Whether this number certainly carries no derivative: a constant of every differentiation. */
    default boolean isConstant() {
        return false;
    }

    /**
     * The highest order of derivatives that this number can carry: 0 for constants, 1 for {@link Dual},
     * 2 for {@link HyperDual}, the degree of {@link Taylor} series, and the sum over the levels of {@link Nested} numbers.
     *
     * @throws IllegalStateException for a node of a recording, whose derivatives are taken later
     */
    int order();

    /**
     * The value as an {@code int}, rounded towards zero as {@code (int)} does.
     *
     * @throws ArithmeticException if this number carries a tangent that is not zero: the {@code int} would lose it
     */
    default int intValue() {
        return (int) Conversions.withoutTangents(this);
    }

    /**
     * The value as a {@code long}, rounded towards zero as {@code (long)} does.
     *
     * @throws ArithmeticException if this number carries a tangent that is not zero: the {@code long} would lose it
     */
    default long longValue() {
        return (long) Conversions.withoutTangents(this);
    }

    /** this + that. */
    Scalar plus(Scalar that);

    /** this + that. */
    Scalar plus(double that);

    /** this - that. */
    Scalar minus(Scalar that);

    /** this - that. */
    Scalar minus(double that);

    /** this · that. */
    Scalar times(Scalar that);

    /** this · that. */
    Scalar times(double that);

    /** this / that. */
    Scalar div(Scalar that);

    /** this / that. */
    Scalar div(double that);

    /** this % that: the remainder of the quotient rounded towards zero. */
    default Scalar rem(Scalar that) {
        return apply(Piecewise.REM, that);
    }

    /** this % that: the remainder of the quotient rounded towards zero. */
    default Scalar rem(double that) {
        return apply(Piecewise.REM, that);
    }

    /** left - this: the constant stands on the left. */
    default Scalar minusFrom(double left) {
        return applyRight(left, Operations.MINUS);
    }

    /** left / this: the constant stands on the left. */
    default Scalar divFrom(double left) {
        return applyRight(left, Operations.DIV);
    }

    /** -this. */
    Scalar unaryMinus();

    /** f(this). */
    Scalar apply(Unary f);

    /** f(this, right). */
    Scalar apply(Binary f, Scalar right);

    /** f(this, right). */
    Scalar apply(Binary f, double right);

    /** f(left, this): the constant stands on the left. */
    Scalar applyRight(double left, Binary f);

    /**
     * f(x₀, …, xₙ₋₁). {@link ScalarMath} finds the argument to call this on.
     *
     * @param f the row
     * @param x the arguments; this number is one of them; not changed
     */
    Scalar apply(Nary f, Scalar[] x);

    /**
     * Compares values: negative, zero or positive as this is less than, equal to or greater than that.
     * -0.0 equals 0.0. NaN counts as greater than every number and equal to itself, because an {@code int}
     * cannot say "unordered"; {@link #isLessThan} and its like answer as {@code <} does for doubles.
     *
     * <p>Not consistent with {@link Object#equals}, which compares derivatives too.
     */
    @Override
    default int compareTo(Scalar that) {
        return that instanceof Traced t ? Integer.compare(0, t.compareTo(value())) : compareTo(that.value());
    }

    /** {@link #compareTo(Scalar)} with a constant. */
    default int compareTo(double that) {
        double a = value();
        return a < that ? -1 : a > that ? 1 : a == that ? 0 : Double.compare(a, that);
    }

    /** {@code this < that} by value; false where either is NaN. */
    default boolean isLessThan(Scalar that) {
        return that instanceof Traced t ? t.isGreaterThan(value()) : value() < that.value();
    }

    /** {@code this < that} by value; false where either is NaN. */
    default boolean isLessThan(double that) {
        return value() < that;
    }

    /** {@code this <= that} by value; false where either is NaN. */
    default boolean isAtMost(Scalar that) {
        return that instanceof Traced t ? t.isAtLeast(value()) : value() <= that.value();
    }

    /** {@code this <= that} by value; false where either is NaN. */
    default boolean isAtMost(double that) {
        return value() <= that;
    }

    /** {@code this > that} by value; false where either is NaN. */
    default boolean isGreaterThan(Scalar that) {
        return that instanceof Traced t ? t.isLessThan(value()) : value() > that.value();
    }

    /** {@code this > that} by value; false where either is NaN. */
    default boolean isGreaterThan(double that) {
        return value() > that;
    }

    /** {@code this >= that} by value; false where either is NaN. */
    default boolean isAtLeast(Scalar that) {
        return that instanceof Traced t ? t.isAtMost(value()) : value() >= that.value();
    }

    /** {@code this >= that} by value; false where either is NaN. */
    default boolean isAtLeast(double that) {
        return value() >= that;
    }

    /** Whether the value is NaN. */
    default boolean isNaN() {
        return Double.isNaN(value());
    }
}
