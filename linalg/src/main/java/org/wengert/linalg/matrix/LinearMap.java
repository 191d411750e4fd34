package org.wengert.linalg.matrix;

import java.util.List;
import java.util.function.BinaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * A linear map from matrices to matrices, and its transpose: ⟨Y, map(X)⟩ = ⟨transpose(Y), X⟩ with ⟨X, Y⟩ = Σ xᵢⱼ yᵢⱼ. Both
 * work on a block of several matrices at once.
 *
 * @param forward the map
 * @param reverse its transpose
 */
record LinearMap(Application forward, Application reverse) {

    /** One direction of a map. */
    @FunctionalInterface
    interface Application {
        /** The images of all the matrices of a block. */
        Mat to(Mat x, int lanes);
    }

    /** What a map does to a block of plain matrices, where it has no coefficients. */
    @FunctionalInterface
    interface Plain {
        DMatrixRMaj to(DMatrixRMaj x, int lanes);
    }

    LinearMap transposed() {
        return new LinearMap(reverse, forward);
    }

    private static LinearMap of(Plain forward, Plain reverse) {
        return new LinearMap(
                (x, k) -> x.linear(p -> forward.to(p, k)), (y, k) -> y.linear(p -> reverse.to(p, k)));
    }

    /** A map that is linear in its coefficient, too. */
    private interface WithCoefficient {
        DMatrixRMaj to(DMatrixRMaj c, DMatrixRMaj x, int lanes);
    }

    private static LinearMap of(Mat c, WithCoefficient forward, WithCoefficient reverse) {
        return new LinearMap(apply(c, forward), apply(c, reverse));
    }

    private static Application apply(Mat c, WithCoefficient f) {
        return (x, k) -> {
            BinaryOperator<DMatrixRMaj> product = (p, q) -> f.to(p, q, k);
            return Mat.bilinear(product, c, x);
        };
    }

    /** The map from one differential to an expression of it. */
    static LinearMap of(Differential x, Differential y) {
        return new LinearMap(
                (t, k) -> {
                    var sweep = new Differential.Sweep(k);
                    sweep.seed(x, t);
                    return sweep.tangent(y);
                },
                (t, k) -> {
                    var sweep = new Differential.Sweep(k);
                    sweep.seed(y, t);
                    sweep.reverse(List.of(y));
                    return sweep.tangent(x);
                });
    }

    static LinearMap identity() {
        return new LinearMap((x, k) -> x, (y, k) -> y);
    }

    static LinearMap scale(double c) {
        return of((x, k) -> Dense.scale(c, x), (y, k) -> Dense.scale(c, y));
    }

    /** X ↦ C·X. */
    static LinearMap left(Mat c) {
        return new LinearMap((x, k) -> c.times(x), (y, k) -> c.transpose().times(y));
    }

    /** X ↦ X·C. */
    static LinearMap right(Mat c) {
        return new LinearMap((x, k) -> right(x, c, k), (y, k) -> right(y, c.transpose(), k));
    }

    /** The rows of all matrices of a block, one after another in the same memory, times c. */
    private static Mat right(Mat x, Mat c, int k) {
        int n = x.rows();
        return x.reshape(n * k, c.rows()).times(c).reshape(n, k * c.columns());
    }

    /** X ↦ A⁻¹·X. */
    static LinearMap solve(Solver a) {
        return new LinearMap((x, k) -> a.solve(x), (y, k) -> a.solveTransposed(y));
    }

    /** X ↦ A⁻ᵀ·X. */
    static LinearMap solveTransposed(Solver a) {
        return solve(a).transposed();
    }

    /** X ↦ C∘X. */
    static LinearMap hadamard(Mat c) {
        return of(c, Dense::hadamard, Dense::hadamard);
    }

    /** X ↦ Xᵀ. */
    static LinearMap transpose() {
        return of(Dense::transpose, Dense::transpose);
    }

    /** X ↦ (X + Xᵀ)/2. */
    static LinearMap symmetric() {
        return of(Dense::symmetric, Dense::symmetric);
    }

    /** X ↦ ⟨C, X⟩, 1 × 1. */
    static LinearMap inner(Mat c) {
        return of(c, Dense::inner, Dense::spread);
    }

    /** x ↦ x·C for a 1 × 1 matrix x. */
    static LinearMap spread(Mat c) {
        return inner(c).transposed();
    }

    /** X ↦ C ⊗ X for an n × m matrix X. */
    static LinearMap kronecker(Mat c, int n, int m) {
        return of(c, Dense::kronecker, (p, z, k) -> Dense.kroneckerAdjoint(p, z, k, n, m));
    }

    /** X ↦ X ⊗ C for an n × m matrix X. */
    static LinearMap kroneckerRight(Mat c, int n, int m) {
        return of(c, Dense::kroneckerRight, (p, z, k) -> Dense.kroneckerRightAdjoint(p, z, k, n, m));
    }

    /** The diagonal of an n × m matrix, as a column. */
    static LinearMap diagonal(int n, int m) {
        return of(Dense::diagonal, (y, k) -> Dense.ofDiagonal(y, k, n, m));
    }

    /** Rows and columns of an n × m matrix. */
    static LinearMap submatrix(int row, int column, int rows, int columns, int n, int m) {
        return of(
                (x, k) -> Dense.submatrix(x, k, row, column, rows, columns),
                (y, k) -> Dense.embed(y, k, row, column, n, m));
    }

    /** The same entries, read row by row, in another shape. */
    static LinearMap reshape(int n, int m, int rows, int columns) {
        return of((x, k) -> Dense.reshapeEach(x, k, rows, columns), (y, k) -> Dense.reshapeEach(y, k, n, m));
    }
}
