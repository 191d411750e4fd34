package org.wengert.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.wengert.hessian.ScalableProblem;
import org.wengert.hessian.TwiceDifferentiable;

/**
 * Minimizes scalable problems with our optimizers and those of other libraries, on the same compiled functions and gradients, and prints Markdown: one table
 * of times, and one of everything. Every run ends at the first gradient whose largest entry is at most 1e-6 · max(1, |f|/n).
 *
 * <pre>{@code
 * java --add-modules jdk.incubator.vector -cp benchmarks/target/benchmarks.jar org.wengert.benchmarks.OptimizerComparison 1000 10 woods cosine
 * }</pre>
 *
 * <p>Arguments: n; the most seconds a run may take; names of problems (default: all).
 */
public final class OptimizerComparison {

    private static final double SECONDS_EACH = 0.2;
    private static final int MOST_REPEATS = 9;

    private OptimizerComparison() {}

    private record Result(OptimizerPeers optimizer, CountedObjective f, double seconds) {}

    /** Runs what the arguments ask for. */
    public static void main(String[] arguments) {
        int n = Integer.parseInt(arguments[0]);
        double limit = Double.parseDouble(arguments[1]);
        List<ScalableProblem> functions = arguments.length == 2 ? List.of(ScalableProblem.values())
                : Arrays.stream(arguments).skip(2).map(s -> ScalableProblem.valueOf(s.toUpperCase(Locale.ROOT))).toList();
        List<String> times = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (ScalableProblem function : functions) {
            long began = System.nanoTime();
            var f = TwiceDifferentiable.of(function.function(n));
            double[] start = function.start(n);
            f.gradient(start, new double[n]);
            f.at(start);
            double prepared = (System.nanoTime() - began) / 1e9;
            List<Result> results = Arrays.stream(OptimizerPeers.values()).map(o -> median(o, f, start, limit)).toList();
            double best = results.stream().filter(r -> r.f.note.isEmpty()).mapToDouble(r -> r.f.value).min().orElse(Double.NaN);
            var row = new StringBuilder("| " + function.name().toLowerCase(Locale.ROOT));
            for (Result r : results) {
                row.append(" | ").append(cell(r, best));
                all.add(String.format(Locale.ROOT, "| %s | %d | %s | %.8g | %.1e | %s | %d | %d | %d | %.2f | %s |",
                        function.name().toLowerCase(Locale.ROOT), n, name(r.optimizer), r.f.value, r.f.gradientNorm,
                        r.f.iterations < 0 ? "" : Integer.toString(r.f.iterations), r.f.values, r.f.gradients, r.f.products,
                        1e3 * r.seconds, r.f.note));
            }
            times.add(row + String.format(Locale.ROOT, " | %.2f |", prepared));
            System.err.println(times.getLast());
        }
        System.out.println("| problem | " + String.join(" | ", Arrays.stream(OptimizerPeers.values()).map(OptimizerComparison::name).toList())
                + " | preparation, s |\n|---" + "|---:".repeat(OptimizerPeers.values().length + 1) + "|");
        times.forEach(System.out::println);
        System.out.println("\n| problem | n | optimizer | f | gradient | iterations | f | ∇f | H·v | ms | |\n|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---|");
        all.forEach(System.out::println);
    }

    private static String name(OptimizerPeers o) {
        return o.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String cell(Result r, double best) {
        if (!r.f.note.isEmpty()) {
            return r.f.note + String.format(Locale.ROOT, " (%.0e)", r.f.gradientNorm);
        }
        boolean elsewhere = r.f.value > best + 1e-6 * Math.max(1, Math.abs(best));
        return String.format(Locale.ROOT, "%.3g%s", 1e3 * r.seconds, elsewhere ? String.format(Locale.ROOT, " (f = %.6g)", r.f.value) : "");
    }

    /** The run whose time is the median of several, after one that warms up. */
    private static Result median(OptimizerPeers o, TwiceDifferentiable f, double[] start, double limit) {
        run(o, f, start, Math.min(limit, 1));
        List<Result> runs = new ArrayList<>();
        double total = 0;
        while (runs.isEmpty() || total < SECONDS_EACH && runs.size() < MOST_REPEATS) {
            Result r = run(o, f, start, limit);
            runs.add(r);
            total += r.seconds;
        }
        runs.sort((a, b) -> Double.compare(a.seconds, b.seconds));
        return runs.get(runs.size() / 2);
    }

    private static Result run(OptimizerPeers o, TwiceDifferentiable f, double[] start, double limit) {
        var counted = new CountedObjective(f, limit);
        long began = System.nanoTime();
        try {
            o.minimize(counted, start);
            if (counted.note.isEmpty()) {
                counted.note("stopped");
            }
        } catch (CountedObjective.Done done) {
            // small enough, or out of time
        }
        return new Result(o, counted, (System.nanoTime() - began) / 1e9);
    }
}
