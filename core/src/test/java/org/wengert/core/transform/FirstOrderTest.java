package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Jacobian;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.program.Workspace;

/** Each transform gives the derivatives of the eager numbers, on random functions over all rows. */
class FirstOrderTest {

    private static final int N = 4;

    private final SplittableRandom random = new SplittableRandom(7);

    private double[] point(boolean nasty) {
        return random.doubles(N).map(u -> nasty && random.nextInt(3) == 0
                ? TestNumbers.NASTY[random.nextInt(TestNumbers.NASTY.length)] : 4 * u - 1.5).toArray();
    }

    /** Runs a program; the workspace then tells how large the numbers on the way were. */
    private static double[] run(Program p, double[] in, Workspace workspace) {
        double[] out = new double[p.outputs()];
        assertTrue(p.run(in, out, workspace), "a transformed program must have the guards of its origin");
        return out;
    }

    @Property(tries = 1500, seed = TestNumbers.SEED)
    void everyTransformAgreesWithDualNumbers(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int steps,
            @ForAll @IntRange(min = 1, max = 3) int m, @ForAll boolean nasty) {
        List<? extends Elementary> rows = TestNumbers.rows();
        var expression = new RandomExpression(seed, rows, N, steps, m);
        double[] x = point(nasty);
        DifferentiableVector f = Differentiable.vector(N, m, expression::apply);
        Jacobian expected = f.jacobian(x);
        Program p = Tracer.trace(x, expression::apply);

        JacobianProgram best = Elimination.jacobian(p);
        check("elimination", p, best, x, expected);
        for (Order order : Order.values()) {
            check(order.toString(), p, Elimination.jacobian(p, order, Zeros.ABSORBED, 0, 1, 2, 3), x, expected);
        }
        Program columns = Tangent.columns(p, 0, 1, 2, 3);
        Workspace w = columns.newWorkspace();
        double[] out = run(columns, x, w);
        for (int i = 0; i < m; i++) {
            assertEquals(expected.value()[i], out[i]);
            for (int j = 0; j < N; j++) {
                close("tangent", p, columns, w, expected, i, j, out[m + j * m + i]);
            }
        }
        for (int i = 0; i < m; i++) {
            Program gradient = Adjoint.gradient(p.select(i));
            w = gradient.newWorkspace();
            out = run(gradient, x, w);
            assertEquals(expected.value()[i], out[0]);
            for (int j = 0; j < N; j++) {
                close("adjoint", p, gradient, w, expected, i, j, out[1 + j]);
            }
        }
    }

    private static void check(String what, Program p, JacobianProgram j, double[] x, Jacobian expected) {
        Workspace w = j.program().newWorkspace();
        double[] out = run(j.program(), x, w);
        for (int i = 0; i < expected.rows(); i++) {
            assertEquals(expected.value()[i], out[i]);
            for (int k = 0; k < N; k++) {
                int at = j.output(i, k);
                close(what, p, j.program(), w, expected, i, k, at < 0 ? 0 : out[at]);
            }
        }
    }

    /**
     * At nasty points numbers are compared with numbers: how far infinities and NaN spread depends on the order in which
     * partial derivatives are multiplied. The edge cases that are promised have tests of their own.
     */
    private static void close(
            String what, Program p, Program d, Workspace w, Jacobian expected, int i, int j, double actual) {
        double e = expected.get(i, j);
        if (!Double.isFinite(e) || !Double.isFinite(actual)) {
            return;
        }
        TestNumbers.close(e, actual, TestNumbers.scale(d, w),
                () -> what + " (" + i + ", " + j + ") of\n" + p.listing() + d.listing());
    }
}
