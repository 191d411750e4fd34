package org.wengert.cli.bench;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.wengert.core.Differentiable;
import org.wengert.core.batch.Batch;
import org.wengert.core.batch.Points;
import org.wengert.core.batch.Table;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.Precision;
import org.wengert.core.scalar.Scalar;

/** A function or its Jacobian at many points through a {@link Batch}, again and again into the same table. */
final class PointSweep {

    private final Batch batch;
    private final Points points;
    private final double[] fixed;
    private final int columns;
    private final Table table = new Table();

    /**
     * Prepares a sweep.
     *
     * @param precision what columns are stored and computed in
     * @param engine    what runs the programs
     * @param threads   how many threads
     * @param fixed     the values of the first inputs, which are uniform
     * @param rows      the other inputs, a row a point
     * @param varying   numbers in a row
     * @param outputs   how many the function has
     * @param function  the function of all inputs
     * @param wrt       the inputs that it is differentiated by; none where values alone are wanted
     */
    PointSweep(
            Precision precision, Engine engine, int threads, double[] fixed, double[] rows, int varying, int outputs,
            Function<Scalar[], Scalar[]> function, int... wrt) {
        Batch values = Batch.of(Differentiable.vector(fixed.length + varying, outputs, function::apply))
                .withUniform(IntStream.range(0, fixed.length).toArray())
                .withEngine(engine)
                .withPrecision(precision)
                .withThreads(threads);
        this.batch = wrt.length == 0 ? values : values.withRespectTo(wrt);
        this.columns = wrt.length;
        this.fixed = fixed;
        this.points = Points.of(rows.length / varying, varying, precision);
        for (int i = 0; i < points.size(); i++) {
            for (int j = 0; j < varying; j++) {
                points.set(i, j, rows[i * varying + j]);
            }
        }
    }

    void run() {
        if (columns == 0) {
            batch.valuesInto(points, table, fixed);
        } else {
            batch.jacobianInto(points, table, fixed);
        }
    }

    /** What {@link #run} has left, a row a point: the values, then the rows of the Jacobian. */
    double[] results() {
        int width = batch.outputs() * (1 + columns);
        double[] all = new double[points.size() * width];
        Arrays.setAll(all, i -> table.get(i / width, i % width));
        return all;
    }
}
