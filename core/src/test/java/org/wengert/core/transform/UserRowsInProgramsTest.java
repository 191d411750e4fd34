package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.sin;

import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.Hessian;
import org.wengert.core.Implicit;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;

/** Rows that state their derivatives as double functions only take part in programs, up to second order. */
class UserRowsInProgramsTest {

    private static final Unary CUBE = Unary.of("cube", x -> x * x * x, x -> 3 * x * x, x -> 6 * x);
    private static final Unary FIRST_ONLY = Unary.of("twice", x -> 2 * x, x -> 2);

    private static Scalar f(Scalar[] x) {
        return sin(x[0].times(x[1]).apply(CUBE)).times(x[1].apply(CUBE));
    }

    @Test
    void firstAndSecondDerivativesAreThoseOfTheEagerNumbers() {
        double[] x = {0.7, 1.2};
        Hessian expected = Differentiable.of(2, UserRowsInProgramsTest::f).hessian(x);
        Program p = Tracer.trace(x, z -> new Scalar[] {f(z)});
        HessianProgram h = SecondOrder.hessian(p);
        double[] out = h.program().value(x);
        for (int i = 0; i < 2; i++) {
            assertEquals(expected.gradient()[i], out[h.gradient(i)], 1e-13);
            for (int j = 0; j < 2; j++) {
                assertEquals(expected.get(i, j), out[h.output(i, j)], 1e-12);
            }
        }
        double[] hvp = SecondOrder.hvp(p).value(0.7, 1.2, 1, 0);
        assertEquals(expected.get(0, 0), hvp[3], 1e-12);
        assertEquals(expected.get(1, 0), hvp[4], 1e-12);
    }

    /** The real y with y³ + y = p, by Newton's method on doubles. */
    private static double cubicRoot(double p) {
        double y = 0;
        for (int i = 0; i < 60; i++) {
            y -= (y * y * y + y - p) / (3 * y * y + 1);
        }
        return y;
    }

    private static Scalar implicit(Scalar[] x) {
        return Implicit.root(
                (y, q) -> y.times(y).times(y).plus(y).minus(q[0].times(q[1])), q -> cubicRoot(q[0] * q[1]), x).times(x[0]);
    }

    @Test
    void implicitFunctionsAreRecordedWithTheirDerivatives() {
        Program p = Tracer.trace(new double[] {1, 2}, x -> new Scalar[] {implicit(x)});
        assertEquals(0, p.guards().size());
        Program h = SecondOrder.hessian(p).program();
        for (double[] x : new double[][] {{1, 2}, {0.3, -4}, {5, 1}}) {
            Hessian expected = Differentiable.of(2, UserRowsInProgramsTest::implicit).hessian(x);
            double[] out = h.value(x);
            assertEquals(expected.value(), out[0]);
            double[] entries = {
                expected.gradient()[0], expected.gradient()[1],
                expected.get(0, 0), expected.get(1, 0), expected.get(1, 1)
            };
            for (int i = 0; i < entries.length; i++) {
                assertEquals(entries[i], out[1 + i], 1e-12 * (1 + Math.abs(entries[i])));
            }
        }
    }

    @Test
    void thirdDerivativesAreRefusedBeforeAnythingRuns() {
        Program p = Tracer.trace(new double[] {1}, x -> new Scalar[] {x[0].apply(CUBE)});
        Program second = Tangent.columns(Tangent.columns(p, 0).select(1), 0).select(1);
        assertEquals(12, second.value(2)[0]);
        String message = assertThrows(IllegalArgumentException.class, () -> Tangent.columns(second, 0)).toString();
        assertTrue(message.contains("cube"), message);
    }

    @Test
    void aSecondDerivativeThatWasNotGivenIsAskedForByName() {
        Program p = Tracer.trace(new double[] {1}, x -> new Scalar[] {x[0].apply(FIRST_ONLY).times(x[0])});
        assertEquals(8, Adjoint.gradient(p).value(2)[1]);
        Program h = SecondOrder.hessian(p).program();
        String message = assertThrows(UnsupportedOperationException.class, () -> h.value(2)).toString();
        assertTrue(message.contains("twice"), message);
    }
}
