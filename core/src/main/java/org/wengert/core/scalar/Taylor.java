package org.wengert.core.scalar;

import static org.wengert.core.scalar.Lanes.absorb;

import java.util.Arrays;
import java.util.Objects;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Unary;

/**
 * A truncated power series x₀ + x₁ t + … + x_K tᴷ in one variable t. Carrying it through a function gives all
 * derivatives along a curve at once:
 *
 * <pre>
 * f(x(t)) = Σₖ yₖ tᵏ,   yₖ = (1/k!) dᵏ/dtᵏ f(x(t)) at t = 0
 * </pre>
 *
 * <p>With x(t) = x₀ + t these are the derivatives of a function of one variable; with xᵢ(t) = xᵢ + t vᵢ those of a function
 * of several variables along the direction v. Coefficients are scaled by 1/k!, so that neither they nor what is
 * computed on the way grows like k!.
 *
 * <p>How the elementary functions act on series follows from their rows alone: the value and the first two derivatives
 * from the row's functions, higher ones from the differential equation that the row's derivative formula
 * states. A row without a formula takes part up to order 2 and refuses above.
 *
 * <p><b>Accuracy.</b> The value is bit for bit that of plain {@code double} code. Higher coefficients carry the rounding
 * errors of about 2k operations each, small where the series converges well: relative to the largest terms of a
 * sum, as in any recurrence. <b>Zeros and NaN:</b> as in {@link Dual}, for each coefficient from the first on: one that is zero
 * stays zero, whatever it is multiplied with; where the value is NaN, so are all coefficients from the first that moves on.
 * <b>Cost:</b> O(K²) for each operation; a few times that for elementary functions.
 *
 * <p>Immutable, and may be shared between threads. Numbers meet only if they have the same differentiation and order.
 *
 * <p>Source: A. Griewank and A. Walther, "Evaluating Derivatives", 2nd ed., SIAM 2008, chapter 13; R. D. Neidinger,
 * "Introduction to automatic differentiation and MATLAB object-oriented programming", SIAM Review 52 (2010).
 */
public final class Taylor implements Scalar {

    private final Differentiation of;
    private final double[] c;

    private Taylor(Differentiation of, double[] coefficients) {
        this.of = of;
        this.c = coefficients;
    }

    /**
     * A series with the given coefficients.
     *
     * @param of           the differentiation it belongs to
     * @param coefficients x₀ to x_K, at least one; copied
     * @throws IllegalArgumentException if there are none
     */
    public static Taylor of(Differentiation of, double... coefficients) {
        Objects.requireNonNull(of, "of");
        if (coefficients.length == 0) {
            throw new IllegalArgumentException("coefficients must be at least 1, but were none");
        }
        return new Taylor(of, coefficients.clone());
    }

    /**
     * The straight line x + v t as a series of order K; x + t for v = 1.
     *
     * @param of    the differentiation it belongs to
     * @param x     the value at t = 0
     * @param v     the slope
     * @param order K, at least 0
     * @throws IllegalArgumentException if the order is negative
     */
    public static Taylor line(Differentiation of, double x, double v, int order) {
        Objects.requireNonNull(of, "of");
        if (order < 0) {
            throw new IllegalArgumentException("order must be at least 0, but was " + order);
        }
        double[] c = new double[order + 1];
        c[0] = x;
        if (order > 0) {
            c[1] = v;
        }
        return new Taylor(of, c);
    }

    /** The differentiation this series belongs to. */
    public Differentiation of() {
        return of;
    }

    /** K, the highest power of t that is kept. */
    @Override
    public int order() {
        return c.length - 1;
    }

    /** The coefficient of tᵏ, 0 ≤ k ≤ {@link #order}. */
    public double coefficient(int k) {
        return c[Objects.checkIndex(k, c.length)];
    }

    /** All coefficients, from that of t⁰ on; the caller's own. */
    public double[] coefficients() {
        return c.clone();
    }

    /** dᵏ/dtᵏ at t = 0: the coefficient of tᵏ times k!, 0 ≤ k ≤ {@link #order}. */
    public double derivative(int k) {
        double d = coefficient(k);
        for (int i = 2; i <= k; i++) {
            d *= i;
        }
        return d;
    }

    /** Whether any coefficient but the value is not zero. */
    boolean moves() {
        return !RowSeries.isConstant(c);
    }

    @Override
    public double value() {
        return c[0];
    }

    // The four operations

    @Override
    public Scalar plus(Scalar that) {
        return that instanceof Taylor y && y.of == of ? sum(y, 1)
                : that instanceof Real y ? plus(y.value()) : Mixed.apply(Operations.PLUS, this, that);
    }

    @Override
    public Taylor plus(double that) {
        return map(c[0] + that, 1);
    }

    @Override
    public Scalar minus(Scalar that) {
        return that instanceof Taylor y && y.of == of ? sum(y, -1)
                : that instanceof Real y ? minus(y.value()) : Mixed.apply(Operations.MINUS, this, that);
    }

