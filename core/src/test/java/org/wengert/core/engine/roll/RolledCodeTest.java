package org.wengert.core.engine.roll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.SecondOrder;
import org.wengert.core.transform.Tangent;
import org.wengert.core.transform.Zeros;

/** Re-rolled programs compute what the programs compute node by node. */
class RolledCodeTest {

    private static final int[] SIZES = {4, 9, 36, 100, 324, 1024};

    private static Program trace(PlainLoops f, int n) {
        return Tracer.trace(PlainLoops.point(n, 1), f::apply);
    }

    private static Program gradient(Program p, Zeros zeros) {
        return Adjoint.gradient(p, zeros, 0, IntStream.range(0, p.inputs()).toArray());
    }

    private static void assertSame(Program p, double[] x, double tolerance, String what) {
        double[] expected = new double[p.outputs()];
        assertTrue(p.run(x, expected, p.newWorkspace()), what + ": the point is off the program's path");
        double[] actual = new double[p.outputs()];
        RolledCode code = RolledCode.of(p, new OneByOne());
        assertTrue(code.run(x, actual), what + ": a guard failed; " + code.report());
        double size = 0;
        for (double e : expected) {
            size = Math.max(size, Math.abs(e));
        }
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], tolerance * (Math.abs(expected[i]) + 1e-3 * size),
                    what + ", output " + i + "; " + code.report());
        }
    }

    @ParameterizedTest
    @EnumSource
    void valuesAreThoseOfTheProgram(PlainLoops f) {
        for (int n : SIZES) {
            assertSame(trace(f, n), PlainLoops.point(n, 1), 1e-13, "n = " + n);
        }
    }

    @ParameterizedTest
    @EnumSource
    void gradientsAreThoseOfTheProgram(PlainLoops f) {
        for (int n : SIZES) {
            assertSame(gradient(trace(f, n), Zeros.GUARDED), PlainLoops.point(n, 1), 1e-12, "guarded, n = " + n);
            assertSame(gradient(trace(f, n), Zeros.ABSORBED), PlainLoops.point(n, 1), 1e-12, "absorbed, n = " + n);
        }
    }

    @ParameterizedTest
    @EnumSource
    void productsWithHessiansAreThoseOfTheProgram(PlainLoops f) {
        for (int n : new int[] {9, 100, 324}) {
            double[] xv = PlainLoops.point(2 * n, 1);
            assertSame(SecondOrder.hvp(trace(f, n)), xv, 1e-11, "n = " + n);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tangentsAreThoseOfTheProgram(PlainLoops f) {
        int n = 324;
        assertSame(Tangent.of(trace(f, n), 2), PlainLoops.point(3 * n, 1), 1e-12, "two directions");
    }

    @Test
    void theGradientOfALoopIsAFewVectorInstructions() {
        Program g = gradient(trace(PlainLoops.ROSENBROCK, 10_000), Zeros.GUARDED);
        RollReport report = RolledCode.of(g, new OneByOne()).report();
        assertTrue(report.instructions() < 40, report.toString());
        assertTrue(report.lone() < 100, report.toString());
        assertEquals(0, report.irregularShare(), report.toString());
    }

    @Test
    void aPointOffThePathIsToldAndItsOutputsAreNoNumbers() {
        Program p = trace(PlainLoops.HUBER, 200);
        double[] out = new double[1];
        double[] other = PlainLoops.point(200, 2);
        assertFalse(RolledCode.of(p, new OneByOne()).run(other, out));
        assertTrue(Double.isNaN(out[0]));
        assertFalse(p.run(other, out, p.newWorkspace()));
    }
}
