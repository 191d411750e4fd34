package org.wengert.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.wengert.core.formula.Formula;
import org.wengert.gpu.GpuException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wengert batch}: values and derivatives of a formula at every row of a file. */
@Command(
        name = "batch",
        header = "Values and derivatives of a formula at every row of a CSV file.",
        description = {
            "",
            "The variables of FORMULA are columns of POINTS, which is CSV with a header (cells may be quoted, lines",
            "that begin with # are comments), or have one value for all rows (--at).",
            "",
            "The output has one row a point and these columns, f being f1, f2, ... where there are several formulas:",
            "  f         the value",
            "  df_dx     its derivative by x           (--gradient, --jacobian)",
            "  f_jvp     its derivative along v        (--jvp)",
            "  f_hvp_x   row x of its Hessian times v  (--hvp)",
            "",
            "Files of any size are read and written piece by piece, in constant memory.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  wengert batch 'x*y + sin(x)' points.csv --gradient --output results.csv",
            "  wengert batch 'r*cos(t); r*sin(t)' points.csv --jacobian --keep --output results.csv",
            "  wengert batch 'a*exp(-b*x)' points.csv --at a=2,b=0.1 --hvp x=1 --output results.csv"
        })
final class BatchCommand implements Runnable {

    /** What to do with rows that lack a value. */
    enum Missing {
        /** Refuse the file. */
        ERROR,
        /** Leave them out. */
        SKIP
    }

    /** Rows of a piece: enough for all cores, and for a GPU, each call of which costs as much as a thousand points. */
    private static final int PIECE = 65_536;

    /** Bytes of a piece with its results: wide tables have pieces of fewer rows. */
    private static final int PIECE_BYTES = 32 << 20;

    /** Pieces that are read ahead of the one that is written. */
    private static final int AHEAD = 4;

    @Parameters(index = "0", paramLabel = "FORMULA", description = "One formula, or several separated by ';'.")
    private String text = "";

    @Parameters(index = "1", paramLabel = "POINTS", description = "The CSV file.")
    private Path file = Path.of("");

    @Option(names = "--output", required = true, paramLabel = "OUT.csv", description = "The file to write.")
    private Path output = Path.of("");

    @Option(names = "--gradient", description = "Also the gradient; one formula.")
    private boolean gradient;

    @Option(names = "--jacobian", description = "Also all first derivatives of all formulas.")
    private boolean jacobian;

    @Option(
            names = "--jvp",
            paramLabel = "x=1,y=0",
            description = "Also the derivative along this direction; what it does not name stands still.")
    private List<String> alongTexts = List.of();

    @Option(
            names = "--hvp",
            paramLabel = "x=1,y=0",
            description = "Also the Hessian times this direction; what it does not name stands still.")
    private List<String> secondTexts = List.of();

    @Option(
            names = "--wrt",
            paramLabel = "x,y",
            description = "Differentiate with respect to these (default: all columns of the formula, in its order).")
    private List<String> wrtTexts = List.of();

    @Option(names = "--at", paramLabel = "a=1,b=2", description = "Variables that are the same at all points.")
    private List<String> atTexts = List.of();

    @Option(names = "--keep", description = "Also write the columns of the formula's variables, in front.")
    private boolean keep;

    @Option(
            names = "--missing",
            paramLabel = "error|skip",
            description = "What to do with rows that lack a value (default: error).")
    private Missing missing = Missing.ERROR;

    @Option(
            names = "--separator",
            paramLabel = "C",
            description = "What stands between two cells, in both files: a character or 'tab' (default: a comma).")
    private String separator = ",";

    @Option(
            names = "--device",
            paramLabel = "cpu|gpu|auto",
            description = "Where to compute; auto measures both where that pays (default: auto).")
    private BatchDevice.Wanted device = BatchDevice.Wanted.AUTO;

    @Option(names = "--report", description = "Also say where it was computed, and why there.")
    private boolean report;

    @Option(names = "--force", description = "Replace the output if it exists.")
    private boolean force;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;

    BatchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        BatchColumns columns = columns(DerivedFormula.parse(Wengert.formula(text)));
        char cells = CsvTable.separator(separator);
        var place = new BatchDevice(device, columns);
        place.check();
        checkOutput();
        checkHeader(columns, cells);
        long start = System.nanoTime();
        Counts counts;
        try (Progress progress = new Progress(spec.commandLine().getErr(), terminal)) {
            counts = write(columns, place, cells, progress);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        PrintWriter out = spec.commandLine().getOut();
        if (counts.skipped > 0) {
            spec.commandLine().getErr().printf(Locale.ROOT, "wengert: %s: %,d of %,d rows lack a value and were skipped%n",
                    file, counts.skipped, counts.skipped + counts.points);
        }
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("points", counts.points);
            object.put("seconds", seconds);
            object.put("device", place.name());
            if (report) {
                object.put("report", place.report());
            }
            out.println(Json.of(object));
        } else {
            out.printf(Locale.ROOT, "%s: %,d points in %.2f s, %,.0f a second, on the %s%n",
                    output, counts.points, seconds, counts.points / seconds, place.name().toUpperCase(Locale.ROOT));
            if (report) {
                out.println(place.report());
            }
        }
    }

    private BatchColumns columns(Formula formula) {
        Map<String, Double> fixed = atTexts.isEmpty() ? Map.of() : Assignments.numbers("--at", atTexts);
        Require.known("--at", fixed.keySet(), formula.names(), "the formula");
        List<String> varying = formula.names().stream().filter(name -> !fixed.containsKey(name)).toList();
        if (varying.isEmpty()) {
            throw Problem.input("formula: none of its variables is a column, so that it is the same at all points; "
                    + "'wengert derive' evaluates it once");
        }
        List<String> wrt = wrtTexts.isEmpty() ? varying : Assignments.names("--wrt", wrtTexts);
        Require.known("--wrt", wrt, varying, "the columns of the formula");
        if (gradient && formula.outputs() > 1) {
            throw Problem.input("--gradient: there are " + formula.outputs() + " formulas; --jacobian gives the "
                    + "derivatives of all of them");
        }
        return new BatchColumns(formula, fixed, wrt, new BatchColumns.Wanted(
                gradient || jacobian, direction("--jvp", alongTexts, wrt), direction("--hvp", secondTexts, wrt)));
    }

    private static double[] direction(String option, List<String> texts, List<String> wrt) {
        if (texts.isEmpty()) {
            return new double[0];
        }
        Map<String, Double> along = Assignments.numbers(option, texts);
        Require.known(option, along.keySet(), wrt, "the columns to differentiate by");
        along.forEach((name, number) -> {
            if (number.isNaN()) {
                throw Problem.input(option + ": " + name + " should be a number, but is NaN");
            }
        });
        return wrt.stream().mapToDouble(name -> along.getOrDefault(name, 0.0)).toArray();
    }

    private void checkOutput() {
        Output.check("--output", output);
        if (Files.isRegularFile(output) && !force) {
            throw Problem.input("--output: " + output + " exists; --force replaces it");
        }
    }

    private void checkHeader(BatchColumns columns, char cells) {
        List<String> header = CsvTable.header(file, cells);
        List<String> unknown = columns.inputs().stream().filter(name -> !header.contains(name)).toList();
        if (!unknown.isEmpty() && unknown.size() < columns.inputs().size()) {
            throw Problem.input("formula: " + unknown.getFirst() + " is not a column of " + file + " ("
                    + String.join(", ", header) + "); --at gives variables one value for all rows");
        }
    }

    /** How many points there were, and how many rows were left out. */
    private record Counts(long points, long skipped) {}

    private Counts write(BatchColumns columns, BatchDevice place, char cells, Progress progress) {
        try {
            Counts counts;
            try {
                counts = writeOnce(columns, place, cells, progress);
            } catch (GpuException failure) {
                boolean nothingHandedOut = !Files.exists(output) || Files.isRegularFile(output);
                if (!nothingHandedOut || !Files.isRegularFile(file) || !place.replaced(failure)) {
                    throw Problem.failed("the GPU failed: " + failure.getMessage());
                }
                counts = writeOnce(columns, place, cells, progress);
            }
            if (counts.points == 0 && counts.skipped > 0) {
                throw Problem.input(file + ": every row lacks a value");
            }
            return counts;
        } catch (IOException problem) {
            throw Problem.input("--output: " + output + " cannot be written: " + problem.getMessage());
        }
    }

    private Counts writeOnce(BatchColumns columns, BatchDevice place, char cells, Progress progress) throws IOException {
        long[] counts = new long[2];
        long row = 8L * (columns.inputs().size() + columns.names().size());
        int most = Math.clamp(PIECE_BYTES / row, 1, PIECE);
        Output.write(output, out -> {
            String front = keep ? columns.inputs().stream().map(BatchCommand::quoted)
                    .collect(Collectors.joining(cells + "")) + cells : "";
            out.write((front + String.join(cells + "", columns.names()) + "\n").getBytes(StandardCharsets.UTF_8));
            try (Pipeline pipeline = new Pipeline(columns, place, cells, out, progress)) {
                counts[1] = CsvTable.stream(
                        file, cells, columns.inputs(), missing == Missing.SKIP, most, pipeline::accept);
                counts[0] = pipeline.finish();
            }
        });
        return new Counts(counts[0], counts[1]);
    }

    /** How many rows a file has, going by its size and its first lines; 0 if that cannot be known. */
    private static long rows(Path file) {
        if (!Files.isRegularFile(file)) {
            return 0;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(1 << 16);
            long lines = IntStream.range(0, start.length).filter(i -> start[i] == '\n').count();
            return lines == 0 ? 1 : lines * Files.size(file) / start.length;
        } catch (IOException _) {
            return 0; // it will be noticed where the file is read
        }
    }

    private static String quoted(String name) {
        return name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_') ? name
                : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Computes and writes pieces in another thread than the one that reads them, in their order. */
    private final class Pipeline implements AutoCloseable {

        private final BatchColumns columns;
        private final BatchDevice place;
        private final long rows = rows(file);
        private final char cells;
        private final OutputStream out;
        private final Progress progress;
        private final ExecutorService worker = Executors.newSingleThreadExecutor(
                work -> Thread.ofPlatform().name("wengert-batch").daemon().unstarted(work));
        private final List<Future<?>> waiting = new ArrayList<>();
        private final long start = System.nanoTime();
        private long points;

        Pipeline(BatchColumns columns, BatchDevice place, char cells, OutputStream out, Progress progress) {
            this.columns = columns;
            this.place = place;
            this.cells = cells;
            this.out = out;
            this.progress = progress;
        }

        void accept(CsvTable piece) {
            if (waiting.size() == AHEAD) {
                done(waiting.removeFirst());
            }
            waiting.add(worker.submit(() -> write(piece)));
            points += piece.rows();
            progress.show(() -> String.format(Locale.ROOT, "%s: %,d points, %,.0f a second",
                    file, points, points / ((System.nanoTime() - start) / 1e9)));
        }

        private void write(CsvTable piece) {
            double[][] in = columns.inputs().stream().map(piece::column).toArray(double[][]::new);
            double[][] results = place.of(piece, rows);
            List<byte[]> texts = BatchSweep.slices(piece.rows()).mapToObj(first ->
                    text(in, results, first, Math.min(piece.rows(), first + BatchSweep.SLICE))).toList();
            try {
                for (byte[] text : texts) {
                    out.write(text);
                }
            } catch (IOException problem) {
                throw Problem.input("--output: " + output + " cannot be written: " + problem.getMessage());
            }
        }

        private byte[] text(double[][] in, double[][] results, int from, int to) {
            StringBuilder rows = new StringBuilder(24 * results.length * (to - from));
            for (int row = from; row < to; row++) {
                for (double[] column : keep ? in : new double[0][]) {
                    rows.append(column[row]).append(cells);
                }
                for (int j = 0; j < results.length; j++) {
                    if (j > 0) {
                        rows.append(cells);
                    }
                    rows.append(results[j][row]);
                }
                rows.append('\n');
            }
            return rows.toString().getBytes(StandardCharsets.ISO_8859_1);
        }

        /** Waits until everything is written; how many points that were. */
        long finish() {
            waiting.forEach(Pipeline::done);
            return points;
        }

        private static void done(Future<?> piece) {
            try {
                piece.get();
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                throw Problem.failed("interrupted");
            } catch (ExecutionException problem) {
                switch (problem.getCause()) {
                    case RuntimeException ours -> throw ours;
                    case Error error -> throw error;
                    case null, default -> throw new IllegalStateException(problem);
                }
            }
        }

        @Override
        public void close() {
            worker.shutdownNow();
        }
    }
}
