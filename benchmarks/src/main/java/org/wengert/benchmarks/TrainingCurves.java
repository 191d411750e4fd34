package org.wengert.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.wengert.hessian.DataSum;
import org.wengert.hessian.Evaluations;
import org.wengert.hessian.GaussNewtonMethod;
import org.wengert.hessian.GaussNewtonMinimizer;
import org.wengert.hessian.Irises;
import org.wengert.hessian.IterationListener;
import org.wengert.hessian.MinimizeMethod;
import org.wengert.hessian.Minimizer;
import org.wengert.hessian.Minimum;
import org.wengert.hessian.Objective;

/**
 * Trains a model of Fisher's irises with first- and second-order methods, prints a table, and draws the least loss so far against the number of gradients and Hessian (or
 * Gauss-Newton) products, and against time; where all methods come to the same minimum, how far the loss is above it. Times are those of the fastest of
 * {@value #RUNS} runs after others that warm up, of one run where that uses up its time.
 *
 * <pre>{@code
 * java --add-modules jdk.incubator.vector -cp benchmarks/target/benchmarks.jar org.wengert.benchmarks.TrainingCurves perceptron \
 *     examples/gallery/src/main/resources/org/wengert/gallery/iris.csv docs/images/training-perceptron.svg 5
 * }</pre>
 *
 * <p>Arguments: {@code perceptron}, {@code logistic} or {@code mixture}; the data; the picture; the most seconds a method may take.
 */
public final class TrainingCurves {

    private static final long SEED = 1;
    private static final double WARM_UP = 1;
    private static final int RUNS = 5;

    /** Losses nearer to the minimum are drawn there. */
    private static final double NEAREST = 1e-12;

    private final TrainingProblem problem;
    private final TrainingProblem.Run run;
    private final double seconds;

    private TrainingCurves(TrainingProblem problem, TrainingProblem.Run run, double seconds) {
        this.problem = problem;
        this.run = run;
        this.seconds = seconds;
    }

    /** A point of a curve. */
    record At(int sweeps, double seconds, double loss) {}

    /** A method's run. */
    record Curve(String name, List<At> points, double gradientNorm, int iterations, Evaluations evaluations) {
        double loss() {
            return points.getLast().loss;
        }

        double seconds() {
            return points.getLast().seconds;
        }
    }

    /** How far losses are above the least of all, where all methods find one minimum; else the losses. */
    private static String picture(TrainingProblem problem, List<Curve> curves) {
        double least = problem.isOneMinimum ? curves.stream().mapToDouble(Curve::loss).min().orElseThrow() : 0;
        return LogPicture.of("Training " + problem.title, least == 0 ? "loss" : "loss above the minimum", List.of(
                panel("gradients and products", curves, least, At::sweeps), panel("seconds", curves, least, At::seconds)));
    }

    private static LogPicture.Panel panel(String label, List<Curve> curves, double least, ToDoubleFunction<At> along) {
        return new LogPicture.Panel(label, curves.stream().map(c -> new LogPicture.Curve(c.name, c.points.stream()
                .map(at -> new LogPicture.Point(along.applyAsDouble(at), Math.max(NEAREST, at.loss - least))).toList())).toList());
    }

    /** A method with a listener. */
    private interface Method {
        Minimum run(IterationListener listener);
    }

    /** Runs all methods. */
    public static void main(String[] arguments) throws IOException {
        var problem = TrainingProblem.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        List<Curve> curves =
                new TrainingCurves(problem, problem.of(Irises.read(Path.of(arguments[1]))), Double.parseDouble(arguments[3])).curves();
        System.out.println("| method | loss | gradient | iterations | f | ∇f | products | ms |\n|---|---:|---:|---:|---:|---:|---:|---:|");
        for (Curve c : curves) {
            System.out.printf(Locale.ROOT, "| %s | %.9f | %.1e | %d | %d | %d | %d | %.1f |%n", c.name, c.loss(), c.gradientNorm, c.iterations,
                    c.evaluations.values(), c.evaluations.gradients(), c.evaluations.products(), 1e3 * c.seconds());
        }
        Files.writeString(Path.of(arguments[2]), picture(problem, curves));
    }

