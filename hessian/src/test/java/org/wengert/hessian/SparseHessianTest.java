package org.wengert.hessian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.square;
import static org.wengert.core.scalar.ScalarMath.sum;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.ops.DConvertMatrixStruct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wengert.core.Differentiable;
import org.wengert.core.scalar.Scalar;
import org.wengert.linalg.LinearOperator;
import org.wengert.linalg.coloring.Ordering;

class SparseHessianTest {

    private static double[] dense(DMatrixSparseCSC a) {
        return DConvertMatrixStruct.convert(a, (DMatrixRMaj) null).data;
    }

    @ParameterizedTest
    @EnumSource
    void everyWayGivesTheEagerHessian(ScalableProblem problem) {
        int n = 24;
        double[] x = problem.probe(n);
        double[] expected = problem.function(n).hessian(x).entries();
        double tolerance = 1e-13 * HessianVectorProductTest.largest(expected) * 10;
        SparseHessian h = SparseHessian.of(problem.function(n), x);
        assertArrayEquals(expected, dense(h.matrix(x)), tolerance);
        for (SparseHessian.Method method : SparseHessian.Method.values()) {
            assertArrayEquals(expected, dense(h.by(method).matrix(x)), tolerance, method.name());
        }
        for (Ordering o : new Ordering[] {Ordering.NATURAL, Ordering.LARGEST_FIRST, Ordering.SMALLEST_LAST}) {
            assertArrayEquals(expected, dense(h.star(o).matrix(x)), tolerance, "star " + o);
            assertArrayEquals(expected, dense(h.acyclic(o).matrix(x)), tolerance, "acyclic " + o);
        }
        assertArrayEquals(expected, HessianVectorProduct.of(problem.function(n), x).toDense().data, tolerance);
        DMatrixSparseCSC kept = h.newMatrix();
        assertSame(kept, h.into(x, kept).hessian());
        assertArrayEquals(expected, dense(kept), tolerance);
        assertEquals(problem.function(n).value(x), h.at(x).value(), 1e-12 * Math.abs(h.at(x).value()));
    }

