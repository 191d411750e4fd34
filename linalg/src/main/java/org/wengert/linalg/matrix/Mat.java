package org.wengert.linalg.matrix;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A matrix, or a block of matrices side by side as in {@link Dense}, that may have a tangent along ONE direction:
 * v + b·δ with δ² = 0. All coefficients of rules are such matrices, which is what makes second derivatives out of first
 * ones.
 *
 * @param v the value; never changed
 * @param b the tangent, of the same shape; null means zero
 */
record Mat(DMatrixRMaj v, @Nullable DMatrixRMaj b) {

    static Mat of(DMatrixRMaj v) {
        return new Mat(v, null);
    }

    static Mat ones(int rows, int columns) {
        return of(Dense.filled(rows, columns, 1));
    }

    static Mat identity(int n) {
        return of(Dense.identity(n));
    }

    int rows() {
        return v.numRows;
    }

    int columns() {
        return v.numCols;
    }

    /** The value without the tangent. */
    Mat plain() {
        return b == null ? this : of(v);
    }

    /** f(this) for a linear f. */
    Mat linear(UnaryOperator<DMatrixRMaj> f) {
        return new Mat(f.apply(v), b == null ? null : f.apply(b));
    }

    /** f(x, y) for an f that is linear in each argument. */
    static Mat bilinear(BinaryOperator<DMatrixRMaj> f, Mat x, Mat y) {
        DMatrixRMaj b = sum(x.b == null ? null : f.apply(x.b, y.v), y.b == null ? null : f.apply(x.v, y.b));
        return new Mat(f.apply(x.v, y.v), b);
    }

    static @Nullable DMatrixRMaj sum(@Nullable DMatrixRMaj x, @Nullable DMatrixRMaj y) {
        return x == null ? y : y == null ? x : Dense.plus(x, y);
    }

    Mat plus(Mat y) {
        return new Mat(Dense.plus(v, y.v), sum(b, y.b));
    }

    Mat minus(Mat y) {
        return plus(y.scale(-1));
    }

    Mat scale(double c) {
        return linear(x -> Dense.scale(c, x));
    }

    Mat times(Mat y) {
        return bilinear(Dense::times, this, y);
    }

    Mat transpose() {
        return transpose(1);
    }

    Mat transpose(int lanes) {
        return linear(x -> Dense.transpose(x, lanes));
    }

    Mat reshape(int rows, int columns) {
        return linear(x -> Dense.reshape(x, rows, columns));
    }

    /** this∘x for each x of a block. */
    Mat hadamard(Mat x, int lanes) {
        return bilinear((p, q) -> Dense.hadamard(p, q, lanes), this, x);
    }

    Mat hadamard(Mat x) {
        return hadamard(x, 1);
    }

    /** s·this for a 1 × 1 matrix s. */
    Mat scale(Mat s) {
        return bilinear((c, x) -> Dense.spread(c, x, 1), this, s);
    }

    Mat diagonal() {
        return linear(x -> Dense.diagonal(x, 1));
    }

    Mat submatrix(int row, int column, int rows, int columns) {
        return linear(x -> Dense.submatrix(x, 1, row, column, rows, columns));
    }

    Mat embed(int row, int column, int rows, int columns) {
        return linear(x -> Dense.embed(x, 1, row, column, rows, columns));
    }

    /** Entry by entry f, whose derivative is first. */
    Mat map(java.util.function.DoubleUnaryOperator f, java.util.function.DoubleUnaryOperator first) {
        DMatrixRMaj slope = b == null ? null : Dense.hadamard(Dense.map(v, first), b, 1);
        return new Mat(Dense.map(v, f), slope);
    }

    /** 1/x, entry by entry. */
    Mat reciprocal() {
        return map(x -> 1 / x, x -> -1 / x / x);
    }
}
