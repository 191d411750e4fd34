package org.wengert.core.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Precision;
import org.wengert.core.engine.Rounding;
import org.wengert.core.engine.SumCode;
import org.wengert.core.engine.TileCode;

/** One thread's part of a batch: it runs chunks of tiles, and has the room that takes. Used again and again. */
final class Worker {

    private static final double[] NONE = {};
    private static final float[] NO_FLOATS = {};

    private final Core core;

    /** Room for all inputs of the function. */
    final double[] x;

    private double[] scratch = NONE;
    private double[] inputs = NONE;
    private double[] uniformNodes = NONE;
    private double[] tileIn = NONE;
    private double[] tileOut = NONE;
    private float[] singleIn = NO_FLOATS;
    private float[] singleOut = NO_FLOATS;
    private double[] weightsIn = NONE;
    private double[] lanes = NONE;
    private double[] sums = NONE;
    private double[] partial = NONE;
    private final double[] room = new double[Tiles.STRIDE];
    private final Stragglers stragglers;

    /** The call that this worker begins, if it begins one. */
    final Job own = new Job();

    private @Nullable Job job;

    Worker(Core core) {
        this.core = core;
        this.stragglers = new Stragglers(core);
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
        stragglers.begin(newJob, inputs);
        int columnsIn = newJob.points().columns() + (newJob.morePoints == null ? 0 : newJob.morePoints.columns());
        boolean inPlace = newJob.morePoints == null && newJob.points().precision() == core.precision;
        int copied = inPlace ? 0 : columnsIn * Tiles.STRIDE;
        if (core.precision == Precision.SINGLE) {
            singleIn = atLeast(singleIn, copied);
            singleOut = atLeast(singleOut, newJob.table == null ? plan.columns() * Tiles.STRIDE : 0);
            tileOut = atLeast(tileOut, plan.columns() * Tiles.STRIDE);
        } else {
            tileIn = atLeast(tileIn, copied);
            SumCode adder = newJob.sums();
            scratch = atLeast(scratch, Math.max(newJob.code().scratch(), adder == null ? 0 : adder.scratch()));
        }
        if (newJob.reduction != null) {
            tileOut = atLeast(tileOut, plan.columns() * Tiles.STRIDE);
            lanes = atLeast(lanes, newJob.reduction.lanes(plan) * Reduction.LANES);
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
        stragglers.forget();
        own.clear();
    }

    static double[] atLeast(double[] array, int length) {
        return array.length >= length ? array : new double[length];
    }

    private static float[] atLeast(float[] array, int length) {
        return array.length >= length ? array : new float[length];
    }

    static double[] exactly(double[] array, int length) {
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
        int size = reduction == null ? 0 : reduction.size();
        Plan plan = current.plan();
        Arrays.fill(lanes, 0, reduction == null ? 0 : reduction.lanes(plan) * Reduction.LANES, 0);
        Arrays.fill(sums, 0, size, 0);
        stragglers.beginChunk(sums);
        for (int tile = first; tile < last; tile++) {
            tile(current, tile);
        }
        stragglers.finish();
        for (int c = 0; reduction != null && c < size; c++) {
            int lane = reduction.lane(plan, c);
            partial[c] = lane < 0 ? sums[c] : Reduction.fold(lanes, lane * Reduction.LANES) + sums[c];
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
        SumCode adder = current.sums();
        if (adder != null) {
            if (adder.run(current.code(), uniformNodes, in, inAt, lanes, 0, tileOut, scratch, count)) {
                leaveOut(current.plan(), tile, count, tileOut, 0);
            }
            return;
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
        if (plan.isGuarded()) {
            leaveOut(plan, tile, count, out, outAt);
        }
        if (current.reduction != null) {
            reduce(current.reduction, current, tile, out, outAt, count);
        }
    }

    /** Leaves the points of a tile for which a guard fails to be computed at the end of the chunk. */
    private void leaveOut(Plan plan, int tile, int count, double[] out, int outAt) {
        int at = outAt + plan.program().outputs() * Tiles.STRIDE;
        for (int p = 0; p < count; p++) {
            if (out[at + p] != 0) {
                stragglers.add(tile * Tiles.WIDTH + p);
            }
        }
    }

    /** The same on columns of floats; sums are made in double precision. */
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
        if (current.reduction != null) {
            Rounding.widen(out, outAt, tileOut, 0, plan.columns() * Tiles.STRIDE);
        }
        if (plan.isGuarded()) {
            int at = outAt + plan.program().outputs() * Tiles.STRIDE;
            for (int p = 0; p < count; p++) {
                if (out[at + p] != 0) {
                    stragglers.add(tile * Tiles.WIDTH + p);
                }
            }
        }
        if (current.reduction != null) {
            reduce(current.reduction, current, tile, tileOut, 0, count);
        }
    }

    /** Sums up a tile, in which points count for nothing that have been left out. */
    private void reduce(Reduction reduction, Job current, int tile, double[] out, int outAt, int count) {
        Plan plan = current.plan();
        int outputs = plan.program().outputs();
        for (int p = 0; plan.isGuarded() && p < count; p++) {
            for (int c = 0; c < outputs && out[outAt + outputs * Tiles.STRIDE + p] != 0; c++) {
                out[outAt + c * Tiles.STRIDE + p] = 0;
            }
        }
        int padded = (count + Reduction.LANES - 1) / Reduction.LANES * Reduction.LANES;
        for (int c = 0; c < outputs && count < padded; c++) {
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
}
