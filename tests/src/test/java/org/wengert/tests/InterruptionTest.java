package org.wengert.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.wengert.cli.InProcess;
import org.wengert.core.Differentiable;
import org.wengert.core.program.PathCache;
import org.wengert.core.program.Program;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;

/** Interrupted threads and many threads: results are the same, the interruption is kept, nothing hangs. */
class InterruptionTest {

    private static final Differentiable F = Differentiable.of(
            3, x -> x[0].isLessThan(x[1]) ? ScalarMath.sin(x[0]).times(x[2]) : ScalarMath.exp(x[1]).plus(x[2].times(x[0])));

    private static final double[] AT = {0.5, 1.5, -2};

    @Test
    void aThreadThatIsInterruptedGetsTheSameNumbersAndStaysInterrupted() {
        double[] gradient = F.gradient(AT).gradient();
        double[] hessian = F.hessian(AT).entries();
        PathCache<Program> paths = PathCache.of(3, x -> new Scalar[] {F.value(x)}, 2);
        Thread.currentThread().interrupt();
        try {
            assertArrayEquals(gradient, F.gradient(AT).gradient());
            assertArrayEquals(hessian, F.hessian(AT).entries());
            for (int k = 0; k < 20; k++) {
                assertEquals(F.value(AT[k % 3], 1, 2), paths.at(AT[k % 3], 1, 2).value(AT[k % 3], 1, 2)[0]);
            }
            InProcess call = InProcess.call("derive", "x*x", "--at", "x=3", "--json");
            assertEquals(0, call.status(), call.err());
            assertTrue(Thread.currentThread().isInterrupted());
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void manyThreadsOnFewPathsGetWhatOneThreadGets() throws Exception {
        // Fewer places than paths, so that programs come and go.
        PathCache<Program> paths = PathCache.of(3, x -> {
            Scalar sum = x[2];
            for (int i = 0; i < 3; i++) {
                sum = x[i].isLessThan(0) ? sum.plus(ScalarMath.sin(x[i])) : sum.times(x[i]);
            }
            return new Scalar[] {sum};
        }, 3);
        List<double[]> points = new ArrayList<>();
        List<Double> expected = new ArrayList<>();
        for (int k = 0; k < 64; k++) {
            double[] x = {(k & 1) - 0.5, (k >> 1 & 1) - 0.25, (k >> 2 & 1) - 0.75 + k * 1e-3};
            points.add(x);
            expected.add(paths.at(x).value(x)[0]);
        }
        int threads = 8;
        var start = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int first = t;
                Callable<Boolean> work = () -> {
                    start.await();
                    for (int k = 0; k < 2000; k++) {
                        int at = (k * 7 + first * 13) % points.size();
                        if (k % 500 == 0) {
                            Thread.currentThread().interrupt();
                        }
                        assertEquals(expected.get(at), paths.at(points.get(at)).value(points.get(at))[0]);
                    }
                    return Thread.interrupted();
                };
                results.add(pool.submit(work));
            }
            start.countDown();
            for (Future<Boolean> result : results) {
                assertTrue(result.get(60, TimeUnit.SECONDS), "the interruption was swallowed");
            }
        }
        assertTrue(paths.size() <= 3);
    }
}
