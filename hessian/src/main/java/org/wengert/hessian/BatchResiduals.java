package org.wengert.hessian;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Jacobian;
import org.wengert.core.batch.Batch;
import org.wengert.core.batch.Points;
import org.wengert.core.batch.Table;

/**
 * Residuals that are the same function at every point of data: recorded once, evaluated on vector units, a block of points at a
 * time. The parameters come first among the inputs of the function, and are the same for all points.
 */
final class BatchResiduals implements Residuals {

    private static final int BLOCK = 1024;

    /** Up to so many points speed does not matter, and the bits of the eager numbers are taken. */
    private static final int FEW = 2048;

    /** The function, differentiated by its parameters, run by the calling thread. */
    private final Batch batch;

    /** How many residuals each point has. */
    private final int outputs;

    private final int parameters;

    /** The data, cut into blocks. */
    private final Points[] blocks;

    private final int points;

    private BatchResiduals(Batch batch, int outputs, int parameters, Points[] blocks, int points) {
        this.batch = batch;
        this.outputs = outputs;
        this.parameters = parameters;
        this.blocks = blocks;
        this.points = points;
    }

    static BatchResiduals of(DifferentiableVector function, Points data) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(data, "data");
        int parameters = function.inputs() - data.columns();
        if (parameters < 1) {
            throw new IllegalArgumentException("data must have fewer columns than the function has inputs, which are "
                    + function.inputs() + ", but has " + data.columns());
        }
        Require.atLeast(data.size(), 1, "data.size()");
        int[] first = IntStream.range(0, parameters).toArray();
        Batch batch = Batch.of(function).withUniform(first).withRespectTo(first).withThreads(1);
        Points[] blocks = new Points[(data.size() + BLOCK - 1) / BLOCK];
        Arrays.setAll(blocks, b -> block(data, b * BLOCK, Math.min(BLOCK, data.size() - b * BLOCK)));
        return new BatchResiduals(
                data.size() <= FEW ? batch.reproducible() : batch, function.outputs(), parameters, blocks, data.size());
    }

    private static Points block(Points data, int from, int count) {
        Points block = Points.of(count, data.columns());
        for (int p = 0; p < count; p++) {
            for (int j = 0; j < data.columns(); j++) {
                block.set(p, j, data.get(from + p, j));
            }
        }
        return block;
    }

    @Override
    public int parameters() {
        return parameters;
    }

    @Override
    public int rows() {
        return Math.multiplyExact(points, outputs);
    }

    @Override
    public int block() {
        return BLOCK * outputs;
    }

    /** The points of the rows from first on: whoever asks goes block by block. */
    private Points block(int first, int count) {
        if (first % block() != 0 || count != Math.min(block(), rows() - first)) {
            throw new IllegalArgumentException("rows " + first + " to " + (first + count - 1) + " are no block of " + block());
        }
        return blocks[first / block()];
    }

    @Override
    public double[] values(double[] x, int first, int count) {
        return batch.values(block(first, count), x).table().rows();
    }

    @Override
    public Jacobian jacobian(double[] x, int first, int count) {
        Points block = block(first, count);
        Table table = batch.jacobian(block, x).table();
        double[] row = new double[table.columns()];
        double[] value = new double[count];
        double[] entries = new double[count * parameters];
        for (int p = 0; p < block.size(); p++) {
            table.rowInto(p, row);
            System.arraycopy(row, 0, value, p * outputs, outputs);
            System.arraycopy(row, outputs, entries, p * outputs * parameters, outputs * parameters);
        }
        return new Jacobian(count, parameters, value, entries);
    }

    @Override
    public double[] curvature(double[] x, double[] direction, int first, int count) {
        Points block = block(first, count);
        Table table = batch.along(block, direction, x).table();
        double[] second = new double[count];
        double[] row = new double[table.columns()];
        for (int p = 0; p < block.size(); p++) {
            table.rowInto(p, row);
            System.arraycopy(row, 2 * outputs, second, p * outputs, outputs);
        }
        return second;
    }
}
