package org.wengert.core.engine;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Working space that threads borrow, so that code which many threads share allocates nothing: each thread looks in a
 * place of its own first, and only where two threads meet in one place is new space made.
 *
 * @param <T> the space
 */
final class Spares<T> {

    /** Places, a power of two. */
    private static final int PLACES = 16;

    /** References to a line of the cache: neighbouring places would be passed to and fro between processors. */
    private static final int APART = 16;

    private final AtomicReferenceArray<@Nullable T> places = new AtomicReferenceArray<>(PLACES * APART);
    private final Supplier<T> supplier;

    Spares(Supplier<T> supplier) {
        this.supplier = supplier;
    }

    /** Space that nobody else holds. */
    T take() {
        T spare = places.getAndSet(place(), null);
        return spare != null ? spare : supplier.get();
    }

    /** Gives space back. */
    void give(T space) {
        places.setRelease(place(), space);
    }

    private static int place() {
        return (int) Thread.currentThread().threadId() % PLACES * APART;
    }
}
