package org.wengert.core.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Precision;
import org.wengert.core.engine.Rounding;
import org.wengert.core.engine.TileCode;

/** One thread's part of a batch: it runs chunks of tiles, and has the room that takes. Used again and again. */
final class Worker {

    private static final double[] NONE = {};
    private static final float[] NO_FLOATS = {};

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
    private float[] singleIn = NO_FLOATS;
    private float[] singleOut = NO_FLOATS;
    private double[] weightsIn = NONE;
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
        int columnsIn = newJob.points().columns() + (newJob.morePoints == null ? 0 : newJob.morePoints.columns());
        boolean inPlace = newJob.morePoints == null && newJob.points().precision() == core.precision;
        int copied = inPlace ? 0 : columnsIn * Tiles.STRIDE;
        if (core.precision == Precision.SINGLE) {
            singleIn = atLeast(singleIn, copied);
            singleOut = atLeast(singleOut, newJob.table == null ? plan.columns() * Tiles.STRIDE : 0);
            tileOut = atLeast(tileOut, plan.columns() * Tiles.STRIDE);
        } else {
            tileIn = atLeast(tileIn, copied);
            scratch = atLeast(scratch, newJob.code().scratch());
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

    private static float[] atLeast(float[] array, int length) {
        return array.length >= length ? array : new float[length];
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
        if (core.precision == Precision.SINGLE) {
            singleTile(current, tile);
        } else {
            doubleTile(current, tile);
        }
    }

    private void doubleTile(Job current, int tile) {
        Tiles points = current.points().tiles;
        int count = points.count(tile);
        Points second = current.morePoints;
        double[] in = tileIn;
        int inAt = 0;
        if (second == null && points instanceof DoubleTiles doubles) {
            in = doubles.array(tile);
            inAt = doubles.at(tile);
        } else {
            points.read(tile, 0, in, 0, points.tileLength());
            if (second != null) { // the columns of both must lie side by side
                second.tiles.read(tile, 0, in, points.tileLength(), second.tiles.tileLength());
            }
        }
        Table table = current.table;
        double[] out = tileOut;
        int outAt = 0;
        if (table != null) {
            out = ((DoubleTiles) table.tiles()).array(tile);
            outAt = table.tiles().at(tile);
        }
        current.code().run(uniformNodes, in, inAt, out, outAt, scratch, count);
        Plan plan = current.plan();
        int failures = 0;
        if (plan.isGuarded()) {
            int at = outAt + plan.program().outputs() * Tiles.STRIDE;
            for (int p = 0; p < count; p++) {
                if (out[at + p] != 0) {
                    failing[failures++] = p;
                }
            }
        }
        if (failures > 0) {
            repair(current, tile, failures, out, outAt);
        }
        if (current.reduction != null) {
            reduce(current.reduction, current, tile, out, outAt, count);
        }
    }

    /** The same on columns of floats. What is left to do after that, seldom or in sums, is done in double precision. */
    private void singleTile(Job current, int tile) {
        Tiles points = current.points().tiles;
        int count = points.count(tile);
        Points second = current.morePoints;
        float[] in = singleIn;
        int inAt = 0;
        if (second == null && points instanceof SingleTiles singles) {
            in = singles.array(tile);
            inAt = singles.at(tile);
        } else {
            points.read(tile, 0, in, 0, points.tileLength());
            if (second != null) {
                second.tiles.read(tile, 0, in, points.tileLength(), second.tiles.tileLength());
            }
        }
        Table table = current.table;
        float[] out = singleOut;
        int outAt = 0;
        if (table != null) {
            out = ((SingleTiles) table.tiles()).array(tile);
            outAt = table.tiles().at(tile);
        }
        current.single().run(uniformNodes, in, inAt, out, outAt, count);
        Plan plan = current.plan();
        int failures = 0;
        if (plan.isGuarded()) {
            int at = outAt + plan.program().outputs() * Tiles.STRIDE;
            for (int p = 0; p < count; p++) {
                if (out[at + p] != 0) {
                    failing[failures++] = p;
                }
            }
        }
        if (failures == 0 && current.reduction == null) {
            return;
        }
        int length = plan.columns() * Tiles.STRIDE;
        Rounding.widen(out, outAt, tileOut, 0, length);
        if (failures > 0) {
            int left = again(current, tile, failures, tileOut);
            if (left > 0) {
                repair(current, tile, left, tileOut, 0);
            }
        }
        if (current.reduction != null) {
            reduce(current.reduction, current, tile, tileOut, 0, count);
        } else {
            Rounding.round(tileOut, 0, out, outAt, length);
        }
    }

    private void reduce(Reduction reduction, Job current, int tile, double[] out, int outAt, int count) {
        Plan plan = current.plan();
        int padded = (count + Reduction.LANES - 1) / Reduction.LANES * Reduction.LANES;
        for (int c = 0; c < plan.program().outputs() && count < padded; c++) {
            Arrays.fill(out, outAt + c * Tiles.STRIDE + count, outAt + c * Tiles.STRIDE + padded, 0);
        }
        Points weights = current.weights;
        if (weights != null) {
            weightsIn = atLeast(weightsIn, Tiles.STRIDE);
            weights.tiles.read(tile, 0, weightsIn, 0, count);
            Arrays.fill(weightsIn, count, padded, 0);
        }
        reduction.add(lanes, out, padded, plan, weightsIn, 0, room);
    }

    // ---- points that take another path -----------------------------------------------------------------

    /**
     * Runs the failing points again in double precision, if they take the path of the program: a comparison may have been too close to
     * call, or a number too large. Returns how many still fail, which are noted.
     */
    private int again(Job current, int tile, int failures, double[] out) {
        int right = 0;
        for (int f = 0; f < failures; f++) {
            int p = failing[f];
            core.pointInto(current.points(), current.uniform, tile * Tiles.WIDTH + p, x);
            if (current.plan().path().isRightAt(x)) {
                failing[f] = failing[right];
                failing[right++] = p;
            }
        }
        int left = right == 0 ? 0 : together(current, current.plan(), tile, right, out, 0);
        System.arraycopy(failing, right, failing, left, failures - right);
        return left + failures - right;
    }

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
