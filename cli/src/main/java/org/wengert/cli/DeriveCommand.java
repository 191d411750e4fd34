package org.wengert.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wengert derive}: value and exact derivatives of a formula at a point. */
@Command(
        name = "derive",
        header = "Value and exact derivatives of a formula at a point.",
        description = {
            "",
            "One output: value, gradient. Several (separated by ';'): values, Jacobian.",
            "Entries are in the order of --wrt, or else of --at.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  wengert derive 'x*y + sin(x)' --at x=1,y=2 --order 2",
            "  wengert derive 'r*cos(t); r*sin(t)' --at r=2,t=0.5",
            "  wengert derive 'exp(-x^2)' --at x=1 --order 8",
            "  wengert derive 'log(x)/y' --at x=2,y=3 --check",
            "  wengert derive 'r*cos(t); r*sin(t)' --at r=2,t=0.5 --report"
            })
final class DeriveCommand implements Runnable {

    /** 170! is the last factorial that is a double. */
    private static final int MOST_ORDERS = 170;

    @Parameters(paramLabel = "FORMULA", description = "One formula, or several separated by ';'.")
    private String text = "";

    @Option(names = "--at", paramLabel = "x=1,y=2", description = "The point: a number for every variable.")
    private List<String> atTexts = List.of();

    @Option(names = "--wrt", paramLabel = "x,y", description = "Differentiate with respect to these (default: all).")
    private List<String> wrtTexts = List.of();

    @Option(
            names = "--along",
            paramLabel = "x=1,y=0",
            description = "Also the derivative along this direction (jvp); what it does not name stands still.")
    private List<String> alongTexts = List.of();

    @Option(
            names = "--plot",
            paramLabel = "F.svg",
            description = "Draw the Jacobian's sparsity pattern into this file, colored by what is computed together.")
    private @Nullable Path plot;

    @Option(
            names = "--order",
            paramLabel = "K",
            description = "0: value. 1: first derivatives (default). 2: also Hessian and, with --along, its product "
                    + "with the direction (hvp). 3 and more, to 170: also all derivatives along the direction up to "
                    + "this order; where there is one variable, it needs no --along.")
    private int order = 1;

    @Option(
            names = "--check",
            description = "Set finite differences and a complex step beside the first derivatives, with the digits "
                    + "they share.")
    private boolean check;

