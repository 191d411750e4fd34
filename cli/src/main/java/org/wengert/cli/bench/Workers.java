package org.wengert.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Splits a range over a fixed number of threads, the calling one among them. */
final class Workers {

    /** Work on a part of a range. */
    interface Part {
        /** Does it; {@code worker} counts the threads from 0. */
        void run(int worker, int from, int to);
    }

    private final int threads;
    private final ExecutorService others = Executors.newCachedThreadPool(
            work -> Thread.ofPlatform().name("wengert-bench").daemon().unstarted(work));

    Workers(int threads) {
        this.threads = threads;
    }

    int threads() {
        return threads;
    }

    void split(int size, Part part) {
        int each = (size + threads - 1) / threads;
        List<Future<?>> waiting = new ArrayList<>();
        for (int w = 1; w < threads && w * each < size; w++) {
            int worker = w;
            waiting.add(others.submit(() -> part.run(worker, worker * each, Math.min(size, (worker + 1) * each))));
        }
        part.run(0, 0, Math.min(each, size));
        for (Future<?> other : waiting) {
            try {
                other.get();
            } catch (InterruptedException | ExecutionException problem) {
                throw new IllegalStateException(problem);
            }
        }
    }
}