    private List<Curve> curves() {
        DataSum f = run.f();
        List<Curve> curves = new ArrayList<>();
        Supplier<TrainingProblem.Steps> expectations = run.expectations();
        if (expectations != null) {
            curves.add(fastest(() -> steps(expectations)));
        }
        curves.add(curve("momentum", minimizer(f, new Minimizer(MinimizeMethod.MOMENTUM).withRate(run.isLayered() ? 0.1 : 2e-3))));
        curves.add(curve("Adam", minimizer(f, new Minimizer(MinimizeMethod.ADAM).withRate(5e-3))));
        curves.add(curve("L-BFGS", minimizer(f, new Minimizer(MinimizeMethod.LBFGS))));
        curves.add(curve("Newton-CG", minimizer(f, new Minimizer(MinimizeMethod.NEWTON_CG))));
        curves.add(curve("trust region", minimizer(f, new Minimizer(MinimizeMethod.TRUST_REGION))));
        if (run.isLayered()) {
            Objective some = f.subsampled(f.rows() / 3, SEED);
            curves.add(curve("subsampled Newton-CG", minimizer(some, new Minimizer(MinimizeMethod.NEWTON_CG))));
            curves.add(curve("Hessian-free", gaussNewton(GaussNewtonMethod.HESSIAN_FREE)));
            curves.add(curve("K-FAC", gaussNewton(GaussNewtonMethod.KFAC)));
        }
        return curves;
    }

    private Method minimizer(Objective f, Minimizer minimizer) {
        Minimizer ready = minimizer.withTolerance(problem.tolerance).withMostIterations(1_000_000);
        return listener -> ready.withListener(listener).minimize(f, run.start());
    }

    private Method gaussNewton(GaussNewtonMethod method) {
        var ready = new GaussNewtonMinimizer(method).withTolerance(problem.tolerance).withMostIterations(1_000_000);
        return listener -> ready.withListener(listener).minimize(run.f(), run.start());
    }

    private Curve fastest(Supplier<Curve> runs) {
        long until = System.nanoTime() + (long) (WARM_UP * 1e9);
        while (System.nanoTime() < until) {
            var _ = runs.get();
        }
        Curve fastest = runs.get();
        for (int k = 1; k < RUNS && fastest.seconds() < seconds; k++) {
            Curve again = runs.get();
            fastest = again.seconds() < fastest.seconds() ? again : fastest;
        }
        System.err.println(fastest.name);
        return fastest;
    }

    private Curve curve(String name, Method method) {
        return fastest(() -> {
            var points = new Thinned();
            Minimum end = onTheClock(method, seconds, points);
            return new Curve(name, points.all(), end.gradientNorm(), end.iterations(), end.evaluations());
        });
    }

    private static Minimum onTheClock(Method method, double seconds, Thinned points) {
        long began = System.nanoTime();
        return method.run(i -> {
            double now = (System.nanoTime() - began) / 1e9;
            points.add(new At(i.evaluations().gradients() + i.evaluations().products(), now, i.value()));
            return now < seconds;
        });
    }

    /** Expectation and maximization. A step goes over the data once, as a gradient does. The clock stands still while the loss is computed. */
    private Curve steps(Supplier<TrainingProblem.Steps> expectations) {
        var points = new Thinned();
        TrainingProblem.Steps steps = expectations.get();
        double[] theta = run.start();
        double[] gradient = new double[theta.length];
        double time = 0;
        double norm = Double.POSITIVE_INFINITY;
        int count = 0;
        for (; norm > problem.tolerance && time < seconds; count++) {
            long began = System.nanoTime();
            theta = steps.next();
            time += (System.nanoTime() - began) / 1e9;
            double loss = run.f().gradient(theta, gradient);
            norm = CountedObjective.largest(gradient);
            points.add(new At(count + 1, time, loss));
        }
        return new Curve("EM", points.all(), norm, count, new Evaluations(0, count, 0));
    }

    /** Of many points those that a logarithmic axis can show, and the last; each with the least loss so far. */
    private static final class Thinned {
        private final List<At> kept = new ArrayList<>();
        private At last = new At(0, 0, Double.POSITIVE_INFINITY);

        void add(At point) {
            last = new At(point.sweeps, point.seconds, Math.min(point.loss, last.loss));
            if (kept.isEmpty() || point.sweeps > 1.03 * kept.getLast().sweeps || point.seconds > 1.03 * kept.getLast().seconds) {
                kept.add(last);
            }
        }

        List<At> all() {
            if (!kept.isEmpty() && kept.getLast() != last) {
                kept.add(last);
            }
            return kept;
        }
    }
}
