package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.core.elementary.Trigonometry;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;

/** Transforms take linear time and no stack: a chain of a million operations, and a function of many variables. */
class LargeProgramsTest {

    private static final int DEEP = 1_000_000;

    /** x ↦ sin(… sin(x) + y … ) + y: half a million times each. */
    private static Program chain() {
        var g = new ProgramBuilder();
        int v = g.input();
        int y = g.input();
        for (int i = 0; i < DEEP; i++) {
            v = i % 2 == 0 ? g.apply(Trigonometry.SIN, v) : g.plus(v, y);
        }
        return g.build(v);
    }

    private static double[] derivativesOfChain(double x, double y) {
        double v = x;
        double dx = 1;
        double dy = 0;
        for (int i = 0; i < DEEP; i++) {
            if (i % 2 == 0) {
                dx *= Math.cos(v);
                dy *= Math.cos(v);
                v = Math.sin(v);
            } else {
                v += y;
                dy += 1;
            }
        }
        return new double[] {v, dx, dy};
    }

    @Test
    void aChainOfAMillionOperationsIsDifferentiatedInEveryMode() {
        Program p = chain();
        double[] expected = derivativesOfChain(1e-3, 1e-10);
        double[] forward = Tangent.columns(p, 0, 1).value(1e-3, 1e-10);
        double[] reverse = Adjoint.gradient(p).value(1e-3, 1e-10);
        double[] eliminated = Elimination.jacobian(p, Order.MARKOWITZ, Zeros.ABSORBED, 0, 1).program().value(1e-3, 1e-10);
        for (int i = 0; i < 3; i++) {
            assertEquals(expected[i], forward[i], 1e-9 * Math.abs(expected[i]));
            assertEquals(expected[i], reverse[i], 1e-9 * Math.abs(expected[i]));
            assertEquals(expected[i], eliminated[i], 1e-9 * Math.abs(expected[i]));
        }
        assertEquals(2, Sparsity.jacobian(p).size());
        assertEquals(3, Sparsity.hessian(p).size());
    }

    /** Rosenbrock's function, chained: Σ 100 (xᵢ₊₁ - xᵢ²)² + (1 - xᵢ)². */
    private static Program rosenbrock(int n) {
        var g = new ProgramBuilder();
        int[] x = IntStream.range(0, n).map(_ -> g.input()).toArray();
        int sum = -1;
        for (int i = 0; i + 1 < n; i++) {
            int a = g.minus(x[i + 1], g.times(x[i], x[i]));
            int b = g.minus(g.constant(1), x[i]);
            int term = g.plus(g.times(g.constant(100), g.times(a, a)), g.times(b, b));
            sum = i == 0 ? term : g.plus(sum, term);
        }
        return g.build(sum);
    }

    @Test
    void theGradientOfAHundredThousandVariablesIsASmallMultipleOfTheFunction() {
        int n = 100_000;
        Program p = rosenbrock(n);
        Program gradient = Adjoint.gradient(p, Zeros.GUARDED, 0, IntStream.range(0, n).toArray());
        assertTrue(Report.operations(gradient) < 3L * Report.operations(p),
                Report.operations(gradient) + " of " + Report.operations(p));
        double[] x = IntStream.range(0, n).mapToDouble(i -> Math.sin(i)).toArray();
        double[] out = gradient.value(x);
        for (int i = 1; i + 1 < n; i++) {
            double expected = 200 * (x[i] - x[i - 1] * x[i - 1]) - 400 * x[i] * (x[i + 1] - x[i] * x[i]) - 2 * (1 - x[i]);
            assertEquals(expected, out[1 + i], 1e-12 * (400 + Math.abs(expected)));
        }
    }

    @Test
    void theHessianOfManyVariablesStaysSparse() {
        int n = 20_000;
        Program p = rosenbrock(n);
        HessianProgram h = SecondOrder.hessian(p);
        assertEquals(2 * n - 1, h.pattern().size());
        assertEquals(h.pattern(), Sparsity.hessian(p));
        double[] x = IntStream.range(0, n).mapToDouble(i -> Math.cos(i)).toArray();
        double[] out = h.program().value(x);
        for (int i = 1; i + 1 < n; i++) {
            assertEquals(202 + 1200 * x[i] * x[i] - 400 * x[i + 1], out[h.output(i, i)], 1e-9);
            assertEquals(-400 * x[i], out[h.output(i + 1, i)], 1e-9);
        }
    }
}
