package org.wengert.core.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.sin;

import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.engine.Allocation;
import org.wengert.core.engine.TileInterpreter;

/** What hot calls allocate. */
class BatchAllocationTest {

    private static final Differentiable FUNCTION = Differentiable.of(3, x -> x[2].isGreaterThan(-5)
            ? exp(x[0].times(x[2])).plus(sin(x[1]).div(x[0].plus(3)))
            : x[0]);

    @Test
    void aCompiledFunctionAllocatesNothing() {
        CompiledFunction f = CompiledFunction.of(FUNCTION);
        double[] x = {0.1, 0.2, 0.3};
        double[] v = {1, 2, 3};
        double[] gradient = new double[3];
        double[] product = new double[3];
        double[] entries = new double[9];
        double[] value = new double[1];
        assertEquals(0, Allocation.least(0, () -> f.gradient(x, gradient)));
        assertEquals(0, Allocation.least(0, () -> f.hvp(x, v, gradient, product)));
        assertEquals(0, Allocation.least(0, () -> f.hessian(x, gradient, entries)));
        double[] tangent = new double[1];
        assertEquals(0, Allocation.least(0, () -> f.jvp(x, v, value, tangent)));
    }

    /** A call of a batch makes a few small objects, whatever the number of points. */
    @Test
    void aBatchAllocatesNothingThatGrowsWithThePoints() {
        Batch batch = Batch.of(FUNCTION).withUniform(2).withThreads(1).withEngine(new TileInterpreter());
        double[] parameter = {0.4};
        double[] sums = new double[1];
        double[] gradient = new double[1];
        for (int size : new int[] {300, 30_000}) {
            Points points = Points.of(size, 2);
            var table = new Table();
            long most = 0;
            for (Runnable call : new Runnable[] {
                () -> batch.gradientInto(points, table, parameter), () -> batch.sumInto(points, sums, parameter),
                () -> batch.sumGradientInto(points, gradient, parameter)}) {
                most = Math.max(most, Allocation.least(256, call));
            }
            assertTrue(most <= 256, "a call with " + size + " points allocates " + most + " bytes");
        }
    }
}
