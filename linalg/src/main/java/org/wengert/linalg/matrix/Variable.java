package org.wengert.linalg.matrix;

/**
 * A matrix and its differential: what rules take and return. Rules that are themselves composed of others are written with the
 * methods here.
 *
 * @param m the value, which may have a tangent for second derivatives
 * @param d the differential, of the same shape
 */
record Variable(Mat m, Differential d) {

    static Variable constant(Mat m) {
        return new Variable(m, Differential.zero(m.rows(), m.columns()));
    }

    static Variable identity(int n) {
        return constant(Mat.identity(n));
    }

    int rows() {
        return m.rows();
    }

    int columns() {
        return m.columns();
    }

    Variable plus(Variable y) {
        return new Variable(m.plus(y.m), d.plus(y.d));
    }

    Variable minus(Variable y) {
        return new Variable(m.minus(y.m), d.minus(y.d));
    }

    Variable scale(double c) {
        return new Variable(m.scale(c), d.scale(c));
    }

    /** d(XY) = dX·Y + X·dY. */
    Variable times(Variable y) {
        return new Variable(m.times(y.m), d.right(y.m).plus(y.d.left(m)));
    }

    Variable transpose() {
        return new Variable(m.transpose(), d.transpose());
    }

    Variable symmetric() {
        return new Variable(m.linear(v -> Dense.symmetric(v, 1)), d.symmetric());
    }

    Variable submatrix(int row, int column, int rows, int columns) {
        return new Variable(m.submatrix(row, column, rows, columns), d.submatrix(row, column, rows, columns));
    }

    Variable embed(int row, int column, int rows, int columns) {
        return new Variable(m.embed(row, column, rows, columns), d.embed(row, column, rows, columns));
    }
}
