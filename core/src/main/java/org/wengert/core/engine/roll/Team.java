package org.wengert.core.engine.roll;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.PlacedCode;
import org.wengert.core.engine.TileCode;

/** Threads that share the tiles of a stage: each takes the next tile that nobody has taken. */
final class Team {

    /** Threads for all programs; they end when they have had nothing to do for a minute, and do not keep the process alive. */
    private static final ExecutorService HELPERS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("wengert-tiles-", 0).factory());

    private final RolledCode.Bench[] benches;

    Team(int size, int work) {
        benches = new RolledCode.Bench[size];
        for (int i = 0; i < size; i++) {
            benches[i] = new RolledCode.Bench(work);
        }
    }

    int size() {
        return benches.length;
    }

    /** Runs all tiles of a stage; whether all guards hold. */
    boolean run(Stage stage, TileCode code, @Nullable PlacedCode placed, double[] in, double[] out, RolledCode.Room room) {
        var next = new AtomicInteger();
        var failed = new AtomicReference<Throwable>();
        var left = new CountDownLatch(benches.length - 1);
        int tiles = stage.tiles();
        class Share implements Runnable {
            private final RolledCode.Bench bench;

            Share(RolledCode.Bench bench) {
                this.bench = bench;
            }

            void work() {
                bench.prepare(code, placed);
                for (int tile = next.getAndIncrement(); tile < tiles; tile = next.getAndIncrement()) {
                    if (!stage.runTile(
                            code, placed, tile, room.uniform, in, room.memory, out, bench, room.partial)) {
                        next.set(OFF);
                        return;
                    }
                }
            }

            @Override
            public void run() {
                try {
                    work();
                } catch (RuntimeException | Error e) {
                    failed.compareAndSet(null, e);
                    next.set(OFF);
                } finally {
                    left.countDown();
                }
            }
        }
        for (int i = 1; i < benches.length; i++) {
            HELPERS.execute(new Share(benches[i]));
        }
        try {
            new Share(benches[0]).work();
        } finally {
            await(left);
        }
        if (failed.get() instanceof RuntimeException e) {
            throw e;
        }
        if (failed.get() instanceof Error e) {
            throw e;
        }
        return next.get() < OFF;
    }

    /** Beyond all tiles: a guard has failed. */
    private static final int OFF = Integer.MAX_VALUE / 2;

    /** The others work in the caller's arrays, so the call waits for them whatever happens. */
    private static void await(CountDownLatch left) {
        boolean interrupted = false;
        while (true) {
            try {
                left.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
