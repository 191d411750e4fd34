package org.wengert.linalg.matrix;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The matrix C of cofactors of A, ∂det A/∂aᵢⱼ, and its derivative, for any rank. For a well-conditioned A, C = det A · A⁻ᵀ. Else
 * A = U·diag(σ)·Vᵀ gives, with s the product of the signs of det U and det V,
 *
 * <pre>
 * C  = s·U·diag(Πₖ≠ᵢ σₖ)·Vᵀ
 * dC = s·U·E·Vᵀ,  P = Uᵀ·dA·V,  eᵢᵢ = Σⱼ≠ᵢ sᵢⱼ pⱼⱼ,  eᵢⱼ = -sᵢⱼ pⱼᵢ,  sᵢⱼ = Πₖ≠ᵢ,ⱼ σₖ
 * </pre>
 *
 * in which nothing is divided: C is right where the rank is n - 1, and dC where it is n - 2.
 *
 * <p>Sources: G. W. Stewart, "On the adjugate matrix", Linear Algebra Appl. 283 (1998); the second derivative by
 * differentiating the product of the minors, Magnus and Neudecker, chapter 8.
 */
final class Cofactors {

    /** Up to this condition number the inverse serves. */
    private static final double WELL_CONDITIONED = 1e4;

    private Cofactors() {}

    /** The cofactors of a, with their tangent if it has one. */
    static Mat of(Mat a, LuSolver lu) {
        int n = a.rows();
        if (n == 0) {
            return a;
        }
        double determinant = lu.determinant();
        if (determinant != 0 && Double.isFinite(determinant)) {
            DMatrixRMaj inverse = lu.solve(Mat.identity(n)).v();
            if (Dense.norm1(a.v()) * Dense.norm1(inverse) < WELL_CONDITIONED) {
                return byInverse(inverse, determinant, a.b());
            }
        }
        return bySingularValues(a);
    }

    private static Mat byInverse(DMatrixRMaj x, double determinant, @Nullable DMatrixRMaj b) {
        DMatrixRMaj xt = Dense.transpose(x, 1);
        DMatrixRMaj c = Dense.scale(determinant, xt);
        if (b == null) {
            return Mat.of(c);
        }
        DMatrixRMaj product = Dense.transpose(Dense.times(Dense.times(x, b), x), 1);
        double trace = Dense.inner(xt, b, 1).data[0];
        return new Mat(c, Dense.scale(determinant, Dense.minus(Dense.scale(trace, xt), product)));
    }

    private static Mat bySingularValues(Mat a) {
        SingularValues svd = SingularValues.of(a.v());
        int n = a.rows();
        double[] sigma = svd.sigma();
        double sign = Math.signum(LuSolver.factorize(Mat.of(svd.u())).determinant())
                * Math.signum(LuSolver.factorize(Mat.of(svd.v())).determinant());
        double[] before = new double[n + 1];
        double[] after = new double[n + 1];
        before[0] = 1;
        after[n] = 1;
        for (int i = 0; i < n; i++) {
            before[i + 1] = before[i] * sigma[i];
            after[n - 1 - i] = after[n - i] * sigma[n - 1 - i];
        }
        DMatrixRMaj ut = Dense.transpose(svd.u(), 1);
        DMatrixRMaj vt = Dense.transpose(svd.v(), 1);
        DMatrixRMaj d = Dense.matrix(n, n);
        for (int i = 0; i < n; i++) {
            d.set(i, i, sign * before[i] * after[i + 1]);
        }
        DMatrixRMaj c = Dense.times(Dense.times(svd.u(), d), vt);
        DMatrixRMaj b = a.b();
        if (b == null) {
            return Mat.of(c);
        }
        DMatrixRMaj p = Dense.times(Dense.times(ut, b), svd.v());
        DMatrixRMaj e = Dense.matrix(n, n);
        for (int i = 0; i < n; i++) {
            double between = sign;
            for (int j = i + 1; j < n; j++) {
                double s = before[i] * between * after[j + 1];
                e.set(i, i, e.get(i, i) + s * p.get(j, j));
                e.set(j, j, e.get(j, j) + s * p.get(i, i));
                e.set(i, j, -s * p.get(j, i));
                e.set(j, i, -s * p.get(i, j));
                between *= sigma[j];
            }
        }
        return new Mat(c, Dense.times(Dense.times(svd.u(), e), vt));
    }
}
