package org.wengert.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.wengert.hessian.Fit;
import org.wengert.hessian.LeastSquares;
import org.wengert.hessian.LevenbergMarquardt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wengert nist}: how many of NIST's certified digits the fits reach. */
@Command(
        name = "nist",
        header = "Check the fits against NIST's certified regressions.",
        description = {
            "",
            "Fits every problem from both of its starts and counts the digits of the results that are NIST's,",
            "11 at most. FILE is a .dat file of the nonlinear regressions of NIST's Statistical Reference",
            "Datasets (https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml) or a folder of them.",
            ""
        },
        footer = {"", "Exit status 1 means that a fit did not converge or shares fewer than 8 digits with NIST."})
final class NistCommand implements Callable<Integer> {

    /** Fewer digits of a parameter than this are a failure. */
    private static final double FEWEST = 8;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files, or folders of files.")
    private List<Path> files = List.of();

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "geodesic: Levenberg-Marquardt with geodesic acceleration (default). lm: without.")
    private FitCommand.Method method = FitCommand.Method.GEODESIC;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;

    NistCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * A fit of a problem from one of its starts.
     *
     * @param parameters   the digits of each parameter
     * @param errors       the digits of each standard error
     * @param sumOfSquares the digits of the residual sum of squares
     */
    private record Run(
            NistProblem problem, int start, Fit fit, double[] parameters, double[] errors, double sumOfSquares) {

        boolean good() {
            return fit.converged() && fewest(parameters) >= FEWEST;
        }
    }

    @Override
    public Integer call() {
        List<Run> runs = new ArrayList<>();
        try (Progress progress = new Progress(spec.commandLine().getErr(), terminal)) {
            for (NistProblem problem : problems()) {
                for (int start = 0; start < problem.starts().size(); start++) {
                    progress.show(problem::name);
                    runs.add(run(problem, start));
                }
            }
        }
        if (json) {
            spec.commandLine().getOut().println(Json.of(Map.of("runs", runs.stream().map(NistCommand::json).toList())));
        } else {
            print(runs);
        }
        return runs.stream().allMatch(Run::good) ? 0 : Problem.FAILED;
    }

    private List<NistProblem> problems() {
        List<NistProblem> problems = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isDirectory(file)) {
                problems.add(NistProblem.read(file));
                continue;
            }
            try (Stream<Path> inside = Files.list(file)) {
                inside.filter(f -> f.toString().endsWith(".dat")).sorted().map(NistProblem::read).forEach(problems::add);
            } catch (IOException problem) {
                throw Problem.input(file + ": cannot be read: " + problem.getMessage());
            }
            if (problems.isEmpty()) {
                throw Problem.input(file + ": there are no .dat files in this folder");
            }
        }
        return problems;
    }

    private Run run(NistProblem problem, int start) {
        Map<String, Double> from = problem.starts().get(start);
        FitModel model = FitModel.of(problem.formula(), from.keySet());
        CsvTable data = problem.data();
        Fit fit = new LevenbergMarquardt()
                .withAcceleration(method == FitCommand.Method.GEODESIC)
                .minimize(
                        LeastSquares.model(from.size(), model.observations(Path.of(problem.name()), data), model.prediction(data)),
                        from.values().stream().mapToDouble(Double::doubleValue).toArray());
        return new Run(
                problem, start + 1, fit, digits(problem.parameters(), fit.parameters()),
                digits(problem.standardErrors(), fit.standardErrors()),
                NistProblem.digits(problem.sumOfSquares(), fit.residualSumOfSquares()));
    }

    private static double[] digits(double[] certified, double[] computed) {
        return IntStream.range(0, certified.length)
                .mapToDouble(j -> NistProblem.digits(certified[j], computed[j]))
                .toArray();
    }

    private static double fewest(double[] digits) {
        return IntStream.range(0, digits.length).mapToDouble(j -> digits[j]).min().orElse(0);
    }

    private static double mean(double[] digits) {
        return IntStream.range(0, digits.length).mapToDouble(j -> digits[j]).average().orElse(0);
    }

    private void print(List<Run> runs) {
        PrintWriter out = spec.commandLine().getOut();
        TextTable table = new TextTable()
                .row("problem", "start", "iterations", "parameters", "mean", "standard errors", "sum of squares", "");
        for (Run run : runs) {
            table.row(
                    run.problem.name(), Integer.toString(run.start), Integer.toString(run.fit.iterations()),
                    number(fewest(run.parameters)), number(mean(run.parameters)), number(fewest(run.errors)),
                    number(run.sumOfSquares), run.good() ? "" : run.fit.converged() ? "too few digits" : "not converged");
        }
        out.println(table);
        long converged = runs.stream().filter(run -> run.fit.converged()).count();
        out.printf(Locale.ROOT, "%s, %d of %d; digits of the parameters: fewest %.1f, mean %.1f%n",
                terminal.good("converged", converged == runs.size()), converged, runs.size(),
                runs.stream().mapToDouble(run -> fewest(run.parameters)).min().orElse(0),
                average(runs, run -> mean(run.parameters)));
    }

    private static double average(List<Run> runs, ToDoubleFunction<Run> what) {
        return runs.stream().mapToDouble(what).average().orElse(0);
    }

    private static String number(double digits) {
        return String.format(Locale.ROOT, "%.1f", digits);
    }

    private static Map<String, Object> json(Run run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("problem", run.problem.name());
        json.put("start", run.start);
        json.put("converged", run.fit.converged());
        json.put("iterations", run.fit.iterations());
        json.put("parameterDigits", run.parameters);
        json.put("standardErrorDigits", run.errors);
        json.put("residualSumOfSquaresDigits", run.sumOfSquares);
        return json;
    }
}
