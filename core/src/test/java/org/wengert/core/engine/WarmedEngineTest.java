package org.wengert.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;

class WarmedEngineTest {

    private static Program program() {
        return Tracer.trace(new double[] {0.5, 2}, x -> {
            Scalar y = x[0];
            for (int i = 0; i < 20; i++) {
                y = y.times(x[1]).plus(i).times(y);
            }
            return new Scalar[] {y, ScalarMath.sin(y)};
        });
    }

    /** An engine whose code takes its time and does nothing. */
    private static Engine taking(long nanos) {
        TileCode code = new TileCode() {
            @Override
            public int scratch() {
                return 0;
            }

            @Override
            public void run(double[] u, double[] in, int inAt, double[] out, int outAt, double[] s, int points) {
                long end = System.nanoTime() + nanos;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
            }
        };
        return engine(code);
    }

    private static Engine engine(TileCode code) {
        return new Engine() {
            @Override
            public TileCode compile(Program program) {
                return code;
            }

            @Override
            public String description() {
                return "test";
            }
        };
    }

    @Test
    void fasterCodeIsHandedOver() {
        Program p = program();
        TileCode code = new WarmedEngine(FusedEngine.reproducible(), taking(10_000_000)).compile(p);
        TileCheck.check(p, code, 256, new SplittableRandom(31), 10, TileCheck.SAME_BITS);
    }

    /** Made-up points are all off the path; when points are on it, the code for columns is not called. */
    @Test
    void sumsOfAPathThatMadeUpPointsDoNotTakeAreHandedOver() {
        Program p = Tracer.trace(new double[] {-1}, x -> new Scalar[] {x[0].isLessThan(-0.25) ? x[0].times(x[0]) : x[0]});
        TileCode none = (TileCode) Proxy.newProxyInstance(TileCode.class.getClassLoader(), new Class<?>[] {TileCode.class}, (_, method, _) -> {
            throw new AssertionError(method);
        });
        SumCode sums = new WarmedEngine(FusedEngine.reproducible(), taking(10_000_000)).sums(p);
        double[] in = new double[TileCode.STRIDE];
        Arrays.fill(in, -0.5);
        double[] totals = new double[SumCode.LANES];
        assertFalse(sums.run(none, new double[p.firstVarying()], in, 0, totals, 0, new double[0], new double[sums.scratch()], 256));
        for (double total : totals) {
            assertEquals(256 / SumCode.LANES * 0.25, total);
        }
    }

    @Test
    void codeThatIsNoFasterIsRefused() {
        var e = assertThrows(UnsupportedOperationException.class,
                () -> new WarmedEngine(taking(20_000_000), taking(0)).compile(program()));
        assertTrue(e.toString().contains("ns fused and"), e.toString());
    }

    @Test
    void anEngineThatFailsIsRefused() {
        Engine broken = new Engine() {
            @Override
            public TileCode compile(Program program) {
                throw new IllegalStateException("no way");
            }

            @Override
            public String description() {
                return "broken";
            }
        };
        var e = assertThrows(UnsupportedOperationException.class,
                () -> new WarmedEngine(broken, taking(0)).compile(program()));
        assertTrue(String.valueOf(e.getCause()).contains("no way"), e.toString());
    }

    @Test
    void theQueueRunsOneTaskAfterTheOther() throws InterruptedException {
        List<Integer> order = new ArrayList<>();
        var done = new CountDownLatch(1);
        for (int i = 0; i < 10; i++) {
            int task = i;
            CompileQueue.shared().execute(() -> order.add(task));
        }
        CompileQueue.shared().execute(done::countDown);
        assertTrue(done.await(60, TimeUnit.SECONDS));
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), order);
    }

    @Test
    void whatWaitsToBeCompiledIsNotKeptAlive() throws InterruptedException {
        List<Runnable> waiting = new ArrayList<>();
        Program p = program();
        var swap = new HotSwap(new PlainEngine(), taking(0), 0, waiting::add);
        TileCode code = swap.compile(p);
        code.run(new double[p.firstVarying()], new double[2 * TileCode.STRIDE], 0,
                new double[2 * TileCode.STRIDE], 0, new double[code.scratch()], 1);
        assertEquals(1, waiting.size());
        var reference = new WeakReference<>(code);
        code = null;
        for (int i = 0; i < 100 && reference.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertNull(reference.get());
        waiting.getFirst().run();
    }
}
