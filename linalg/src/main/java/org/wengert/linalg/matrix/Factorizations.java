package org.wengert.linalg.matrix;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.wengert.core.simd.Kernels;

/**
 * Rules of triangular and orthogonal factors. Each takes the differential of A = product of factors, divides by the
 * factors from both sides, and reads off the triangles.
 *
 * <p>Sources: S. Walter and L. Lehmann, "Algorithmic differentiation of linear algebra functions with application in optimum
 * experimental design" (2010), for LU and QR; F. de Hoog, R. Anderssen and M. Lukas, "Differentiation of matrix
 * functionals using triangular factorization", Math. Comp. 80 (2011), for LU; I. Murray, "Differentiation of the Cholesky
 * decomposition" (2016); S. Smith, "Differentiation of the Cholesky algorithm", J. Comput. Graph. Stat. 4 (1995).
 */
final class Factorizations {

    private static final boolean VECTOR = Kernels.best().bits() > 64;

    private Factorizations() {}

    /** 1 where the row is greater than the column by at least that much; a weight on the diagonal. */
    private static Mat triangle(int n, double below, double diagonal, double above) {
        DMatrixRMaj m = Dense.matrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                m.data[i * n + j] = i > j ? below : i == j ? diagonal : above;
            }
        }
        return Mat.of(m);
    }

    /**
     * P·A = L·U: with M = L⁻¹·P·dA·U⁻¹, dL = L·lower(M) and dU = upper(M)·U.
     *
     * @return L, U, and P as a constant
     */
    static Variable[] lu(Variable a) {
        Shapes.square(a, "a");
        LuSolver s = LuSolver.of(a.m().plain(), "a");
        int n = a.rows();
        DMatrixRMaj p = Dense.matrix(n, n);
        for (int i = 0; i < n; i++) {
            p.set(i, s.order()[i], 1);
        }
        Variable[] lu = new Primitive() {
            @Override
            DMatrixRMaj[] values(DMatrixRMaj[] x) {
                return new DMatrixRMaj[] {s.l(), s.u()};
            }

            @Override
            Differential[] differentials(Mat[] x, Mat[] y, Differential[] dx) {
                Differential m = dx[0].left(Mat.of(p))
                        .solve(TriangularSolver.lower(y[0]))
                        .rightSolve(TriangularSolver.upper(y[1]));
                return new Differential[] {
                    m.hadamard(triangle(n, 1, 0, 0)).left(y[0]), m.hadamard(triangle(n, 0, 1, 1)).right(y[1])
                };
            }
        }.at(a);
        return new Variable[] {lu[0], lu[1], Variable.constant(Mat.of(p))};
    }

    /**
     * A = Q·R with positive diagonal of R: with C = Qᵀ·dA·R⁻¹ and the skew matrix S that has C's lower triangle, dR = (C - S)·R and
     * dQ = dA·R⁻¹ - Q·(C - S). For fewer rows than columns, A = [X Y], Q and R₁ are those of X, and R = [R₁ QᵀY].
     *
     * @return Q, m × min(m, n), and R
     */
    static Variable[] qr(Variable a) {
        Shapes.finite(a, "a");
        int m = a.rows();
        int n = a.columns();
        if (m < n) {
            Variable[] left = qr(a.submatrix(0, 0, m, m));
            Variable rest = left[0].transpose().times(a.submatrix(0, m, m, n - m));
            return new Variable[] {left[0], Products.beside(left[1], rest)};
        }
        return new Primitive() {
            @Override
            DMatrixRMaj[] values(DMatrixRMaj[] x) {
                return qrValues(x[0]);
            }

            @Override
            Differential[] differentials(Mat[] x, Mat[] y, Differential[] dx) {
                Mat q = y[0];
                Differential scaled = dx[0].rightSolve(TriangularSolver.upper(y[1]));
                Differential c = scaled.left(q.transpose());
                // C - S is upper triangular: what is above C's diagonal, and what is below, transposed.
                Differential upper = c.hadamard(triangle(n, 0, 1, 1))
                        .plus(c.hadamard(triangle(n, 1, 0, 0)).transpose());
                return new Differential[] {scaled.minus(upper.left(q)), upper.right(y[1])};
            }
        }.at(a);
    }

    private static DMatrixRMaj[] qrValues(DMatrixRMaj a) {
        QRDecomposition<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.qr(a.numRows, a.numCols);
        // The answer only says whether the rank is full, which is looked at below.
        boolean _ = decomposition.decompose(a.copy());
        DMatrixRMaj q = decomposition.getQ(null, true);
        DMatrixRMaj r = decomposition.getR(null, true);
        for (int k = 0; k < a.numCols; k++) {
            double norm = 0;
            for (int i = 0; i <= k; i++) {
                norm = Math.hypot(norm, r.get(i, k));
            }
            if (Math.abs(r.get(k, k)) <= 4 * a.numRows * 0x1p-52 * norm) {
                throw new ArithmeticException("a must have full column rank, but column " + k
                        + " depends on those before it: diagonal entry " + k + " of R is " + r.get(k, k)
                        + ", and the column's norm is " + norm);
            }
            if (r.get(k, k) < 0) {
                SingularValues.negateColumn(q, k);
                for (int j = k; j < a.numCols; j++) {
                    r.set(k, j, -r.get(k, j));
                }
            }
        }
        return new DMatrixRMaj[] {q, r};
    }

    /**
     * A = L·Lᵀ of the symmetric part of A: dL = L·Φ(L⁻¹·dA·L⁻ᵀ), where Φ takes the lower triangle and half of the diagonal. Tangents
     * without second derivatives go through {@link LaneCholesky} or {@link VectorCholesky} where there are vector units.
     */
    static Variable cholesky(Variable a) {
        Shapes.symmetric(a, "a");
        return new Primitive() {
            @Override
            DMatrixRMaj[] values(DMatrixRMaj[] x) {
                return new DMatrixRMaj[] {choleskyValue(x[0])};
            }

            @Override
            Differential[] differentials(Mat[] x, Mat[] y, Differential[] dx) {
                Mat l = y[0];
                int n = l.rows();
                Differential d = Differential.variable(n, n);
                Differential formula = congruence(d.symmetric(), l).hadamard(triangle(n, 1, 0.5, 0)).left(l);
                LinearMap map = LinearMap.of(d, formula);
                LinearMap best = !VECTOR || l.b() != null ? map : new LinearMap(
                        (t, k) -> t.b() == null ? Mat.of(choleskyTangents(l.v(), t.v(), k)) : map.forward().to(t, k),
                        map.reverse());
                return new Differential[] {dx[0].apply(n, n, best)};
            }
        }.at(new Variable(a.m().linear(v -> Dense.symmetric(v, 1)), a.d()))[0];
    }

    /** Many tangents go through the algorithm together, one a lane; few would leave lanes empty, and take their rows as vectors. */
    private static DMatrixRMaj choleskyTangents(DMatrixRMaj l, DMatrixRMaj da, int k) {
        return LaneCholesky.isFor(k) ? LaneCholesky.tangents(l, da, k) : VectorCholesky.tangents(l, da, k);
    }

    /** L⁻¹·dA·L⁻ᵀ for a symmetric dA. */
    private static Differential congruence(Differential da, Mat l) {
        TriangularSolver s = TriangularSolver.lower(l);
        return da.solve(s).transpose().solve(s);
    }

    /** Columns of the factor that are found before the rest is updated in one product. */
    private static final int BLOCK = 8;

    /** L as the transpose of U, A = Uᵀ·U, whose rows lie in sequence. */
    private static DMatrixRMaj choleskyValue(DMatrixRMaj a) {
        int n = a.numRows;
        DMatrixRMaj factor = a.copy();
        double[] u = factor.data;
        for (int k = 0; k < n; k += BLOCK) {
            int end = Math.min(n, k + BLOCK);
            for (int i = k; i < end; i++) {
                for (int p = k; p < i; p++) {
                    Gemm.addMultiple(n - i, -u[p * n + i], u, p * n + i, u, i * n + i);
                }
                double pivot = u[i * n + i];
                if (!(pivot > 0)) {
                    throw new ArithmeticException("a must be positive definite, but its leading " + (i + 1) + " x "
                            + (i + 1) + " block is not: pivot " + i + " is " + pivot);
                }
                double root = Math.sqrt(pivot);
                for (int j = i; j < n; j++) {
                    u[i * n + j] /= root;
                }
            }
            int rest = n - end;
            DMatrixRMaj left = Dense.transpose(Dense.submatrix(factor, 1, k, end, end - k, rest), 1);
            Gemm.BEST.multiplyAdd(
                    rest, rest, end - k, -1, left.data, 0, end - k, u, k * n + end, n, u, end * n + end, n);
        }
        for (int i = 1; i < n; i++) {
            Arrays.fill(u, i * n, i * n + i, 0);
        }
        return Dense.transpose(factor, 1);
    }

    /**
     * A = L·D·Lᵀ with unit diagonal of L: with M = L⁻¹·dA·L⁻ᵀ, dD = diag(M) and dL = L·(lower(M)·D⁻¹).
     *
     * @return L, and the diagonal of D as a column
     */
    static Variable[] ldl(Variable a) {
        Shapes.symmetric(a, "a");
        int n = a.rows();
        return new Primitive() {
            @Override
            DMatrixRMaj[] values(DMatrixRMaj[] x) {
                return ldlValues(x[0]);
            }

            @Override
            Differential[] differentials(Mat[] x, Mat[] y, Differential[] dx) {
                Differential m = congruence(dx[0], y[0]);
                Mat inverses = Mat.ones(n, 1).times(y[1].reciprocal().transpose());
                Differential dl = m.hadamard(triangle(n, 1, 0, 0)).hadamard(inverses).left(y[0]);
                return new Differential[] {dl, m.diagonal()};
            }
        }.at(a.symmetric());
    }

    private static DMatrixRMaj[] ldlValues(DMatrixRMaj a) {
        int n = a.numRows;
        DMatrixRMaj l = Dense.identity(n);
        DMatrixRMaj d = Dense.matrix(n, 1);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a.get(i, j);
                double terms = 0;
                for (int k = 0; k < j; k++) {
                    double term = l.get(i, k) * l.get(j, k) * d.data[k];
                    sum -= term;
                    terms += Math.abs(term);
                }
                if (i > j) {
                    l.set(i, j, sum / d.data[j]);
                } else if (Math.abs(sum) > 2 * n * 0x1p-52 * terms) {
                    d.data[i] = sum;
                } else {
                    throw new ArithmeticException("the leading " + (i + 1) + " x " + (i + 1)
                            + " block of a is singular: pivot " + i + " is " + sum
                            + ", so a has no factors L·D·Lᵀ without exchanges of rows");
                }
            }
        }
        return new DMatrixRMaj[] {l, d};
    }
}
