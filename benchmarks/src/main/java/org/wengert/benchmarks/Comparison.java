package org.wengert.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the side-by-side benchmarks and prints them as Markdown tables. See {@link Settings#USAGE}.
 *
 * <p>Before anything is measured, {@link Agreement} asserts that all libraries compute the same. Every measurement is a
 * process of its own. The libraries of one row are measured right after another, and rounds go over the whole table anew, so that
 * a machine that slows down for a while changes both sides of a ratio.
 */
public final class Comparison {

    private Comparison() {}

    /** Runs what the arguments ask for. */
    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            System.out.println(Settings.USAGE);
            return;
        }
        Settings settings;
        try {
            settings = Settings.parse(arguments);
        } catch (IllegalArgumentException problem) {
            System.err.println("benchmarks/run: " + problem.getMessage());
            System.exit(2);
            return;
        }
        for (Function f : settings.functions()) {
            for (int n : settings.sizes()) {
                Agreement.check(f, n);
            }
        }
        System.err.println("All libraries agree.");
        var measured = new EnumMap<Operation, Map<Table.Row, Map<String, Cell>>>(Operation.class);
        Path log = Files.createTempFile("wengert-benchmarks", ".log");
        int done = 0;
        int total = settings.rows() * settings.rounds();
        long start = System.nanoTime();
        for (int round = 0; round < settings.rounds(); round++) {
            for (Operation operation : settings.operations()) {
                var rows = measured.computeIfAbsent(operation, _ -> new LinkedHashMap<>());
                for (Table.Row row : settings.rowsOf(operation)) {
                    var cells = rows.computeIfAbsent(row, _ -> new LinkedHashMap<>());
                    for (RunResult result : run(operation, row, settings, log)) {
                        cells.computeIfAbsent(label(result), _ -> new Cell()).add(result);
                    }
                    System.err.printf("%d of %d rows, %d s: %s %s%n",
                            ++done, total, (System.nanoTime() - start) / 1_000_000_000, operation, row);
                }
            }
        }
        Files.delete(log);
        System.out.println(Table.heading(settings));
        measured.forEach((operation, rows) -> System.out.println(Table.of(operation, rows)));
    }

    private static Iterable<RunResult> run(Operation operation, Table.Row row, Settings settings, Path log)
            throws RunnerException {
        var options = new OptionsBuilder()
                .include(operation.benchmark().getName().replace(".", "\\.") + "\\..*")
                .param("function", row.function().name())
                .param("n", Integer.toString(row.n()))
                .param("profile", row.profile().name())
                .forks(1)
                .warmupIterations(settings.warmups())
                .warmupTime(TimeValue.milliseconds(settings.millis()))
                .measurementIterations(settings.iterations())
                .measurementTime(TimeValue.milliseconds(settings.millis()))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .output(log.toString())
                .build();
        return new Runner(options).run();
    }

    private static String label(RunResult result) {
        return result.getParams().getBenchmark().replaceFirst(".*\\.", "");
    }

    /** The measurements of one library in one row. */
    static final class Cell {

        private final List<Double> nanoseconds = new ArrayList<>();
        private final List<Double> bytes = new ArrayList<>();

        private void add(RunResult result) {
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                fork.getIterationResults().forEach(i -> nanoseconds.add(i.getPrimaryResult().getScore()));
                fork.getSecondaryResults().forEach((name, secondary) -> {
                    if (name.endsWith("gc.alloc.rate.norm")) {
                        bytes.add(secondary.getScore());
                    }
                });
            }
        }

        /** The median of all iterations of all rounds. */
        double nanoseconds() {
            return quantile(nanoseconds, 0.5);
        }

        /** Half the distance between the quartiles, relative to the median. */
        double spread() {
            return (quantile(nanoseconds, 0.75) - quantile(nanoseconds, 0.25)) / 2 / nanoseconds();
        }

        /** Bytes allocated per call. */
        double bytes() {
            return quantile(bytes, 0.5);
        }

        private static double quantile(List<Double> values, double p) {
            List<Double> sorted = values.stream().sorted().toList();
            double at = p * (sorted.size() - 1);
            int below = (int) at;
            int above = Math.min(below + 1, sorted.size() - 1);
            return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
        }
    }
}
