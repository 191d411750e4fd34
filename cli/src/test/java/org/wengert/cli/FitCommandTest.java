package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

class FitCommandTest {

    private static final String MODEL = "y = b1*(1-exp(-b2*x))";
    private static final String START = "b1=500,b2=0.0001";

    @TempDir
    private Path folder = Path.of("");

    private Path data = Path.of("");

    @BeforeEach
    void copyTheData() throws IOException {
        data = folder.resolve("misra1a.csv");
        try (InputStream in = Objects.requireNonNull(FitCommandTest.class.getResourceAsStream("misra1a.csv"))) {
            Files.copy(in, data);
        }
    }

    private Call fit(String model, String... options) {
        List<String> args = new ArrayList<>(List.of("fit", model, data.toString()));
        args.addAll(List.of(options));
        return Call.of(args.toArray(String[]::new));
    }

    private Path write(String name, String text) throws IOException {
        data = Files.writeString(folder.resolve(name), text);
        return data;
    }

    private static double number(String json, String key) {
        Matcher found = Pattern.compile("\"" + key + "\": ([-0-9.E]+)").matcher(json);
        assertTrue(found.find(), key + " in " + json);
        return Double.parseDouble(found.group(1));
    }

    @Test
    void misra1aGivesTheCertifiedFigures() {
        Call call = fit(MODEL, "--start", START, "--json");
        assertEquals("", call.err());
        assertEquals(0, call.status());
        String parameters = call.out().substring(0, call.out().indexOf("standardErrors"));
        String errors = call.out().substring(parameters.length());
        assertEquals(2.3894212918E+02, number(parameters, "b1"), 1e-7);
        assertEquals(5.5015643181E-04, number(parameters, "b2"), 1e-13);
        assertEquals(2.7070075241E+00, number(errors, "b1"), 1e-8);
        assertEquals(7.2668688436E-06, number(errors, "b2"), 1e-14);
        assertEquals(1.2455138894E-01, number(call.out(), "residualSumOfSquares"), 1e-10);
        assertEquals(1.0187876330E-01, number(call.out(), "residualStandardDeviation"), 1e-10);
        assertEquals(12, number(call.out(), "degreesOfFreedom"));
    }

    @Test
    void jsonIsOneObjectWithExactlyTheKeysThatAreDocumented() {
        String json = fit(MODEL, "--start", START, "--json").out();
        assertEquals(1, json.lines().count());
        List<String> keys = Pattern.compile("\"([A-Za-z0-9]+)\": ").matcher(json).results().map(m -> m.group(1)).toList();
        assertEquals(List.of("parameters", "b1", "b2", "standardErrors", "b1", "b2", "residualSumOfSquares",
                "residualStandardDeviation", "degreesOfFreedom", "iterations", "converged"), keys);
        assertTrue(json.stripTrailing().endsWith("\"converged\": true}"), json);
    }

    @Test
    void theTextIsATableWithTheReasonForTheEnd() {
        Call call = fit(MODEL, "--start", START);
        assertEquals(0, call.status());
        assertTrue(call.out().contains("parameter            value  standard error  relative\n"
                + "b1             238.9421292        2.707008    1.13 %\n"
                + "b2         0.0005501564318    7.266869e-06    1.32 %\n"), call.out());
        assertTrue(call.out().contains("14 rows"), call.out());
        assertTrue(call.out().contains("degrees of freedom"), call.out());
        assertTrue(call.out().lines().anyMatch(line -> line.matches("converged after \\d+ iterations: .+")), call.out());
    }

    @Test
    void bothMethodsFindTheSameMinimum() {
        for (String method : new String[] {"lm", "geodesic"}) {
            String json = fit(MODEL, "--start", START, "--json", "--method", method).out();
            assertEquals(1.2455138894E-01, number(json, "residualSumOfSquares"), 1e-10, method);
        }
    }

    @Test
    void theLeftSideMayBeAnExpressionOfColumns() throws IOException {
        write("power.csv", "t,v\n1,3\n2,12\n4,48\n");
        String json = fit("log(v) = a + n*log(t)", "--start", "a=0,n=1", "--json").out();
        assertEquals(Math.log(3), number(json, "a"), 1e-12);
        assertEquals(2, number(json, "n"), 1e-12);
    }

    @Test
    void weightsCountLikeRepeatedRows() throws IOException {
        write("repeated.csv", "x,y\n0,1\n0,1\n0,1\n1,2\n2,5\n2,5\n");
        String repeated = fit("y = a + b*x", "--start", "a=0,b=0", "--json").out();
        write("weighted.csv", "x,y,w\n0,1,3\n1,2,1\n2,5,2\n");
        String weighted = fit("y = a + b*x", "--start", "a=0,b=0", "--weights", "w", "--json").out();
        for (String key : new String[] {"a", "b", "residualSumOfSquares"}) {
            assertEquals(number(repeated, key), number(weighted, key), 1e-12, key);
        }
    }

