package org.wengert.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.wengert.core.scalar.Scalar;

/** One function shared by many threads gives each of them the same bits. */
class ConcurrencyTest {

    @Test
    void derivativesTakenByManyThreadsAtOnceAreThoseOfOneThread() throws InterruptedException, ExecutionException {
        int n = 9;
        var function = new RandomFunction(5, n, 12);
        Differentiable f = Differentiable.of(n, function::apply);
        Differentiable nested = Differentiable.of(n, x -> f.gradient(x).gradient()[2]);
        double[] x = RandomFunction.point(5, n);
        double[] v = RandomFunction.directions(5, 1, n)[0];
        Callable<List<Object>> all = () -> List.of(
                boxed(f.gradient(x).gradient()), boxed(f.hvp(x, v).product()), boxed(f.hessian(x).entries()),
                boxed(nested.gradient(x).gradient()), Implicit.root(
                        (y, p) -> y.times(y).minus(p[0]), p -> Math.sqrt(p[0]), Scalar.of(2)));
        List<Object> expected;
        try {
            expected = all.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        List<Callable<List<Object>>> tasks = new ArrayList<>();
        for (int k = 0; k < 200; k++) {
            tasks.add(all);
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var result : threads.invokeAll(tasks)) {
                assertEquals(expected, result.get());
            }
        }
    }

    private static List<Double> boxed(double[] a) {
        return java.util.Arrays.stream(a).boxed().toList();
    }
}
