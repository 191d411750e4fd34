package org.wengert.core.scalar;

import java.util.concurrent.atomic.AtomicLong;

/**
 * One differentiation: the owner of tangents. Every number that carries a derivative names the
 * differentiation it belongs to, and numbers of two differentiations never mix silently.
 *
 * <p>Two differentiations are the same only if they are the same object, so a function that is
 * differentiated within itself gets two. Making one costs an allocation of 24 bytes and nothing else.
 * Thread safe.
 */
public final class Differentiation {

    private static final AtomicLong NEXT = new AtomicLong(1);

    private final String description;

    // Drawn only when two differentiations meet in one operation; 0 before.
    private volatile long order;

    /**
     * A new differentiation.
     *
     * @param description what is being differentiated, for messages, for example {@code gradient of 3 variables}
     */
    public Differentiation(String description) {
        this.description = description;
    }

    /**
     * The place of this differentiation in a total order of all, drawn at the first call. Nested numbers
     * are built with the tangents of the larger order outside; any total order gives the same derivatives.
     */
    long order() {
        if (order == 0) {
            synchronized (this) {
                if (order == 0) {
                    order = NEXT.getAndIncrement();
                }
            }
        }
        return order;
    }

    @Override
    public String toString() {
        return description;
    }
}
