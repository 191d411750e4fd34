package org.wengert.cli.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wengert.core.Differentiable;
import org.wengert.core.Jacobian;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.Precision;
import org.wengert.core.engine.TileInterpreter;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.program.Workspace;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.JacobianProgram;
import org.wengert.core.transform.Tangent;

class HandTrackingTest {

    private static final double TOLERANCE = 1e-12;

    @ParameterizedTest
    @CsvSource({
        "test.txt, false", "test_complicated.txt, true",
        "simple_small/hand1_t26_c100.txt, false", "complicated_small/hand1_t26_c100.txt, true",
        "simple_small/hand2_t26_c192.txt, false", "complicated_small/hand2_t26_c192.txt, true"
    })
    void everyWayGivesTheGoldenJacobian(String file, boolean isComplicated) {
        AdBench.need();
        AdBench.Hand in = AdBench.hand(file, isComplicated);
        AdBench.Golden golden = AdBench.golden("hand_" + file.replace('/', '_'));
        check(golden, in.tracking(), pointByPoint(in.tracking(), in.unknowns()));
        check(golden, in.tracking(), tiles(new TileInterpreter(), in.tracking(), in.unknowns()));
        check(golden, in.tracking(), tangents(in.tracking(), in.unknowns()));
        if (!isComplicated) {
            check(golden, in.tracking(), eager(in.tracking(), in.unknowns()));
        }
    }

    /** The residuals, then the Jacobian column by column, with the compressed columns of u first. */
    private static void check(AdBench.Golden golden, HandTracking hand, double[] all) {
        int rows = 3 * hand.points();
        golden.check("err", Arrays.copyOf(all, rows), TOLERANCE);
        golden.check("jacobian", Arrays.copyOfRange(all, rows, all.length), TOLERANCE);
    }

    /** The Jacobian of dual numbers: all unknowns are the pose. */
    private static double[] eager(HandTracking hand, double[] pose) {
        int rows = 3 * hand.points();
        Jacobian jacobian = Differentiable.vector(HandTracking.POSE, rows, hand::objective).jacobian(pose);
        double[] all = Arrays.copyOf(jacobian.value(), rows * (1 + HandTracking.POSE));
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < HandTracking.POSE; j++) {
                all[rows * (1 + j) + i] = jacobian.get(i, j);
            }
        }
        return all;
    }

    /** One program of all points, whose columns of u are taken together: no residual has two of them. */
    private static double[] tangents(HandTracking hand, double[] unknowns) {
        int rows = 3 * hand.points();
        int own = hand.own();
        int n = unknowns.length;
        int pose = n - HandTracking.POSE;
        Program p = Tangent.of(Tracer.trace(unknowns, hand::objective), own + HandTracking.POSE);
        double[] in = Arrays.copyOf(unknowns, n * (1 + own + HandTracking.POSE));
        for (int j = 0; j < own; j++) {
            for (int i = 0; i < hand.points(); i++) {
                in[n * (1 + j) + own * i + j] = 1;
            }
        }
        for (int j = 0; j < HandTracking.POSE; j++) {
            in[n * (1 + own + j) + pose + j] = 1;
        }
        double[] out = p.value(in);
        assertTrue(out.length == rows * (1 + own + HandTracking.POSE));
        return out;
    }

    /** The same program for each point, with the pose uniform. */
    private static double[] pointByPoint(HandTracking hand, double[] unknowns) {
        int rows = 3 * hand.points();
        int own = hand.own();
        int pose = unknowns.length - HandTracking.POSE;
        double[] data = hand.rows(unknowns);
        int width = data.length / hand.points();
        double[] in = new double[HandTracking.POSE + width];
        System.arraycopy(unknowns, pose, in, 0, HandTracking.POSE);
        System.arraycopy(data, 0, in, HandTracking.POSE, width);
        boolean[] uniform = new boolean[in.length];
        Arrays.fill(uniform, 0, HandTracking.POSE, true);
        Program p = Tracer.trace(in, uniform, x -> hand.residual(x, HandTracking.POSE));
        JacobianProgram j = Elimination.jacobian(p, IntStream.range(0, HandTracking.POSE + own).toArray());
        Workspace workspace = j.program().newWorkspace();
        double[] out = new double[j.program().outputs()];
        double[] all = new double[rows * (1 + own + HandTracking.POSE)];
        for (int i = 0; i < hand.points(); i++) {
            System.arraycopy(data, i * width, in, HandTracking.POSE, width);
            assertTrue(j.program().run(in, out, workspace));
            for (int r = 0; r < 3; r++) {
                all[3 * i + r] = out[r];
                for (int c = 0; c < HandTracking.POSE + own; c++) {
                    int at = j.output(r, c);
                    int column = c < HandTracking.POSE ? own + c : c - HandTracking.POSE;
                    all[rows * (1 + column) + 3 * i + r] = at < 0 ? 0 : out[at];
                }
            }
        }
        return all;
    }

    /** As {@link #pointByPoint}, over tiles. */
    private static double[] tiles(Engine engine, HandTracking hand, double[] unknowns) {
        int rows = 3 * hand.points();
        int own = hand.own();
        int columns = HandTracking.POSE + own;
        int pose = unknowns.length - HandTracking.POSE;
        double[] data = hand.rows(unknowns);
        var sweep = new PointSweep(Precision.DOUBLE, engine, 1, Arrays.copyOfRange(unknowns, pose, unknowns.length), data,
                data.length / hand.points(), 3, x -> hand.residual(x, HandTracking.POSE), IntStream.range(0, columns).toArray());
        sweep.run();
        double[] results = sweep.results();
        int width = 3 + 3 * columns;
        double[] all = new double[rows * (1 + columns)];
        for (int i = 0; i < hand.points(); i++) {
            for (int r = 0; r < 3; r++) {
                all[3 * i + r] = results[width * i + r];
                for (int c = 0; c < columns; c++) {
                    int column = c < HandTracking.POSE ? own + c : c - HandTracking.POSE;
                    all[rows * (1 + column) + 3 * i + r] = results[width * i + 3 + r * columns + c];
                }
            }
        }
        return all;
    }
}
