package org.wengert.hessian;

/**
 * Σ aᵢ² with twice the working precision, so that the sum of squares is as accurate as the residuals are.
 *
 * <p>Source: T. Ogita, S. M. Rump and S. Oishi, "Accurate sum and dot product", SIAM J. Sci. Comput. 26 (2005),
 * algorithm Dot2.
 */
final class SumOfSquares {

    private double high;
    private double low;

    void add(double a) {
        double square = a * a;
        add(square, Math.fma(a, a, -square));
    }

    void add(SumOfSquares that) {
        add(that.high, that.low);
    }

    private void add(double h, double l) {
        double sum = high + h;
        double part = sum - high;
        low += (high - (sum - part)) + (h - part) + l;
        high = sum;
    }

    /** The sum; infinite or NaN if it is not finite. */
    double value() {
        return Double.isFinite(high) ? high + low : high;
    }
}
