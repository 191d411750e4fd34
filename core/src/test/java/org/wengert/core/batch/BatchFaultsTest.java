package org.wengert.core.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wengert.core.Differentiable;
import org.wengert.core.elementary.Unary;

/** What goes wrong within a tile, in whichever thread, comes out of the call as it is; the batch can be used again. */
@Timeout(120)
class BatchFaultsTest {

    private static final AtomicBoolean FAULTY = new AtomicBoolean();

    /** Asks for more memory than any array can have, at one point. */
    private static final Unary GREEDY = Unary.of("greedy", x -> {
        if (FAULTY.get() && x == 150_000) {
            return new double[Integer.MAX_VALUE].length;
        }
        return 2 * x;
    }, _ -> 2, _ -> 0);

    /** Throws what is not checked. */
    private static final Unary BROKEN = Unary.of("broken", x -> {
        if (FAULTY.get() && x == 150_000) {
            throw new IllegalStateException("broken at " + x);
        }
        return 2 * x;
    }, _ -> 2, _ -> 0);

    private static Points points() {
        Points points = Points.of(200_000, 1);
        for (int p = 0; p < points.size(); p++) {
            points.set(p, 0, p);
        }
        return points;
    }

    private static <T extends Throwable> T fails(Class<T> type, Unary row) {
        Batch batch = Batch.of(Differentiable.of(1, x -> x[0].apply(row).times(x[0]))).reproducible();
        Points points = points();
        T first = null;
        for (int threads : new int[] {1, 4}) {
            Batch of = batch.withThreads(threads);
            double[] expected = of.sum(points);
            FAULTY.set(true);
            try {
                T fault = assertThrows(type, () -> of.values(points));
                first = first == null ? fault : first;
                assertThrows(type, () -> of.sum(points));
            } finally {
                FAULTY.set(false);
            }
            assertArrayEquals(expected, of.sum(points));
            assertEquals(2.0 * 150_000 * 150_000, of.values(points).get(150_000, 0));
        }
        return java.util.Objects.requireNonNull(first);
    }

    @Test
    void outOfMemoryInATile() {
        fails(OutOfMemoryError.class, GREEDY);
    }

    @Test
    void anExceptionInATile() {
        assertTrue(String.valueOf(fails(IllegalStateException.class, BROKEN).getMessage()).contains("broken at 150000"));
    }
}
