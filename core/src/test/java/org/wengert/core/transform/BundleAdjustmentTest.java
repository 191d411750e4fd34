package org.wengert.core.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.minus;
import static org.wengert.core.scalar.ScalarMath.plus;
import static org.wengert.core.scalar.ScalarMath.sin;
import static org.wengert.core.scalar.ScalarMath.sqrt;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.core.Differentiable;
import org.wengert.core.Jacobian;
import org.wengert.core.program.PathCache;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;

/**
 * The reprojection error of one observation in bundle adjustment: a camera (rotation vector, centre, focal
 * length, principal point, two radial distortions), a point and a weight, by which it is differentiated, and the
 * measured feature.
 */
class BundleAdjustmentTest {

    private static final int[] WRT = IntStream.range(0, 15).toArray();
    private static final int INPUTS = 17;

    private static Scalar[] residual(Scalar[] x) {
        Scalar[] r = {x[0], x[1], x[2]};
        Scalar[] v = {x[11].minus(x[3]), x[12].minus(x[4]), x[13].minus(x[5])};
        Scalar[] p = rotated(r, v);
        Scalar u0 = p[0].div(p[2]);
        Scalar u1 = p[1].div(p[2]);
        Scalar square = u0.times(u0).plus(u1.times(u1));
        Scalar distortion = plus(1, square.times(x[9].plus(square.times(x[10]))));
        return new Scalar[] {
            x[14].times(u0.times(distortion).times(x[6]).plus(x[7]).minus(x[15])),
            x[14].times(u1.times(distortion).times(x[6]).plus(x[8]).minus(x[16]))
        };
    }

    /** Rodrigues' formula; to first order where there is no rotation. */
    private static Scalar[] rotated(Scalar[] r, Scalar[] v) {
        Scalar square = dot(r, r);
        if (square.compareTo(0) == 0) {
            Scalar[] c = cross(r, v);
            return new Scalar[] {v[0].plus(c[0]), v[1].plus(c[1]), v[2].plus(c[2])};
        }
        Scalar angle = sqrt(square);
        Scalar c = cos(angle);
        Scalar s = sin(angle);
        Scalar[] axis = {r[0].div(angle), r[1].div(angle), r[2].div(angle)};
        Scalar along = dot(axis, v).times(minus(1, c));
        Scalar[] across = cross(axis, v);
        Scalar[] result = new Scalar[3];
        for (int i = 0; i < 3; i++) {
            result[i] = v[i].times(c).plus(across[i].times(s)).plus(axis[i].times(along));
        }
        return result;
    }

    private static Scalar dot(Scalar[] a, Scalar[] b) {
        return a[0].times(b[0]).plus(a[1].times(b[1])).plus(a[2].times(b[2]));
    }

    private static Scalar[] cross(Scalar[] a, Scalar[] b) {
        return new Scalar[] {
            a[1].times(b[2]).minus(a[2].times(b[1])),
            a[2].times(b[0]).minus(a[0].times(b[2])),
            a[0].times(b[1]).minus(a[1].times(b[0]))
        };
    }

    private static double[] point(SplittableRandom random, boolean rotates) {
        double[] x = random.doubles(INPUTS, -1, 1).toArray();
        x[13] += 4;
        for (int i = 0; i < 3 && !rotates; i++) {
            x[i] = 0;
        }
        return x;
    }

    @Test
    void everyOrderGivesTheJacobianOfDualNumbers() {
        var random = new SplittableRandom(3);
        PathCache<Program> paths = PathCache.of(INPUTS, BundleAdjustmentTest::residual, 4);
        for (int round = 0; round < 50; round++) {
            double[] x = point(random, round % 10 != 0);
            Jacobian expected = Differentiable.vector(INPUTS, 2, BundleAdjustmentTest::residual).jacobian(x);
            for (Order order : Order.values()) {
                for (Zeros zeros : Zeros.values()) {
                    JacobianProgram j = Elimination.jacobian(paths.at(x), order, zeros, WRT);
                    double[] out = j.program().value(x);
                    for (int i = 0; i < 2; i++) {
                        assertEquals(expected.value()[i], out[i]);
                        for (int k = 0; k < 15; k++) {
                            int at = j.output(i, k);
                            assertEquals(expected.get(i, k), at < 0 ? 0 : out[at], 1e-13 * (1 + Math.abs(expected.get(i, k))));
                        }
                    }
                }
            }
        }
        assertEquals(2, paths.size());
    }

    @Test
    void theCheapestOrderIsTakenAndTheOthersAreReported() {
        Program p = Tracer.trace(point(new SplittableRandom(1), true), BundleAdjustmentTest::residual);
        Report report = Elimination.jacobian(p, Zeros.GUARDED, WRT).report();
        assertEquals(64, report.functionOperations());
        long least = report.operationsByOrder().values().stream().mapToInt(Integer::intValue).min().orElseThrow();
        assertEquals(least, report.derivativeOperations());
        assertNotEquals(Order.FORWARD, report.order());
        assertTrue(least < 300, report::toString);
    }

    /** The counts that a throw-away prototype reached, fused multiply-adds counted as one operation. */
    @Test
    void noOrderTakesMoreOperationsThanThePrototypeDid() {
        Program p = Tracer.trace(point(new SplittableRandom(1), true), BundleAdjustmentTest::residual);
        Map<Order, Integer> most = Map.of(Order.FORWARD, 392, Order.REVERSE, 195, Order.MARKOWITZ, 240);
        most.forEach((order, count) -> {
            Report report = Elimination.jacobian(p, order, Zeros.GUARDED, WRT).report();
            assertTrue(report.fusedOperations() <= count, report::toString);
        });
    }

    @Test
    void thePrincipalPointMovesItsOwnCoordinateOnly() {
        Program p = Tracer.trace(point(new SplittableRandom(1), true), BundleAdjustmentTest::residual);
        JacobianProgram j = Elimination.jacobian(p, WRT);
        assertEquals(28, j.pattern().size());
        assertEquals(-1, j.output(0, 8));
        assertEquals(-1, j.output(1, 7));
    }
}
