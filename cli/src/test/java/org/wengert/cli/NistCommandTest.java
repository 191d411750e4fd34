package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NistCommandTest {

    private static final Path ROOT = Path.of(System.getProperty("wengert.root", ".."));
    private static final Path COLLECTION = ROOT.resolve("../shared/data/nist");

    /** Rat42 as NIST's file states it, but for the text that nobody reads. */
    private static final String RAT42 = """
            Dataset Name:  Rat42             (Rat42.dat)

            Data:          1 Response  (y = pasture yield)
                           1 Predictor (x = growing time)

            Model:         Exponential Class
                           3 Parameters (b1 to b3)

                           pi = 3.141592653589793238462643383279E0
                           y = b1 / (1+
                               exp[b2-b3*x**1])  +  e

                      Starting Values                  Certified Values

                    Start 1     Start 2           Parameter     Standard Deviation
              b1 =   100         75            7.2462237576E+01  1.7340283401E+00
              b2 =     1          2.5          2.6180768402E+00  8.8295217536E-02
              b3 =     0.1        0.07         6.7359200066E-02  3.4465663377E-03

            Residual Sum of Squares:                    8.0565229338E+00
            Residual Standard Deviation:                1.1587725499E+00

            Data:   y              x
                  8.930E0        9.000E0
                 10.800E0       14.000E0
                 18.590E0       21.000E0
                 22.330E0       28.000E0
                 39.350E0       42.000E0
                 56.110E0       57.000E0
                 61.730E0       63.000E0
                 64.620E0       70.000E0
                 67.080E0       79.000E0
            """;

    @TempDir
    private Path folder = Path.of("");

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void aFileOfTheCollectionIsFittedFromBothStarts() throws IOException {
        Call call = Call.of("nist", write("Rat42.dat", RAT42).toString());
        assertEquals("", call.err());
        assertEquals(0, call.status());
        List<String> lines = call.out().lines().toList();
        assertTrue(lines.get(0).startsWith("problem  start  iterations  parameters"), call.out());
        assertTrue(lines.get(1).matches("Rat42 +1 +\\d+ +1[01]\\.\\d .*"), call.out());
        assertTrue(lines.get(2).matches("Rat42 +2 +\\d+ +1[01]\\.\\d .*"), call.out());
        assertTrue(call.out().contains("converged, 2 of 2; digits of the parameters: fewest 1"), call.out());
    }

    @Test
    void digitsThatAreNotCertifiedAreAFailure() throws IOException {
        Call call = Call.of("nist", write("Rat42.dat", RAT42.replace("2.6180768402", "2.6180868402")).toString());
        assertEquals(1, call.status());
        assertEquals(2, Pattern.compile("too few digits").matcher(call.out()).results().count(), call.out());
        assertTrue(call.out().contains("converged, 2 of 2; digits of the parameters: fewest 5.4"), call.out());
    }

    @Test
    void digitsAreThoseOfTheRelativeError() {
        assertEquals(11, NistProblem.digits(3, 3));
        assertEquals(11, NistProblem.digits(1, 1 + 1e-14));
        assertEquals(2, NistProblem.digits(-100, -101), 1e-12);
        assertEquals(0, NistProblem.digits(1, 3));
        assertEquals(0, NistProblem.digits(1, Double.NaN));
        assertEquals(0, NistProblem.digits(1, Double.POSITIVE_INFINITY));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "b1 =        | c1 =      | is no file of NIST's nonlinear regressions: lines 'b1 = START START CERTIFIED ERROR' was not found",
        "+  e        | +  f      | is no file of NIST's nonlinear regressions: the end of the model, '+ e' was not found",
        "y = b1      | y -- b1   | is no file of NIST's nonlinear regressions: a model 'y = ...' was not found",
        "Squares:    | Cubes:    | is no file of NIST's nonlinear regressions: a line 'Residual Sum of Squares:' was not found",
        "10.800E0    | 10.8OOE0  | '10.8OOE0' is not a number",
        "10.800E0    | 1 2       | line 25: 3 numbers, but there are 2 columns",
    })
    void whatIsNoFileOfTheCollectionIsRefused(String whole, String broken, String message) throws IOException {
        String text = whole.startsWith("b1") ? RAT42.replaceAll("b[123] =", broken) : RAT42.replace(whole, broken);
        Path file = write("broken.dat", text);
        Call call = Call.of("nist", file.toString());
        assertEquals("wengert: " + file + ": " + message + "\n", call.err());
        assertEquals(2, call.status());
    }

    @Test
    void foldersWithoutFilesAndMissingFilesAreRefused() {
        assertEquals("wengert: " + folder + ": there are no .dat files in this folder\n",
                Call.of("nist", folder.toString()).err());
        Path none = folder.resolve("none.dat");
        assertEquals("wengert: " + none + ": there is no such file\n", Call.of("nist", none.toString()).err());
        assertEquals(2, Call.of("nist").status());
    }

    @Test
    void allFourteenProblemsOfTheReferenceDataReachTheirCertifiedDigits() {
        assumeTrue(Files.isDirectory(COLLECTION), "there is no folder " + COLLECTION + " with NIST's files");
        Call call = Call.of("nist", "--json", COLLECTION.toString());
        assertEquals("", call.err());
        assertEquals(0, call.status());
        assertEquals(28, Pattern.compile("\"converged\": true").matcher(call.out()).results().count());
        double[] parameters = digits(call.out(), "parameterDigits");
        assertTrue(Arrays.stream(parameters).min().orElse(0) >= 8, call.out());
        assertTrue(Arrays.stream(parameters).average().orElse(0) >= 10, call.out());
        assertTrue(Arrays.stream(digits(call.out(), "standardErrorDigits")).min().orElse(0) >= 6, call.out());
    }

    private static double[] digits(String json, String key) {
        return Pattern.compile("\"" + key + "\": \\[([^]]*)]")
                .matcher(json)
                .results()
                .map((MatchResult found) -> found.group(1))
                .flatMap(list -> Stream.of(list.split(", ")))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Test
    void thePageAboutFittingShowsTheTableOfAllRuns() throws IOException {
        assumeTrue(Files.isDirectory(COLLECTION), "there is no folder " + COLLECTION + " with NIST's files");
        String page = Files.readString(ROOT.resolve("docs/fitting.md"));
        List<String> stale = Call.of("nist", COLLECTION.toString()).out().lines()
                .map(line -> line.replaceAll(" +", " ").split(" "))
                .filter(cells -> cells.length >= 7 && !cells[0].equals("problem") && !cells[0].equals("converged,"))
                .map(cells -> cells[0] + " +" + cells[1] + " +\\d+ +1[01]\\.\\d .*") // iterations differ by processor
                .filter(row -> page.lines().noneMatch(line -> line.matches(row)))
                .toList();
        assertEquals(List.of(), stale);
    }
}
