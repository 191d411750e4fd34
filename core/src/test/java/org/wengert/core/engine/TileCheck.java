package org.wengert.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.wengert.core.program.Program;
import org.wengert.core.program.Workspace;

/** Runs code over a tile and holds it against {@link Program#run}. */
final class TileCheck {

    private static final double[] NASTY = {
        0.0, -0.0, 1, -1, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, -Double.MAX_VALUE,
        Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 1e200, -1e-200, 0.5, 2, -3
    };

    /** When two results are the same. */
    @FunctionalInterface
    interface Agreement {
        boolean holds(double expected, double actual, double scale);
    }

    static final Agreement SAME_BITS = (expected, actual, scale) -> Double.compare(expected, actual) == 0;

    private TileCheck() {}

    /** Numbers of every kind; one in so many is nasty. */
    static double[] numbers(int count, SplittableRandom random, int oneIn) {
        double[] x = new double[count];
        Arrays.setAll(x, i -> random.nextInt(oneIn) == 0
                ? NASTY[random.nextInt(NASTY.length)]
                : random.nextDouble(-3, 3));
        return x;
    }

    /** Every output and the column of failures at every point. */
    static void check(Program p, TileCode code, int points, SplittableRandom random, int nastyOneIn, Agreement agreement) {
        double[] uniformInputs = numbers(p.inputs(), random, nastyOneIn);
        int columns = 0;
        for (int i = 0; i < p.inputs(); i++) {
            columns += p.isUniform(i) ? 0 : 1;
        }
        int inAt = 16;
        double[] in = numbers(inAt + columns * TileCode.STRIDE, random, nastyOneIn);
        double[] out = new double[24 + (p.outputs() + 1) * TileCode.STRIDE];
        Arrays.fill(out, 77);
        double[] scratch = numbers(code.scratch(), random, nastyOneIn); // whatever was left there
        double[] before = in.clone();

        Workspace workspace = p.newWorkspace();
        double[] x = uniformInputs.clone();
        double[] y = new double[p.outputs()];
        p.run(x, y, workspace);
        double[] uniform = new double[p.firstVarying()];
        Arrays.setAll(uniform, workspace::value);
        code.run(uniform, in, inAt, out, 24, scratch, points);

        assertEquals(Arrays.hashCode(before), Arrays.hashCode(in), "the inputs were changed");
        for (int i = 0; i < 24; i++) {
            assertEquals(77, out[i], "written in front of the outputs");
        }
        for (int k = 0; k < points; k++) {
            int column = 0;
            for (int i = 0; i < x.length; i++) {
                x[i] = p.isUniform(i) ? uniformInputs[i] : in[inAt + column++ * TileCode.STRIDE + k];
            }
            boolean holds = p.run(x, y, workspace);
            if (!p.guards().isEmpty()) {
                double failure = out[24 + p.outputs() * TileCode.STRIDE + k];
                assertEquals(holds, failure == 0, "guards at " + Arrays.toString(x) + ": " + failure);
            }
            if (holds) {
                double scale = scale(p, workspace);
                for (int j = 0; j < y.length; j++) {
                    double actual = out[24 + j * TileCode.STRIDE + k];
                    if (!agreement.holds(y[j], actual, scale)) {
                        assertEquals(y[j], actual, "output " + j + " at point " + k + " " + Arrays.toString(x) + "\n"
                                + p.listing());
                    }
                }
            }
        }
    }

    private static double scale(Program p, Workspace w) {
        double scale = 0;
        for (int v = 0; v < p.nodes(); v++) {
            double size = Math.abs(w.value(v));
            scale = size <= Double.MAX_VALUE ? Math.max(scale, size) : scale;
        }
        return scale;
    }

    /** Makes something of a class of its own, and waits until the class is gone. */
    static void untilCollected(Supplier<Object> supplier) throws InterruptedException {
        var reference = new WeakReference<Class<?>>(supplier.get().getClass());
        for (int i = 0; i < 200 && reference.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertNull(reference.get(), "a class that nobody uses is still loaded");
    }
}
