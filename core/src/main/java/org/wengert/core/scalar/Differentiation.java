package org.wengert.core.scalar;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
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
     * A new differentiation at points that may carry tangents of others: its own are outside of theirs.
     *
     * @param description what is being differentiated, for messages
     * @param points      the points and directions at which it is taken; not changed
     */
    public static Differentiation within(String description, Collection<? extends Scalar> points) {
        for (Scalar x : points) {
            for (Differentiation outer : owners(x)) {
                outer.order();
            }
        }
        var inner = new Differentiation(description);
        inner.order();
        return inner;
    }

    /** All differentiations whose tangents a number carries; empty for constants and for nodes of a recording. */
    public static Set<Differentiation> owners(Scalar x) {
        Set<Differentiation> owners = new LinkedHashSet<>();
        collect(x, owners);
        return owners;
    }

    private static void collect(Scalar x, Set<Differentiation> owners) {
        switch (x) {
            case Real _, Traced _ -> {}
            case Dual d -> owners.add(d.of());
            case HyperDual d -> owners.add(d.of());
            case Taylor y -> owners.add(y.of());
            case Nested n -> {
                owners.add(n.of());
                collect(n.primal(), owners);
                n.tangents().forEach(t -> collect(t, owners));
            }
        }
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

    /** The description and a number that tells this differentiation from others. */
    @Override
    public String toString() {
        return description + " #" + order();
    }
}
