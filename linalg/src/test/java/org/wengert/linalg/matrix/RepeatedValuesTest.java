package org.wengert.linalg.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.wengert.core.scalar.Differentiation;

/** Repeated eigenvalues and singular values: sums over them are exact, vectors are refused. */
class RepeatedValuesTest {

    /** The second derivative along a line, by central differences of fourth and sixth order. */
    private static double second(ToDoubleFunction<DMatrixRMaj> f, DMatrixRMaj at, DMatrixRMaj along, double h) {
        double[] w = {-49.0 / 18, 1.5, -0.15, 1.0 / 90};
        double sum = w[0] * f.applyAsDouble(at);
        for (int k = 1; k < 4; k++) {
            sum += w[k] * (f.applyAsDouble(Dense.plus(at, Dense.scale(k * h, along)))
                    + f.applyAsDouble(Dense.plus(at, Dense.scale(-k * h, along))));
        }
        return sum / (h * h);
    }

    private static double first(ToDoubleFunction<DMatrixRMaj> f, DMatrixRMaj at, DMatrixRMaj along, double h) {
        double[] w = {0, 0.75, -0.15, 1.0 / 60};
        double sum = 0;
        for (int k = 1; k < 4; k++) {
            sum += w[k] * (f.applyAsDouble(Dense.plus(at, Dense.scale(k * h, along)))
                    - f.applyAsDouble(Dense.plus(at, Dense.scale(-k * h, along))));
        }
        return sum / h;
    }

    private static void assertSumIsExact(
            java.util.function.UnaryOperator<Matrix> sum, DMatrixRMaj at, DMatrixRMaj along) {
        var of = new Differentiation("a sum of repeated values");
        if (sum.apply(HyperDualMatrix.of(of, at, new DMatrixRMaj[] {along}, along)) instanceof HyperDualMatrix y) {
            ToDoubleFunction<DMatrixRMaj> f = x -> sum.apply(Matrix.of(x)).value(0, 0);
            assertEquals(first(f, at, along, 2e-3), y.a(0).get(0, 0), 1e-8);
            assertEquals(second(f, at, along, 1e-2), y.ab(0).get(0, 0), 1e-6);
        } else {
            throw new AssertionError();
        }
    }

    @Property(tries = 30, seed = "42")
    void theSumOverARepeatedEigenvalueOfASymmetricMatrixIsExact(@ForAll long seed) {
        Random r = new Random(seed);
        DMatrixRMaj a = RuleCase.withEigenvalues(r, 1, 1, 1, 4, 6);
        DMatrixRMaj e = RuleCase.symmetric(Dense.scale(0.3, RuleCase.random(r, 5, 5)));
        assertSumIsExact(x -> MatrixMath.sum(MatrixMath.symmetricEigenvalues(x).submatrix(0, 0, 3, 1)), a, e);
    }

