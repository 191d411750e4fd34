package org.wengert.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.wengert.cli.bench.GpuBench;
import org.wengert.cli.bench.GpuCase;
import org.wengert.gpu.GpuException;
import picocli.CommandLine.Model.CommandSpec;

/** {@code wengert bench --device gpu}: runs the cases, and prints a table or JSON. */
record GpuBenchReport(CommandSpec spec, Terminal terminal) {

    void run(String name, int points, double seconds, boolean json) {
        List<GpuCase> cases = GpuCase.all().stream().filter(c -> c.name().startsWith(name)).toList();
        if (cases.isEmpty()) {
            throw Problem.input("NAME: there is no case '" + name + "' for a GPU; there are "
                    + GpuCase.all().stream().map(GpuCase::name).collect(Collectors.joining(", ")));
        }
        PrintWriter out = spec.commandLine().getOut();
        GpuBench bench;
        try (Progress progress = new Progress(spec.commandLine().getErr(), terminal)) {
            bench = open(seconds, progress);
            for (GpuCase c : cases) {
                bench.run(c, points > 0 ? new int[] {points} : GpuBench.sizes());
            }
        } catch (GpuException e) {
            throw Problem.failed("the GPU failed: " + e.getMessage());
        } catch (IllegalStateException e) {
            throw Problem.failed(String.valueOf(e.getMessage()));
        }
        if (json) {
            out.println(Json.of(bench.json()));
        } else {
            bench.machine().forEach(out::println);
            out.println();
            out.print(table(bench));
            bench.skipped().forEach(what -> out.println("not measured: " + what));
        }
        if (!bench.agrees()) {
            throw Problem.failed("results of the GPU differ from the CPU's by more than rounding");
        }
    }

    private static GpuBench open(double seconds, Progress progress) {
        try {
            return new GpuBench(seconds, what -> progress.show(() -> what));
        } catch (GpuException e) {
            throw Problem.input("--device: there is no GPU to run on: " + e.getMessage() + "; 'wengert doctor' says more");
        }
    }

    private static TextTable table(GpuBench bench) {
        TextTable table = new TextTable();
        table.row("case", "points", "where", "ns a point", "of the bandwidth", "largest difference");
        for (GpuBench.Row row : bench.rows()) {
            table.row(row.name(), String.format(Locale.ROOT, "%,d", row.points()), row.mode(),
                    String.format(Locale.ROOT, "%.3g", 1e9 * row.seconds() / row.points()),
                    Double.isNaN(row.fraction()) ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * row.fraction()),
                    Double.isNaN(row.worst()) ? "" : String.format(Locale.ROOT, "%.1e", row.worst()));
        }
        return table;
    }
}