    /** Hot or cold, in a matrix with room for the gradient and in one without, both ways: the same entries. */
    @Test
    void largeFunctionsArePushedAndWrittenInPlace() {
        int n = 1500;
        ScalableProblem problem = ScalableProblem.CHNROSENBROCK;
        SparseHessian h = SparseHessian.of(problem.function(n), problem.probe(n));
        assertTrue(h.report(problem.probe(n)).startsWith("by edge pushing"), h.report(problem.probe(n)));
        SparseHessian compressed = h.by(SparseHessian.Method.COMPRESSION);
        DMatrixSparseCSC roomy = h.newMatrix();
        var tight = new DMatrixSparseCSC(n, n, roomy.nz_length);
        double[] gradient = new double[n];
        for (int call = 0; call < 200; call++) {
            double[] x = problem.probe(n);
            x[call] += 0.01;
            double value = h.into(x, gradient, roomy);
            if (call % 20 == 0) {
                SparseHessian.Evaluation expected = compressed.at(x);
                double tolerance = 1e-12 * HessianVectorProductTest.largest(expected.hessian().nz_values);
                assertEquals(expected.value(), value, 1e-12 * Math.abs(value));
                assertArrayEquals(expected.gradient(), gradient, tolerance);
                assertArrayEquals(entries(expected.hessian()), entries(roomy), tolerance);
                assertEquals(value, h.into(x, gradient, tight), 1e-12 * Math.abs(value));
                assertArrayEquals(entries(roomy), entries(tight), tolerance);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> h.into(gradient, gradient, roomy));
        assertThrows(IllegalArgumentException.class, () -> h.into(problem.probe(n), new double[1], roomy));
    }

    private static double[] entries(DMatrixSparseCSC a) {
        return Arrays.copyOf(a.nz_values, a.nz_length);
    }

    @Test
    void structuresAreFound() {
        assertEquals(HessianStructure.Kind.BLOCK_DIAGONAL, structure(ScalableProblem.WOODS, 400).kind());
        assertEquals(100, structure(ScalableProblem.WOODS, 400).blocks());
        assertEquals(HessianStructure.Kind.BANDED, structure(ScalableProblem.CHNROSENBROCK, 400).kind());
        assertEquals(1, structure(ScalableProblem.CHNROSENBROCK, 400).bandwidth());
        assertEquals(HessianStructure.Kind.ARROW, structure(ScalableProblem.LIARWHD, 400).kind());
        assertArrayEquals(new int[] {0}, structure(ScalableProblem.LIARWHD, 400).borders());
        assertEquals(HessianStructure.Kind.ARROW, structure(ScalableProblem.ARWHEAD, 400).kind());
        assertEquals(HessianStructure.Kind.DIAGONAL, HessianStructure.of(TwiceDifferentiable.of(
                Differentiable.of(9, x -> sum(Arrays.stream(x).map(t -> exp(t)).toArray(Scalar[]::new)))).pattern(new double[9])).kind());
        assertEquals(HessianStructure.Kind.DENSE, HessianStructure.of(TwiceDifferentiable.of(
                Differentiable.of(9, x -> square(sum(x)))).pattern(new double[9])).kind());
    }

    private static HessianStructure structure(ScalableProblem p, int n) {
        return HessianStructure.of(TwiceDifferentiable.of(p.function(n)).pattern(p.start(n)));
    }

    @Test
    void arrowsAndBandsTakeFewColors() {
        assertEquals(2, SparseHessian.of(ScalableProblem.LIARWHD.function(500), ScalableProblem.LIARWHD.start(500)).coloring().colors());
        assertEquals(3, SparseHessian.of(ScalableProblem.CHNROSENBROCK.function(500), ScalableProblem.CHNROSENBROCK.start(500))
                .star(Ordering.NATURAL).coloring().colors());
        assertEquals(2, SparseHessian.of(ScalableProblem.CHNROSENBROCK.function(500), ScalableProblem.CHNROSENBROCK.start(500))
                .acyclic(Ordering.NATURAL).coloring().colors());
    }

    @Test
    void aHundredThousandVariablesAreOrdinary() {
        int n = 100_000;
        var f = TwiceDifferentiable.of(ScalableProblem.CHNROSENBROCK.function(n));
        double[] x = ScalableProblem.CHNROSENBROCK.probe(n);
        double[] v = ScalableProblem.direction(n);
        SparseHessian h = SparseHessian.of(f, x);
        DMatrixSparseCSC matrix = h.matrix(x);
        assertEquals(3 * n - 2, matrix.nz_length);
        double[] expected = f.at(x).apply(v);
        assertArrayEquals(expected, LinearOperator.of(matrix).apply(v), 1e-12 * HessianVectorProductTest.largest(expected));
    }

    @Test
    void anotherBranchMayBringNewEntries() {
        Differentiable f = Differentiable.of(3, x ->
                x[0].isLessThan(0) ? square(x[0]).plus(x[1].times(x[2])) : x[0].times(x[1]).plus(square(x[2])));
        SparseHessian h = SparseHessian.of(f, -1, 2, 3);
        for (double t : new double[] {-1, 1, -2, 2}) {
            assertArrayEquals(f.hessian(t, 2, 3).entries(), dense(h.matrix(t, 2, 3)), 0);
        }
    }

    @Test
    void elementsAreAssembled() {
        int n = 50;
        int[] input = new int[2 * (n - 1)];
        double[] datum = new double[n - 1];
        for (int e = 0; e < n - 1; e++) {
            input[2 * e] = e;
            input[2 * e + 1] = e + 1;
            datum[e] = 1 + e % 3;
        }
        ElementHessian h = ElementHessian.of(n, (x, d) -> square(x[1].minus(square(x[0]))).times(d[0])
                .plus(x[0].isLessThan(0) ? square(x[0]) : exp(x[0])), new ElementHessian.Elements(n - 1, 2, 1, input, datum));
        Differentiable whole = Differentiable.of(n, x -> {
            Scalar s = Scalar.of(0);
            for (int e = 0; e < n - 1; e++) {
                s = s.plus(square(x[e + 1].minus(square(x[e]))).times(datum[e])).plus(x[e].isLessThan(0) ? square(x[e]) : exp(x[e]));
            }
            return s;
        });
        double[] x = new double[n];
        Arrays.setAll(x, i -> Math.sin(i + 1));
        var at = h.at(x);
        var expected = whole.hessian(x);
        assertEquals(expected.value(), at.value(), 1e-12);
        assertArrayEquals(expected.gradient(), at.gradient(), 1e-12);
        assertArrayEquals(expected.entries(), dense(at.hessian()), 1e-12);
    }
}
