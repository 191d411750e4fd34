package org.wengert.gallery;

import static org.wengert.core.scalar.ScalarMath.cos;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.wengert.core.DifferentiableVector;
import org.wengert.core.batch.Batch;
import org.wengert.core.batch.Points;
import org.wengert.core.batch.Table;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.FusedEngine;
import org.wengert.core.engine.PlainEngine;
import org.wengert.core.engine.Precision;
import org.wengert.core.engine.TileInterpreter;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.Zeros;
import org.wengert.gpu.CudaSource;

/** Chapter 8: batches of Jacobians, re-rolling, and one program for several machines. */
final class BeyondFrameworks implements Chapter {

    static final long SEED = 80;

    @Override
    public String name() {
        return "beyond-frameworks";
    }

    @Override
    public String title() {
        return "What Wengert does that the frameworks do not";
    }

    @Override
    public String claim() {
        return "A function in plain Java is recorded once. Its derivatives are programs of their own: they run over many points on vector units, loops are found "
                + "again in the recording of one large point, and the same program is also CUDA source.";
    }

    /** Angles and lengths of arms. */
    static double[][] arms(int count) {
        Random random = new Random(SEED);
        double[][] arms = new double[count][];
        Arrays.setAll(arms, _ -> random.doubles(RobotArm.INPUTS, 0.2, 1.5).toArray());
        return arms;
    }

    /** The program of value and Jacobian of (r cos φ, r sin φ). */
    static Program polar() {
        Program p = Tracer.trace(new double[] {2, 1}, v -> new Scalar[] {v[0].times(cos(v[1])), v[0].times(sin(v[1]))});
        return Elimination.jacobian(p, Zeros.GUARDED, 0, 1).program();
    }

    /** The kernel of a program, without the functions that it does not need. */
    static String kernel(Program p) {
        String text = CudaSource.of(p, Precision.DOUBLE).text();
        int from = text.indexOf("extern \"C\" __global__");
        return text.substring(from, text.indexOf("\n}\n", from) + 2);
    }

    @Override
    public void write(Page page, boolean quick) {
        writeBatches(page, quick);
        Rerolling.write(page, quick);
        writeMachines(page, quick);
    }

    private static void writeBatches(Page page, boolean quick) {
        int count = quick ? 4096 : 16_384;
        double[][] arms = arms(count);
        DifferentiableVector f = RobotArm.function();
        double[][] values = new double[count][2];
        double[][] rows = new double[count][2 + 2 * RobotArm.INPUTS];
        double[] times = {
            Stopwatch.nanoseconds(() -> plainValues(arms, values), quick) / count,
            Stopwatch.nanoseconds(() -> plainJacobians(arms, rows), quick) / count,
            Stopwatch.nanoseconds(() -> eagerJacobians(f, arms), quick) / count,
            batchTime(Batch.of(f).withThreads(1), arms, quick),
            batchTime(Batch.of(f), arms, quick),
        };
        String[] names = {"plain Java, values alone", "plain Java, by hand", "dual numbers", "batch, one thread", "batch, all processors"};
        page.figure("batch-jacobians", Plot.bars("Time of values and Jacobian, a point", names, times, "%.1f ns"), String.format(Locale.ROOT,
                "Values and the 2 × %d Jacobian of the hand of a robot arm with %d joints, by angles and lengths, at %d points: nanoseconds a point. By hand is the "
                        + "derivative of a person who thought about it, with sines shared; the first bar computes no derivatives at all.",
                RobotArm.INPUTS, RobotArm.JOINTS, count));
        page.code("""
                static Scalar[] hand(Scalar[] v) {      // angles, then lengths
                    Scalar angle = Scalar.of(0), x = Scalar.of(0), y = Scalar.of(0);
                    for (int i = 0; i < JOINTS; i++) {
                        angle = angle.plus(v[i]);
                        x = x.plus(v[JOINTS + i].times(cos(angle)));
                        y = y.plus(v[JOINTS + i].times(sin(angle)));
                    }
                    return new Scalar[] {x, y};
                }

                Batch batch = Batch.of(Differentiable.vector(8, 2, RobotArm::hand));
                Jacobians j = batch.jacobian(Points.ofRows(arms));
                double entry = j.get(point, output, input);
                """);
        page.remark("Angles and lengths are uniform between 0.2 and 1.5, from java.util.Random with seed " + SEED + ".");
    }

    private static double plainValues(double[][] arms, double[][] values) {
        for (int k = 0; k < arms.length; k++) {
            RobotArm.hand(arms[k], values[k]);
        }
        return values[arms.length - 1][0];
    }

    private static double plainJacobians(double[][] arms, double[][] rows) {
        for (int k = 0; k < arms.length; k++) {
            RobotArm.jacobian(arms[k], rows[k]);
        }
        return rows[arms.length - 1][2];
    }

    private static double eagerJacobians(DifferentiableVector f, double[][] arms) {
        double sum = 0;
        for (double[] arm : arms) {
            sum += f.jacobian(arm).get(0, 0);
        }
        return sum;
    }

    private static double batchTime(Batch batch, double[][] arms, boolean quick) {
        Points points = Points.ofRows(arms);
        Table table = new Table();
        return Stopwatch.nanoseconds(() -> batch.jacobianInto(points, table).value(arms.length - 1, 0), quick) / arms.length;
    }

    private static void writeMachines(Page page, boolean quick) {
        page.text("One program, several machines. Value and Jacobian of (r cos φ, r sin φ), as Wengert lists it:");
        page.code("""
                Program p = Tracer.trace(x, v -> new Scalar[] {
                        v[0].times(cos(v[1])), v[0].times(sin(v[1]))});
                Program jacobian = Elimination.jacobian(p, Zeros.GUARDED, 0, 1).program();
                System.out.println(jacobian.listing());
                System.out.println(CudaSource.of(jacobian, Precision.DOUBLE).text());
                """);
        page.code(polar().listing());
        page.text("The same program as a CUDA kernel, one thread for each point:");
        page.code(kernel(polar()).replace(", const double* __restrict__ in", ",\n        const double* __restrict__ in")
                .replace(", unsigned char*", ",\n        unsigned char*"));
        double[][] arms = arms(quick ? 4096 : 16_384);
        Engine[] engines = {new PlainEngine(), new TileInterpreter(), FusedEngine.fast()};
        page.figure("engines", Plot.bars("Time of values and Jacobian, a point, by engine", new String[] {"operation by operation", "tile interpreter", "fused kernels"},
                Arrays.stream(engines).mapToDouble(e -> batchTime(Batch.of(RobotArm.function()).withThreads(1).withEngine(e), arms, quick)).toArray(), "%.1f ns"),
                "And on this processor, one thread, the arm again: the program run point by point; each operation as a vector loop over 256 points, which works from the "
                        + "first call on; and machine code for the whole program, which takes over once it is compiled.");
    }
}
