package org.wengert.hessian;

import java.util.Arrays;

/**
 * A box that parameters must stay in: lowerⱼ ≤ xⱼ ≤ upperⱼ. Infinite entries bound nothing; equal ones hold a
 * parameter fixed.
 *
 * @param lower n entries, none NaN; copied
 * @param upper n entries, none NaN and none below its lower bound; copied
 */
public record Bounds(double[] lower, double[] upper) {

    /** Checks and copies the bounds. */
    public Bounds {
        lower = lower.clone();
        upper = Require.length(upper, lower.length, "upper").clone();
        for (int j = 0; j < lower.length; j++) {
            if (!(lower[j] <= upper[j]) || lower[j] == Double.POSITIVE_INFINITY || upper[j] == Double.NEGATIVE_INFINITY) {
                throw new IllegalArgumentException("lower must not exceed upper, but the bounds of parameter " + j
                        + " are " + lower[j] + " and " + upper[j]);
            }
        }
    }

    /** No bounds on n parameters. */
    public static Bounds none(int n) {
        double[] upper = new double[n];
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        double[] lower = new double[n];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        return new Bounds(lower, upper);
    }

    /** The lower bounds; the caller's own. */
    @Override
    public double[] lower() {
        return lower.clone();
    }

    /** The upper bounds; the caller's own. */
    @Override
    public double[] upper() {
        return upper.clone();
    }

    /** The same bounds with those of one parameter replaced. */
    public Bounds with(int parameter, double least, double most) {
        double[] l = lower.clone();
        double[] u = upper.clone();
        l[parameter] = least;
        u[parameter] = most;
        return new Bounds(l, u);
    }

    /** n, the number of parameters. */
    public int size() {
        return lower.length;
    }

    double least(int j) {
        return lower[j];
    }

    double most(int j) {
        return upper[j];
    }

    /** The nearest value of parameter j within its bounds; NaN stays NaN. */
    double clip(int j, double x) {
        return x < lower[j] ? lower[j] : x > upper[j] ? upper[j] : x;
    }

    double[] contains(double[] x, String name) {
        for (int j = 0; j < x.length; j++) {
            if (clip(j, x[j]) != x[j]) {
                throw new IllegalArgumentException(name + " must lie within the bounds, but entry " + j + " is " + x[j]
                        + ", not in [" + lower[j] + ", " + upper[j] + "]");
            }
        }
        return x;
    }
}
