package org.wengert.core.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.engine.FusedEngine;
import org.wengert.core.engine.HotSwap;
import org.wengert.core.engine.TileInterpreter;

/**
 * Stress: many threads share one function whose points take several paths, from its first call on and while its code is replaced by
 * faster code. Each gets the bits that one thread alone gets.
 */
class SharedFunctionsTest {

    private static final int THREADS = 8;
    private static final int POINTS = 700;

    private static final Differentiable FUNCTION = Differentiable.of(3, x -> {
        if (x[0].isLessThan(-0.5)) {
            return sin(x[0].times(x[1])).plus(x[2]);
        }
        return x[1].isGreaterThan(x[2]) ? exp(x[0].times(x[1])).times(x[2]) : x[0].div(x[2].times(x[2]).plus(1)).minus(x[1]);
    });

    private static double[][] rows() {
        var random = new SplittableRandom(31);
        double[][] rows = new double[POINTS][];
        Arrays.setAll(rows, _ -> random.doubles(3, -1, 1).toArray());
        return rows;
    }

    private static void everyThreadGets(List<Double> expected, Callable<List<Double>> call, int calls)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<List<Double>>> all = new ArrayList<>();
            for (int k = 0; k < THREADS * calls; k++) {
                all.add(call);
            }
            for (Future<List<Double>> result : threads.invokeAll(all)) {
                assertEquals(expected, result.get());
            }
        }
    }

    private static List<Double> results(Batch batch, Points points) {
        List<Double> results = new ArrayList<>();
        Gradients g = batch.gradient(points);
        for (int p = 0; p < POINTS; p++) {
            for (double number : g.table().row(p)) {
                results.add(number);
            }
        }
        results.add(batch.sum(points)[0]);
        return results;
    }

    @Test
    void manyThreadsShareABatchWhileItsCodeIsReplaced() throws InterruptedException, ExecutionException {
        Points points = Points.ofRows(rows());
        List<Double> expected = results(
                Batch.of(FUNCTION).withThreads(1).withEngine(TileInterpreter.reproducible()), points);
        try (ExecutorService background = Executors.newSingleThreadExecutor()) {
            var engine = new HotSwap(TileInterpreter.reproducible(), FusedEngine.reproducible(), 5L * POINTS, background);
            Batch shared = Batch.of(FUNCTION).withThreads(2).withEngine(engine);
            everyThreadGets(expected, () -> results(shared, points), 20);
        }
    }

    @Test
    void manyThreadsShareACompiledFunctionWhileItsCodeIsReplaced() throws InterruptedException, ExecutionException {
        double[][] rows = rows();
        List<Double> expected = gradients(CompiledFunction.of(FUNCTION), rows);
        CompiledFunction shared = CompiledFunction.of(FUNCTION);
        everyThreadGets(expected, () -> gradients(shared, rows), 20);
    }

    private static List<Double> gradients(CompiledFunction f, double[][] rows) {
        List<Double> results = new ArrayList<>();
        double[] gradient = new double[3];
        for (double[] row : rows) {
            results.add(f.gradient(row, gradient));
            for (double number : gradient) {
                results.add(number);
            }
        }
        return results;
    }
}
