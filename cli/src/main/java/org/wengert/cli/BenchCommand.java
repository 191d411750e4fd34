package org.wengert.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wengert.cli.bench.BenchCase;
import org.wengert.cli.bench.Cases;
import org.wengert.cli.bench.Measurement;
import org.wengert.cli.bench.Peers;
import org.wengert.core.simd.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wengert bench}: how long derivatives take here. */
@Command(
        name = "bench",
        header = "Measure how long derivatives take on this machine.",
        description = {
            "",
            "Runs functions in several ways side by side, after checking that all compute the same: in plain Java, with",
            "derivatives by hand, by eager numbers, by the engines for batches, and by other libraries for Java.",
            "Prints medians in nanoseconds a point, with the ratio to plain Java or to derivatives by hand.",
            "",
            "NAME is a case or what several begin with; --list shows them.",
            "",
            "With --device gpu three cases run on a GPU, at 10^4 to 10^8 points or at --points: with the points on the",
            "device (resident), and from Java arrays into Java arrays (streamed), beside the CPU's engine on all cores.",
            "All results are compared. The JSON is a report that can be sent to somebody.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  wengert bench bundle-adjustment",
            "  wengert bench gaussian-mixture --points 10000 --threads 2",
            "  wengert bench --device gpu --json",
            "  wengert bench --list"
        })
