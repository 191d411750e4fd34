package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.wengert.core.scalar.ScalarMath.abs;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.max;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.core.engine.TileCode;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Elimination;

/** Columns of points beside {@link Program#run} at each point on the program that is recorded there. */
class BatchSweepTest {

    private static Program jacobian(Program p) {
        int[] all = new int[p.inputs()];
        Arrays.setAll(all, i -> i);
        return Elimination.jacobian(p, all).program();
    }

    private static double[][] points(int inputs, int count) {
        var random = new SplittableRandom(3);
        double[] special = {0, -0.0, 1, 1e300, -1e-300, Double.MIN_VALUE};
        double[][] in = new double[inputs][count];
        for (double[] column : in) {
            Arrays.setAll(column, _ -> random.nextInt(20) == 0
                    ? special[random.nextInt(special.length)] : random.nextDouble(-3, 3));
        }
        return in;
    }

    /** Runs a function both ways, and compares the bits. */
    private static void compare(int inputs, int count, Function<Scalar[], Scalar[]> f) {
        double[][] in = points(inputs, count);
        double[] x = new double[inputs];
        int outputs = jacobian(Tracer.trace(x, f)).outputs();
        double[][] out = new double[outputs][count];
        double[][] inTiles = new double[outputs][count];
        new BatchSweep(inputs, f, BatchSweepTest::jacobian, Long.MAX_VALUE).run(in, out, count);
        new BatchSweep(inputs, f, BatchSweepTest::jacobian, 0).run(in, inTiles, count);
        double[] expected = new double[outputs];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < inputs; j++) {
                x[j] = in[j][i];
            }
            Program p = jacobian(Tracer.trace(x, f));
            Workspace room = p.newWorkspace();
            p.run(x, expected, room);
            for (int k = 0; k < outputs; k++) {
                int output = k;
                int point = i;
                assertEquals(Double.doubleToLongBits(expected[k]), Double.doubleToLongBits(out[k][i]),
                        () -> "output " + output + " at point " + point + ": " + expected[output] + ", but " + out[output][point]);
                assertEquals(Double.doubleToLongBits(expected[k]), Double.doubleToLongBits(inTiles[k][i]),
                        () -> "output " + output + " at point " + point + ": " + expected[output] + ", but in tiles "
                                + inTiles[output][point]);
            }
        }
    }

    private static Scalar[] smooth(Scalar[] x) {
        return new Scalar[] {sin(x[0].times(x[1])).plus(x[0]), exp(x[1]).div(x[0])};
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, TileCode.WIDTH, TileCode.WIDTH + 1, BatchSweep.SLICE - 1, BatchSweep.SLICE, BatchSweep.SLICE + 1, 3 * BatchSweep.SLICE + 77})
    void everyNumberOfPointsHasTheBitsOfPointAfterPoint(int count) {
        compare(2, count, BatchSweepTest::smooth);
    }

    @Test
    void pointsOnTwoSidesOfAKinkTakeTheirOwnPaths() {
        compare(2, 5000, x -> new Scalar[] {max(abs(x[0]), x[1].times(x[1]))});
    }

    /** 2⁵ paths, more than are run together in a tile; and 2¹⁰, more than are kept. */
    @ParameterizedTest
    @ValueSource(ints = {5, 10})
    void manyPathsAreAsRightAsOne(int inputs) {
        compare(inputs, 2000, x -> {
            Scalar sum = abs(x[0]);
            for (int i = 1; i < x.length; i++) {
                sum = sum.plus(abs(x[i]).times(sin(x[i])));
            }
            return new Scalar[] {sum};
        });
    }

    /** Nor does it when tiles begin in the middle. */
    @Test
    void theNumberOfThreadsChangesNothing() throws Exception {
        int count = 5 * BatchSweep.SLICE;
        double[][] in = points(2, count);
        double[][][] out = new double[3][6][count];
        for (int threads = 1; threads <= 3; threads++) {
            double[][] columns = out[threads - 1];
            try (var pool = new ForkJoinPool(threads)) {
                pool.submit(() -> new BatchSweep(2, BatchSweepTest::smooth, BatchSweepTest::jacobian, 3L * BatchSweep.SLICE).run(in, columns, count)).get();
            }
        }
        assertArrayEquals(out[0], out[1]);
        assertArrayEquals(out[0], out[2]);
    }
}