    @Property(tries = 30, seed = "42")
    void theSumOverARepeatedEigenvalueOfAGeneralMatrixIsExact(@ForAll long seed) {
        Random r = new Random(seed);
        DMatrixRMaj d = new DMatrixRMaj(new double[][] {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 5, 2}, {0, 0, -2, 5}});
        DMatrixRMaj s = RuleCase.withSingularValues(r, 4, 4, 1, 1.2, 0.8, 1.1);
        DMatrixRMaj a = Dense.times(s, Dense.times(d, MatrixMath.inverse(Matrix.of(s)).value()));
        DMatrixRMaj e = Dense.scale(0.3, RuleCase.random(r, 4, 4));
        assertSumIsExact(x -> MatrixMath.sum(MatrixMath.eigenvalues(x).real().submatrix(0, 0, 2, 1)), a, e);
    }

    @Property(tries = 30, seed = "42")
    void theSumOverARepeatedSingularValueIsExactAndSoIsTheNuclearNorm(@ForAll long seed) {
        Random r = new Random(seed);
        DMatrixRMaj a = RuleCase.withSingularValues(r, 5, 4, 6, 3, 3, 3);
        DMatrixRMaj e = Dense.scale(0.3, RuleCase.random(r, 5, 4));
        assertSumIsExact(x -> MatrixMath.sum(MatrixMath.singularValues(x).submatrix(1, 0, 3, 1)), a, e);
        assertSumIsExact(MatrixMath::nuclearNorm, a, e);
    }

    @Test
    void theTraceOfTheUnitMatrixIsExactThroughItsEigenvalues() {
        var f = DifferentiableMatrix.of(x -> MatrixMath.sum(MatrixMath.symmetricEigenvalues(x)));
        MatrixHvp h = f.hvp(
                new DMatrixRMaj[] {Dense.identity(4)},
                new DMatrixRMaj[] {RuleCase.symmetric(RuleCase.random(new Random(1), 4, 4))});
        assertEquals(0, Dense.maxAbs(Dense.minus(Dense.identity(4), h.gradient()[0])), 1e-15);
        assertEquals(0, Dense.maxAbs(h.product()[0]), 1e-15);
    }

    private static String failure(java.util.function.UnaryOperator<Matrix> f, DMatrixRMaj at) {
        var of = new Differentiation("a failure");
        Matrix dual = DualMatrix.of(of, at, RuleCase.symmetric(RuleCase.random(new Random(5), at.numRows, at.numCols)));
        Matrix hyper = HyperDualMatrix.of(of, at, new DMatrixRMaj[] {at}, at);
        String message = String.valueOf(assertThrows(ArithmeticException.class, () -> f.apply(dual)).getMessage());
        assertThrows(ArithmeticException.class, () -> f.apply(hyper));
        // Values alone are there, and a recording that never asks for the derivative goes through.
        assertTrue(Double.isFinite(f.apply(Matrix.of(at)).value(0, 0)));
        assertThrows(ArithmeticException.class,
                () -> DifferentiableMatrix.of(x -> MatrixMath.sum(f.apply(x))).gradient(at));
        return message;
    }

    @Test
    void vectorsOfRepeatedValuesAreRefusedWithTheValues() {
        DMatrixRMaj twice = new DMatrixRMaj(new double[][] {{2, 0, 0}, {0, 2, 0}, {0, 0, 3}});
        assertEquals("vectors of repeated eigenvalues have no derivative, but values 0 and 1 are 2.0 and 2.0; "
                + "the values alone, and sums of them over equal ones, do",
                failure(x -> MatrixMath.symmetricEigen(x).vectors(), twice));
        assertTrue(failure(x -> MatrixMath.eigen(x).real(), twice).contains("values 0 and 1 are 2.0 and 2.0"));
        assertTrue(failure(x -> MatrixMath.svd(x).v(), twice).contains("values 1 and 2 are 2.0 and 2.0"));
    }

    @Test
    void normsSayWhereTheyHaveNoDerivative() {
        DMatrixRMaj twice = new DMatrixRMaj(new double[][] {{2, 0}, {0, 2}});
        DMatrixRMaj singular = new DMatrixRMaj(new double[][] {{2, 0}, {0, 0}});
        assertEquals("the spectral norm has no derivative where the largest singular value is repeated or zero, but the "
                + "largest are 2.0 and 2.0", failure(MatrixMath::spectralNorm, twice));
        assertEquals("the nuclear norm has no derivative where a singular value is zero, but the smallest is 0.0",
                failure(MatrixMath::nuclearNorm, singular));
        assertEquals("a singular value that is zero has no derivative, but value 1 is 0.0",
                failure(MatrixMath::singularValues, singular));
        assertEquals(0, DifferentiableMatrix.of(MatrixMath::frobeniusNorm).gradient(new DMatrixRMaj(2, 2)).gradient()[0].get(0, 0));
    }

    @Test
    void aDefectiveMatrixIsNamed() {
        DMatrixRMaj jordan = new DMatrixRMaj(new double[][] {{2, 1}, {0, 2}});
        String message = failure(x -> MatrixMath.eigenvalues(x).real(), jordan);
        assertTrue(message.startsWith("eigenvalues of a defective matrix have no derivative, but a has too few eigenvectors: the smallest pivot"),
                message);
    }
}
