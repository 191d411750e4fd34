package org.wengert.linalg.matrix;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.NormOps_DDRM;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Unary;

/**
 * Rules of sums, products and elementwise functions.
 *
 * <p>Source: J. Magnus and H. Neudecker, "Matrix Differential Calculus", chapters 8 and 9.
 */
final class Products {

    private Products() {}

    static Variable plus(Variable x, Variable y) {
        Shapes.same(x, y, "left", "right");
        return x.plus(y);
    }

    static Variable minus(Variable x, Variable y) {
        Shapes.same(x, y, "left", "right");
        return x.minus(y);
    }

    static Variable times(Variable x, Variable y) {
        Shapes.product(x, y, "left", "right");
        return x.times(y);
    }

    /** d(s·X) = ds·X + s·dX. */
    static Variable scale(Variable s, Variable x) {
        Shapes.scalar(s, "s");
        Mat every = Mat.ones(x.rows(), x.columns()).scale(s.m());
        return new Variable(x.m().scale(s.m()), s.d().spread(x.m()).plus(x.d().hadamard(every)));
    }

    /** d(X∘Y) = dX∘Y + X∘dY. */
    static Variable hadamard(Variable x, Variable y) {
        Shapes.same(x, y, "left", "right");
        return new Variable(x.m().hadamard(y.m()), x.d().hadamard(y.m()).plus(y.d().hadamard(x.m())));
    }

    /** d(X⊗Y) = dX⊗Y + X⊗dY. */
    static Variable kronecker(Variable x, Variable y) {
        Mat m = Mat.bilinear((p, q) -> Dense.kronecker(p, q, 1), x.m(), y.m());
        return new Variable(m, x.d().kroneckerRight(y.m()).plus(y.d().kronecker(x.m())));
    }

    /** d tr X = tr dX. */
    static Variable trace(Variable x) {
        Shapes.square(x, "a");
        return inner(Variable.identity(x.rows()), x);
    }

    /** ⟨X, Y⟩ = tr(XᵀY). */
    static Variable inner(Variable x, Variable y) {
        Shapes.same(x, y, "left", "right");
        Mat m = Mat.bilinear((p, q) -> Dense.inner(p, q, 1), x.m(), y.m());
        return new Variable(m, x.d().inner(y.m()).plus(y.d().inner(x.m())));
    }

    static Variable sum(Variable x) {
        return inner(Variable.constant(Mat.ones(x.rows(), x.columns())), x);
    }

    /** d‖X‖ = ⟨X, dX⟩/‖X‖; the subgradient 0 at X = 0. */
    static Variable frobeniusNorm(Variable x) {
        double norm = NormOps_DDRM.normF(x.m().v());
        Mat n = Mat.of(Dense.filled(1, 1, norm));
        if (norm == 0) {
            return new Variable(n, x.d().inner(Mat.of(Dense.matrix(x.rows(), x.columns()))));
        }
        DMatrixRMaj b = x.m().b();
        if (b != null) {
            n = new Mat(n.v(), Dense.inner(Dense.scale(1 / norm, x.m().v()), b, 1));
        }
        return new Variable(n, x.d().inner(x.m().scale(n.reciprocal())));
    }

    static Variable diagonal(Variable x) {
        return new Variable(x.m().diagonal(), x.d().diagonal());
    }

    static Variable ofDiagonal(Variable x) {
        Shapes.column(x, "diagonal");
        Mat m = x.m().linear(v -> Dense.ofDiagonal(v, 1, v.numRows, v.numRows));
        return new Variable(m, x.d().ofDiagonal());
    }

    static Variable reshape(Variable x, int rows, int columns) {
        if ((long) rows * columns != (long) x.rows() * x.columns() || rows < 0) {
            throw new IllegalArgumentException("rows and columns must make " + x.rows() * x.columns()
                    + " entries like a (" + Shapes.of(x) + "), but are " + rows + " x " + columns);
        }
        return new Variable(x.m().reshape(rows, columns), x.d().reshape(rows, columns));
    }