    @Option(
            names = "--report",
            description = "Say what the derivatives cost: operations, order of accumulation, sparsity pattern, engine.")
    private boolean report;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        if (order < 0 || order > MOST_ORDERS) {
            throw Problem.input("--order: should be from 0 to " + MOST_ORDERS + ", but is " + order);
        }
        DerivedFormula f = DerivedFormula.of(
                Wengert.formula(text),
                atTexts.isEmpty() ? Map.of() : Assignments.numbers("--at", atTexts),
                wrtTexts.isEmpty() ? List.of() : Assignments.names("--wrt", wrtTexts));
        double[] along = direction(f);
        if (plot != null) {
            PatternPicture.check(plot, f);
        }
        if (order > 2 && f.inputs() > 1 && along.length == 0) {
            throw Problem.input("--order: beyond 2 there must be a direction; add --along " + f.wrt().getFirst() + "=1");
        }
        List<Derivatives> results = IntStream.range(0, f.outputs())
                .mapToObj(i -> Derivatives.of(f, i, order, along, check))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(json(f, along, results)));
        } else {
            print(out, f, along, results);
        }
        if (plot != null) {
            PatternPicture.write(plot, f);
        }
    }

    /** The direction, or an empty array if none was given. */
    private double[] direction(DerivedFormula f) {
        if (alongTexts.isEmpty()) {
            return new double[0];
        }
        Map<String, Double> along = Assignments.numbers("--along", alongTexts);
        Require.known("--along", along.keySet(), f.wrt(), wrtTexts.isEmpty() ? "the formula" : "--wrt");
        along.forEach((name, number) -> {
            if (number.isNaN()) {
                throw Problem.input("--along: " + name + " should be a number, but is NaN");
            }
        });
        return f.wrt().stream().mapToDouble(name -> along.getOrDefault(name, 0.0)).toArray();
    }

    /**
     * What is derived of one output; what was not asked for is empty.
     *
     * @param value    f(x)
     * @param gradient ∂f/∂xᵢ
     * @param jvp      ∇f·v
     * @param hessian  ∂²f/∂xᵢ∂xⱼ
     * @param hvp      ∇²f·v
     * @param higher   dᵏ/dtᵏ f(x + tv) from k = 0 on
     * @param check    independent estimates of the first derivatives
     */
    private record Derivatives(
            double value, double[] gradient, double jvp, double[][] hessian, double[] hvp, double[] higher,
            DerivativeCheck check) {

        static Derivatives of(DerivedFormula f, int index, int order, double[] along, boolean check) {
            boolean any = f.inputs() > 0;
            boolean first = any && order >= 1;
            boolean second = any && order >= 2;
            boolean directed = along.length > 0;
            double[] x = f.point();
            double[] gradient = first ? f.output(index).gradient(x).gradient() : new double[0];
            double jvp = first && directed ? f.output(index).jvp(x, along).tangent() : Double.NaN;
            return new Derivatives(
                    f.value()[index], gradient, jvp,
                    second ? rows(f.output(index).hessian(x).entries(), x.length) : new double[0][],
                    second && directed ? f.output(index).hvp(x, along).product() : new double[0],
                    any && order > 2
                            ? f.output(index).derivatives(x, directed ? along : new double[] {1}, order).derivatives()
                            : new double[0],
                    first && check
                            ? DerivativeCheck.of(f, index, gradient, along, jvp)
                            : new DerivativeCheck(List.of()));
        }

        private static double[][] rows(double[] entries, int columns) {
            return IntStream.range(0, columns)
                    .mapToObj(i -> Arrays.copyOfRange(entries, i * columns, (i + 1) * columns))
                    .toArray(double[][]::new);
        }
    }

    private Map<String, Object> json(DerivedFormula f, double[] along, List<Derivatives> results) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("value", each(results, Derivatives::value));
        if (order >= 1) {
            json.put(f.outputs() == 1 ? "gradient" : "jacobian", each(results, Derivatives::gradient));
            if (along.length > 0) {
                json.put("jvp", each(results, Derivatives::jvp));
            }
        }
        if (order >= 2) {
            json.put("hessian", each(results, Derivatives::hessian));
            if (along.length > 0) {
                json.put("hvp", each(results, Derivatives::hvp));
            }
        }
        if (order > 2) {
            json.put("derivatives", each(results, Derivatives::higher));
        }
        if (check) {
            json.put("check", each(results, result -> result.check.json()));
        }
        if (report) {
            json.put("report", DerivativeReport.of(f).json());
        }
        return json;
    }

    /** Something of the one output, or a list of it for several. */
    private static Object each(List<Derivatives> results, Function<Derivatives, Object> what) {
        return results.size() == 1 ? what.apply(results.getFirst()) : results.stream().map(what).toList();
    }

    private void print(PrintWriter out, DerivedFormula f, double[] along, List<Derivatives> results) {
        boolean several = results.size() > 1;
        TextTable table = new TextTable();
        if (several) {
            for (int i = 0; i < results.size(); i++) {
                out.println("f" + (i + 1) + " = " + f.formula().output(i));
            }
            out.println();
            table.row(line("", IntStream.rangeClosed(1, results.size()).mapToObj(i -> "f" + i)));
        }
        table.row(line("value", results.stream().map(r -> Double.toString(r.value))));
        for (int j = 0; order >= 1 && j < f.inputs(); j++) {
            int column = j;
            table.row(line("d/d" + f.wrt().get(j), results.stream().map(r -> Double.toString(r.gradient[column]))));
        }
        if (order >= 1 && along.length > 0) {
            table.row(line("along", results.stream().map(r -> Double.toString(r.jvp))));
        }
        out.print(table);
        for (int i = 0; order >= 2 && f.inputs() > 0 && i < results.size(); i++) {
            out.println();
            out.println(several ? "second derivatives of f" + (i + 1) : "second derivatives");
            out.print(second(f, results.get(i)));
        }
        for (int i = 0; order > 2 && f.inputs() > 0 && i < results.size(); i++) {
            double[] higher = results.get(i).higher;
            TextTable orders = new TextTable();
            IntStream.range(0, higher.length)
                    .forEach(k -> orders.row("order " + k, Double.toString(higher[k])));
            out.println();
            out.println("derivatives " + (several ? "of f" + (i + 1) + " " : "")
                    + (along.length > 0 ? "along the direction" : "in " + f.wrt().getFirst()));
            out.print(orders);
        }
        for (int i = 0; i < results.size(); i++) {
            if (!results.get(i).check.entries().isEmpty()) {
                out.println();
                out.print((several ? "f" + (i + 1) + "\n" : "") + results.get(i).check.text());
            }
        }
        if (report) {
            out.println();
            out.print(DerivativeReport.of(f).text());
        }
    }

    private static TextTable second(DerivedFormula f, Derivatives result) {
        TextTable table = new TextTable();
        boolean directed = result.hvp.length > 0;
        table.row(line("", Stream.concat(
                f.wrt().stream().map(name -> "d/d" + name), directed ? Stream.of("along") : Stream.empty())));
        for (int i = 0; i < f.inputs(); i++) {
            table.row(line("d/d" + f.wrt().get(i), Stream.concat(
                    Arrays.stream(result.hessian[i]).mapToObj(Double::toString),
                    directed ? Stream.of(Double.toString(result.hvp[i])) : Stream.empty())));
        }
        return table;
    }

    private static List<String> line(String first, Stream<String> rest) {
        return Stream.concat(Stream.of(first), rest).toList();
    }
}