    @Override
    public Taylor minus(double that) {
        return map(c[0] - that, 1);
    }

    @Override
    public Scalar times(Scalar that) {
        if (that instanceof Taylor y && y.of == of) {
            requireOrder(y);
            double[] z = new double[c.length];
            z[0] = c[0] * y.c[0];
            for (int k = 1; k < z.length; k++) {
                z[k] = Series.times(c, y.c, k);
            }
            return taylor(z, c, y.c);
        }
        return that instanceof Real y ? times(y.value()) : Mixed.apply(Operations.TIMES, this, that);
    }

    @Override
    public Taylor times(double that) {
        return map(c[0] * that, that);
    }

    @Override
    public Scalar div(Scalar that) {
        if (that instanceof Taylor y && y.of == of) {
            requireOrder(y);
            double[] z = new double[c.length];
            z[0] = c[0] / y.c[0];
            for (int k = 1; k < z.length; k++) {
                z[k] = Series.div(c, y.c, z, k);
            }
            return taylor(z, c, y.c);
        }
        return that instanceof Real y ? div(y.value()) : Mixed.apply(Operations.DIV, this, that);
    }

    @Override
    public Taylor div(double that) {
        double[] z = new double[c.length];
        z[0] = c[0] / that;
        for (int k = 1; k < z.length; k++) {
            z[k] = c[k] == 0 ? 0 : c[k] / that;
        }
        return taylor(z, c);
    }

    @Override
    public Taylor unaryMinus() {
        double[] z = new double[c.length];
        Arrays.setAll(z, k -> -c[k]);
        return new Taylor(of, z);
    }

    private Taylor sum(Taylor y, double sign) {
        requireOrder(y);
        double[] z = new double[c.length];
        Arrays.setAll(z, k -> c[k] + sign * y.c[k]);
        return taylor(z, c, y.c);
    }

    /** The value z, and all other coefficients times d. */
    private Taylor map(double z, double d) {
        double[] y = new double[c.length];
        Arrays.setAll(y, k -> k == 0 ? z : absorb(d, c[k]));
        return taylor(y, c);
    }

    // Rows

    @Override
    public Taylor apply(Unary f) {
        return new Taylor(of, RowSeries.of(f, c));
    }

    @Override
    public Scalar apply(Binary f, Scalar right) {
        if (f == Operations.PLUS) {
            return plus(right);
        }
        if (f == Operations.MINUS) {
            return minus(right);
        }
        if (f == Operations.TIMES) {
            return times(right);
        }
        if (f == Operations.DIV) {
            return div(right);
        }
        if (right instanceof Taylor y && y.of == of) {
            requireOrder(y);
            return new Taylor(of, RowSeries.of(f, c, y.c));
        }
        return right instanceof Real y ? apply(f, y.value()) : Mixed.apply(f, this, right);
    }

    @Override
    public Taylor apply(Binary f, double right) {
        return new Taylor(of, RowSeries.of(f, c, constant(right)));
    }

    @Override
    public Taylor applyRight(double left, Binary f) {
        if (f == Operations.PLUS) {
            return map(left + c[0], 1);
        }
        if (f == Operations.MINUS) {
            return map(left - c[0], -1);
        }
        if (f == Operations.TIMES) {
            return map(left * c[0], left);
        }
        return new Taylor(of, RowSeries.of(f, constant(left), c));
    }

    @Override
    public Scalar apply(Nary f, Scalar[] x) {
        double[][] series = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            switch (x[i]) {
                case Taylor y when y.of == of -> {
                    requireOrder(y);
                    series[i] = y.c;
                }
                case Real y -> series[i] = constant(y.value());
                default -> {
                    return Mixed.apply(f, x);
                }
            }
        }
        return new Taylor(of, RowSeries.of(f, series));
    }

    private double[] constant(double value) {
        double[] series = new double[c.length];
        series[0] = value;
        return series;
    }

    /** A result of series x; NaN spreads from the value. */
    private Taylor taylor(double[] z, double[]... x) {
        if (Double.isNaN(z[0])) {
            RowSeries.spreadNaN(z, x);
        }
        return new Taylor(of, z);
    }

    private void requireOrder(Taylor that) {
        if (that.c.length != c.length) {
            throw new IllegalArgumentException("series of one differentiation must have the same order, but have orders "
                    + order() + " and " + that.order());
        }
    }

    @Override
    public boolean equals(Object that) {
        return that instanceof Taylor y && of == y.of && Arrays.equals(c, y.c);
    }

    @Override
    public int hashCode() {
        return 31 * System.identityHashCode(of) + Arrays.hashCode(c);
    }

    /** For example {@code 1.0 + 2.0·t + 0.5·t^2}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(Double.toString(c[0]));
        for (int k = 1; k < c.length; k++) {
            text.append(" + ").append(c[k]).append(k == 1 ? "·t" : "·t^" + k);
        }
        return text.toString();
    }
}
