package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.transform.FormulaPrograms.program;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;

/** Which orders are tried, and what they cost. */
class EliminationTest {

    private static int operations(Program p, Order order) {
        JacobianProgram j = Elimination.jacobian(p, order, Zeros.GUARDED, IntStream.range(0, p.inputs()).toArray());
        return Report.operations(j.program());
    }

    /** A function of the sum of squares of n variables, through k operations. */
    private static Program funnel(int n, int k) {
        return Tracer.trace(new double[n], x -> {
            Scalar y = Scalar.of(0);
            for (Scalar t : x) {
                y = y.plus(t.times(t));
            }
            for (int i = 0; i < k; i++) {
                y = sin(y).plus(y.times(y));
            }
            return new Scalar[] {y};
        });
    }

    @Test
    void orderIsOfNoMatterInAChain() {
        JacobianProgram j = Elimination.jacobian(program("x", "sin(exp(cos(x)))"));
        assertEquals(Set.of(Order.values()), j.report().operationsByOrder().keySet());
        assertEquals(1, Set.copyOf(j.report().operationsByOrder().values()).size());
        // Of equally cheap orders the one tried first is taken.
        assertEquals(Order.REVERSE, j.report().order());
    }

    @Test
    void theReportTellsWhatEachOrderTakes() {
        for (Program p : new Program[] {
            program("x y z", "sin(x*y)*z", "sin(x*y)/z", "exp(x*y*z)"), funnel(5, 2), program("x", "sin(x)", "cos(sin(x))*x")
        }) {
            Report report = Elimination.jacobian(p, Zeros.GUARDED, IntStream.range(0, p.inputs()).toArray()).report();
            int least = Integer.MAX_VALUE;
            for (Order order : Order.values()) {
                assertEquals(operations(p, order), report.operationsByOrder().get(order));
                least = Math.min(least, operations(p, order));
            }
            assertEquals(least, report.derivativeOperations());
            assertEquals(least, report.operationsByOrder().get(report.order()));
        }
    }

    /** One output of many inputs: forward carries all of them through each operation. */
    @Test
    void anOrderThatTakesFarMoreThanTheBestIsGivenUp() {
        int n = 60;
        Program p = funnel(n, 30);
        JacobianProgram j = Elimination.jacobian(p, Zeros.GUARDED, IntStream.range(0, n).toArray());
        Map<Order, Integer> byOrder = j.report().operationsByOrder();
        assertFalse(byOrder.containsKey(Order.FORWARD), () -> byOrder.toString());
        assertTrue(byOrder.containsKey(Order.REVERSE));
        assertTrue(operations(p, Order.FORWARD) > 2 * operations(p, Order.REVERSE) + 1000);
        assertEquals(n, j.pattern().size());
        double[] x = IntStream.range(0, n).mapToDouble(i -> 1e-3 * (i - 20)).toArray();
        double[] expected = Adjoint.gradient(p).value(x);
        double[] actual = j.program().value(x);
        for (int i = 0; i < n; i++) {
            assertEquals(expected[1 + i], actual[j.output(0, i)], 1e-9 * Math.abs(expected[1 + i]));
        }
    }

    /** What is not much more expensive is followed to the end, so that it is known what it takes. */
    @Test
    void anOrderThatTakesLittleMoreIsReported() {
        for (int n : new int[] {20, 400, 1000}) {
            Program p = funnel(n, 1);
            Report report = Elimination.jacobian(p, Zeros.GUARDED, IntStream.range(0, n).toArray()).report();
            int reverse = report.operationsByOrder().getOrDefault(Order.REVERSE, 0);
            int forward = report.operationsByOrder().getOrDefault(Order.FORWARD, 0);
            assertTrue(reverse < forward && forward < 2 * reverse, () -> report.toString());
        }
    }

    /** All inner vertices of a chain have one edge in and one out: only which is nearer to the outputs tells them apart. */
    @Test
    void amongVerticesOfEqualCostMarkowitzGoesFromTheInputsOrFromTheOutputs() {
        Program p = Tracer.trace(new double[1], x -> {
            Scalar y = x[0];
            for (int i = 0; i < 20; i++) {
                y = sin(y.times(i + 0.5));
            }
            return new Scalar[] {y};
        });
        assertEquals(listing(p, Order.FORWARD), listing(p, Order.MARKOWITZ));
        assertEquals(listing(p, Order.REVERSE), listing(p, Order.MARKOWITZ_FROM_OUTPUTS));
        assertNotEquals(listing(p, Order.FORWARD), listing(p, Order.REVERSE));
    }

    private static String listing(Program p, Order order) {
        return Elimination.jacobian(p, order, Zeros.GUARDED, 0).program().listing();
    }

    /**
     * Layers that are fully joined, of which the last has so many inputs of its own that Markowitz's rule leaves it to the
     * end, and so multiplies matrices where reverse order multiplies a vector with them.
     */
    private static Program layers(int width, int depth, int own) {
        return Tracer.trace(new double[width + width * own], x -> {
            Scalar[] v = Arrays.copyOf(x, width);
            for (int layer = 0; layer < depth; layer++) {
                Scalar[] next = new Scalar[width];
                for (int i = 0; i < width; i++) {
                    next[i] = v[0].times(v[i]);
                    for (int j = 1; j < width; j++) {
                        next[i] = next[i].plus(v[j].times(v[(i + j) % width]));
                    }
                }
                v = next;
            }
            Scalar y = Scalar.of(0);
            for (int i = 0; i < width; i++) {
                Scalar last = v[i];
                for (int k = 0; k < own; k++) {
                    last = last.plus(x[width + i * own + k]);
                }
                y = y.plus(sin(last));
            }
            return new Scalar[] {y};
        });
    }

    @Test
    void markowitzOrderTooIsGivenUpWhereItTakesFarMore() {
        Program p = layers(8, 10, 80);
        int[] all = IntStream.range(0, p.inputs()).toArray();
        JacobianProgram j = Elimination.jacobian(p, Zeros.GUARDED, all);
        assertEquals(Set.of(Order.REVERSE), j.report().operationsByOrder().keySet());
        for (Order order : Order.values()) {
            int least = order == Order.REVERSE ? 0 : 2 * operations(p, Order.REVERSE) + 1000;
            assertTrue(operations(p, order) > least, () -> order + ": " + operations(p, order));
        }
        assertEquals(all.length, j.pattern().size());
        double[] x = IntStream.range(0, all.length).mapToDouble(i -> 0.3 / (1 + i % 7)).toArray();
        double[] expected = Adjoint.gradient(p).value(x);
        double[] actual = j.program().value(x);
        for (int i = 0; i < all.length; i++) {
            assertEquals(expected[1 + i], actual[j.output(0, i)], 1e-12 * (1 + Math.abs(expected[1 + i])));
        }
    }
}
