package org.wengert.core.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.wengert.core.scalar.Scalar;

/**
 * The programs of a function, one for each path that its comparisons have taken so far. At a point for which
 * no program is right the function is traced anew.
 *
 * <p>Holds at most a given number of programs and forgets the one whose last use is longest ago. Safe to use from
 * several threads; looking up runs known programs at the point, most recently used first, and takes a lock
 * only to change the list.
 *
 * @param <T> what is kept for each path: the program itself, or something made from it
 */
public final class PathCache<T> {

    /** A path: the part of its program that decides whether it is the right one, and what was made from it. */
    private record Entry<T>(Program condition, T derived) {

        boolean isRightAt(double[] point) {
            return condition.guards().isEmpty() || condition.run(point, NONE, condition.newWorkspace());
        }
    }

    private static final double[] NONE = {};

    private final Function<Scalar[], Scalar[]> function;
    private final boolean[] uniform;
    private final Function<Program, T> derive;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();

    // Most recently used first; replaced as a whole, never changed.
    private volatile List<Entry<T>> entries = List.of();
    private final AtomicLong traced = new AtomicLong();

    private PathCache(
            Function<Scalar[], Scalar[]> function, boolean[] uniform, Function<Program, T> derive, int capacity) {
        this.function = Objects.requireNonNull(function, "function");
        this.uniform = uniform.clone();
        this.derive = Objects.requireNonNull(derive, "derive");
        this.capacity = capacity;
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, but was " + capacity);
        }
    }

    /**
     * A cache of programs.
     *
     * @param inputs   n
     * @param function n numbers to m numbers, as for {@link Tracer}; called from any thread
     * @param capacity the most programs to keep, at least 1
     */
    public static PathCache<Program> of(int inputs, Function<Scalar[], Scalar[]> function, int capacity) {
        return of(new boolean[inputs], function, program -> program, capacity);
    }

    /**
     * A cache of what is made from programs: transformed programs, compiled kernels.
     *
     * @param uniform  which of the n inputs have one value for a whole batch; copied
     * @param function n numbers to m numbers, as for {@link Tracer}; called from any thread
     * @param derive   makes what is kept for a path from its program; called once per tracing
     * @param capacity the most paths to keep, at least 1
     */
    public static <T> PathCache<T> of(
            boolean[] uniform, Function<Scalar[], Scalar[]> function, Function<Program, T> derive, int capacity) {
        return new PathCache<>(function, uniform, derive, capacity);
    }

    /**
     * What belongs to the path that the function takes at a point.
     *
     * @param point n entries; not changed
     */
    public T at(double... point) {
        for (Entry<T> entry : entries) {
            if (entry.isRightAt(point)) {
                toFront(entry);
                return entry.derived;
            }
        }
        // Two threads may trace the same path at the same time; both programs are right.
        Program program = Tracer.trace(point, uniform, function);
        // A program without guards is right everywhere; there is no need for a part that says so.
        Program condition = program.guards().isEmpty() ? program : program.select();
        var entry = new Entry<>(condition, derive.apply(program));
        traced.incrementAndGet();
        toFront(entry);
        return entry.derived;
    }

    private void toFront(Entry<T> entry) {
        if (!entries.isEmpty() && entries.getFirst() == entry) {
            return;
        }
        lock.lock();
        try {
            List<Entry<T>> changed = new ArrayList<>(capacity);
            changed.add(entry);
            for (Entry<T> other : entries) {
                if (other != entry && changed.size() < capacity) {
                    changed.add(other);
                }
            }
            entries = List.copyOf(changed);
        } finally {
            lock.unlock();
        }
    }

    /** The number of paths known now. */
    public int size() {
        return entries.size();
    }

    /** How often the function has been traced. */
    public long traced() {
        return traced.get();
    }
}
