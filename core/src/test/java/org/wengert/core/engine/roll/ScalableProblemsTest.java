package org.wengert.core.engine.roll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wengert.core.engine.TileInterpreter;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;
import org.wengert.core.program.Tracer;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.SecondOrder;
import org.wengert.core.transform.Tangent;
import org.wengert.core.transform.Zeros;

/** Values and derivatives of scalable problems, re-rolled, against figures to 20 digits. */
class ScalableProblemsTest {

    private static final Path FIGURES = Path.of(System.getProperty("wengert.root", ".."))
            .resolve("../shared/data/scalable/problems.json");

    /** Relative to the largest entry beside. */
    private static final double TOLERANCE = 1e-13;

    /** What adding 100,000 terms one after the other, as the program does, may lose. */
    private static final double SUMMED = 1e-11;

    private static String figures = "";

    @BeforeAll
    static void readFigures() throws IOException {
        if (Files.exists(FIGURES)) {
            figures = Files.readString(FIGURES);
        } else {
            System.out.println("no figures of the scalable problems beside the checkout: their tests are skipped");
        }
    }

    @ParameterizedTest
    @EnumSource
    void derivativesAreTheFiguresToThirteenDigits(ScalableProblems f) {
        assumeTrue(!figures.isEmpty(), () -> "there is no " + FIGURES);
        for (int n : new int[] {12, 100, 1000}) {
            String of = section(section(figures, f.name().toLowerCase(Locale.ROOT)), String.valueOf(n));
            double[] x = f.probe(n);
            double[] v = ScalableProblems.direction(n);
            Program p = Tracer.trace(x, f::apply);
            double value = number(of, "f_probe");
            assertClose(number(of, "f_x0"), run(p, f.start(n))[0], Math.abs(number(of, "f_x0")), "f at the start");
            double[] gradient = run(Adjoint.gradient(p, Zeros.GUARDED, 0, all(n)), x);
            assertClose(value, gradient[0], Math.abs(value), "f");
            assertEntries(section(of, "grad_at_1based_index"), gradient, 1, "gradient");
            double[] hvp = run(SecondOrder.hvp(p), concat(x, v));
            assertEntries(section(of, "Hv_at_1based_index"), hvp, 1 + n, "H v");
            // Along the line x + t v: three tangents of tangents.
            Program third = alongThrice(p);
            double[] along = run(third, concat(x, v));
            double size = 0;
            for (int i = 0; i < n; i++) {
                size += Math.abs(gradient[1 + i] * v[i]);
            }
            assertClose(number(of, "dir1"), along[1], size, "first directional derivative");
            assertClose(number(of, "dir2_vHv"), along[2], sizeOfProduct(hvp, v, 1 + n), "second directional derivative");
            assertClose(number(of, "dir3"), along[3], 10 * sizeOfProduct(hvp, v, 1 + n), "third directional derivative");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHundredThousandVariablesTakeAMoment(ScalableProblems f) {
        int n = 100_000;
        double[] x = f.probe(n);
        Program gradient = Adjoint.gradient(Tracer.trace(x, f::apply), Zeros.GUARDED, 0, all(n));
        RolledCode code = RolledCode.of(gradient, new TileInterpreter(), 2);
        assertTrue(code.report().lone() < 1000, code.report().toString());
        double[] out = new double[n + 1];
        assertTrue(code.run(x, out));
        double[] expected = new double[n + 1];
        assertTrue(gradient.run(x, expected, gradient.newWorkspace()));
        double size = Arrays.stream(expected).skip(1).map(Math::abs).max().orElse(1);
        for (int i = 1; i <= n; i++) {
            assertEquals(expected[i], out[i], 1e-13 * size + SUMMED * Math.abs(expected[i]), "entry " + i);
        }
        assertEquals(expected[0], out[0], SUMMED * Math.abs(expected[0]));
    }

    /** x, v to f, f', f'', f''' along v. */
    private static Program alongThrice(Program p) {
        int n = p.inputs();
        Program result = p;
        for (int order = 1; order <= 3; order++) {
            // The tangent along v of everything so far; v itself stands still.
            int[] wrt = all(n);
            Program tangent = Tangent.of(result, Zeros.ABSORBED, 1, wrt);
            int last = result.outputs() - 1;
            int[] keep = IntStream.concat(IntStream.range(0, result.outputs()),
                    IntStream.of(result.outputs() + last)).toArray();
            result = sameDirection(tangent.select(keep), n);
        }
        return result;
    }

    /** A program of x, v and a second direction, given v for both. */
    private static Program sameDirection(Program p, int n) {
        if (p.inputs() == 2 * n) {
            return p;
        }
        var g = new ProgramBuilder();
        int[] in = new int[p.inputs()];
        for (int i = 0; i < 2 * n; i++) {
            in[i] = g.input();
        }
        for (int i = 0; i < n; i++) {
            in[2 * n + i] = in[n + i];
        }
        int[] node = g.splice(p, in);
        g.guards(p, node);
        return g.build(IntStream.range(0, p.outputs()).map(i -> node[p.output(i)]).toArray());
    }

    private static double[] run(Program p, double[] in) {
        double[] out = new double[p.outputs()];
        assertTrue(RolledCode.of(p, new TileInterpreter()).run(in, out));
        return out;
    }

    private static double sizeOfProduct(double[] hvp, double[] v, int from) {
        double size = 0;
        for (int i = 0; i < v.length; i++) {
            size += Math.abs(hvp[from + i] * v[i]);
        }
        return size;
    }

    private static void assertEntries(String figures, double[] actual, int from, String what) {
        Map<Integer, Double> entries = new LinkedHashMap<>();
        Matcher m = Pattern.compile("\"(\\d+)\": \"([^\"]+)\"").matcher(figures);
        while (m.find()) {
            entries.put(Integer.parseInt(m.group(1)), Double.parseDouble(m.group(2)));
        }
        assertTrue(entries.size() >= 3, "no entries in " + figures);
        double size = 0;
        for (double e : entries.values()) {
            size = Math.max(size, Math.abs(e));
        }
        for (Map.Entry<Integer, Double> e : entries.entrySet()) {
            assertClose(e.getValue(), actual[from + e.getKey() - 1], size, what + ", entry " + e.getKey());
        }
    }

    private static void assertClose(double expected, double actual, double size, String what) {
        assertEquals(expected, actual, TOLERANCE * size, what);
    }

    private static int[] all(int n) {
        return IntStream.range(0, n).toArray();
    }

    private static double[] concat(double[] x, double[] v) {
        double[] both = Arrays.copyOf(x, x.length + v.length);
        System.arraycopy(v, 0, both, x.length, v.length);
        return both;
    }

    // ---- the file ------------------------------------------------------------------------------------

    /** The object that is the value of a key, braces included. */
    private static String section(String json, String key) {
        int at = json.indexOf('"' + key + "\": {");
        assertTrue(at >= 0, "no " + key);
        int from = json.indexOf('{', at);
        int depth = 0;
        for (int i = from; ; i++) {
            depth += json.charAt(i) == '{' ? 1 : json.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return json.substring(from, i + 1);
            }
        }
    }

    private static double number(String json, String key) {
        Matcher m = Pattern.compile('"' + key + "\": \"([^\"]+)\"").matcher(json);
        assertTrue(m.find(), "no " + key);
        return Double.parseDouble(m.group(1));
    }
}
