package org.wengert.core.engine.roll;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wengert.core.Differentiable;
import org.wengert.core.batch.CompiledFunction;
import org.wengert.core.engine.Allocation;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.FusedEngine;
import org.wengert.core.engine.TileCode;
import org.wengert.core.engine.TileInterpreter;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Zeros;

/** What calls of re-rolled code promise: the same bits for any number of threads, no garbage, clear refusals. */
class RolledCallsTest {

    private static final TileInterpreter ENGINE = new TileInterpreter();

    private static Program gradient(PlainLoops f, int n) {
        Program p = Tracer.trace(PlainLoops.point(n, 1), f::apply);
        return Adjoint.gradient(p, Zeros.GUARDED, 0, IntStream.range(0, n).toArray());
    }

    private static double[] run(RolledCode code, int n) {
        double[] out = new double[n + 1];
        assertTrue(code.run(PlainLoops.point(n, 1), out));
        return out;
    }

    /** So little work that a stage of a few tiles is shared. */
    private static final long LITTLE = 1000;

    /** The first calls find the others asleep, later ones may find them awake. Vector mathematics may change its last bits when it is compiled. */
    @ParameterizedTest
    @EnumSource(names = {"ROSENBROCK", "ACKLEY", "SURFACE", "MESH"})
    void noBitDependsOnTheNumberOfThreads(PlainLoops f) {
        int n = 10_000;
        Program g = gradient(f, n);
        TileInterpreter engine = TileInterpreter.reproducible();
        double[] alone = run(RolledCode.of(g, engine), n);
        for (int threads : new int[] {2, 5}) {
            RolledCode shared = RolledCode.of(g, engine, threads, LITTLE);
            for (int call = 0; call < 200; call++) {
                assertArrayEquals(alone, run(shared, n), threads + " threads, call " + call);
            }
        }
    }

    @Test
    void aGuardThatFailsForOneThreadFailsForAll() {
        int n = 20_000;
        double[] on = PlainLoops.point(n, 1);
        Program p = Tracer.trace(on, PlainLoops.HUBER::apply);
        RolledCode code = RolledCode.of(p, ENGINE, 4, LITTLE);
        double[] value = new double[p.outputs()];
        var random = new SplittableRandom(1);
        for (int call = 0; call < 200; call++) {
            assertTrue(code.run(on, value));
            double[] off = on.clone();
            int k = random.nextInt(1, n);
            off[k] = on[k] - on[k - 1] < 0.5 ? on[k - 1] + 1 : on[k - 1]; // the other way than at the point that was recorded
            double[] out = new double[p.outputs()];
            assertFalse(code.run(off, out), "call " + call);
            assertTrue(Double.isNaN(out[0]));
        }
    }

    /** An engine whose code fails now and then, in whichever thread. */
    @Test
    void whatFailsInAThreadComesOutOfTheCall() {
        int n = 20_000;
        Program g = gradient(PlainLoops.ROSENBROCK, n);
        var calls = new AtomicInteger();
        var broken = new AtomicBoolean();
        Engine engine = new Engine() {
            @Override
            public TileCode compile(Program program) {
                TileCode code = ENGINE.compile(program);
                return new TileCode() {
                    @Override
                    public int scratch() {
                        return code.scratch();
                    }

                    @Override
                    public void run(double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch, int points) {
                        if (broken.get() && calls.getAndIncrement() % 37 == 36) {
                            throw new OutOfMemoryError("planted");
                        }
                        code.run(uniform, in, inAt, out, outAt, scratch, points);
                    }
                };
            }

            @Override
            public String description() {
                return "now and then";
            }
        };
        RolledCode code = RolledCode.of(g, engine, 3, LITTLE);
        double[] expected = run(code, n);
        for (int call = 0; call < 50; call++) {
            broken.set(true);
            assertThrows(OutOfMemoryError.class, () -> run(code, n));
            broken.set(false);
            assertArrayEquals(expected, run(code, n));
        }
    }

    @Test
    void aHotCallAllocatesNothing() {
        int n = 5000;
        RolledCode code = RolledCode.of(gradient(PlainLoops.ROSENBROCK, n), ENGINE);
        double[] x = PlainLoops.point(n, 1);
        double[] out = new double[n + 1];
        for (int i = 0; i < 3000; i++) {
            code.run(x, out);
        }
        assertEquals(0, Allocation.least(0, () -> code.run(x, out)));
    }

    /** Code that copies no columns comes in the background; it gives the bits of the fused kernels that it replaces. */
    @ParameterizedTest
    @EnumSource(names = {"ROSENBROCK", "BROYDEN", "BROWN", "SURFACE"})
    void codeInPlaceGivesTheSameBits(PlainLoops f) throws InterruptedException {
        int n = 1600;
        RolledCode code = RolledCode.of(gradient(f, n), FusedEngine.fast());
        RolledCode shared = RolledCode.of(gradient(f, n), FusedEngine.fast(), 3, LITTLE);
        double[] expected = run(code, n);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while ((code.report().inPlace() == 0 || shared.report().inPlace() == 0) && System.nanoTime() < end) {
            assertArrayEquals(expected, run(code, n));
            assertArrayEquals(expected, run(shared, n));
            Thread.sleep(1);
        }
        assertTrue(code.report().inPlace() > 0, "no stage runs in place");
        assertArrayEquals(expected, run(code, n));
        assertArrayEquals(expected, run(shared, n));
    }

    @Test
    void threadsShareOneCode() throws ExecutionException, InterruptedException {
        int n = 3000;
        RolledCode code = RolledCode.of(gradient(PlainLoops.BROYDEN, n), ENGINE);
        double[] expected = run(code, n);
        try (var pool = Executors.newFixedThreadPool(4)) {
            List<Future<?>> calls = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                calls.add(pool.submit(() -> {
                    for (int i = 0; i < 200; i++) {
                        assertArrayEquals(expected, run(code, n));
                    }
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        }
    }

    @Test
    void wrongArgumentsAreNamed() {
        RolledCode code = RolledCode.of(gradient(PlainLoops.BROYDEN, 100), ENGINE);
        assertEquals("in must have 100 entries, but has 99",
                assertThrows(IllegalArgumentException.class, () -> code.run(new double[99], new double[101])).getMessage());
        assertEquals("out must have 101 entries, but has 100",
                assertThrows(IllegalArgumentException.class, () -> code.run(new double[100], new double[100])).getMessage());
        assertEquals("threads must be at least 1, but was 0",
                assertThrows(IllegalArgumentException.class, () -> RolledCode.of(gradient(PlainLoops.ARROW, 20), ENGINE, 0))
                        .getMessage());
    }

    /** Some calls are run re-rolled, some as the program stands: what is faster is found out on the way. */
    @ParameterizedTest
    @EnumSource(names = {"ROSENBROCK", "BROWN", "MESH", "HUBER"})
    void compiledFunctionsOfManyVariablesAgreeWithEagerNumbersCallAfterCall(PlainLoops f) {
        int n = 1500;
        Differentiable function = Differentiable.of(n, x -> f.apply(x)[0]);
        CompiledFunction compiled = CompiledFunction.of(function);
        double[] x = PlainLoops.point(n, 1);
        double[] expected = function.gradient(x).gradient();
        double[] actual = new double[n];
        for (int call = 0; call < 3000; call++) {
            double y = compiled.gradient(x, actual);
            assertEquals(function.value(x), y, 1e-12 * Math.abs(y));
            for (int i = 0; i < n; i++) {
                assertEquals(expected[i], actual[i], 1e-11 * (1 + Math.abs(expected[i])), "call " + call + ", entry " + i);
            }
        }
    }
}
