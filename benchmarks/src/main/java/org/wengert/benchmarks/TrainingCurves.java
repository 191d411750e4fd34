package org.wengert.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.wengert.hessian.DataSum;
import org.wengert.hessian.GaussNewtonMethod;
import org.wengert.hessian.GaussNewtonMinimizer;
import org.wengert.hessian.Iteration;
import org.wengert.hessian.IterationListener;
import org.wengert.hessian.MinimizeMethod;
import org.wengert.hessian.Minimizer;
import org.wengert.hessian.Minimum;
import org.wengert.hessian.Objective;

/**
 * Trains a perceptron of 1,315 parameters on Fisher's irises with first- and second-order methods, prints a table, and draws the loss against the number of
 * gradients and Hessian (or Gauss-Newton) products, and against time.
 *
 * <pre>{@code
 * java --add-modules jdk.incubator.vector -cp benchmarks/target/benchmarks.jar org.wengert.benchmarks.TrainingCurves \
 *     examples/gallery/src/main/resources/org/wengert/gallery/iris.csv docs/images/training.svg 4
 * }</pre>
 *
 * <p>Arguments: the data; the picture; the most seconds a method may take.
 */
public final class TrainingCurves {

    private static final double TOLERANCE = 1e-5;
    private static final long SEED = 1;

    private TrainingCurves() {}

    /** A point of a curve. */
    record At(int sweeps, double seconds, double loss) {}

    /** A method's run. */
    record Curve(String name, List<At> points, Minimum end) {}

    /** A method with a limit of iterations and a listener. */
    private interface Method {
        Minimum run(int most, IterationListener listener);
    }

    /** Runs all methods. */
    public static void main(String[] arguments) throws IOException {
        DataSum f = Iris.loss(Path.of(arguments[0]));
        double limit = Double.parseDouble(arguments[2]);
        int third = f.rows() / 3;
        double[] start = Iris.MODEL.start(SEED);
        var curves = new ArrayList<Curve>();
        curves.add(curve("momentum", minimizer(f, new Minimizer(MinimizeMethod.MOMENTUM).withRate(0.1), start), limit));
        curves.add(curve("Adam", minimizer(f, new Minimizer(MinimizeMethod.ADAM).withRate(5e-3), start), limit));
        curves.add(curve("L-BFGS", minimizer(f, new Minimizer(MinimizeMethod.LBFGS), start), limit));
        curves.add(curve("Newton-CG", minimizer(f, new Minimizer(MinimizeMethod.NEWTON_CG), start), limit));
        curves.add(curve("trust region", minimizer(f, new Minimizer(MinimizeMethod.TRUST_REGION), start), limit));
        curves.add(curve("subsampled Newton-CG", minimizer(f.subsampled(third, SEED), new Minimizer(MinimizeMethod.NEWTON_CG), start), limit));
        curves.add(curve("Hessian-free", gaussNewton(f, GaussNewtonMethod.HESSIAN_FREE, start), limit));
        curves.add(curve("K-FAC", gaussNewton(f, GaussNewtonMethod.KFAC, start), limit));
        System.out.println("| method | loss | gradient | iterations | f | ∇f | products | s |\n|---|---:|---:|---:|---:|---:|---:|---:|");
        for (Curve c : curves) {
            System.out.printf(Locale.ROOT, "| %s | %.6f | %.1e | %d | %d | %d | %d | %.2f |%n", c.name, c.end.value(), c.end.gradientNorm(),
                    c.end.iterations(), c.end.evaluations().values(), c.end.evaluations().gradients(), c.end.evaluations().products(),
                    c.points.getLast().seconds);
        }
        Files.writeString(Path.of(arguments[1]), CurvePicture.of(curves));
    }

    private static Method minimizer(Objective f, Minimizer minimizer, double[] start) {
        return (most, listener) -> minimizer.withTolerance(TOLERANCE).withMostIterations(most).withListener(listener).minimize(f, start);
    }

    private static Method gaussNewton(DataSum f, GaussNewtonMethod method, double[] start) {
        return (most, listener) -> new GaussNewtonMinimizer(method).withTolerance(TOLERANCE).withMostIterations(most).withListener(listener)
                .minimize(f, start);
    }

    /** One run that warms up, one on the clock, and shorter ones, which are the same up to there, for the counts. */
    private static Curve curve(String name, Method method, double limit) {
        onTheClock(method, 0.5, new ArrayList<>());
        List<At> clock = new ArrayList<>();
        Minimum end = onTheClock(method, limit, clock);
        List<At> points = new ArrayList<>();
        int last = end.iterations();
        points.add(new At(1, clock.getFirst().seconds, clock.getFirst().loss));
        for (int k = 1; k < last; k = Math.max(k + 1, k * 3 / 2)) {
            Minimum m = last > 400 ? null : method.run(k, _ -> true);
            // A step of the methods with a fixed rate is one gradient.
            int sweeps = m == null ? k + 1 : m.evaluations().gradients() + m.evaluations().products();
            points.add(new At(sweeps, clock.get(k).seconds, clock.get(k).loss));
        }
        points.add(new At(end.evaluations().gradients() + end.evaluations().products(), clock.getLast().seconds, end.value()));
        System.err.println(name + ": " + end.message());
        return new Curve(name, points, end);
    }

    private static Minimum onTheClock(Method method, double seconds, List<At> clock) {
        long began = System.nanoTime();
        return method.run(100_000, (Iteration i) -> {
            double now = (System.nanoTime() - began) / 1e9;
            clock.add(new At(0, now, i.value()));
            return now < seconds;
        });
    }
}
