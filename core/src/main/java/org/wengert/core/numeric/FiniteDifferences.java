package org.wengert.core.numeric;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Derivatives of plain {@code double} functions by differences of their values.
 *
 * <p>Every step h pays twice: the formula is off by its truncation error, which grows with h, and the values are off by
 * their rounding errors, which count the more the smaller h is. With ε = 2⁻⁵³ and |f| the size of the values:
 *
 * <pre>
 * forward   (f(x+h) - f(x)) / h          error h/2 |f''| + 2ε|f|/h      least about √ε,  at h ≈ √ε
 * central   (f(x+h) - f(x-h)) / 2h       error h²/6 |f'''| + ε|f|/h     least about ε^⅔, at h ≈ ε^⅓
 * Richardson, Ridders                    central differences of several h, extrapolated to h = 0
 * </pre>
 *
 * <p>So forward differences hold about 8 digits, central ones about 11, extrapolated ones 12 to 14, where the function is smooth
 * around x on the scale of max(|x|, 1), from which the default steps are chosen. {@link StepSizeStudy} shows the trade-off
 * for a given function, {@link ComplexStep} avoids it.
 *
 * <p>Steps are rounded such that x + h - x is h. Functions are evaluated where the formulas say, also outside of their
 * domains; a NaN there makes the difference NaN, and the extrapolations leave such steps out.
 *
 * <p>Arrays passed in are not changed, and functions get fresh ones. Stateless, so safe to share between threads.
 *
 * <p>Sources: W. H. Press et al., "Numerical Recipes", 3rd ed., section 5.7; C. J. F. Ridders, "Accurate computation of
 * F'(x) and F'(x)F''(x)", Advances in Engineering Software 4 (1982); L. F. Richardson, Phil. Trans. A 210 (1911).
 */
public final class FiniteDifferences {

    private static final double FORWARD_STEP = Math.sqrt(Math.ulp(1.0));
    private static final double CENTRAL_STEP = Math.cbrt(Math.ulp(1.0));
    private static final double SECOND_STEP = Math.sqrt(FORWARD_STEP);

    private FiniteDifferences() {}

    // One variable

    /** The forward difference (f(x+h) - f(x)) / h with h = √ε max(|x|, 1). */
    public static double forward(DoubleUnaryOperator f, double x) {
        return forward(f, x, FORWARD_STEP * scale(x));
    }

    /** The forward difference (f(x+h) - f(x)) / h; error h/2 |f''| + 2ε|f|/h. */
    public static double forward(DoubleUnaryOperator f, double x, double step) {
        double h = representable(x, step);
        return (f.applyAsDouble(x + h) - f.applyAsDouble(x)) / h;
    }

    /** The central difference (f(x+h) - f(x-h)) / 2h with h = ε^⅓ max(|x|, 1). */
    public static double central(DoubleUnaryOperator f, double x) {
        return central(f, x, CENTRAL_STEP * scale(x));
    }

    /** The central difference (f(x+h) - f(x-h)) / 2h; error h²/6 |f'''| + ε|f|/h. */
    public static double central(DoubleUnaryOperator f, double x, double step) {
        double h = representable(x, step);
        return (f.applyAsDouble(x + h) - f.applyAsDouble(x - h)) / (2 * h);
    }

    /** The central second difference (f(x+h) - 2f(x) + f(x-h)) / h² with h = ε^¼ max(|x|, 1): about 8 digits. */
    public static double second(DoubleUnaryOperator f, double x) {
        return second(f, x, SECOND_STEP * scale(x));
    }

    /** The central second difference (f(x+h) - 2f(x) + f(x-h)) / h²; error h²/12 |f''''| + 4ε|f|/h². */
    public static double second(DoubleUnaryOperator f, double x, double step) {
        double h = representable(x, step);
        return (f.applyAsDouble(x + h) - 2 * f.applyAsDouble(x) + f.applyAsDouble(x - h)) / h / h;
    }

    /**
     * Central differences with steps h, h/2, h/4, …, extrapolated to 0. Their error is a series in h², of which each level
     * removes one term: with L levels what remains is O(h^(2L)), and the rounding error of the last step.
     *
     * @param step   the first step h, not zero
     * @param levels how many steps, at least 1
     * @return the last extrapolation, and how far it is from the one before
     */
    public static Estimate richardson(DoubleUnaryOperator f, double x, double step, int levels) {
        if (levels < 1) {
            throw new IllegalArgumentException("levels must be at least 1, but was " + levels);
        }
        Extrapolation table = new Extrapolation(2);
        for (int level = 0; level < levels; level++) {
            table.add(central(f, x, step / Math.scalb(1.0, level)));
        }
        return table.last();
    }

    /**
     * Ridders' method: central differences with steps that shrink by 1.4, extrapolated to 0, of which the one is taken that
     * claims the smallest error. It starts with a tenth of max(|x|, 1), and where 0 &lt; |x| &lt; 1 also with a tenth of |x|;
     * up to 80 values of f.
     */
    public static Estimate ridders(DoubleUnaryOperator f, double x) {
        Estimate wide = ridders(f, x, 0.1 * scale(x));
        if (x == 0 || Math.abs(x) >= 1) {
            return wide;
        }
        Estimate narrow = ridders(f, x, 0.1 * Math.abs(x));
        return narrow.error() < wide.error() || Double.isNaN(wide.error()) ? narrow : wide;
    }

    /**
     * Ridders' method from a given first step: up to 40 values of f.
     *
     * @param step the first step, not zero; large, about the distance on which f changes noticeably
     */
    public static Estimate ridders(DoubleUnaryOperator f, double x, double step) {
        Extrapolation table = new Extrapolation(1.4);
        double h = step;
        for (int level = 0; level < 20 && !table.isPastItsBest(); level++) {
            table.add(central(f, x, h));
            h /= 1.4;
        }
        return table.best();
    }

    // Several variables

    /** ∇f(x) by central differences; 2n values of f. */
    public static double[] gradient(ToDoubleFunction<double[]> f, double[] x) {
        double[] gradient = new double[x.length];
        Arrays.setAll(gradient, i -> central(along(f, x, i), x[i]));
        return gradient;
    }

    /** ∇f(x) by Ridders' method, with an error estimate of each entry; up to 80n values of f. */
    public static Estimate[] riddersGradient(ToDoubleFunction<double[]> f, double[] x) {
        Estimate[] gradient = new Estimate[x.length];
        Arrays.setAll(gradient, i -> ridders(along(f, x, i), x[i]));
        return gradient;
    }

    /** ∇f(x)·v by Ridders' method in the one variable t of f(x + t v). */
    public static Estimate jvp(ToDoubleFunction<double[]> f, double[] x, double[] v) {
        requireSameLength(x, v);
        double size = 0;
        for (int i = 0; i < x.length; i++) {
            size = Math.max(size, Math.abs(v[i]) / scale(x[i]));
        }
        return size == 0 ? new Estimate(0, 0) : ridders(t -> f.applyAsDouble(moved(x, t, v)), 0, 0.1 / size);
    }

    /**
     * The Jacobian of a vector-valued function by central differences; 2n values of f.
     *
     * @return ∂fᵢ/∂xⱼ at [i][j]; the caller's own
     */
    public static double[][] jacobian(UnaryOperator<double[]> f, double[] x) {
        double[][] columns = new double[x.length][];
        for (int j = 0; j < x.length; j++) {
            double h = representable(x[j], CENTRAL_STEP * scale(x[j]));
            double[] plus = f.apply(with(x, j, x[j] + h));
            double[] minus = f.apply(with(x, j, x[j] - h));
            columns[j] = new double[plus.length];
            Arrays.setAll(columns[j], i -> (plus[i] - minus[i]) / (2 * h));
        }
        int rows = x.length == 0 ? 0 : columns[0].length;
        double[][] jacobian = new double[rows][x.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < x.length; j++) {
                jacobian[i][j] = columns[j][i];
            }
        }
        return jacobian;
    }

    /** J(x)·v of a vector-valued function by the central difference along v; 2 values of f. */
    public static double[] vectorJvp(UnaryOperator<double[]> f, double[] x, double[] v) {
        requireSameLength(x, v);
        double size = 0;
        for (int i = 0; i < x.length; i++) {
            size = Math.max(size, Math.abs(v[i]) / scale(x[i]));
        }
        double h = CENTRAL_STEP / (size == 0 ? 1 : size);
        double[] plus = f.apply(moved(x, h, v));
        double[] minus = f.apply(moved(x, -h, v));
        double[] product = new double[plus.length];
        Arrays.setAll(product, i -> (plus[i] - minus[i]) / (2 * h));
        return product;
    }

    /** f as a function of its i-th variable alone. */
    private static DoubleUnaryOperator along(ToDoubleFunction<double[]> f, double[] x, int i) {
        return t -> f.applyAsDouble(with(x, i, t));
    }

    private static double[] with(double[] x, int i, double value) {
        double[] y = x.clone();
        y[i] = value;
        return y;
    }

    private static double[] moved(double[] x, double t, double[] v) {
        double[] y = new double[x.length];
        Arrays.setAll(y, i -> v[i] == 0 ? x[i] : x[i] + t * v[i]);
        return y;
    }

    private static void requireSameLength(double[] x, double[] v) {
        if (x.length != v.length) {
            throw new IllegalArgumentException(
                    "v must have as many entries as x, " + x.length + ", but has " + v.length);
        }
    }

    private static double scale(double x) {
        return Math.max(Math.abs(x), 1);
    }

    /** The step as it is after rounding x + step; never zero unless the step is lost altogether. */
    private static double representable(double x, double step) {
        if (step == 0 || Double.isNaN(step)) {
            throw new IllegalArgumentException("step must be a number other than 0, but was " + step);
        }
        double h = x + step - x;
        return h == 0 || !Double.isFinite(h) ? step : h;
    }
}
