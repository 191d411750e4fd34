package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.transform.FormulaPrograms.program;

import org.junit.jupiter.api.Test;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;

class AdjointTest {

    private static final Program P = program("x y z", "x*y", "sin(x)", "z^3+2*y", "x");

    @Test
    void aSumOfOutputsIsWeightedAtRunTime() {
        Program a = Adjoint.of(P);
        assertEquals(7, a.inputs());
        double[] out = a.value(2, 3, 5, 10, 100, 1000, 10_000);
        double[] expected = {
            6, Math.sin(2), 131, 2,
            10 * 3 + 100 * Math.cos(2) + 10_000, 10 * 2 + 1000 * 2, 1000 * 75
        };
        assertArrayEquals(expected, out, 1e-11);
        assertArrayEquals(expected, guarded(2, 3, 5, 10, 100, 1000, 10_000), 1e-11);
    }

    private static double[] guarded(double... in) {
        Program a = Adjoint.of(P, Zeros.GUARDED);
        double[] out = new double[a.outputs()];
        assertTrue(a.run(in, out, a.newWorkspace()));
        return out;
    }

    @Test
    void outputsThatAreNoNumbersMakeDerivativesNoneThatDependOnThem() {
        Program a = Adjoint.of(program("x y", "log(x)", "y*y"));
        double[] out = a.value(-1, 3, 1, 1);
        assertEquals(Double.NaN, out[2]);
        assertEquals(6, out[3]);
        // An addition would go on as if nothing had happened.
        out = Adjoint.of(program("x y", "log(x)+y", "y")).value(-1, 3, 1, 1);
        assertEquals(Double.NaN, out[3]);
    }

    @Test
    void aWeightOfZeroDoesNotHideAnInfinitePartial() {
        Program a = Adjoint.of(program("x y", "sqrt(x)", "x*y"));
        assertEquals(Double.NaN, a.value(0, 3, 0, 1)[2]);
        assertEquals(3, a.value(1, 3, 0, 1)[2]);
        assertEquals(3, Adjoint.gradient(program("x y", "sqrt(x)", "x*y").select(1)).value(0, 3)[1]);
    }

    @Test
    void theGradientOfOneOutputKeepsTheOtherValues() {
        Program a = Adjoint.gradient(P, Zeros.ABSORBED, 2, 2, 1);
        assertArrayEquals(new double[] {6, Math.sin(2), 131, 2, 75, 2}, a.value(2, 3, 5));
        assertThrows(IllegalArgumentException.class, () -> Adjoint.gradient(P));
        assertThrows(IndexOutOfBoundsException.class, () -> Adjoint.gradient(P, Zeros.ABSORBED, 4, 0));
        assertThrows(IllegalArgumentException.class, () -> Adjoint.gradient(P, Zeros.ABSORBED, 0, 1, 1));
    }

    /** |x|³ as a function that compares: where it compared otherwise, the derivative is another's too. */
    @Test
    void guardsOfAProgramAreGuardsOfItsDerivatives() {
        Program p = Tracer.trace(new double[] {2}, x -> {
            Scalar cube = x[0].times(x[0]).times(x[0]);
            return new Scalar[] {x[0].compareTo(0) < 0 ? cube.times(-1) : cube};
        });
        Program[] derivatives = {
            Adjoint.gradient(p), Adjoint.of(p), Tangent.columns(p, 0), Tangent.of(p), Elimination.jacobian(p).program(),
            SecondOrder.hessian(p).program(), SecondOrder.hvp(p)
        };
        for (Program d : derivatives) {
            assertEquals(p.guards().size(), d.guards().size());
            double[] in = new double[d.inputs()];
            double[] out = new double[d.outputs()];
            in[0] = 3;
            assertTrue(d.run(in, out, d.newWorkspace()));
            assertEquals(27, out[0]);
            in[0] = -3;
            assertFalse(d.run(in, out, d.newWorkspace()));
        }
    }
}
