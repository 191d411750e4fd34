package org.wengert.core.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.wengert.core.scalar.Scalar;

class PathCacheTest {

    /** Counts how many times x can be halved before it is below 1: as many paths as there are counts. */
    private static Scalar[] halvings(Scalar[] x) {
        Scalar y = x[0];
        double count = 0;
        while (y.isAtLeast(1)) {
            y = y.times(0.5);
            count++;
        }
        return new Scalar[] {y.plus(count)};
    }

    private static double halvings(double x) {
        double y = x;
        double count = 0;
        while (y >= 1) {
            y *= 0.5;
            count++;
        }
        return y + count;
    }

    @Test
    void eachPathIsTracedOnce() {
        PathCache<Program> cache = PathCache.of(1, PathCacheTest::halvings, 16);
        for (int round = 0; round < 3; round++) {
            for (double x : new double[] {0.5, 1.5, 3, 5, 9}) {
                assertEquals(halvings(x), cache.at(x).value(x)[0]);
            }
        }
        assertEquals(5, cache.size());
        assertEquals(5, cache.traced());
        assertSame(cache.at(2.5), cache.at(3.5));
    }

    @Test
    void theCacheForgetsThePathThatWasUsedLongestAgo() {
        PathCache<Program> cache = PathCache.of(1, PathCacheTest::halvings, 2);
        Program small = cache.at(0.5);
        cache.at(1.5);
        assertSame(small, cache.at(0.25));
        cache.at(3);
        assertEquals(2, cache.size());
        assertSame(small, cache.at(0.75));
        assertEquals(3, cache.traced());
    }

    @Test
    void anythingMadeFromAProgramCanBeKept() {
        PathCache<Integer> cache =
                PathCache.of(new boolean[1], PathCacheTest::halvings, p -> p.guards().size(), 16);
        assertEquals(4, cache.at(5));
    }

    @Test
    void manyThreadsGetTheRightProgram() throws InterruptedException, ExecutionException {
        PathCache<Program> cache = PathCache.of(1, PathCacheTest::halvings, 6);
        try (var pool = Executors.newFixedThreadPool(8)) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int seed = t;
                results.add(pool.submit(() -> {
                    var random = new Random(seed);
                    boolean right = true;
                    for (int i = 0; i < 5000; i++) {
                        double x = Math.scalb(1 + random.nextDouble(), random.nextInt(-1, 9));
                        right &= cache.at(x).value(x)[0] == halvings(x);
                    }
                    return right;
                }));
            }
            for (Future<Boolean> result : results) {
                assertTrue(result.get());
            }
        }
        assertTrue(cache.size() <= 6);
    }
}
