package org.wengert.core.batch;

import java.util.Objects;

/**
 * What the method of Gauss and Newton needs of residuals r at many points, with weights w: everything summed over all points.
 *
 * @param sumOfSquares Σ w r²
 * @param gradient     Jᵀ·W·r, k entries: half the gradient of the sum of squares; the caller's own
 * @param entries      Jᵀ·W·J, k × k at {@code i * k + j}, exactly symmetric; the caller's own
 */
public record GaussNewton(double sumOfSquares, double[] gradient, double[] entries) {

    /** (Jᵀ·W·J)ᵢⱼ. */
    public double get(int i, int j) {
        int k = gradient.length;
        return entries[Objects.checkIndex(i, k) * k + Objects.checkIndex(j, k)];
    }
}
