package org.wengert.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.core.Differentiable;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.Jacobian;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.Precision;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.JacobianProgram;
import org.wengert.core.transform.Tangent;
import org.wengert.core.transform.Zeros;

class BundleAdjustmentTest {

    private static final double TOLERANCE = 1e-12;
    private static final int[] WRT = IntStream.range(0, BundleAdjustment.PARAMETERS).toArray();

    @ParameterizedTest
    @ValueSource(strings = {"test.txt", "ba1_n49_m7776_p31843.txt", "ba2_n21_m11315_p36455.txt"})
    void everyWayGivesTheGoldenJacobian(String file) {
        AdBench.need();
        double[] x = AdBench.observation(file);
        double[] golden = AdBench.goldenObservation(file);
        check(golden, eager(x), TOLERANCE);
        check(golden, eliminated(x), TOLERANCE);
        check(golden, tangents(x), TOLERANCE);
        check(golden, adjoints(x), TOLERANCE);
        check(golden, byHand(x), TOLERANCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"test.txt", "ba1_n49_m7776_p31843.txt"})
    void theEnginesGiveTheGoldenJacobian(String file) {
        AdBench.need();
        double[] x = AdBench.observation(file);
        double[] golden = AdBench.goldenObservation(file);
        for (Engine engine : Engines.ALL) {
            double[] rows = new double[300 * x.length];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = x[i % x.length];
            }
            var sweep = new PointSweep(Precision.DOUBLE, engine, 2, new double[0], rows, x.length, 2,
                    BundleAdjustment::error, WRT);
            sweep.run();
            check(golden, Arrays.copyOfRange(sweep.results(), 299 * 32, 300 * 32), TOLERANCE);
        }
    }

    @Test
    void theEnginesFollowEveryPathAndSurviveNaN() {
        int n = 1000;
        double[] rows = BundleAdjustment.observations(n, 3);
        rows[500 * BundleAdjustment.INPUTS + 6] = Double.NaN;
        for (Engine engine : Engines.ALL) {
            var sweep = new PointSweep(Precision.DOUBLE, engine, 3, new double[0], rows, BundleAdjustment.INPUTS, 2,
                    BundleAdjustment::error, WRT);
            sweep.run();
            double[] all = sweep.results();
            for (int i = 0; i < n; i++) {
                double[] expected = new double[32];
                BundleAdjustmentByHand.jacobian(rows, i * BundleAdjustment.INPUTS, expected, 0);
                if (i != 500) {
                    check(expected, Arrays.copyOfRange(all, 32 * i, 32 * i + 32), TOLERANCE);
                }
            }
            assertTrue(Double.isNaN(all[32 * 500]));
        }
    }

    /** Points on the other path, points in doubt and NaN among them. */
    @Test
    void singlePrecisionIsDoublePrecisionUpToItsRounding() {
        int n = 1000;
        double[] rows = BundleAdjustment.observations(n, 4);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) rows[i];
        }
        for (Engine engine : Engines.ALL) {
            var sweep = new PointSweep(Precision.SINGLE, engine, 2, new double[0], rows, BundleAdjustment.INPUTS, 2,
                    BundleAdjustment::error, WRT);
            sweep.run();
            double[] all = sweep.results();
            boolean differs = false;
            for (int i = 0; i < n; i++) {
                double[] expected = new double[32];
                BundleAdjustmentByHand.jacobian(rows, i * BundleAdjustment.INPUTS, expected, 0);
                double[] actual = Arrays.copyOfRange(all, 32 * i, 32 * i + 32);
                check(expected, actual, Cases.SINGLE_TOLERANCE);
                differs |= !Arrays.equals(expected, actual);
            }
            assertTrue(differs, "results are those of double precision");
        }
    }

    @Test
    void theWeightsErrorIsTheGoldenOne() {
        AdBench.need();
        double[] golden = AdBench.goldenWeight("test.txt");
        var result = Differentiable.of(1, w -> BundleAdjustment.weightError(w[0]))
                .gradient(AdBench.observation("test.txt")[14]);
        AdBench.close(golden[0], result.value(), TOLERANCE, "1 - w²");
        AdBench.close(golden[1], result.gradient()[0], TOLERANCE, "its derivative");
    }

    @Test
    void everyWayGivesTheSameJacobianWithAndWithoutRotation() {
        double[] rows = BundleAdjustment.observations(2 * BundleAdjustment.WITHOUT_ROTATION, 7);
        for (int i = BundleAdjustment.WITHOUT_ROTATION - 5; i < BundleAdjustment.WITHOUT_ROTATION + 5; i++) {
            double[] x = Arrays.copyOfRange(rows, i * BundleAdjustment.INPUTS, (i + 1) * BundleAdjustment.INPUTS);
            double[] expected = eager(x);
            check(expected, eliminated(x), TOLERANCE);
            check(expected, tangents(x), TOLERANCE);
            check(expected, adjoints(x), TOLERANCE);
            check(expected, byHand(x), TOLERANCE);
            double[] error = new double[2];
            BundleAdjustmentByHand.error(x, 0, error, 0);
            assertEquals(expected[0], error[0]);
            assertEquals(expected[1], error[1]);
        }
    }

    @Test
    void oneObservationInAHundredHasNoRotationAndAllDiffer() {
        int n = 1000;
        double[] rows = BundleAdjustment.observations(n, 1);
        long without = IntStream.range(0, n)
                .filter(i -> rows[i * BundleAdjustment.INPUTS] == 0)
                .count();
        assertEquals(n / BundleAdjustment.WITHOUT_ROTATION, without);
        long different = IntStream.range(0, n)
                .mapToObj(i -> rows[i * BundleAdjustment.INPUTS + 6])
                .distinct()
                .count();
        assertEquals(n, different);
    }

    static double[] eager(double[] x) {
        DifferentiableVector f = Differentiable.vector(
                BundleAdjustment.PARAMETERS, BundleAdjustment.OUTPUTS, p -> BundleAdjustment.error(withFeature(p, x)));
        Jacobian jacobian = f.jacobian(Arrays.copyOf(x, BundleAdjustment.PARAMETERS));
        double[] all = new double[32];
        for (int i = 0; i < 2; i++) {
            all[i] = jacobian.value()[i];
            for (int j = 0; j < BundleAdjustment.PARAMETERS; j++) {
                all[2 + 15 * i + j] = jacobian.get(i, j);
            }
        }
        return all;
    }

    private static Scalar[] withFeature(Scalar[] p, double[] x) {
        Scalar[] all = Arrays.copyOf(p, BundleAdjustment.INPUTS);
        all[15] = Scalar.of(x[15]);
        all[16] = Scalar.of(x[16]);
        return all;
    }

    private static double[] eliminated(double[] x) {
        JacobianProgram j = Elimination.jacobian(Tracer.trace(x, BundleAdjustment::error), WRT);
        double[] out = j.program().value(x);
        double[] all = Arrays.copyOf(out, 32);
        for (int i = 0; i < 2; i++) {
            for (int k = 0; k < 15; k++) {
                int at = j.output(i, k);
                all[2 + 15 * i + k] = at < 0 ? 0 : out[at];
            }
        }
        return all;
    }

    private static double[] tangents(double[] x) {
        double[] out = Tangent.columns(Tracer.trace(x, BundleAdjustment::error), WRT).value(x);
        double[] all = Arrays.copyOf(out, 32);
        for (int k = 0; k < 15; k++) {
            all[2 + k] = out[2 + 2 * k];
            all[17 + k] = out[3 + 2 * k];
        }
        return all;
    }

    private static double[] adjoints(double[] x) {
        Program p = Tracer.trace(x, BundleAdjustment::error);
        double[] all = new double[32];
        for (int i = 0; i < 2; i++) {
            double[] out = Adjoint.gradient(p, Zeros.ABSORBED, i, WRT).value(x);
            all[i] = out[i];
            System.arraycopy(out, 2, all, 2 + 15 * i, 15);
        }
        return all;
    }

    private static double[] byHand(double[] x) {
        double[] all = new double[32];
        BundleAdjustmentByHand.jacobian(x, 0, all, 0);
        return all;
    }

    private static void check(double[] expected, double[] actual, double tolerance) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            AdBench.close(expected[i], actual[i], tolerance, "entry " + i);
        }
        assertTrue(Arrays.stream(actual).anyMatch(v -> v != 0));
    }
}
