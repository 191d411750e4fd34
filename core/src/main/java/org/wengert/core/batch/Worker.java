package org.wengert.core.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.TileCode;

/** One thread's part of a batch: it runs chunks of tiles, and has the room that takes. Used again and again. */
final class Worker {

    private static final double[] NONE = {};

    /** From so many failing points of a tile on, those that take the same path are run together. */
    private static final int TOGETHER = 12;

    private final Core core;

    /** Room for all inputs of the function. */
    final double[] x;

    private double[] row = NONE;
    private double[] more = NONE;
    private double[] scratch = NONE;
    private double[] inputs = NONE;
    private double[] uniformNodes = NONE;
    private double[] otherUniformNodes = NONE;
    private double[] tileIn = NONE;
    private double[] tileOut = NONE;
    private double[] packedIn = NONE;
    private double[] packedOut = NONE;
    private double[] lanes = NONE;
    private double[] sums = NONE;
    private double[] partial = NONE;
    private final double[] room = new double[Tiles.STRIDE];
    private final int[] failing = new int[Tiles.WIDTH];

    /** The call that this worker begins, if it begins one. */
    final Job own = new Job();

    private @Nullable Job job;

    Worker(Core core) {
        this.core = core;
        this.x = new double[core.isUniform.length];
    }

    void begin(Job newJob) {
        job = newJob;
        Plan plan = newJob.plan();
        int shared = plan.shared() ? newJob.direction.length : 0;
        inputs = exactly(inputs, newJob.uniform.length + shared);
        System.arraycopy(newJob.uniform, 0, inputs, 0, newJob.uniform.length);
        System.arraycopy(newJob.direction, 0, inputs, newJob.uniform.length, shared);
        uniformNodes = plan.uniform(inputs, uniformNodes);
        row = exactly(row, core.columns(newJob.operator()));
        more = exactly(more, core.moreInputs(newJob.operator()));
        scratch = atLeast(scratch, newJob.code().scratch());
        if (newJob.morePoints != null) {
            tileIn = atLeast(tileIn, (newJob.points().columns() + newJob.morePoints.columns()) * Tiles.STRIDE);
        }
        if (newJob.reduction != null) {
            tileOut = atLeast(tileOut, plan.columns() * Tiles.STRIDE);
            lanes = atLeast(lanes, newJob.reduction.size() * Reduction.LANES);
            sums = atLeast(sums, newJob.reduction.size());
        }
    }

    /** Room for the sums of a chunk. */
    double[] partial(int length) {
        partial = exactly(partial, length);
        return partial;
    }

    void forget() {
        job = null;
        own.clear();
    }

    private static double[] atLeast(double[] array, int length) {
        return array.length >= length ? array : new double[length];
    }

    private static double[] exactly(double[] array, int length) {
        return array.length == length ? array : new double[length];
    }

    /**
     * Runs the tiles first to last - 1.
     *
     * @param partial receives the sums over these tiles, if there is something to sum
     */
    void chunk(int first, int last, double[] partial) {
        Job current = current();
        Reduction reduction = current.reduction;
        if (reduction == null) {
            for (int tile = first; tile < last; tile++) {
                tile(current, tile);
            }
            return;
        }
        int size = reduction.size();
        Arrays.fill(lanes, 0, size * Reduction.LANES, 0);
        Arrays.fill(sums, 0, size, 0);
        for (int tile = first; tile < last; tile++) {
            tile(current, tile);
        }
        for (int c = 0; c < size; c++) {
            partial[c] = Reduction.fold(lanes, c * Reduction.LANES) + sums[c];
        }
    }

    private Job current() {
        Job current = job;
        if (current == null) {
            throw new IllegalStateException("a worker has been given back and used");
        }
        return current;
    }

    private void tile(Job current, int tile) {
        Plan plan = current.plan();
        int count = current.points().tiles.count(tile);
        double[] in = current.points().tiles.array(tile);
        int inAt = current.points().tiles.at(tile);
        Points second = current.morePoints;
        if (second != null) {
            // The columns of both must lie side by side.
            int length = current.points().columns() * Tiles.STRIDE;
            System.arraycopy(in, inAt, tileIn, 0, length);
            System.arraycopy(second.tiles.array(tile), second.tiles.at(tile), tileIn, length, second.columns() * Tiles.STRIDE);
            in = tileIn;
            inAt = 0;
        }
        Table table = current.table;
        double[] out = table == null ? tileOut : table.tiles().array(tile);
        int outAt = table == null ? 0 : table.tiles().at(tile);
        current.code().run(uniformNodes, in, inAt, out, outAt, scratch, count);
        if (plan.isGuarded()) {
            int failures = failures(out, outAt + plan.program().outputs() * Tiles.STRIDE, count);
            if (failures > 0) {
                repair(current, tile, failures, out, outAt);
            }
        }
        Reduction reduction = current.reduction;
        if (reduction != null) {
            int padded = (count + Reduction.LANES - 1) / Reduction.LANES * Reduction.LANES;
            for (int c = 0; c < plan.program().outputs() && count < padded; c++) {
                Arrays.fill(out, outAt + c * Tiles.STRIDE + count, outAt + c * Tiles.STRIDE + padded, 0);
            }
            Points weights = current.weights;
            double[] w = weights == null ? NONE : weights.tiles.array(tile);
            int wAt = weights == null ? 0 : weights.tiles.at(tile);
            if (weights != null) {
                Arrays.fill(w, wAt + count, wAt + padded, 0);
            }
            reduction.add(lanes, out, padded, plan, w, wAt, room);
        }
    }

