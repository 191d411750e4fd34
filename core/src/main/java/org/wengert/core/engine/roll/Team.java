package org.wengert.core.engine.roll;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.PlacedCode;
import org.wengert.core.engine.TileCode;

/**
 * Threads that share the tiles of a stage: each takes the next few that nobody has taken. The calling thread does not wait for others to
 * wake up, which may take longer than a stage: it waits for tiles that somebody is at, and for nothing else. Others stay awake for a
 * moment after a stage, for the next one. Belongs to one call at a time.
 */
final class Team {

    /** Threads for all programs; they end when they have had nothing to do for a minute, and do not keep the process alive. */
    private static final ExecutorService HELPERS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("wengert-tiles-", 0).factory());

    /** How long a helper stays awake for another stage: about what it takes to wake it up. */
    private static final long AWAKE_NANOS = 50_000;

    /** How often the calling thread looks whether others are done before it sleeps: they have few tiles left, unless they lost their processor. */
    private static final int SPINS = 5000;

    /** So many times does a thread take tiles, if all are equally fast. */
    private static final int TURNS = 4;

    private final RolledCode.Bench own;
    private final Helper[] helpers;
    private volatile @Nullable Shared current;

    Team(int size, int work) {
        own = new RolledCode.Bench(work);
        helpers = new Helper[size - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Helper(new RolledCode.Bench(work));
        }
    }

    int size() {
        return 1 + helpers.length;
    }

    /** Runs all tiles of a stage by so many threads; whether all guards hold. */
    boolean run(
            int threads, Stage stage, TileCode code, @Nullable PlacedCode placed, double[] in, double[] out, RolledCode.Room room) {
        var shared = new Shared(stage, code, placed, in, out, room, Math.max(1, stage.tiles() / (TURNS * threads)));
        current = shared;
        for (int i = 0; i + 1 < threads; i++) {
            helpers[i].wake();
        }
        try {
            shared.work(own);
        } finally {
            current = null;
            shared.await();
        }
        return shared.holds();
    }

    /** A stage that several threads are at. */
    private static final class Shared {

        /** Beyond all tiles: a guard or a thread has failed. */
        private static final int OFF = Integer.MAX_VALUE / 2;

        private final Stage stage;
        private final TileCode code;
        private final @Nullable PlacedCode placed;
        private final double[] in;
        private final double[] out;
        private final RolledCode.Room room;
        private final int together;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger atWork = new AtomicInteger();
        private final AtomicReference<Throwable> failed = new AtomicReference<>();

        Shared(Stage stage, TileCode code, @Nullable PlacedCode placed, double[] in, double[] out, RolledCode.Room room, int together) {
            this.stage = stage;
            this.code = code;
            this.placed = placed;
            this.in = in;
            this.out = out;
            this.room = room;
            this.together = together;
        }

        /** Takes tiles until there are none. Who comes late finds none, and touches nothing. */
        void work(RolledCode.Bench bench) {
            atWork.incrementAndGet();
            try {
                int tiles = stage.tiles();
                for (int first = next.getAndAdd(together); first < tiles; first = next.getAndAdd(together)) {
                    bench.prepare(code, placed);
                    for (int tile = first; tile < Math.min(tiles, first + together); tile++) {
                        if (!stage.runTile(code, placed, tile, room.uniform, in, room.memory, out, bench, room.partial)) {
                            next.set(OFF);
                            return;
                        }
                    }
                }
            } catch (RuntimeException | Error e) {
                failed.compareAndSet(null, e);
                next.set(OFF);
            } finally {
                atWork.decrementAndGet();
            }
        }

        /** The others work in the caller's arrays, so the call waits for them whatever happens. */
        void await() {
            for (int k = 0; atWork.get() > 0; k++) {
                if (k < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(AWAKE_NANOS);
                }
            }
        }

        boolean holds() {
            if (failed.get() instanceof RuntimeException e) {
                throw e;
            }
            if (failed.get() instanceof Error e) {
                throw e;
            }
            return next.get() < OFF;
        }
    }

    /** A thread that helps, while there are stages. */
    private final class Helper implements Runnable {

        private final RolledCode.Bench bench;
        private final AtomicBoolean isAwake = new AtomicBoolean();

        Helper(RolledCode.Bench bench) {
            this.bench = bench;
        }

        void wake() {
            if (isAwake.compareAndSet(false, true)) {
                try {
                    HELPERS.execute(this);
                } catch (RejectedExecutionException | OutOfMemoryError e) {
                    isAwake.set(false); // there is no thread to be had: the others do its share
                }
            }
        }

        @Override
        public void run() {
            Shared last = null;
            long since = System.nanoTime();
            while (true) {
                Shared shared = current;
                if (shared != null && shared != last) {
                    shared.work(bench);
                    last = shared;
                    since = System.nanoTime();
                } else if (System.nanoTime() - since < AWAKE_NANOS) {
                    Thread.onSpinWait();
                } else {
                    isAwake.set(false);
                    // A stage that has come just now may have found this thread awake.
                    Shared now = current;
                    if (now == null || now == last || !isAwake.compareAndSet(false, true)) {
                        return;
                    }
                }
            }
        }
    }
}
