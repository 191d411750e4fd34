package org.wengert.core.engine;

import java.lang.ref.WeakReference;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.wengert.core.program.Program;

/**
 * Makes fused kernels in the background, on a daemon thread that goes away when there is nothing to do.
 *
 * <p>Generated code is worth nothing until C2 has compiled it: interpreted vector code is hundreds of times slower than
 * compiled. So a kernel is first run on tiles of made-up points until it is fast, timed against the code that serves in
 * the meantime, and handed over only if it is faster. Whoever waits is held by a weak reference: a function that nobody
 * uses any more is not compiled, and its kernel does not outlive it.
 *
 * <p>Thread safe.
 */
public final class CompileQueue {

    /** Who waits for faster code. */
    public interface Waiting {

        /** What is to be compiled. */
        Program program();

        /** The code that serves in the meantime. */
        TileCode code();

        /** Receives faster code, on the thread of the queue; called at most once. */
        void faster(TileCode code);

        /** Told, on the thread of the queue, that there is no faster code, and why. */
        default void noFaster(String why) {}
    }

    /** More waiting than that are turned away: they may ask again later. */
    private static final int MOST_WAITING = 1000;

    private static final long IDLE_SECONDS = 5;

    private static final AtomicInteger THREADS = new AtomicInteger();

    private static final ThreadPoolExecutor QUEUE = queue();

    private CompileQueue() {}

    private static ThreadPoolExecutor queue() {
        var queue = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING),
                task -> {
                    Thread thread = new Thread(task, "wengert-compiler-" + THREADS.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        queue.allowCoreThreadTimeOut(true);
        return queue;
    }

    /**
     * Asks for faster code; returns at once.
     *
     * @param engine  what makes the code
     * @param waiting held weakly
     * @return whether the request was taken: not if too many wait already
     */
    public static boolean submit(Engine engine, Waiting waiting) {
        var reference = new WeakReference<>(waiting);
        try {
            QUEUE.execute(() -> serve(engine, reference));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private static void serve(Engine engine, WeakReference<Waiting> reference) {
        Waiting waiting = reference.get();
        if (waiting == null) {
            return;
        }
        Program program = waiting.program();
        TileCode slow = waiting.code();
        waiting = null; // or it would be reachable for as long as the kernel warms up
        String why;
        try {
            var warmUp = new WarmUp(program, slow, engine.compile(program));
            why = warmUp.run(() -> reference.get() != null);
            waiting = reference.get();
            if (waiting != null && why.isEmpty()) {
                waiting.faster(warmUp.code());
            }
        } catch (RuntimeException | Error e) { // a program that cannot be compiled is served as before
            why = e.toString();
            waiting = reference.get();
        }
        if (waiting != null && !why.isEmpty()) {
            waiting.noFaster(why);
        }
    }
}
