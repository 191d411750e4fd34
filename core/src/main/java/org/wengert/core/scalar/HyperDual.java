package org.wengert.core.scalar;

import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;

/**
 * A hyper-dual number x + Σᵢ aᵢ εᵢ + b δ + Σᵢ abᵢ εᵢδ with εᵢ εⱼ = δ² = 0: a value, a chunk of tangent columns a,
 * the tangent along ONE second direction b, and the mixed second derivatives of each column with it.
 *
 * <p>For z = f(x, y) the tangents follow the chain rule of {@link Dual}, and with the tangents of the partial
 * derivatives along b,
 *
 * <pre>
 * p = fxx·x.b + fxy·y.b,    q = fxy·x.b + fyy·y.b,
 * z.abᵢ = fx·x.abᵢ + fy·y.abᵢ + p·x.aᵢ + q·y.aᵢ.
 * </pre>
 *
 * <p>p and q do not depend on the lane, so a second derivative costs little more than a first one. Seeded
 * with unit vectors in the columns and v along b, a function returns those entries of its gradient (a) and of
 * its Hessian-vector product H·v (ab): the whole of both takes ⌈n/8⌉ passes.
 *
 * <p>Zeros and NaN: as in {@link Dual}, a tangent that is zero stays zero whatever it is multiplied with; in
 * p·aᵢ both factors are tangents, so a zero in either absorbs.
 *
 * <p>Source: J. A. Fike and J. J. Alonso, "The development of hyper-dual numbers for exact second-derivative
 * calculations", AIAA 2011-886; here with a chunk of first directions for one second direction.
 */
public sealed interface HyperDual extends Scalar permits HyperDual1, HyperDual4, HyperDual8 {

    /** The differentiation whose derivatives these are. */
    Differentiation of();

    /** How many columns this number carries. */
    int lanes();

    /** The tangent of a column, 0 ≤ lane &lt; {@link #lanes}. */
    double a(int lane);

    /** The tangent along the second direction. */
    double b();

    /** The second derivative along a column and the second direction, 0 ≤ lane &lt; {@link #lanes}. */
    double ab(int lane);

    @Override
    default int order() {
        return 2;
    }

    @Override
    HyperDual unaryMinus();

    @Override
    HyperDual apply(Unary f);

    @Override
    HyperDual apply(Binary f, double right);

    @Override
    HyperDual applyRight(double left, Binary f);

    /**
     * An independent variable in the smallest chunk that holds the columns; lanes beyond them are 0.
     *
     * @param of      the differentiation the derivatives belong to
     * @param value   the value
     * @param columns the tangents of 1 to 8 columns; copied
     * @param b       the tangent along the second direction
     * @throws IllegalArgumentException if there are no columns or more than 8
     */
    static HyperDual of(Differentiation of, double value, double[] columns, double b) {
        return Lanes.hyperDual(of, value, columns, b);
    }
}