    static Variable submatrix(Variable x, int row, int column, int rows, int columns) {
        if (row < 0 || column < 0 || rows < 0 || columns < 0
                || row + rows > x.rows() || column + columns > x.columns()) {
            throw new IllegalArgumentException(rows + " x " + columns + " entries from (" + row + ", " + column
                    + ") must lie within a, but a is " + Shapes.of(x));
        }
        return x.submatrix(row, column, rows, columns);
    }

    static Variable beside(Variable x, Variable y) {
        Shapes.sameRows(x, y, "left", "right");
        int columns = x.columns() + y.columns();
        return x.embed(0, 0, x.rows(), columns).plus(y.embed(0, x.columns(), x.rows(), columns));
    }

    // ---- elementwise functions: the rows of the table of elementary functions ------------------------

    /** d f(X) = f'(X)∘dX. */
    static Variable elementwise(Unary f, Variable x) {
        DMatrixRMaj v = x.m().v();
        DMatrixRMaj b = x.m().b();
        DMatrixRMaj first = Dense.matrix(v.numRows, v.numCols);
        DMatrixRMaj second = b == null ? null : Dense.matrix(v.numRows, v.numCols);
        DMatrixRMaj y = Dense.map(v, f::value);
        for (int k = 0; k < v.data.length; k++) {
            first.data[k] = f.first(v.data[k], y.data[k]);
            if (b != null && second != null && b.data[k] != 0 && !ignores(f.notes().family(), first.data[k])) {
                second.data[k] = f.second(v.data[k], y.data[k], first.data[k]) * b.data[k];
            }
        }
        Mat value = new Mat(y, b == null ? null : Dense.hadamard(first, b, 1));
        return new Variable(value, x.d().hadamard(new Mat(first, second)));
    }

    /** d f(X, Y) = fx(X, Y)∘dX + fy(X, Y)∘dY. */
    static Variable elementwise(Binary f, Variable x, Variable y) {
        Shapes.same(x, y, "left", "right");
        int n = x.rows();
        int m = x.columns();
        DMatrixRMaj z = Dense.matrix(n, m);
        DMatrixRMaj fx = Dense.matrix(n, m);
        DMatrixRMaj fy = Dense.matrix(n, m);
        DMatrixRMaj fxAlong = Dense.matrix(n, m);
        DMatrixRMaj fyAlong = Dense.matrix(n, m);
        DMatrixRMaj xb = x.m().b();
        DMatrixRMaj yb = y.m().b();
        for (int k = 0; k < z.data.length; k++) {
            double u = x.m().v().data[k];
            double v = y.m().v().data[k];
            double w = f.value(u, v);
            z.data[k] = w;
            fx.data[k] = f.fx(u, v, w);
            fy.data[k] = f.fy(u, v, w);
            double s = xb == null ? 0 : xb.data[k];
            double t = yb == null ? 0 : yb.data[k];
            if (s != 0) {
                fxAlong.data[k] += f.fxx(u, v, w) * s;
                fyAlong.data[k] += f.fxy(u, v, w) * s;
            }
            if (t != 0) {
                fxAlong.data[k] += f.fxy(u, v, w) * t;
                fyAlong.data[k] += f.fyy(u, v, w) * t;
            }
        }
        boolean moves = xb != null || yb != null;
        DMatrixRMaj b = Mat.sum(
                xb == null ? null : Dense.hadamard(fx, xb, 1), yb == null ? null : Dense.hadamard(fy, yb, 1));
        Differential d = x.d().hadamard(new Mat(fx, moves ? fxAlong : null))
                .plus(y.d().hadamard(new Mat(fy, moves ? fyAlong : null)));
        return new Variable(new Mat(z, b), d);
    }

    /** A piecewise function that does not depend on its argument here. */
    private static boolean ignores(Family family, double first) {
        return first == 0 && family == Family.PIECEWISE;
    }
}
