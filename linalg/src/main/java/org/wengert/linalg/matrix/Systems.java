package org.wengert.linalg.matrix;

import org.ejml.data.DMatrixRMaj;

/**
 * Rules of inverses, linear systems, least squares and determinants.
 *
 * <p>Sources: M. Giles, "Collected matrix derivative results for forward and reverse mode algorithmic differentiation"
 * (2008); G. Golub and V. Pereyra, "The differentiation of pseudo-inverses and nonlinear least squares problems whose
 * variables separate", SIAM J. Numer. Anal. 10 (1973); Magnus and Neudecker, chapter 8.
 */
final class Systems {

    private Systems() {}

    /** X = A⁻¹: dX = -X·dA·X. */
    static Variable inverse(Variable a) {
        Shapes.square(a, "a");
        LuSolver s = LuSolver.of(a.m(), "a");
        Mat x = s.solve(Mat.identity(a.rows()));
        return new Variable(x, a.d().left(x.scale(-1)).right(x));
    }

    /** A·X = B: dX = A⁻¹(dB - dA·X). */
    static Variable solve(Variable a, Variable b) {
        Shapes.square(a, "a");
        Shapes.sameRows(a, b, "a", "b");
        LuSolver s = LuSolver.of(a.m(), "a");
        Mat x = s.solve(b.m());
        return new Variable(x, b.d().plus(a.d().right(x.scale(-1))).solve(s));
    }

    /** d log|det A| = tr(A⁻¹dA). */
    static Variable logDeterminant(Variable a) {
        Shapes.square(a, "a");
        LuSolver s = LuSolver.of(a.m(), "a");
        DMatrixRMaj value = Dense.filled(1, 1, s.logDeterminant());
        if (a.d().isZero() && a.m().b() == null) {
            return Variable.constant(Mat.of(value));
        }
        Mat inverse = s.solve(Mat.identity(a.rows())).transpose();
        DMatrixRMaj b = a.m().b();
        return new Variable(
                new Mat(value, b == null ? null : Dense.inner(inverse.v(), b, 1)), a.d().inner(inverse));
    }

    /** d det A = ⟨C, dA⟩ with the matrix C of cofactors, whatever the rank. */
    static Variable determinant(Variable a) {
        Shapes.square(a, "a");
        Shapes.finite(a, "a");
        LuSolver s = LuSolver.factorize(a.m());
        DMatrixRMaj value = Dense.filled(1, 1, s.determinant());
        DMatrixRMaj b = a.m().b();
        if (a.d().isZero() && b == null) {
            return Variable.constant(Mat.of(value));
        }
        Mat c = Cofactors.of(a.m(), s);
        return new Variable(new Mat(value, b == null ? null : Dense.inner(c.v(), b, 1)), a.d().inner(c));
    }

    /**
     * x = argmin‖A·x - b‖ for A of full rank: dx = A⁺(db - dA·x) + (AᵀA)⁻¹dAᵀ(b - A·x), by the factors A = Q·R; for fewer rows
     * than columns the solution of least norm.
     */
    static Variable leastSquares(Variable a, Variable b) {
        Shapes.sameRows(a, b, "a", "b");
        if (a.rows() < a.columns()) {
            return pseudoInverse(a).times(b);
        }
        Variable[] qr = Factorizations.qr(Variable.constant(a.m()));
        Mat qt = qr[0].m().transpose();
        TriangularSolver r = TriangularSolver.upper(qr[1].m());
        Mat x = r.solve(qt.times(b.m()));
        Mat residual = b.m().minus(a.m().times(x));
        Differential direct = b.d().minus(a.d().right(x)).left(qt);
        Differential throughResidual = a.d().transpose().right(residual).solveTransposed(r);
        return new Variable(x, direct.plus(throughResidual).solve(r));
    }

    /** P = A⁺ where the rank is constant: dP = -P·dA·P + P·Pᵀ·dAᵀ·(I - A·P) + (I - P·A)·dAᵀ·Pᵀ·P. */
    static Variable pseudoInverse(Variable a) {
        Shapes.finite(a, "a");
        return new Primitive() {
            private int rank;

            @Override
            DMatrixRMaj[] values(DMatrixRMaj[] x) {
                SingularValues svd = SingularValues.of(x[0]);
                rank = svd.rank();
                return new DMatrixRMaj[] {svd.pseudoInverse()};
            }

            @Override
            Differential[] differentials(Mat[] x, Mat[] y, Differential[] dx) {
                Mat p = y[0];
                Mat pt = p.transpose();
                Differential d = dx[0].left(p).right(p).scale(-1);
                if (rank < p.columns()) {
                    Mat rest = Mat.identity(p.columns()).minus(x[0].times(p));
                    d = d.plus(dx[0].transpose().left(p.times(pt)).right(rest));
                }
                if (rank < p.rows()) {
                    Mat rest = Mat.identity(p.rows()).minus(p.times(x[0]));
                    d = d.plus(dx[0].transpose().left(rest).right(pt.times(p)));
                }
                return new Differential[] {d};
            }
        }.at(a)[0];
    }
}
