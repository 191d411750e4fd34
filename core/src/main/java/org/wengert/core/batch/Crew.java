package org.wengert.core.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Several threads at work on the chunks of one call, the calling thread among them. Each takes the next chunk that nobody has taken;
 * partial sums are kept by chunk and added in the order of the chunks.
 */
final class Crew {

    /** Threads for all batches; they end when they have had nothing to do for a minute, and do not keep the process alive. */
    private static final ExecutorService HELPERS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("wengert-batch-", 0).factory());

    private final Thread caller = Thread.currentThread();
    private final Core core;
    private final Worker first;
    private final int threads;
    private final int chunks;
    private final int perChunk;
    private final Progress progress;
    private final BooleanSupplier cancelled;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private long done;

    Crew(
            Core core, Worker first, int threads, int chunks, int perChunk, Progress progress, BooleanSupplier cancelled) {
        this.core = core;
        this.first = first;
        this.threads = threads;
        this.chunks = chunks;
        this.perChunk = perChunk;
        this.progress = progress;
        this.cancelled = cancelled;
    }

    void run(double[] sums) {
        double[][] partials = new double[chunks][sums.length];
        List<CompletableFuture<Void>> helpers = new ArrayList<>();
        try {
            for (int t = 1; t < threads; t++) {
                helpers.add(CompletableFuture.runAsync(() -> help(partials), HELPERS));
            }
        } catch (OutOfMemoryError e) {
            // The system gives no more threads: those that there are do the work.
        }
        work(first, partials);
        helpers.forEach(CompletableFuture::join);
        Throwable failed = failure.get();
        if (failed instanceof RuntimeException e) {
            throw e;
        }
        if (failed instanceof Error e) {
            throw e;
        }
        for (double[] partial : partials) {
            for (int c = 0; c < sums.length; c++) {
                sums[c] += partial[c];
            }
        }
    }

    private void help(double[][] partials) {
        try {
            Worker worker = core.takeWorker();
            try {
                worker.begin(first.own);
                work(worker, partials);
            } finally {
                core.giveBack(worker);
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private void work(Worker worker, double[][] partials) {
        int tiles = first.own.points().tiles.tiles();
        try {
            for (int chunk = next.getAndIncrement(); chunk < chunks && failure.get() == null; chunk = next.getAndIncrement()) {
                if (cancelled.getAsBoolean() || caller.isInterrupted()) {
                    throw new CancellationException("the batch was cancelled");
                }
                int from = chunk * perChunk;
                int to = Math.min(from + perChunk, tiles);
                worker.chunk(from, to, partials[chunk]);
                report((long) (to - from) * Tiles.WIDTH);
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private synchronized void report(long points) {
        int all = first.own.points().size();
        done = Math.min(done + points, all);
        progress.report(done, all);
    }
}
