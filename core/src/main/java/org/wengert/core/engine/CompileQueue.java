package org.wengert.core.engine;

import java.lang.ref.WeakReference;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Where programs are compiled in the background: one daemon thread, which goes away when there is nothing to do. Thread
 * safe.
 */
final class CompileQueue {

    /** More waiting than that are turned away: what they would be compiled for is served as before. */
    private static final int MOST_WAITING = 1000;

    private static final long IDLE_SECONDS = 5;

    private static final AtomicInteger THREADS = new AtomicInteger();

    private static final ThreadPoolExecutor QUEUE = queue();

    private static final AtomicInteger COMPILED = new AtomicInteger();

    private CompileQueue() {}

    /** The queue of this process. Runs tasks in the order in which they come; forgets them if too many wait. */
    static Executor shared() {
        return QUEUE;
    }

    /**
     * Compiles in the background what is served already. If there is no thread to be had, or no code (no memory for it, a class that does not
     * load), what serves now goes on. What waits is not kept alive: for a holder that nobody holds any more by then, nothing is compiled.
     *
     * @param holder      whose code is replaced
     * @param compilation replaces it; must name the holder, and whatever the holder refers to, by its argument alone
     */
    static <T> void attempt(Executor background, T holder, Consumer<T> compilation) {
        var reference = new WeakReference<>(holder);
        try {
            background.execute(() -> {
                T alive = reference.get();
                if (alive == null) {
                    return;
                }
                try {
                    compilation.accept(alive);
                    COMPILED.incrementAndGet();
                } catch (RuntimeException | LinkageError | AssertionError | VirtualMachineError e) {
                    // what serves now goes on
                }
            });
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // what serves now goes on
        }
    }

    /** How much has been compiled so far: a number that changes when code has been replaced. */
    static int compiled() {
        return COMPILED.get();
    }

    /** Whether anything is compiled or waits for it. */
    static boolean isBusy() {
        return QUEUE.getActiveCount() > 0 || !QUEUE.getQueue().isEmpty();
    }

    private static ThreadPoolExecutor queue() {
        var queue = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING),
                task -> {
                    Thread thread = new Thread(task, "wengert-compiler-" + THREADS.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        queue.allowCoreThreadTimeOut(true);
        return queue;
    }
}
