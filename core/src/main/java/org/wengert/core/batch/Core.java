package org.wengert.core.batch;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.Precision;
import org.wengert.core.program.PathCache;

/**
 * A function prepared for batches: its paths, what was made of them, and room for threads to work in. Shared by all
 * {@link Batch}es that differ in settings only. Thread safe.
 */
final class Core {

    /** The most paths that are kept. */
    private static final int PATHS = 32;

    /** After so many paths the function is taken for one that has another at every point. */
    private static final int MANY_PATHS = 4 * PATHS;

    private static final int SAMPLES = 5;
    private static final int WORKERS_KEPT = 64;

    final Operator.Target target;
    final boolean[] isUniform;
    final int uniforms;
    final Engine engine;
    final Precision precision;
    final PathCache<Path> paths;
    private volatile @Nullable Path main;
    private final AtomicReferenceArray<Worker> idle = new AtomicReferenceArray<>(WORKERS_KEPT);

    /** In double precision. */
    Core(Operator.Target target, boolean[] isUniform, Engine engine) {
        this(target, isUniform, engine, Precision.DOUBLE);
    }

    Core(Operator.Target target, boolean[] isUniform, Engine engine, Precision precision) {
        this.target = target;
        this.isUniform = isUniform;
        this.uniforms = (int) IntStream.range(0, isUniform.length).filter(i -> isUniform[i]).count();
        this.engine = engine;
        this.precision = precision;
        int[] wrt = target.wrt();
        this.paths = PathCache.of(isUniform, target.vector()::value, p -> new Path(p, wrt, engine), PATHS);
    }

    int columns(Operator operator) {
        return operator.columns(target.vector().outputs(), target.wrt().length);
    }

    int moreInputs(Operator operator) {
        return operator.moreInputs(target.vector().outputs(), target.wrt().length);
    }

    /** Whether looking for the paths of single points is worth it. */
    boolean hasFewPaths() {
        return paths.traced() < MANY_PATHS;
    }

    /**
     * The path that most of a few points take; as long as that is the last one, without allocating.
     *
     * @param x room for all inputs
     */
    Path mainPath(Points points, double[] uniform, double[] x) {
        Path last = main;
        int samples = Math.max(1, Math.min(SAMPLES, points.size()));
        if (last != null) {
            int right = last.isOnly() ? samples : 0;
            for (int s = 0; s < samples && right < samples; s++) {
                pointInto(points, uniform, sample(points, s, samples), x);
                right += last.isRightAt(x) ? 1 : 0;
            }
            if (2 * right >= samples) {
                return last;
            }
        }
        Path[] taken = new Path[samples];
        for (int s = 0; s < samples; s++) {
            pointInto(points, uniform, sample(points, s, samples), x);
            taken[s] = paths.at(x);
        }
        Path most = Arrays.stream(taken)
                .max((a, b) -> Long.compare(count(taken, a), count(taken, b))).orElseThrow();
        main = most;
        return most;
    }

    private static int sample(Points points, int s, int samples) {
        return (int) ((long) s * points.size() / samples);
    }

    private static long count(Path[] all, Path one) {
        return Arrays.stream(all).filter(p -> p == one).count();
    }

    /** Writes all inputs of the function at a point; zeros for a point that is not there. */
    void pointInto(Points points, double[] uniform, int p, double[] x) {
        int u = 0;
        int column = 0;
        for (int i = 0; i < x.length; i++) {
            if (isUniform[i]) {
                x[i] = uniform[u++];
            } else {
                x[i] = p < points.size() ? points.tiles.get(p, column++) : 0;
            }
        }
    }

    Worker takeWorker() {
        for (int i = 0; i < WORKERS_KEPT; i++) {
            Worker worker = idle.get(i);
            if (worker != null && idle.compareAndSet(i, worker, null)) {
                return worker;
            }
        }
        return new Worker(this);
    }

    void giveBack(Worker worker) {
        worker.forget();
        for (int i = 0; i < WORKERS_KEPT; i++) {
            if (idle.get(i) == null && idle.compareAndSet(i, null, worker)) {
                return;
            }
        }
    }
}
