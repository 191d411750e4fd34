package org.wengert.core.batch;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Precision;
import org.wengert.core.engine.TileCode;

/**
 * The points of a chunk of tiles that a program is not right for: they take another path, or a derivative is not a number there by
 * plain products. They are gathered from all tiles of the chunk and then computed in double precision, those that take the same path
 * together, what is left by the eager numbers. Belongs to one worker, and is used again and again.
 */
final class Stragglers {

    private static final double[] NONE = {};

    /** From so many points on, those that take the same path are run together. */
    private static final int TOGETHER = 4;

    /** Through so many paths at a time. */
    private static final int MOST_PATHS = 8;

    private final Core core;
    private final double[] x;
    private final int[] points = new int[Tiles.WIDTH];
    private int count;

    private @Nullable Job job;
    private double[] inputs = NONE;
    private double[] sums = NONE;
    private double[] uniformNodes = NONE;
    private double[] in = NONE;
    private double[] out = NONE;
    private double[] scratch = NONE;
    private double[] row = NONE;
    private double[] more = NONE;

    Stragglers(Core core) {
        this.core = core;
        this.x = new double[core.isUniform.length];
    }

    /**
     * Begins a call.
     *
     * @param newInputs the uniform inputs of its plan
     */
    void begin(Job newJob, double[] newInputs) {
        job = newJob;
        inputs = newInputs;
        row = Worker.exactly(row, core.columns(newJob.operator()));
        more = Worker.exactly(more, core.moreInputs(newJob.operator()));
    }

    /**
     * Begins a chunk.
     *
     * @param newSums receives what is added for the points, if anything is summed; the caller's own
     */
    void beginChunk(double[] newSums) {
        sums = newSums;
        count = 0;
    }

    void forget() {
        job = null;
        inputs = NONE;
        sums = NONE;
    }

    /** Takes a point in. */
    void add(int point) {
        if (count == points.length) {
            finish();
        }
        points[count++] = point;
    }

    /** Computes what is missing at the points taken in. */
    void finish() {
        if (count == 0) {
            return;
        }
        Job current = Objects.requireNonNull(job, "job");
        Path main = current.plan().path();
        if (core.precision == Precision.SINGLE) {
            again(current, main);
        }
        for (int attempt = 0; attempt < MOST_PATHS && count >= TOGETHER && core.hasFewPaths(); attempt++) {
            Path path = firstOffPath(current, main);
            int before = count;
            if (path != null) {
                together(current, path.plan(current.operator(), current.plan().shared()), count);
                if (count == before) { // not even the point whose path it is: a derivative is not a number there
                    eager(current, points[--count]);
                }
            }
        }
        while (count > 0) {
            eager(current, points[--count]);
        }
    }

    /**
     * Runs the points again that take the path of the program: in single precision a comparison may have been too close to call, or a
     * number too large.
     */
    private void again(Job current, Path main) {
        int right = 0;
        for (int f = 0; f < count; f++) {
            int point = points[f];
            core.pointInto(current.points(), current.uniform, point, x);
            if (main.isRightAt(x)) {
                points[f] = points[right];
                points[right++] = point;
            }
        }
        if (right > 0) {
            together(current, current.plan(), right);
        }
    }

    /**
     * The path of the first point that does not take the program's own: at those that do, a derivative is not a number by plain
     * products, which the eager numbers see to at once.
     */
    private @Nullable Path firstOffPath(Job current, Path main) {
        while (count > 0) {
            int last = points[count - 1];
            core.pointInto(current.points(), current.uniform, last, x);
            Path path = core.paths.at(x);
            if (path != main) {
                return path;
            }
            count--;
            eager(current, last);
        }
        return null;
    }

    /** Runs the first so many points through a plan; those for which it fails stay. */
    private void together(Job current, Plan plan, int to) {
        Points second = current.morePoints;
        int columns = current.points().columns();
        int all = columns + (second == null ? 0 : second.columns());
        in = Worker.atLeast(in, Math.max(1, all) * Tiles.STRIDE);
        out = Worker.atLeast(out, plan.columns() * Tiles.STRIDE);
        for (int c = 0; c < all; c++) {
            for (int f = 0; f < to; f++) {
                in[c * Tiles.STRIDE + f] = c < columns || second == null
                        ? current.points().tiles.get(points[f], c) : second.tiles.get(points[f], c - columns);
            }
        }
        uniformNodes = plan.uniform(inputs, uniformNodes);
        TileCode code = plan.code().now();
        scratch = Worker.atLeast(scratch, code.scratch());
        code.run(uniformNodes, in, 0, out, 0, scratch, to);
        int failed = plan.program().outputs() * Tiles.STRIDE;
        int left = 0;
        for (int f = 0; f < to; f++) {
            if (plan.isGuarded() && out[failed + f] != 0) {
                points[left++] = points[f];
                continue;
            }
            for (int c = 0; c < row.length; c++) {
                row[c] = plan.stored()[c] < 0 ? 0 : out[plan.stored()[c] * Tiles.STRIDE + f];
            }
            put(current, points[f]);
        }
        System.arraycopy(points, to, points, left, count - to);
        count -= to - left;
    }

    private void eager(Job current, int point) {
        core.pointInto(current.points(), current.uniform, point, x);
        Points second = current.morePoints;
        for (int i = 0; i < more.length; i++) {
            more[i] = second == null ? current.direction[i] : second.tiles.get(point, i);
        }
        current.operator().eager(core.target, x, more, row);
        put(current, point);
    }

    /** Puts the row of a point where it belongs. */
    private void put(Job current, int point) {
        if (current.reduction != null) {
            double weight = current.weights == null ? 1 : current.weights.tiles.get(point, 0);
            current.reduction.add(sums, row, weight);
            return;
        }
        int[] stored = current.plan().stored();
        Table table = Objects.requireNonNull(current.table, "table");
        for (int c = 0; c < row.length; c++) {
            if (stored[c] >= 0) {
                table.tiles().set(point, stored[c], row[c]);
            } else if (row[c] != 0) {
                table.setMore(point, c, row[c]);
            }
        }
    }
}