    /** Notes the points at which a guard fails, and returns how many there are. */
    private int failures(double[] out, int at, int count) {
        int failures = 0;
        for (int p = 0; p < count; p++) {
            if (out[at + p] != 0) {
                failing[failures++] = p;
            }
        }
        return failures;
    }

    // ---- points that take another path -----------------------------------------------------------------

    /** Computes what is missing: together for points that take the same other path, one by one by the eager numbers for the rest. */
    private void repair(Job current, int tile, int failures, double[] out, int outAt) {
        int left = failures;
        Path last = current.plan().path();
        for (int attempt = 0; attempt < 8 && left >= TOGETHER && core.hasFewPaths(); attempt++) {
            core.pointInto(current.points(), current.uniform, tile * Tiles.WIDTH + failing[0], x);
            Path path = core.paths.at(x);
            if (path == last) {
                // The path is the right one, but a derivative is not a number there by plain products.
                break;
            }
            last = path;
            left = together(current, path.plan(current.operator(), current.plan().shared()), tile, left, out, outAt);
        }
        for (int f = 0; f < left; f++) {
            eager(current, tile, failing[f], out, outAt);
        }
    }

    private void eager(Job current, int tile, int p, double[] out, int outAt) {
        int point = tile * Tiles.WIDTH + p;
        core.pointInto(current.points(), current.uniform, point, x);
        Points second = current.morePoints;
        for (int i = 0; i < more.length; i++) {
            more[i] = second == null ? current.direction[i] : second.tiles.get(point, i);
        }
        current.operator().eager(core.target, x, more, row);
        put(current, tile, p, out, outAt);
    }

    /** Runs the failing points on another path; returns how many still fail, which are noted. */
    private int together(Job current, Plan plan, int tile, int failures, double[] out, int outAt) {
        Points second = current.morePoints;
        int columns = current.points().columns();
        int all = columns + (second == null ? 0 : second.columns());
        packedIn = atLeast(packedIn, Math.max(1, all) * Tiles.STRIDE);
        packedOut = atLeast(packedOut, plan.columns() * Tiles.STRIDE);
        for (int c = 0; c < all; c++) {
            for (int f = 0; f < failures; f++) {
                int point = tile * Tiles.WIDTH + failing[f];
                packedIn[c * Tiles.STRIDE + f] = c < columns || second == null
                        ? current.points().tiles.get(point, c) : second.tiles.get(point, c - columns);
            }
        }
        otherUniformNodes = plan.uniform(inputs, otherUniformNodes);
        TileCode code = plan.code();
        scratch = atLeast(scratch, code.scratch());
        code.run(otherUniformNodes, packedIn, 0, packedOut, 0, scratch, failures);
        int failed = plan.program().outputs() * Tiles.STRIDE;
        int left = 0;
        for (int f = 0; f < failures; f++) {
            if (plan.isGuarded() && packedOut[failed + f] != 0) {
                failing[left++] = failing[f];
                continue;
            }
            for (int c = 0; c < row.length; c++) {
                row[c] = plan.stored()[c] < 0 ? 0 : packedOut[plan.stored()[c] * Tiles.STRIDE + f];
            }
            put(current, tile, failing[f], out, outAt);
        }
        return left;
    }

    /** Puts the row of a point where it belongs. */
    private void put(Job current, int tile, int p, double[] out, int outAt) {
        int[] stored = current.plan().stored();
        Reduction reduction = current.reduction;
        if (reduction != null) {
            for (int c = 0; c < current.plan().program().outputs(); c++) {
                out[outAt + c * Tiles.STRIDE + p] = 0;
            }
            double weight = current.weights == null ? 1 : current.weights.tiles.get(tile * Tiles.WIDTH + p, 0);
            reduction.add(sums, row, weight);
            return;
        }
        Table table = current.table;
        for (int c = 0; c < row.length; c++) {
            if (stored[c] >= 0) {
                out[outAt + stored[c] * Tiles.STRIDE + p] = row[c];
            } else if (row[c] != 0 && table != null) {
                table.setMore(tile * Tiles.WIDTH + p, c, row[c]);
            }
        }
    }
}