    @Test
    void boundsAreKept() {
        Call call = fit(MODEL, "--start", "b1=200,b2=0.0001", "--upper", "b1=230", "--json");
        assertEquals(230, number(call.out(), "b1"));
        assertTrue(call.out().contains("\"standardErrors\": {\"b1\": \"NaN\""), call.out());
        String text = fit(MODEL, "--start", "b1=200,b2=0.0001", "--upper", "b1=230").out();
        assertTrue(text.contains("note: parameter b1 is on its bound 230.0"), text);
    }

    @Test
    void aFitThatDoesNotConvergeIsPrintedAndFails() {
        Call call = fit(MODEL, "--start", START, "--max-iterations", "1", "--json");
        assertEquals(1, call.status());
        assertTrue(call.out().contains("\"iterations\": 1, \"converged\": false}"), call.out());
        assertTrue(call.err().startsWith("wengert: not converged: "), call.err());
    }

    @Test
    void missingValuesAreRefusedOrSkipped() throws IOException {
        write("gaps.csv", "x,y,note\n0,1,\n1,NA,lost\n2,5,\n3,7,\n");
        Call refused = fit("y = a + b*x", "--start", "a=0,b=0");
        assertEquals(2, refused.status());
        assertEquals("wengert: " + data + ": line 3, column 2 (y): the value is missing ('NA'); "
                + "--missing skip leaves such rows out\n", refused.err());
        Call skipped = fit("y = a + b*x", "--start", "a=0,b=0", "--missing", "skip", "--json");
        assertEquals(0, skipped.status());
        assertEquals("wengert: " + data + ": 1 of 4 rows lack a value and were skipped\n", skipped.err());
        assertEquals(1, number(skipped.out(), "degreesOfFreedom"));
        assertEquals(2, number(skipped.out(), "b"), 1e-12);
    }

