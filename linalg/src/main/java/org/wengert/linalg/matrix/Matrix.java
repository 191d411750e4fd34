package org.wengert.linalg.matrix;

import org.ejml.data.DMatrixRMaj;

/**
 * A matrix that a user's function is written with: values, and whatever derivatives the kind of matrix carries along.
 *
 * <pre>{@code
 * Matrix f(Matrix a, Matrix b) {                    // tr(A⁻¹B) + log|det A|
 *     return trace(solve(a, b)).plus(logDeterminant(a));
 * }
 * }</pre>
 *
 * <p>The kinds are {@link RealMatrix} (a constant), {@link DualMatrix} (tangents), {@link HyperDualMatrix} (tangents, one second
 * direction and mixed second derivatives) and {@link RecordedMatrix} (reverse mode). Constants mix with all of them; matrices
 * of two differentiations are refused. Numbers that depend on the arguments, like a trace, are 1 × 1 matrices.
 * All other functions are in {@link MatrixMath}.
 *
 * <p>All implementations are immutable, and all but {@link RecordedMatrix} may be shared between threads. Arguments of the
 * wrong shape are refused with an {@link IllegalArgumentException} that names both shapes.
 */
public sealed interface Matrix permits RealMatrix, DualMatrix, HyperDualMatrix, RecordedMatrix {

    /** A constant. The matrix is copied. */
    static Matrix of(DMatrixRMaj value) {
        return RealMatrix.of(value);
    }

    /** A constant from its rows, which are copied. */
    static Matrix of(double[][] rows) {
        return RealMatrix.of(new DMatrixRMaj(rows));
    }

    /** The n × n unit matrix. */
    static Matrix identity(int n) {
        return new RealMatrix(Dense.identity(n));
    }

    /** A 1 × 1 constant. */
    static Matrix scalar(double value) {
        return new RealMatrix(Dense.filled(1, 1, value));
    }

    /** The number of rows. */
    int rows();

    /** The number of columns. */
    int columns();

    /** The values without derivatives; the caller's own. */
    DMatrixRMaj value();

    /** The value in a row and a column. */
    double value(int row, int column);

    /** this + that. */
    default Matrix plus(Matrix that) {
        return Dispatch.one(x -> Products.plus(x[0], x[1]), this, that);
    }

    /** this - that. */
    default Matrix minus(Matrix that) {
        return Dispatch.one(x -> Products.minus(x[0], x[1]), this, that);
    }

    /** -this. */
    default Matrix unaryMinus() {
        return times(-1);
    }

    /** c·this. */
    default Matrix times(double c) {
        return Dispatch.one(x -> x[0].scale(c), this);
    }

    /** The product this·that. */
    default Matrix times(Matrix that) {
        return Dispatch.one(x -> Products.times(x[0], x[1]), this, that);
    }

    /** The product thisᵀ·that. */
    default Matrix transposeTimes(Matrix that) {
        return Dispatch.one(x -> Products.times(x[0].transpose(), x[1]), this, that);
    }

    /** The product this·thatᵀ. */
    default Matrix timesTranspose(Matrix that) {
        return Dispatch.one(x -> Products.times(x[0], x[1].transpose()), this, that);
    }

    /** The product thisᵀ·thatᵀ. */
    default Matrix transposeTimesTranspose(Matrix that) {
        return Dispatch.one(x -> Products.times(x[0].transpose(), x[1].transpose()), this, that);
    }

    /** thisᵀ. */
    default Matrix transpose() {
        return Dispatch.one(x -> x[0].transpose(), this);
    }

    /** s·this with a 1 × 1 matrix s. */
    default Matrix scale(Matrix s) {
        return Dispatch.one(x -> Products.scale(x[0], x[1]), s, this);
    }

    /** The product entry by entry (Hadamard's). */
    default Matrix hadamard(Matrix that) {
        return Dispatch.one(x -> Products.hadamard(x[0], x[1]), this, that);
    }

    /** The entry in a row and a column, 1 × 1. */
    default Matrix entry(int row, int column) {
        return submatrix(row, column, 1, 1);
    }

    /** The rows × columns entries from a row and a column on. */
    default Matrix submatrix(int row, int column, int rows, int columns) {
        return Dispatch.one(x -> Products.submatrix(x[0], row, column, rows, columns), this);
    }

    /** A column, n × 1. */
    default Matrix column(int j) {
        return submatrix(0, j, rows(), 1);
    }

    /** A row, 1 × m. */
    default Matrix row(int i) {
        return submatrix(i, 0, 1, columns());
    }

    /** The same entries, read row by row, in another shape. */
    default Matrix reshape(int rows, int columns) {
        return Dispatch.one(x -> Products.reshape(x[0], rows, columns), this);
    }
}
