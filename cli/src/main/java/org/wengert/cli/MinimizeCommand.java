package org.wengert.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wengert.cli.plot.FitPlot;
import org.wengert.cli.plot.MinimizePlot;
import org.wengert.hessian.Bounds;
import org.wengert.hessian.Iteration;
import org.wengert.hessian.MinimizeMethod;
import org.wengert.hessian.Minimizer;
import org.wengert.hessian.Minimum;
import org.wengert.hessian.TwiceDifferentiable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wengert minimize}: where a formula is least. */
@Command(
        name = "minimize",
        header = "Find a minimum of a formula with exact second derivatives.",
        description = {
            "",
            "A method goes down from the start until the gradient is zero: what it finds is a local minimum.",
            ""
        },
        footer = {
            "",
            "Exit status 1 means that no run converged; the best point found is printed all the same.",
            "",
            "Examples:",
            "  wengert minimize '100*(y-x^2)^2+(1-x)^2' --start x=-1.2,y=1 --plot path.svg",
            "  wengert minimize 'x^4-3*x^2+x' --start x=0.5 --starts 10",
            "  wengert minimize 'exp(x)+y^2' --start x=1,y=1 --lower x=0 --method newton_cg"
        })
final class MinimizeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FORMULA", description = "What to minimize: one formula.")
    private String text = "";

    @Option(names = "--start", required = true, paramLabel = "x=-1.2,y=1", description = "Where to begin: a number for every variable.")
    private List<String> startTexts = List.of();

    @Option(names = "--lower", paramLabel = "x=0", description = "Lower bounds of variables.")
    private List<String> lowerTexts = List.of();

    @Option(names = "--upper", paramLabel = "x=9", description = "Upper bounds of variables.")
    private List<String> upperTexts = List.of();

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "One of ${COMPLETION-CANDIDATES}, in small letters if you like (default: LANCZOS_TRUST_REGION).")
    private MinimizeMethod method = MinimizeMethod.LANCZOS_TRUST_REGION;

    @Option(names = "--tolerance", paramLabel = "T", description = "Converged when no entry of the gradient is larger than this times "
            + "max(1, |f|) (default: ${DEFAULT-VALUE}).")
    private double tolerance = 1e-8;

    @Option(names = "--max-iterations", paramLabel = "N", description = "Stop after so many iterations (default: that of the method).")
    private int mostIterations = -1;

    @Option(names = "--rate", paramLabel = "R", description = "The rate of MOMENTUM (default: 1e-4) or ADAM (default: 1e-2).")
    private double rate = Double.NaN;

    @Option(names = "--starts", paramLabel = "N", description = "Begin at N points: --start, and others drawn by chance around it; the least "
            + "minimum is printed (default: ${DEFAULT-VALUE}).")
    private int starts = 1;

    @Option(names = "--spread", paramLabel = "S", description = "How far other starts lie, times max(1, |x|) (default: ${DEFAULT-VALUE}).")
    private double spread = 2;

    @Option(names = "--seed", paramLabel = "K", description = "The seed of other starts (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--plot", paramLabel = "F.svg|F.png",
            description = "Draw how it converged and, for two variables, the path on a map of contours.")
    private @Nullable Path plot;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;

    MinimizeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        checkOptions();
        Map<String, Double> start = Assignments.numbers("--start", startTexts);
        DerivedFormula formula = formula(start);
        Bounds bounds = bounds(start);
        PrintWriter err = spec.commandLine().getErr();
        TwiceDifferentiable f = TwiceDifferentiable.of(formula.output(0));
        Minimum best = null;
        try (Progress progress = new Progress(err, terminal)) {
            for (double[] from : startPoints(start, bounds)) {
                Minimum m = minimizer(bounds, progress).minimize(f, from);
                if (best == null || isBetter(m, best)) {
                    best = m;
                }
            }
        }
        if (best == null) {
            throw new AssertionError("there is a start at least");
        }
        print(formula, best);
        if (plot != null) {
            draw(plot, formula, best);
        }
        if (!best.converged()) {
            err.println("wengert: not converged: " + best.message());
            return Problem.FAILED;
        }
        return 0;
    }

    private static boolean isBetter(Minimum a, Minimum b) {
        return a.converged() != b.converged() ? a.converged() : a.value() < b.value() || Double.isNaN(b.value());
    }

    private void checkOptions() {
        if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
            throw Problem.input("--tolerance: should be at least 0 and finite, but is " + tolerance);
        }
        if (mostIterations < -1) {
            throw Problem.input("--max-iterations: should be at least 0, but is " + mostIterations);
        }
        if (starts < 1 || starts > 1_000_000) {
            throw Problem.input("--starts: should be from 1 to 1000000, but is " + starts);
        }
        if (!(spread >= 0) || Double.isInfinite(spread)) {
            throw Problem.input("--spread: should be at least 0 and finite, but is " + spread);
        }
        if (!Double.isNaN(rate) && (!(rate > 0) || Double.isInfinite(rate))) {
            throw Problem.input("--rate: should be positive and finite, but is " + rate);
        }
        if (plot != null) {
            if (!FitPlot.canWrite(plot.toString())) {
                throw Problem.input("--plot: the file should end in .svg or .png, but is " + plot);
            }
            Output.check("--plot", plot);
        }
    }

    private DerivedFormula formula(Map<String, Double> start) {
        List<String> names = DerivedFormula.parse(Wengert.formula(text)).names();
        Require.known("--start", start.keySet(), names, "the formula");
        List<String> missing = names.stream().filter(name -> !start.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw Problem.input("--start: " + String.join(" and ", missing) + (missing.size() == 1 ? " has no value" : " have no values"));
        }
        DerivedFormula formula = DerivedFormula.of(Wengert.formula(text), start, List.of());
        if (formula.outputs() != 1) {
            throw Problem.input("formula: there should be one to minimize, but there are " + formula.outputs());
        }
        return formula;
    }

    private Bounds bounds(Map<String, Double> start) {
        Map<String, Double> lower = lowerTexts.isEmpty() ? Map.of() : Assignments.numbers("--lower", lowerTexts);
        Map<String, Double> upper = upperTexts.isEmpty() ? Map.of() : Assignments.numbers("--upper", upperTexts);
        List<String> names = List.copyOf(start.keySet());
        Require.known("--lower", lower.keySet(), names, "--start");
        Require.known("--upper", upper.keySet(), names, "--start");
        Bounds bounds = Bounds.none(names.size());
        for (int j = 0; j < names.size(); j++) {
            String name = names.get(j);
            double least = lower.getOrDefault(name, Double.NEGATIVE_INFINITY);
            double most = upper.getOrDefault(name, Double.POSITIVE_INFINITY);
            double at = start.getOrDefault(name, Double.NaN);
            if (!Double.isFinite(at)) {
                throw Problem.input("--start: " + name + " should be finite, but is " + at);
            }
            if (!(least <= most) || least == Double.POSITIVE_INFINITY || most == Double.NEGATIVE_INFINITY) {
                throw Problem.input("--lower, --upper: " + name + " cannot lie between " + least + " and " + most);
            }
            if (!(at >= least && at <= most)) {
                throw Problem.input("--start: " + name + " should lie between " + least + " and " + most
                        + " (--lower, --upper), but is " + at);
            }
            bounds = bounds.with(j, least, most);
        }
        return bounds;
    }

    private List<double[]> startPoints(Map<String, Double> start, Bounds bounds) {
        double[] first = start.values().stream().mapToDouble(Double::doubleValue).toArray();
        List<double[]> points = new ArrayList<>();
        points.add(first);
        var random = new Random(seed);
        double[] lower = bounds.lower();
        double[] upper = bounds.upper();
        for (int k = 1; k < starts; k++) {
            double[] x = first.clone();
            for (int j = 0; j < x.length; j++) {
                x[j] += spread * Math.max(1, Math.abs(x[j])) * (2 * random.nextDouble() - 1);
                x[j] = Math.min(Math.max(x[j], lower[j]), upper[j]);
            }
            points.add(x);
        }
        return points;
    }

    private Minimizer minimizer(Bounds bounds, Progress progress) {
        Minimizer minimizer = new Minimizer(method).withTolerance(tolerance).withListener(iteration -> {
            progress.show(() -> String.format(Locale.ROOT, "iteration %d: f = %.10g, gradient %.3g",
                    iteration.number(), iteration.value(), iteration.offset()));
            return true;
        });
        minimizer = mostIterations < 0 ? minimizer : minimizer.withMostIterations(mostIterations);
        minimizer = Double.isNaN(rate) ? minimizer : minimizer.withRate(rate);
        return lowerTexts.isEmpty() && upperTexts.isEmpty() ? minimizer : minimizer.within(bounds);
    }

    private void print(DerivedFormula formula, Minimum m) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            Map<String, Object> at = new LinkedHashMap<>();
            for (int j = 0; j < formula.inputs(); j++) {
                at.put(formula.wrt().get(j), m.point()[j]);
            }
            object.put("minimum", m.value());
            object.put("at", at);
            object.put("gradientNorm", m.gradientNorm());
            object.put("iterations", m.iterations());
            object.put("hvpCount", m.evaluations().products());
            object.put("converged", m.converged());
            out.println(Json.of(object));
            return;
        }
        TextTable table = new TextTable().row("minimum", Double.toString(m.value()));
        for (int j = 0; j < formula.inputs(); j++) {
            table.row(formula.wrt().get(j), Double.toString(m.point()[j]));
        }
        table.row("gradient", Double.toString(m.gradientNorm()));
        out.println(table);
        out.printf(Locale.ROOT, "%s after %d iteration%s (%d values, %d gradients, %d Hessian-vector products): %s%n",
                terminal.good(m.converged() ? "converged" : "NOT converged", m.converged()), m.iterations(),
                m.iterations() == 1 ? "" : "s", m.evaluations().values(), m.evaluations().gradients(), m.evaluations().products(),
                m.reason().text());
    }

    private void draw(Path target, DerivedFormula formula, Minimum m) {
        List<Iteration> history = m.history();
        double[] x = history.stream().mapToDouble(i -> formula.inputs() == 2 ? i.point()[0] : 0).toArray();
        double[] y = history.stream().mapToDouble(i -> formula.inputs() == 2 ? i.point()[1] : 0).toArray();
        MinimizePlot.Map map = formula.inputs() != 2 || history.isEmpty() ? null : new MinimizePlot.Map(
                formula.wrt().get(0), formula.wrt().get(1), x, y, (a, b) -> formula.value(new double[] {a, b})[0]);
        var picture = new MinimizePlot(Wengert.formula(text),
                String.format(Locale.ROOT, "%s: f = %.8g after %d iterations", method, m.value(), m.iterations()),
                history.stream().mapToDouble(Iteration::value).toArray(), history.stream().mapToDouble(Iteration::offset).toArray(), map);
        try {
            Output.write(target, out -> picture.write(target.toString(), out));
        } catch (IOException problem) {
            throw Problem.input("--plot: " + target + " cannot be written: " + problem.getMessage());
        }
    }
}
