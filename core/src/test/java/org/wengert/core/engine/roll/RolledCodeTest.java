package org.wengert.core.engine.roll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;
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

    /** Outputs that alternate, repeat, are constants or inputs, in a rhythm or without one, and numbers that stand at many of them. */
    @Test
    void outputsStandInAnyOrder() {
        int n = 700;
        for (int rhythm = 0; rhythm < 6; rhythm++) {
            int kind = rhythm;
            Program p = Tracer.trace(PlainLoops.point(n, 1), x -> {
                var random = new SplittableRandom(kind);
                List<Scalar> y = new ArrayList<>();
                Scalar shared = x[0].times(x[1]);
                for (int i = 0; i + 1 < n; i++) {
                    Scalar product = x[i].times(x[i + 1]);
                    Scalar square = product.plus(1).times(product);
                    switch (kind) {
                        case 0 -> y.addAll(List.of(Scalar.of(-2), square, Scalar.of(-1)));
                        case 1 -> y.addAll(List.of(square, product, square, Scalar.of(i % 2)));
                        case 2 -> y.addAll(List.of(x[i], square, x[n - 1 - i], shared));
                        case 3 -> y.addAll(random.nextBoolean() ? List.of(product, square) : List.of(square));
                        case 4 -> y.addAll(Collections.nCopies(1 + i % 7, square));
                        default -> y.addAll(random.nextInt(3) == 0 ? List.of(shared, square, square) : List.of(Scalar.of(3), product));
                    }
                }
                if (kind == 3) {
                    for (int i = y.size() - 1; i > 0; i--) {
                        Collections.swap(y, i, random.nextInt(i + 1));
                    }
                }
                return y.toArray(Scalar[]::new);
            });
            assertSame(p, PlainLoops.point(n, 1), 0, "rhythm " + kind);
        }
    }

    /** One sum is needed alone, and it reads a product that is otherwise put among the outputs and nowhere else. */
    @Test
    void whatIsComputedAloneReadsWhatIsScattered() {
        int n = 300;
        Program p = Tracer.trace(PlainLoops.point(n, 1), x -> {
            List<Scalar> y = new ArrayList<>();
            Scalar total = Scalar.of(0);
            Scalar chosen = x[0];
            for (int i = 0; i + 1 < n; i++) {
                Scalar product = x[i].times(x[i + 1]);
                Scalar sum = ScalarMath.sin(product.plus(x[i]));
                total = total.plus(sum);
                chosen = i == 100 ? sum : chosen;
                y.addAll(List.of(product, Scalar.of(-1)));
            }
            y.addAll(List.of(total, ScalarMath.exp(chosen)));
            return y.toArray(Scalar[]::new);
        });
        assertSame(p, PlainLoops.point(n, 1), 1e-13, "one alone");
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
