package org.wengert.linalg.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.core.scalar.Differentiation;

/** Messages name the argument, what it was and what it should be. */
class MatrixErrorsTest {

    private static final Matrix TWO_BY_THREE = Matrix.of(new DMatrixRMaj(2, 3));
    private static final Matrix SINGULAR = Matrix.of(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});

    private static void assertMessage(Class<? extends Throwable> type, String message, Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    private static void assertRefused(String message, Executable call) {
        assertMessage(IllegalArgumentException.class, message, call);
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        assertRefused("right must have 3 rows, one for each column of left (2 x 3), but is 2 x 3",
                () -> TWO_BY_THREE.times(TWO_BY_THREE));
        assertRefused("right must be 2 x 3 like left, but is 3 x 3", () -> TWO_BY_THREE.plus(SINGULAR));
        assertRefused("a must be square, but is 2 x 3", () -> MatrixMath.inverse(TWO_BY_THREE));
        assertRefused("b must have 3 rows like a (3 x 3), but is 2 x 3", () -> MatrixMath.solve(SINGULAR, TWO_BY_THREE));
        assertRefused("s must be 1 x 1, but is 2 x 3", () -> SINGULAR.scale(TWO_BY_THREE));
        assertRefused("diagonal must be a column, n x 1, but is 2 x 3", () -> MatrixMath.ofDiagonal(TWO_BY_THREE));
        assertRefused("rows and columns must make 6 entries like a (2 x 3), but are 4 x 2", () -> TWO_BY_THREE.reshape(4, 2));
        assertRefused("1 x 1 entries from (2, 0) must lie within a, but a is 2 x 3", () -> TWO_BY_THREE.entry(2, 0));
        assertRefused("c must be 3 x 3 for a (3 x 3) and b (3 x 3), but is 2 x 3",
                () -> MatrixMath.sylvester(SINGULAR, SINGULAR, TWO_BY_THREE));
    }

    @Test
    void singularMatricesAreNamedWithThePivot() {
        var e = assertThrows(ArithmeticException.class, () -> MatrixMath.solve(SINGULAR, Matrix.identity(3)));
        assertTrue(String.valueOf(e.getMessage()).startsWith("a is singular: pivot 2 of 3 is "), e.getMessage());
        assertThrows(ArithmeticException.class, () -> MatrixMath.logDeterminant(SINGULAR));
        assertThrows(ArithmeticException.class, () -> MatrixMath.lu(SINGULAR));
        assertThrows(ArithmeticException.class, () -> MatrixMath.power(SINGULAR, -1));
        assertThrows(ArithmeticException.class, () -> MatrixMath.leastSquares(SINGULAR, Matrix.identity(3)));
        // Scales alone make no matrix singular.
        Matrix scaled = Matrix.of(new double[][] {{1e-200, 0}, {1, 1e200}});
        assertEquals(1e200, MatrixMath.inverse(scaled).value(0, 0), 1e186);
    }

    @Test
    void matricesThatAreNotSymmetricOrNotDefiniteAreNamedWithEntries() {
        assertRefused("a must be symmetric, but entry (1, 0) is 4.0 and entry (0, 1) is 2.0",
                () -> MatrixMath.cholesky(SINGULAR));
        Matrix indefinite = Matrix.of(new double[][] {{1, 2}, {2, 1}});
        assertMessage(ArithmeticException.class,
                "a must be positive definite, but its leading 2 x 2 block is not: pivot 1 is -3.0",
                () -> MatrixMath.cholesky(indefinite));
        assertMessage(ArithmeticException.class,
                "the leading 1 x 1 block of a is singular: pivot 0 is 0.0, so a has no factors L·D·Lᵀ without exchanges of rows",
                () -> MatrixMath.ldl(Matrix.of(new double[][] {{0, 1}, {1, 0}})));
    }

    @Test
    void functionsThatDoNotExistAreNamedWithTheEigenvalue() {
        Matrix negative = Matrix.of(new double[][] {{-1, 0}, {0, 2}});
        String message = "a must have no eigenvalue that is zero or negative, but has -1.0: there is no differentiable real "
                + "square root, logarithm or power";
        assertMessage(ArithmeticException.class, message, () -> MatrixMath.sqrt(negative));
        assertMessage(ArithmeticException.class, message, () -> MatrixMath.log(negative));
        assertMessage(ArithmeticException.class, message, () -> MatrixMath.power(negative, 0.3));
        assertMessage(ArithmeticException.class,
                "the equation is singular: no eigenvalue of a may be the negative of one of b, but a has 1.0 and b has -1.0",
                () -> MatrixMath.sylvester(Matrix.identity(1), Matrix.scalar(-1), Matrix.scalar(2)));
        assertMessage(ArithmeticException.class,
                "a must have full column rank, but column 1 depends on those before it: diagonal entry 1 of R is 0.0, and the "
                        + "column's norm is 2.0",
                () -> MatrixMath.qr(Matrix.of(new double[][] {{1, 2}, {0, 0}})));
    }

    @Test
    void entriesThatAreNotFiniteAreNamedWhereAnIterationWouldNotEnd() {
        Matrix nan = Matrix.of(new double[][] {{1, 2}, {Double.NaN, 1}});
        for (Executable call : new Executable[] {
            () -> MatrixMath.svd(nan), () -> MatrixMath.eigen(nan), () -> MatrixMath.exp(nan), () -> MatrixMath.log(nan),
            () -> MatrixMath.cholesky(nan), () -> MatrixMath.qr(nan), () -> MatrixMath.pseudoInverse(nan)
        }) {
            assertRefused("a must be finite, but entry (1, 0) is NaN", call);
        }
    }

    @Test
    void twoDifferentiationsAreNeverMixed() {
        DMatrixRMaj one = Dense.identity(2);
        DualMatrix a = DualMatrix.of(new Differentiation("the first"), one, one);
        DualMatrix b = DualMatrix.of(new Differentiation("the second"), one, one);
        var e = assertThrows(IllegalArgumentException.class, () -> a.times(b));
        assertTrue(String.valueOf(e.getMessage()).contains("the first") && String.valueOf(e.getMessage()).contains("the second"), e.getMessage());
        DualMatrix two = DualMatrix.of(a.of(), one, one, one);
        assertThrows(IllegalArgumentException.class, () -> a.plus(two));
        assertThrows(IllegalArgumentException.class,
                () -> a.plus(HyperDualMatrix.of(a.of(), one, new DMatrixRMaj[] {one}, one)));
        assertThrows(IllegalArgumentException.class, () -> DifferentiableMatrix.of(x -> x.times(a)).gradient(one));
    }

    @Test
    void tangentsOfTheWrongShapeAreNamed() {
        var of = new Differentiation("shapes");
        assertRefused("tangents[1] must be 2 x 2 like value, but is 3 x 2",
                () -> DualMatrix.of(of, new DMatrixRMaj(2, 2), new DMatrixRMaj(2, 2), new DMatrixRMaj(3, 2)));
        assertRefused("tangents must be at least 1, but were 0", () -> DualMatrix.of(of, new DMatrixRMaj(2, 2)));
        assertRefused("b must be 2 x 2 like value, but is 1 x 2",
                () -> HyperDualMatrix.of(of, new DMatrixRMaj(2, 2), new DMatrixRMaj[] {new DMatrixRMaj(2, 2)}, new DMatrixRMaj(1, 2)));
        var f = DifferentiableMatrix.of(MatrixMath::inverse);
        assertRefused("a gradient needs a function whose result is 1 x 1, but it is 2 x 2", () -> f.gradient(Dense.identity(2)));
        assertRefused("adjoint must be 2 x 2 like the result, but is 1 x 2",
                () -> f.pullback(Dense.identity(2)).apply(new DMatrixRMaj(1, 2)));
        assertRefused("along[0] must be 2 x 2 like the argument, but is 2 x 3", () -> f.jvp(
                new DMatrixRMaj[] {Dense.identity(2)}, new DMatrixRMaj[] {new DMatrixRMaj(2, 3)}));
        assertRefused("arguments must be 1, but were 2", () -> f.value(Dense.identity(2), Dense.identity(2)));
    }

    @Test
    void argumentsAndResultsAreNotShared() {
        DMatrixRMaj at = Dense.identity(2);
        Matrix a = Matrix.of(at);
        at.set(0, 0, 5);
        assertEquals(1, a.value(0, 0));
        a.value().set(0, 0, 7);
        assertEquals(1, a.value(0, 0));
        DMatrixRMaj[] g = DifferentiableMatrix.of((x, y) -> MatrixMath.trace(x.plus(y))).gradient(at, at).gradient();
        g[0].set(0, 0, 9);
        assertEquals(1, g[1].get(0, 0));
    }
}
