package org.wengert.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.cli.plot.FitPlot;
import org.wengert.hessian.Bounds;
import org.wengert.hessian.Fit;
import org.wengert.hessian.LeastSquares;
import org.wengert.hessian.LevenbergMarquardt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wengert fit}: the parameters of a model that fit data best in the sense of least squares. */
@Command(
        name = "fit",
        header = "Fit the parameters of a model to data by least squares.",
        description = {
            "",
            "The left side of MODEL is an expression of data columns, the right side one of parameters",
            "(what --start names) and data columns (all other names).",
            "",
            "DATA is CSV with a header: cells may be quoted, lines that begin with # are comments, an empty",
            "cell or NA is a missing value. Columns that the model does not name are ignored.",
            ""
        },
        footer = {
            "",
            "Exit status 1 means that the fit did not converge; the best point found is printed all the same.",
            "",
            "Examples:",
            "  wengert fit 'y = b1*(1-exp(-b2*x))' data.csv --start b1=500,b2=0.0001",
            "  wengert fit 'log(y) = a + b*log(x)' data.csv --start a=0,b=1 --plot fit.svg"
        })
final class FitCommand implements Callable<Integer> {

    /** The methods. */
    enum Method {
        /** Levenberg-Marquardt with geodesic acceleration. */
        GEODESIC,
        /** Levenberg-Marquardt. */
        LM
    }

    /** What to do with rows that lack a value. */
    enum Missing {
        /** Refuse the file. */
        ERROR,
        /** Leave them out. */
        SKIP
    }

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model, for example 'y = a*exp(-b*x)'.")
    private String text = "";

    @Parameters(index = "1", paramLabel = "DATA", description = "The CSV file.")
    private Path file = Path.of("");

    @Option(
            names = "--start",
            required = true,
            paramLabel = "a=1,b=2",
            description = "The parameters and where to begin.")
    private List<String> startTexts = List.of();

    @Option(names = "--lower", paramLabel = "a=0", description = "Lower bounds of parameters.")
    private List<String> lowerTexts = List.of();

    @Option(names = "--upper", paramLabel = "a=9", description = "Upper bounds of parameters.")
    private List<String> upperTexts = List.of();

