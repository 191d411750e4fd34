package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.core.Differentiable;
import org.wengert.core.scalar.ScalarMath;
import org.wengert.gpu.GpuProbe;

class BatchCommandTest {

    @TempDir
    Path folder = Path.of("");

    private Path points = Path.of("");
    private Path output = Path.of("");

    @BeforeEach
    void files() {
        points = folder.resolve("points.csv");
        output = folder.resolve("out.csv");
    }

    private Call batch(String formula, String... options) {
        String[] all = Stream.concat(
                        Stream.of("batch", formula, points.toString(), "--output", output.toString()), Arrays.stream(options))
                .toArray(String[]::new);
        return Call.of(all);
    }

    private List<String> written(String csv, String formula, String... options) throws IOException {
        Files.writeString(points, csv);
        Call call = batch(formula, options);
        assertEquals("", call.err());
        assertEquals(0, call.status());
        return Files.readAllLines(output);
    }

    private void refused(String csv, String message, String formula, String... options) throws IOException {
        Files.writeString(points, csv);
        Call call = batch(formula, options);
        assertEquals("wengert: " + message + "\n", call.err());
        assertEquals(2, call.status());
        assertEquals("", call.out());
        assertEquals(List.of("points.csv"), names());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName() + "").sorted().toList();
        }
    }

    @Test
    void thereIsOneRowAPoint() throws IOException {
        assertEquals(List.of("f", "6.0", "20.0"), written("x,y\n2,3\n4,5\n", "x*y"));
    }

    @Test
    void theGradientHasAColumnForEachVariable() throws IOException {
        assertEquals(List.of("f,df_dx,df_dy", "6.0,3.0,2.0"), written("y,x,z\n3,2,9\n", "x*y", "--gradient"));
    }

    @Test
    void theJacobianComesRowByRowWithStructuralZeros() throws IOException {
        assertEquals(List.of("f1,f2,df1_dx,df1_dy,df2_dx,df2_dy", "6.0,4.0,3.0,2.0,4.0,0.0"),
                written("x,y\n2,3\n", "x*y; x^2", "--jacobian"));
    }

    @Test
    void directionsGiveProductsWithJacobianAndHessian() throws IOException {
        assertEquals(List.of("f,f_jvp,f_hvp_x,f_hvp_y", "12.0,8.0,2.0,4.0"),
                written("x,y\n2,3\n", "x^2*y", "--jvp", "x=1,y=-1", "--hvp", "x=1,y=-1"));
        Files.delete(output);
        assertEquals(List.of("f1,f2,f1_hvp_x,f2_hvp_x", "4.0,8.0,2.0,12.0"),
                written("x\n2\n", "x^2; x*x*x", "--hvp", "x=1"));
    }

    @Test
    void theVariablesToDifferentiateByCanBeChosen() throws IOException {
        assertEquals(List.of("f,df_dy", "6.0,2.0"), written("x,y\n2,3\n", "x*y", "--gradient", "--wrt", "y"));
    }

    @Test
    void variablesThatAreTheSameAtAllPointsNeedNoColumn() throws IOException {
        assertEquals(List.of("f,df_dx", "10.0,5.0", "15.0,5.0"),
                written("x\n2\n3\n", "a*x", "--at", "a=5", "--gradient"));
    }

    @Test
    void theColumnsOfTheVariablesCanBeKept() throws IOException {
        assertEquals(List.of("x;y;f", "2.0;3.0;6.0"),
                written("y;x\n3;2\n", "x*y", "--keep", "--separator", ";"));
    }

    @Test
    void everyPointIsOnItsOwnSideOfAKink() throws IOException {
        assertEquals(List.of("f,df_dx", "9.0,-6.0", "0.5,-1.0", "0.25,1.0", "4.0,4.0"),
                written("x\n-3\n-0.5\n0.25\n2\n", "max(abs(x), x^2)", "--gradient"));
    }

    @Test
    void manyPiecesGiveWhatPointAfterPointGives() throws IOException {
        var random = new SplittableRandom(4);
        int n = 20_000;
        StringBuilder csv = new StringBuilder("x,y\n");
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++) {
            rows[i] = new double[] {random.nextDouble(-2, 2), random.nextDouble(-2, 2)};
            csv.append(rows[i][0]).append(',').append(rows[i][1]).append('\n');
        }
        List<String> lines = written(csv.toString(), "sin(x*y) + x", "--gradient");
        assertEquals(n + 1, lines.size());
        var f = Differentiable.of(2, x -> ScalarMath.sin(x[0].times(x[1])).plus(x[0]));
        for (int i = 0; i < n; i++) {
            var expected = f.gradient(rows[i]);
            double[] actual = Arrays.stream(lines.get(i + 1).split(",", -1)).mapToDouble(Double::parseDouble).toArray();
            assertEquals(expected.value(), actual[0], 1e-15 * 4);
            assertEquals(expected.gradient()[0], actual[1], 1e-14);
            assertEquals(expected.gradient()[1], actual[2], 1e-14);
        }
    }

    @Test
    void jsonHasPointsSecondsAndDevice() throws IOException {
        Files.writeString(points, "x\n1\n2\n");
        Call call = batch("x^2", "--json");
        assertTrue(call.out().matches("\\{\"points\": 2, \"seconds\": [0-9.E-]+, \"device\": \"cpu\"}\n"), call.out());
    }

    @Test
    void theReportSaysWhereAndWhy() throws IOException {
        Files.writeString(points, "x\n1\n2\n");
        Call call = batch("x^2", "--report", "--device", "cpu");
        assertTrue(call.out().endsWith("on the CPU\non the CPU: it was asked for\n"), call.out());
        call = batch("x^2", "--report", "--force");
        String reason = call.out().lines().toList().get(1);
        assertTrue(reason.matches("on the CPU: (no NVIDIA driver|the CPU computes 2 points in about) .*"), reason);
        call = batch("x^2", "--report", "--force", "--json");
        assertTrue(call.out().contains("\"device\": \"cpu\", \"report\": \"on the CPU: "), call.out());
    }

    @Test
    void aGpuThatIsNotThereIsOneSentenceAndStatusTwo() throws IOException {
        assumeFalse(GpuProbe.probe().available() || GpuProbe.probe().unasked(), "there is a driver");
        refused("x\n1\n", "--device: there is no GPU to run on: " + GpuProbe.probe().reason()
                + "; 'wengert doctor' says more, --device cpu runs on the CPU", "x^2", "--device", "gpu");
    }

    @Test
    void anExistingFileIsReplacedOnlyByForce() throws IOException {
        Files.writeString(points, "x\n1\n");
        Files.writeString(output, "precious");
        Call call = batch("x^2");
        assertEquals("wengert: --output: " + output + " exists; --force replaces it\n", call.err());
        assertEquals(2, call.status());
        assertEquals("precious", Files.readString(output));
        assertEquals(0, batch("x^2", "--force").status());
        assertEquals("f\n1.0\n", Files.readString(output));
    }

    @Test
    void aBadCellIsNamedByFileLineAndColumnAndLeavesNothing() throws IOException {
        refused("x,y\n1,2\n3,four\n", points + ": line 3, column 2 (y): 'four' is not a number", "x*y");
        refused("x,y\n" + "1,2\n".repeat(30_000) + "1,2,3\n",
                points + ": line 30002: 3 cells, but the header has 2 columns", "x*y");
        refused("x\n1\n\"\"\n", points + ": line 3, column 1 (x): the value is missing; --missing skip leaves such rows out",
                "x^2");
    }

    @Test
    void rowsThatLackAValueCanBeSkipped() throws IOException {
        Files.writeString(points, "x,y\n1,2\n,3\nNA,3\n4,5\n");
        Call call = batch("x*y", "--missing", "skip");
        assertEquals("wengert: " + points + ": 2 of 4 rows lack a value and were skipped\n", call.err());
        assertEquals("f\n2.0\n20.0\n", Files.readString(output));
    }

    @Test
    void namesThatAreNoColumnAreExplained() throws IOException {
        refused("x,z\n1,2\n", "formula: y is not a column of " + points
                + " (x, z); --at gives variables one value for all rows", "x*y");
        refused("x\n1\n", "--at: there is no b in the formula; there is a, x", "a*x", "--at", "a=1,b=2");
        refused("x\n1\n", "--wrt: there is no a in the columns of the formula; there is x", "a*x", "--at", "a=1",
                "--wrt", "a");
        refused("x\n1\n", "--hvp: there is no y in the columns to differentiate by; there is x", "x^2", "--hvp", "y=1");
        refused("x\n1\n", "--gradient: there are 2 formulas; --jacobian gives the derivatives of all of them",
                "x; x^2", "--gradient");
        refused("x\n1\n", "formula: none of its variables is a column, so that it is the same at all points; "
                + "'wengert derive' evaluates it once", "a^2", "--at", "a=1");
    }

    @Test
    void filesThatCannotBeReadOrWrittenAreNamed() throws IOException {
        Call call = batch("x^2");
        assertEquals("wengert: " + points + ": there is no such file\n", call.err());
        Files.writeString(points, "x\n1\n");
        Path nowhere = folder.resolve("no/out.csv");
        call = Call.of("batch", "x^2", points.toString(), "--output", nowhere.toString());
        assertEquals("wengert: --output: there is no folder " + nowhere.getParent() + "\n", call.err());
        assertEquals(2, call.status());
    }

    @Test
    void theOutputCanTakeThePlaceOfTheInput() throws IOException {
        Files.writeString(points, "x\n1\n2\n");
        output = points;
        assertEquals(0, batch("x+1", "--force").status());
        assertEquals("f\n2.0\n3.0\n", Files.readString(points));
    }

    @Test
    void aFileWithoutRowsGivesAHeaderAlone() throws IOException {
        assertEquals(List.of("f,df_dx"), written("x\n", "x^2", "--gradient"));
    }

    @Test
    void aTerminalIsToldHowFarTheWorkIs() throws IOException {
        Files.writeString(points, "x\n" + "1.5\n".repeat(1_500_000));
        String[] all = {"batch", "sin(x)", points.toString(), "--output", output.toString(), "--gradient"};
        Call call = Call.of(new Terminal(false, true), all);
        assertEquals(0, call.status());
        if (!call.err().isEmpty()) { // only if it takes longer than half a second
            assertTrue(call.err().matches("(?s)\r.*: [\\d,]+ points, [\\d,]+ a second.*\r"), call.err());
        }
        assertTrue(call.out().startsWith(output + ": " + String.format(Locale.ROOT, "%,d", 1_500_000) + " points in "));
        assertFalse(call.out().contains("\r"));
    }
}