    @Test
    void otherSeparatorsAreRead() throws IOException {
        write("tabs.csv", "x\ty\n0\t1\n1\t3\n2\t5\n");
        assertEquals(2, number(fit("y = a+b*x", "--start", "a=0,b=0", "--separator", "tab", "--json").out(), "b"), 1e-12);
        assertEquals(2, fit("y = a+b*x", "--start", "a=0,b=0", "--separator", "::").status());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "y = b1*(1-exp(-b2*x))  | b1=500          | formula: b2 is neither a column of DATA (y, x) nor a parameter with a start (--start)",
        "z = b1*x               | b1=1            | DATA: line 2: there is no column 'z'; there are 'y', 'x'",
        "y = b1*x               | b1=1,b9=1       | --start: there is no b9 in the right side of the formula; there is b1, x",
        "y = b1*x               | b1=NaN          | --start: b1 should be finite, but is NaN",
        "y - b1 = b1*x          | b1=1            | formula: the parameter b1 stands on the left side, where only data columns should be",
        "y = b1*sinn(x)         | b1=1            | formula: line 1, column 8: unknown function 'sinn'; did you mean 'sin'?",
        "log(y - 10.07) = b1*x  | b1=1            | DATA: line 3: log(y - 10.07) is -Infinity there",
    })
    void whatIsWrongIsNamed(String model, String start, String message) {
        Call call = fit(model, "--start", start);
        assertEquals("wengert: " + message.replace("DATA", data.toString()) + "\n", call.err());
        assertEquals(2, call.status());
        assertEquals("", call.out());
    }

    @Test
    void whatIsNotAnEquationIsRefusedWithItsPlace() {
        Call call = fit("b1*x", "--start", "b1=1");
        assertEquals(2, call.status());
        assertTrue(call.err().startsWith("wengert: formula: line 1, column "), call.err());
    }

    @Test
    void badBoundsAndWeightsAreNamed() throws IOException {
        assertEquals("wengert: --start: b1 should lie between 600.0 and Infinity (--lower, --upper), but is 500.0\n",
                fit(MODEL, "--start", START, "--lower", "b1=600").err());
        assertEquals("wengert: --lower, --upper: b1 cannot lie between 2.0 and 1.0\n",
                fit(MODEL, "--start", START, "--lower", "b1=2", "--upper", "b1=1").err());
        assertEquals("wengert: --lower: there is no c in --start; there is b1, b2\n",
                fit(MODEL, "--start", START, "--lower", "c=2").err());
        write("weights.csv", "x,y,w\n1,2,1\n2,4,-1\n");
        assertEquals("wengert: " + data + ": line 3: the weight -1.0 in w should not be negative\n",
                fit("y = a*x", "--start", "a=1", "--weights", "w").err());
        write("weights.csv", "x,y,w\n1,2,0\n2,4,0\n");
        assertEquals("wengert: " + data + ": all weights in w are zero\n",
                fit("y = a*x", "--start", "a=1", "--weights", "w").err());
    }

    @Test
    void withoutAStartOrDataItIsBadUsage() {
        assertEquals(2, fit(MODEL).status());
        assertTrue(fit(MODEL).err().contains("missing required option: '--start="), fit(MODEL).err());
        assertEquals(2, Call.of("fit", MODEL, "--start", START).status());
        assertEquals(2, fit(MODEL, "--start", START, "--method", "magic").status());
        data = folder.resolve("none.csv");
        assertEquals("wengert: " + data + ": there is no such file\n", fit(MODEL, "--start", START).err());
    }

    @Test
    void aHeaderWithoutRowsIsNoData() throws IOException {
        write("empty.csv", "x,y\n");
        assertEquals("wengert: " + data + ": there are no rows with data\n", fit("y = a*x", "--start", "a=1").err());
    }

    @Test
    void theSvgIsWellFormedAndShowsDataCurveAndResiduals() throws Exception {
        Path picture = folder.resolve("fit.svg");
        assertEquals(0, fit(MODEL, "--start", START, "--plot", picture.toString()).status());
        Element svg = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder().parse(picture.toFile()).getDocumentElement();
        assertEquals("svg", svg.getTagName());
        String text = Files.readString(picture);
        assertTrue(text.contains(">" + MODEL + "</text>"), "the model");
        assertTrue(text.contains(">data (14 rows)</text>") && text.contains(">residual</text>"), "the labels");
        assertEquals(2, Pattern.compile("<path d=\"(M[-\\d. ]+h0){14}\"").matcher(text).results().count(),
                "14 points in each panel");
    }

    @Test
    void thePngIsAPicture() throws IOException {
        Path picture = folder.resolve("fit.PNG");
        assertEquals(0, fit(MODEL, "--start", START, "--plot", picture.toString()).status());
        var image = ImageIO.read(picture.toFile());
        assertEquals(1680, image.getWidth());
        assertEquals(1280, image.getHeight());
        long colours = java.util.stream.IntStream.range(0, 1680 * 1280)
                .map(i -> image.getRGB(i % 1680, i / 1680)).distinct().limit(20).count();
        assertEquals(20, colours, "more than an empty page");
    }

    @Test
    void modelsOfSeveralColumnsAreDrawnOverTheFittedValues() throws IOException {
        write("plane.csv", "x,t,y\n0,0,1\n1,0,3\n0,1,4\n1,1,6.1\n");
        Path picture = folder.resolve("plane.svg");
        assertEquals(0, fit("y = a + b*x + c*t", "--start", "a=0,b=0,c=0", "--plot", picture.toString()).status());
        assertTrue(Files.readString(picture).contains(">measured = fitted</text>"));
    }

    @Test
    void picturesThatCannotBeWrittenAreRefusedBeforeTheFit() {
        assertEquals("wengert: --plot: the file should end in .svg or .png, but is fit.jpg\n",
                fit(MODEL, "--start", START, "--plot", "fit.jpg").err());
        Path nowhere = folder.resolve("no/fit.svg");
        Call call = fit(MODEL, "--start", START, "--plot", nowhere.toString());
        assertEquals("wengert: --plot: there is no folder " + nowhere.getParent() + "\n", call.err());
        assertEquals("", call.out());
        assertEquals(2, call.status());
    }

    @Test
    void noTemporaryFilesAreLeftBehind() throws IOException {
        fit(MODEL, "--start", START, "--plot", folder.resolve("fit.svg").toString());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of("fit.svg", "misra1a.csv"), files.map(f -> f.getFileName() + "").sorted().toList());
        }
    }

    @Test
    void progressIsShownOnATerminalOnlyAndWipedOut() throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 300_000; i++) {
            text.append(i / 300_000.0).append(',').append(Math.exp(-i / 300_000.0)).append('\n');
        }
        write("many.csv", text.toString());
        String[] args = {"fit", "y = a*exp(-b*x)", data.toString(), "--start", "a=2,b=3", "--json"};
        Call terminal = Call.of(new Terminal(false, true), args);
        assertEquals(0, terminal.status());
        assertTrue(terminal.err().contains("rows") || terminal.err().contains("iteration"), terminal.err());
        assertTrue(terminal.err().endsWith("\r"), terminal.err());
        assertFalse(terminal.out().contains("\r"));
        assertEquals(1, number(terminal.out(), "b"), 1e-9);
        Call quiet = Call.of(args);
        assertEquals("", quiet.err());
        assertEquals(terminal.out(), quiet.out(), "the same bits whatever is shown");
    }
}