    @Option(
            names = "--weights",
            paramLabel = "COLUMN",
            description = "A column of weights, 1/sigma^2 for measurements of standard deviation sigma.")
    private @Nullable String weights;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "geodesic: Levenberg-Marquardt with geodesic acceleration (default). lm: without.")
    private Method method = Method.GEODESIC;

    @Option(
            names = "--max-iterations",
            paramLabel = "N",
            description = "Stop after so many iterations (default: ${DEFAULT-VALUE}).")
    private int mostIterations = 1000;

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            description = "Converged when no parameter would change by more than this part of it "
                    + "(default: ${DEFAULT-VALUE}).")
    private double tolerance = 1e-12;

    @Option(
            names = "--missing",
            paramLabel = "error|skip",
            description = "What to do with rows that lack a value (default: error).")
    private Missing missing = Missing.ERROR;

    @Option(
            names = "--separator",
            paramLabel = "C",
            description = "What stands between two cells: a character or 'tab' (default: a comma).")
    private String separator = ",";

    @Option(
            names = "--plot",
            paramLabel = "F.svg|F.png",
            description = "Draw data, fitted curve and residuals into this file.")
    private @Nullable Path plot;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;

    FitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        checkOptions();
        Map<String, Double> start = Assignments.numbers("--start", startTexts);
        FitModel model = FitModel.of(Wengert.formula(text), start.keySet());
        Bounds bounds = bounds(start);
        PrintWriter err = spec.commandLine().getErr();
        CsvTable table;
        Fit fit;
        try (Progress progress = new Progress(err, terminal)) {
            table = read(model, progress);
            fit = fit(model, table, start, bounds, progress);
        }
        if (table.skipped() > 0) {
            err.printf(Locale.ROOT, "wengert: %s: %,d of %,d rows lack a value and were skipped%n",
                    file, table.skipped(), table.skipped() + table.rows());
        }
        print(model, table, fit);
        if (plot != null) {
            FitPlot picture = FitPicture.of(model, table, model.observations(file, table), fit, Wengert.formula(text));
            Path target = plot;
            try {
                Output.write(target, out -> picture.write(target.toString(), out));
            } catch (IOException problem) {
                throw Problem.input("--plot: " + target + " cannot be written: " + problem.getMessage());
            }
        }
        if (!fit.converged()) {
            err.println("wengert: not converged: " + named(fit.message(), model));
            return Problem.FAILED;
        }
        return 0;
    }

    private void checkOptions() {
        if (mostIterations < 0) {
            throw Problem.input("--max-iterations: should be at least 0, but is " + mostIterations);
        }
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw Problem.input("--tolerance: should be at least 0 and less than 1, but is " + tolerance);
        }
        if (plot != null) {
            if (!FitPlot.canWrite(plot.toString())) {
                throw Problem.input("--plot: the file should end in .svg or .png, but is " + plot);
            }
            Output.check("--plot", plot);
        }
    }

    private Bounds bounds(Map<String, Double> start) {
        Map<String, Double> lower = lowerTexts.isEmpty() ? Map.of() : Assignments.numbers("--lower", lowerTexts);
        Map<String, Double> upper = upperTexts.isEmpty() ? Map.of() : Assignments.numbers("--upper", upperTexts);
        List<String> parameters = List.copyOf(start.keySet());
        Require.known("--lower", lower.keySet(), parameters, "--start");
        Require.known("--upper", upper.keySet(), parameters, "--start");
        Bounds bounds = Bounds.none(parameters.size());
        for (int j = 0; j < parameters.size(); j++) {
            String name = parameters.get(j);
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

    private CsvTable read(FitModel model, Progress progress) {
        char cells = CsvTable.separator(separator);
        List<String> header = CsvTable.header(file, cells);
        List<String> unknown = model.onRight().stream().filter(name -> !header.contains(name)).toList();
        if (header.containsAll(model.onLeft()) && !unknown.isEmpty() && header.size() > 1) {
            throw Problem.input("formula: " + unknown.getFirst() + " is neither a column of " + file + " ("
                    + String.join(", ", header) + ") nor a parameter with a start (--start)");
        }
        List<String> names = new ArrayList<>(model.columns());
        if (weights != null) {
            names.add(weights);
        }
        CsvTable table = CsvTable.read(file, cells, names, missing == Missing.SKIP, progress);
        if (table.rows() == 0) {
            throw Problem.input(file + ": there are no rows with data");
        }
        return table;
    }

    private Fit fit(FitModel model, CsvTable table, Map<String, Double> start, Bounds bounds, Progress progress) {
        LeastSquares problem = model.problem(file, table).within(bounds);
        if (weights != null) {
            problem = problem.weighted(checkedWeights(table, weights));
        }
        return new LevenbergMarquardt()
                .withAcceleration(method == Method.GEODESIC)
                .withMostIterations(mostIterations)
                .withTolerance(tolerance)
                .withListener(iteration -> {
                    progress.show(() -> String.format(Locale.ROOT, "iteration %d: residual sum of squares %.10g",
                            iteration.number(), iteration.value()));
                    return true;
                })
                .minimize(problem, start.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    private double[] checkedWeights(CsvTable table, String column) {
        double[] checked = table.column(column);
        boolean any = false;
        for (int i = 0; i < checked.length; i++) {
            if (checked[i] < 0) {
                throw Problem.input(file + ": line " + table.line(i) + ": the weight " + checked[i] + " in " + column
                        + " should not be negative");
            }
            any |= checked[i] > 0;
        }
        if (!any) {
            throw Problem.input(file + ": all weights in " + column + " are zero");
        }
        return checked;
    }

    private void print(FitModel model, CsvTable table, Fit fit) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(json(model, fit)));
            return;
        }
        out.println(terminal.bold(Wengert.formula(text)));
        out.printf(Locale.ROOT, "%s, %,d rows%n%n", file, table.rows());
        TextTable parameters = new TextTable().row("parameter", "value", "standard error", "relative");
        for (int j = 0; j < model.parameters().size(); j++) {
            double value = fit.parameters()[j];
            double error = fit.standardErrors()[j];
            parameters.row(
                    model.parameters().get(j), digits(value, 10), Double.isNaN(error) ? "-" : digits(error, 7),
                    Double.isNaN(error) || value == 0 ? "-" : digits(100 * Math.abs(error / value), 3) + " %");
        }
        out.println(parameters);
        TextTable whole = new TextTable()
                .row("residual sum of squares", digits(fit.residualSumOfSquares(), 10))
                .row("residual standard deviation", digits(fit.statistics().residualStandardDeviation(), 10))
                .row("degrees of freedom", Integer.toString(fit.statistics().degreesOfFreedom()))
                .row("R squared", digits(fit.statistics().rSquared(), 10));
        out.println(whole);
        String outcome = fit.converged() ? "converged" : "NOT converged";
        out.printf("%s after %d iteration%s: %s%n", terminal.good(outcome, fit.converged()),
                fit.iterations(), fit.iterations() == 1 ? "" : "s", named(fit.message(), model));
        fit.statistics().notes().forEach(note -> out.println("note: " + named(note, model)));
    }

    private static Map<String, Object> json(FitModel model, Fit fit) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("parameters", byName(model, fit.parameters()));
        json.put("standardErrors", byName(model, fit.standardErrors()));
        json.put("residualSumOfSquares", fit.residualSumOfSquares());
        json.put("residualStandardDeviation", fit.statistics().residualStandardDeviation());
        json.put("degreesOfFreedom", fit.statistics().degreesOfFreedom());
        json.put("iterations", fit.iterations());
        json.put("converged", fit.converged());
        return json;
    }

    private static Map<String, Object> byName(FitModel model, double[] numbers) {
        Map<String, Object> byName = new LinkedHashMap<>();
        IntStream.range(0, numbers.length).forEach(j -> byName.put(model.parameters().get(j), numbers[j]));
        return byName;
    }

    /** A number with so many significant digits, without zeros at the end of its fraction. */
    static String digits(double x, int digits) {
        String text = String.format(Locale.ROOT, "%." + digits + "g", x);
        int exponent = text.indexOf('e');
        String mantissa = exponent < 0 ? text : text.substring(0, exponent);
        if (mantissa.contains(".")) {
            mantissa = mantissa.replaceAll("\\.?0+$", "");
        }
        return mantissa + (exponent < 0 ? "" : text.substring(exponent));
    }

    private static final Pattern INDICES = Pattern.compile("(parameters? )(\\d+|\\[[\\d, ]+])");

    /** The message of the solver, which counts parameters, with their names. */
    private static String named(String message, FitModel model) {
        return INDICES.matcher(message).replaceAll(found -> found.group(1) + names(found, model));
    }

    private static String names(MatchResult found, FitModel model) {
        return Pattern.compile("\\d+")
                .matcher(found.group(2).replaceAll("[\\[\\]]", ""))
                .replaceAll(index -> model.parameters().get(Integer.parseInt(index.group())));
    }
}
