package org.wengert.core.numeric;

import java.util.ArrayList;
import java.util.List;
import org.wengert.core.formula.Formula;

/**
 * Derivatives by a step into the complex plane: for an analytic f that is real on the real line,
 *
 * <pre>
 * f(x + ih) = f(x) + ih f'(x) - h²/2 f''(x) + …,   so   f'(x) = Im f(x + ih) / h + O(h²).
 * </pre>
 *
 * <p>Nothing is subtracted, so the step can be so small that the truncation error is far below rounding: the results hold
 * nearly all digits, as those of automatic differentiation do, by an independent way. The function must be analytic at the
 * point and made of rows that {@link ComplexArithmetic} knows; the first other one is refused by name.
 *
 * <p>Stateless, so safe to share between threads.
 *
 * <p>Source: W. Squire and G. Trapp, "Using complex variables to estimate derivatives of real functions", SIAM Review 40
 * (1998); J. R. R. A. Martins, P. Sturdza and J. J. Alonso, "The complex-step derivative approximation", ACM TOMS 29 (2003).
 */
public final class ComplexStep {

    /** About 5e-91: far below any x but the tiniest, and large enough that a product with a derivative does not underflow. */
    private static final double STEP = 0x1p-300;

    private ComplexStep() {}

    /**
     * The gradient of a formula with one output; n evaluations.
     *
     * @param x one number per name of the formula; not changed
     * @return ∂f/∂xᵢ, n entries; the caller's own
     * @throws IllegalArgumentException if a row has no complex form, or the formula has several outputs
     */
    public static double[] gradient(Formula f, double... x) {
        if (f.outputs() != 1) {
            throw new IllegalArgumentException("formula must have 1 output, but has " + f.outputs());
        }
        return jacobian(f, x)[0];
    }

    /**
     * The Jacobian of a formula; n evaluations.
     *
     * @param x one number per name of the formula; not changed
     * @return ∂fᵢ/∂xⱼ at [i][j]; the caller's own
     * @throws IllegalArgumentException if a row has no complex form
     */
    public static double[][] jacobian(Formula f, double... x) {
        double[][] jacobian = new double[f.outputs()][x.length];
        for (int j = 0; j < x.length; j++) {
            double[] v = new double[x.length];
            v[j] = 1;
            double[] column = jvp(f, x, v);
            for (int i = 0; i < column.length; i++) {
                jacobian[i][j] = column[i];
            }
        }
        return jacobian;
    }

    /**
     * J(x)·v of a formula; one evaluation.
     *
     * @param x one number per name of the formula; not changed
     * @param v the direction, as many entries; not changed
     * @return one entry per output; the caller's own
     * @throws IllegalArgumentException if a row has no complex form
     */
    public static double[] jvp(Formula f, double[] x, double[] v) {
        if (x.length != v.length) {
            throw new IllegalArgumentException(
                    "v must have as many entries as x, " + x.length + ", but has " + v.length);
        }
        List<Complex> point = new ArrayList<>(x.length);
        for (int i = 0; i < x.length; i++) {
            point.add(new Complex(x[i], STEP * v[i]));
        }
        return f.evaluate(ComplexArithmetic.INSTANCE, point).stream().mapToDouble(y -> y.im() / STEP).toArray();
    }
}
