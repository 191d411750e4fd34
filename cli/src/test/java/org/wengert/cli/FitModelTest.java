package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.hessian.Fit;
import org.wengert.hessian.LeastSquares;
import org.wengert.hessian.LevenbergMarquardt;

/** Models of many rows, which run as batches. */
class FitModelTest {

    private static final String MODEL = "y = a*exp(-b*x) + c*t";

    @TempDir
    private Path folder = Path.of("");

    /** Rows of 2·exp(-0.7·x) - 0.5·t and noise. */
    private Path data(int rows) throws IOException {
        Path file = folder.resolve("data.csv");
        var random = new Random(rows);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("x,t,y\n");
            for (int i = 0; i < rows; i++) {
                double x = 5 * random.nextDouble();
                double t = random.nextDouble();
                double y = 2 * Math.exp(-0.7 * x) - 0.5 * t + 0.01 * random.nextGaussian();
                out.write(x + "," + t + "," + y + "\n");
            }
        }
        return file;
    }

    @Test
    void theBatchGivesTheFitOfTheRows() throws IOException {
        Set<String> parameters = new TreeSet<>(Set.of("a", "b", "c"));
        FitModel model = FitModel.of(MODEL, parameters);
        for (int rows : new int[] {2048, 2049, 5000}) {
            Path file = data(rows);
            CsvTable table;
            try (Progress progress = new Progress(new PrintWriter(Writer.nullWriter()), Terminal.NONE)) {
                table = CsvTable.read(file, ',', model.columns(), false, progress);
            }
            assertEquals(rows, table.rows());
            LeastSquares byRow = LeastSquares.model(3, model.observations(file, table), model.prediction(table));
            double[] start = {1, 1, 0};
            Fit expected = new LevenbergMarquardt().minimize(byRow, start);
            Fit fit = new LevenbergMarquardt().minimize(model.problem(file, table), start);
            assertTrue(expected.converged() && fit.converged(), fit.message());
            for (int j = 0; j < 3; j++) {
                assertEquals(expected.parameters()[j], fit.parameters()[j], 1e-10 * Math.abs(expected.parameters()[j]));
                assertEquals(expected.standardErrors()[j], fit.standardErrors()[j], 1e-10 * expected.standardErrors()[j]);
            }
            assertEquals(expected.residualSumOfSquares(), fit.residualSumOfSquares(), 1e-12 * expected.residualSumOfSquares());
            assertEquals(0.5, Math.abs(fit.parameters()[2]), 0.01, Arrays.toString(fit.parameters()));
        }
    }

    @Test
    void aMillionRowsFitIntoAGibibyte() throws Exception {
        Path file = data(1_000_000);
        Path out = folder.resolve("out.json");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g", "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"),
                Wengert.class.getName(), "fit", MODEL, file.toString(), "--start", "a=1,b=1,c=0", "--json")
                .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            assertTrue(process.waitFor(5, TimeUnit.MINUTES), "the fit does not end");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), Files.readString(err));
        String json = Files.readString(out);
        assertTrue(json.contains("\"degreesOfFreedom\": 999997"), json);
        Matcher parameters = Pattern.compile("\"a\": ([-.E0-9]+), \"b\": ([-.E0-9]+), \"c\": ([-.E0-9]+)").matcher(json);
        assertTrue(parameters.find(), json);
        assertEquals(2, Double.parseDouble(parameters.group(1)), 1e-3);
        assertEquals(0.7, Double.parseDouble(parameters.group(2)), 1e-3);
        assertEquals(-0.5, Double.parseDouble(parameters.group(3)), 1e-3);
    }
}