final class BenchCommand implements Runnable {

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "The case (default: all of them).")
    private String name = "";

    @Option(names = "--points", paramLabel = "N", description = "How many points (default: what suits the case).")
    private int points;

    @Option(names = "--threads", paramLabel = "N", description = "How many threads (default: ${DEFAULT-VALUE}).")
    private int threads = 1;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long to warm up each way of computing, and to measure it (default: ${DEFAULT-VALUE}).")
    private double seconds = 1.5;

    @Option(
            names = "--peers",
            paramLabel = "FILE",
            description = "Set measurements of programs in other languages beside ours: what benchmarks/peers/run printed.")
    private @Nullable Path peers;

    @Option(names = "--device", paramLabel = "cpu|gpu", description = "What to measure (default: cpu).")
    private Device device = Device.CPU;

    /** What is measured. */
    enum Device {
        /** Engines and code by hand on this machine's cores. */
        CPU,
        /** Kernels on a GPU. */
        GPU
    }

    @Option(names = "--list", description = "List the cases.")
    private boolean list;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;

    BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (device == Device.GPU && !list) {
            checkOptions();
            new GpuBenchReport(spec, terminal).run(name, points, seconds, json);
            return;
        }
        List<BenchCase> cases = name.isEmpty() ? Cases.all() : Cases.named(name);
        if (cases.isEmpty()) {
            throw Problem.input("NAME: there is no case '" + name + "'; there are "
                    + Cases.all().stream().map(BenchCase::name).collect(Collectors.joining(", ")));
        }
        if (list) {
            TextTable table = new TextTable();
            cases.forEach(c -> table.row(c.name() + "  " + c.title()));
            out.print(table);
            return;
        }
        checkOptions();
        Peers others = readPeers();
        Map<BenchCase, List<Measurement>> results = new LinkedHashMap<>();
        try (Progress progress = new Progress(spec.commandLine().getErr(), terminal)) {
            for (BenchCase c : cases) {
                int count = count(c);
                List<Measurement> measured = new ArrayList<>(Measurement.of(c.contenders(count, threads), count, seconds,
                        what -> progress.show(() -> c.name() + ": " + what)));
                measured.addAll(others.of(c.name(), count, measured));
                results.put(c, measured);
            }
        } catch (IllegalStateException disagreement) {
            throw Problem.failed(String.valueOf(disagreement.getMessage()));
        }
        if (json) {
            out.println(Json.of(json(results)));
        } else {
            out.println(machine());
            out.println();
            out.print(table(results));
        }
    }

    private Peers readPeers() {
        if (peers == null) {
            return new Peers(List.of());
        }
        try {
            return new Peers(Files.readAllLines(peers));
        } catch (IOException e) {
            throw Problem.input("--peers: cannot read " + peers + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw Problem.input("--peers: " + peers + ", " + e.getMessage());
        }
    }

    private void checkOptions() {
        int most = device == Device.GPU ? 1_000_000_000 : 10_000_000;
        boolean given = spec.commandLine().getParseResult().hasMatchedOption("--points");
        if (given && (points < 1 || points > most)) {
            throw Problem.input("--points: should be from 1 to " + most + ", but is " + points);
        }
        if (threads < 1 || threads > 1024) {
            throw Problem.input("--threads: should be from 1 to 1024, but is " + threads);
        }
        if (!(seconds > 0 && seconds <= 600)) {
            throw Problem.input("--seconds: should be more than 0 and at most 600, but is " + seconds);
        }
    }

    private int count(BenchCase c) {
        return points > 0 && c.points() > 1 ? points : c.points();
    }

    private String machine() {
        return Kernels.best().description() + ", " + (threads == 1 ? "1 thread" : threads + " threads") + ", "
                + System.getProperty("java.vm.name") + " " + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors";
    }

    /** One row for each case and task, one column for each engine; the first of the task is what others are compared with. */
    private TextTable table(Map<BenchCase, List<Measurement>> results) {
        Set<String> engines = new LinkedHashSet<>();
        results.values().forEach(all -> all.forEach(m -> engines.add(column(m))));
        TextTable table = new TextTable();
        List<String> heading = new ArrayList<>(List.of("nanoseconds a point", "points", ""));
        engines.forEach(engine -> {
            heading.add(engine);
            heading.add("");
        });
        table.row(heading);
        results.forEach((c, all) -> {
            Map<String, Map<String, Measurement>> tasks = new LinkedHashMap<>();
            all.forEach(m -> tasks.computeIfAbsent(m.contender().task(), _ -> new LinkedHashMap<>()).put(column(m), m));
            tasks.forEach((task, byEngine) -> {
                List<String> row = new ArrayList<>(
                        List.of(c.name(), String.format(Locale.ROOT, "%,d", count(c)), task));
                double first = byEngine.values().iterator().next().nanoseconds();
                for (String engine : engines) {
                    Measurement m = byEngine.get(engine);
                    row.add(m == null ? "" : digits(m.nanoseconds()));
                    row.add(m == null || m.nanoseconds() == first ? "" : "(x" + digits(m.nanoseconds() / first) + ")");
                }
                table.row(row);
            });
        });
        return table;
    }

    /** Plain values and derivatives by hand are the same code for a reader: one column. */
    private static String column(Measurement m) {
        String engine = m.contender().engine();
        return switch (engine) {
            case "plain Java" -> "Java by hand";
            case "C++ function" -> "C++ by hand";
            default -> engine;
        };
    }

    /** Three significant digits. */
    private static String digits(double x) {
        int decimals = x >= 100 ? 0 : x >= 10 ? 1 : x >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", x);
    }

    private Map<String, Object> json(Map<BenchCase, List<Measurement>> results) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("engine", Kernels.best().description());
        json.put("vectorBits", Kernels.best().bits());
        json.put("threads", threads);
        json.put("java", System.getProperty("java.version"));
        json.put("processors", Runtime.getRuntime().availableProcessors());
        List<Map<String, Object>> rows = new ArrayList<>();
        results.forEach((c, all) -> {
            Map<String, Double> first = new LinkedHashMap<>();
            for (Measurement m : all) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("case", c.name());
                row.put("engine", m.contender().engine());
                row.put("task", m.contender().task());
                row.put("points", count(c));
                row.put("nanoseconds", m.nanoseconds());
                row.put("low", m.low());
                row.put("high", m.high());
                first.putIfAbsent(m.contender().task(), m.nanoseconds());
                row.put("ratio", m.nanoseconds() / first.getOrDefault(m.contender().task(), Double.NaN));
                double[] sums = m.sums();
                row.put("sum", sums[0]);
                row.put("size", sums[1]);
                row.put("cosine", sums[2]);
                rows.add(row);
            }
        });
        json.put("results", rows);
        return json;
    }
}
