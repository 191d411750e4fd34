package org.wengert.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;
import org.wengert.core.program.Tracer;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.RandomExpression;
import org.wengert.core.transform.Zeros;

class PointCodeTest {

    /** The same bits, guards and NaN as {@link Program#run}. */
    private static void check(Program p, SplittableRandom random, int points, int nastyOneIn) {
        PointCode code = PointEngine.compiled().compile(p);
        Workspace workspace = p.newWorkspace();
        double[] expected = new double[p.outputs()];
        double[] actual = new double[p.outputs()];
        for (int k = 0; k < points; k++) {
            double[] x = TileCheck.numbers(p.inputs(), random, nastyOneIn);
            double[] before = x.clone();
            assertEquals(p.run(x, expected, workspace), code.run(x, actual), () -> "guards at " + Arrays.toString(x));
            assertEquals(Arrays.toString(expected), Arrays.toString(actual), () -> "at " + Arrays.toString(x) + p.listing());
            assertEquals(Arrays.hashCode(before), Arrays.hashCode(x));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyRowHasItsOwnBits() {
        var random = new SplittableRandom(21);
        return ElementaryTable.rows().stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> {
            int[] arities = switch (row) {
                case Unary _ -> new int[] {1};
                case Binary _ -> new int[] {2};
                case Nary f -> f.arity() == Nary.ANY ? new int[] {1, 2, 3, 7, 300} : new int[] {f.arity()};
            };
            for (int n : arities) {
                var builder = new ProgramBuilder();
                int[] x = IntStream.range(0, n).map(i -> builder.input(i == 1)).toArray();
                check(builder.build(builder.apply(row, x)), random, 200, 3);
            }
        }));
    }

    @Test
    void randomProgramsAndTheirDerivativesHaveTheSameBits() {
        var random = new SplittableRandom(22);
        for (int seed = 0; seed < 100; seed++) {
            var f = new RandomExpression(seed, ElementaryTable.rows(), 4, 30, 3);
            Program p = Tracer.trace(TileCheck.numbers(4, random, 100), f::apply);
            check(p, random, 20, 10);
            check(Elimination.jacobian(p.withUniform(2), Zeros.GUARDED, 0, 1, 2, 3).program(), random, 20, 10);
            check(Adjoint.of(p), random, 20, 10);
        }
    }

    private static Scalar[] rosenbrock(Scalar[] x) {
        Scalar[] terms = new Scalar[x.length - 1];
        for (int i = 0; i + 1 < x.length; i++) {
            Scalar a = x[i + 1].minus(x[i].times(x[i]));
            Scalar b = ScalarMath.minus(1, x[i]);
            terms[i] = a.times(a).times(100).plus(b.times(b));
        }
        return new Scalar[] {ScalarMath.sum(terms)};
    }

    @Test
    void programsOfManyMethodsHandValuesOn() {
        for (int n : new int[] {10, 100, 1000}) {
            Program f = Tracer.trace(new double[n], PointCodeTest::rosenbrock);
            Program p = Adjoint.gradient(f, Zeros.GUARDED, 0, IntStream.range(0, n).toArray());
            check(p, new SplittableRandom(n), 20, 10 * n);
        }
    }

    @Test
    void longListsOfOperandsAreHandedOnInPieces() {
        Program p = Tracer.trace(new double[2000], x -> new Scalar[] {
            ScalarMath.logSumExp(x), ScalarMath.norm(x), ScalarMath.logSumExp(Arrays.stream(x).map(t -> t.times(2)).toArray(Scalar[]::new))
        });
        check(p, new SplittableRandom(24), 20, 10_000);
    }

    @Test
    void programsThatAreTooLargeForAClassAreWalkedThrough() {
        for (int n : new int[] {PointCompiler.MOST_OPERATIONS / 2 - 1, PointCompiler.MOST_OPERATIONS / 2}) {
            var builder = new ProgramBuilder();
            int x = builder.input();
            int y = x;
            for (int i = 0; i < n; i++) {
                y = builder.minus(builder.times(y, x), builder.constant(i + 0.5));
            }
            check(builder.build(builder.plus(y, x)), new SplittableRandom(25), 3, 10);
        }
    }

    @Test
    void arraysOfAnotherLengthAreRefused() {
        PointCode code = PointEngine.compiled().compile(Tracer.trace(new double[2], x -> new Scalar[] {x[0].times(x[1])}));
        var in = assertThrows(IllegalArgumentException.class, () -> code.run(new double[3], new double[1]));
        assertEquals("in must have 2 entries, but has 3", in.getMessage());
        var out = assertThrows(IllegalArgumentException.class, () -> code.run(new double[2], new double[2]));
        assertEquals("out must have 1 entries, but has 2", out.getMessage());
    }

    @Test
    void hotCodeIsReplacedInTheBackground() {
        List<Runnable> waiting = new ArrayList<>();
        Program p = Tracer.trace(new double[3], PointCodeTest::rosenbrock);
        var code = new PointSwap(p, PointEngine.compiled(), 10, waiting::add);
        double[] x = {0.5, -1.25, 2};
        double[] out = new double[1];
        for (int i = 0; i < 30; i++) {
            assertEquals(i < 10 ? 0 : 1, waiting.size());
            assertTrue(code.run(x, out));
            assertEquals(p.value(x)[0], out[0]);
        }
        waiting.forEach(Runnable::run);
        assertTrue(code.run(x, out));
        assertEquals(p.value(x)[0], out[0]);
        var e = assertThrows(IllegalArgumentException.class, () -> code.run(new double[2], out));
        assertEquals("in must have 3 entries, but has 2", e.getMessage());
    }

    @Test
    void manyThreadsShareOneCode() {
        Program f = Tracer.trace(new double[200], PointCodeTest::rosenbrock);
        PointCode code = PointEngine.compiled().compile(f);
        double[] x = TileCheck.numbers(200, new SplittableRandom(26), 1000_000);
        double expected = f.value(x)[0];
        var wrong = new AtomicInteger();
        IntStream.range(0, 10_000).parallel().forEach(i -> {
            double[] out = new double[1];
            if (!code.run(x, out) || out[0] != expected) {
                wrong.incrementAndGet();
            }
        });
        assertEquals(0, wrong.get());
    }

    @Test
    void aCallAllocatesNothing() {
        for (int n : new int[] {10, 1000}) { // one method, and several
            Program f = Tracer.trace(new double[n], PointCodeTest::rosenbrock);
            PointCode code = PointEngine.compiled().compile(f);
            double[] x = new double[n];
            double[] out = new double[1];
            code.run(x, out);
            assertEquals(0, Allocation.least(0, () -> code.run(x, out)));
        }
    }

    @Test
    void classesGoWhenTheirCodeDoes() throws InterruptedException {
        Program p = Tracer.trace(new double[3], x -> new Scalar[] {x[0].times(x[1]).plus(ScalarMath.sin(x[2]))});
        TileCheck.untilCollected(() -> PointEngine.compiled().compile(p));
        TileCheck.untilCollected(() -> ((FusedCode) FusedEngine.fast().compile(p)).part(0));
        assertTrue(PointEngine.compiled().compile(p).run(new double[3], new double[1]));
    }
}
