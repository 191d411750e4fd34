package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.Hessian;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;

/** Second derivatives of programs, however they are composed, are those of hyper-dual numbers. */
class SecondOrderProgramsTest {

    private static final int N = 4;

    private final SplittableRandom random = new SplittableRandom(11);

    @Property(tries = 1000, seed = TestNumbers.SEED)
    void everyCompositionAgreesWithHyperDualNumbers(@ForAll long seed, @ForAll @IntRange(min = 1, max = 25) int steps) {
        var expression = new RandomExpression(seed, TestNumbers.rows(), N, steps, 1);
        double[] x = random.doubles(N, -1.5, 2.5).toArray();
        double[] u = random.doubles(N, -1, 1).toArray();
        double[] v = random.doubles(N, -1, 1).toArray();
        Hessian expected = Differentiable.of(N, z -> expression.apply(z)[0]).hessian(x);
        Program p = Tracer.trace(x, expression::apply);

        hessian("edge pushing", p, SecondOrder.hessian(p), x, expected);
        for (Order order : Order.values()) {
            hessian("elimination of the gradient, " + order, p, SecondOrder.hessianByElimination(p, order), x, expected);
        }
        hvp("forward over reverse", p, SecondOrder.hvp(p), x, v, expected);
        hvp("reverse over forward", p, SecondOrder.hvpReverseOverForward(p), x, v, expected);

        Program mixed = SecondOrder.mixed(p);
        Workspace w = mixed.newWorkspace();
        double[] out = run(mixed, w, x, u, v);
        double curvature = 0;
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                curvature += u[i] * expected.get(i, j) * v[j];
            }
        }
        close("forward over forward", p, mixed, w, curvature, out[3]);
    }

    /** A product of k sums of all variables has k·n²/2 pairs to carry down, and n + k terms. */
    @Test
    void edgePushingIsGivenUpWhereItTakesTooMuch() {
        Program p = Tracer.trace(new double[20], x -> {
            Scalar f = Scalar.of(1);
            for (int k = 0; k < 10; k++) {
                f = f.times(ScalarMath.sum(x).plus(k));
                f = ScalarMath.sin(f);
            }
            return new Scalar[] {f};
        });
        int[] all = IntStream.range(0, 20).toArray();
        assertTrue(SecondOrder.hessian(p, Zeros.GUARDED, 50, all).isEmpty());
        HessianProgram whole = SecondOrder.hessian(p, Zeros.GUARDED, 100_000, all).orElseThrow();
        assertEquals(SecondOrder.hessian(p, Zeros.GUARDED, all).program().listing(), whole.program().listing());
    }

    @Property(tries = 500, seed = TestNumbers.SEED)
    void patternsFoundWithoutNumbersAreThoseOfThePrograms(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 25) int steps) {
        var expression = new RandomExpression(seed, TestNumbers.rows(), N, steps, 2);
        Program p = Tracer.trace(random.doubles(N, -1.5, 2.5).toArray(), expression::apply);
        Pattern found = Sparsity.jacobian(p);
        Pattern computed = Elimination.jacobian(p).pattern();
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < N; j++) {
                // Terms that cancel while they are computed are still dependences.
                assertTrue(computed.find(i, j) < 0 || found.find(i, j) >= 0);
            }
        }
        HessianProgram h = SecondOrder.hessian(p.select(0));
        Pattern second = Sparsity.hessian(p.select(0));
        for (int i = 0; i < N; i++) {
            for (int j = 0; j <= i; j++) {
                assertTrue(h.pattern().find(i, j) < 0 || second.find(i, j) >= 0, () -> p.listing() + second);
            }
        }
    }

    private static double[] run(Program p, Workspace w, double[]... parts) {
        double[] in = Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
        double[] out = new double[p.outputs()];
        assertTrue(p.run(in, out, w));
        return out;
    }

    private static void hessian(String what, Program p, HessianProgram h, double[] x, Hessian expected) {
        Workspace w = h.program().newWorkspace();
        double[] out = run(h.program(), w, x);
        assertEquals(expected.value(), out[0]);
        for (int i = 0; i < N; i++) {
            close(what, p, h.program(), w, expected.gradient()[i], out[h.gradient(i)]);
            for (int j = 0; j < N; j++) {
                int at = h.output(i, j);
                close(what, p, h.program(), w, expected.get(i, j), at < 0 ? 0 : out[at]);
            }
        }
    }

    private static void hvp(String what, Program p, Program hvp, double[] x, double[] v, Hessian expected) {
        Workspace w = hvp.newWorkspace();
        double[] out = run(hvp, w, x, v);
        assertEquals(expected.value(), out[0]);
        for (int i = 0; i < N; i++) {
            double product = 0;
            for (int j = 0; j < N; j++) {
                product += expected.get(i, j) * v[j];
            }
            close(what, p, hvp, w, expected.gradient()[i], out[1 + i]);
            close(what, p, hvp, w, product, out[1 + N + i]);
        }
    }

    private static void close(String what, Program p, Program d, Workspace w, double expected, double actual) {
        double scale = TestNumbers.scale(d, w);
        // Beyond, formulas of second derivatives may have lost their digits to cancellation.
        if (Double.isFinite(expected) && Double.isFinite(actual) && scale < 1e8) {
            TestNumbers.close(expected, actual, scale, () -> what + " of\n" + p.listing() + d.listing());
        }
    }
}
