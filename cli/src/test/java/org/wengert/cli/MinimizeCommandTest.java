package org.wengert.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinimizeCommandTest {

    private static final String VALLEY = "100*(y-x^2)^2+(1-x)^2";

    @TempDir
    private Path folder;

    private static double number(Call call, String key) {
        String rest = call.out().substring(call.out().indexOf("\"" + key + "\": ") + key.length() + 4);
        return Double.parseDouble(rest.split("[,}]", 2)[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"newton_cg", "trust_region", "lanczos_trust_region", "exact_trust_region", "cubic", "lbfgs"})
    void everyMethodFindsTheMinimum(String method) {
        Call call = Call.of("minimize", VALLEY, "--start", "x=-1.2,y=1", "--method", method, "--json");
        assertEquals(0, call.status(), call.err());
        assertEquals("", call.err());
        assertEquals(1, number(call, "x"), 1e-6);
        assertEquals(1, number(call, "y"), 1e-6);
        assertEquals(0, number(call, "minimum"), 1e-12);
        assertTrue(number(call, "gradientNorm") <= 1e-8);
        assertEquals(!"lbfgs".equals(method), number(call, "hvpCount") > 0);
        assertTrue(call.out().endsWith("\"converged\": true}\n"), call.out());
    }

    @Test
    void aRunThatDoesNotConvergeHasStatusOne() {
        Call call = Call.of("minimize", VALLEY, "--start", "x=-1.2,y=1", "--max-iterations", "2", "--json");
        assertEquals(1, call.status());
        assertTrue(call.out().contains("\"converged\": false"), call.out());
        assertTrue(call.err().startsWith("wengert: not converged: the limit of iterations was reached"), call.err());
        assertEquals(1, Call.of("minimize", "log(x)", "--start", "x=-1").status());
    }

    @Test
    void boundsAreKept() {
        Call call = Call.of("minimize", VALLEY, "--start", "x=-1.2,y=1", "--upper", "x=0.5", "--json");
        assertEquals(0, call.status(), call.err());
        assertEquals(0.5, number(call, "x"), 0);
        assertEquals(0.25, number(call, "y"), 1e-6);
    }

    @Test
    void manyStartsFindTheLowerOfTwoMinima() {
        Call one = Call.of("minimize", "x^4-3*x^2+x", "--start", "x=1", "--json");
        Call many = Call.of("minimize", "x^4-3*x^2+x", "--start", "x=1", "--starts", "20", "--json");
        assertEquals(1.1309, number(one, "x"), 1e-4);
        assertEquals(-1.3008, number(many, "x"), 1e-4);
        assertEquals(many.out(), Call.of("minimize", "x^4-3*x^2+x", "--start", "x=1", "--starts", "20", "--json").out());
    }

    @Test
    void picturesShowThePath() throws IOException {
        Path two = folder.resolve("two.svg");
        Call call = Call.of("minimize", VALLEY, "--start", "x=-1.2,y=1", "--plot", two.toString());
        assertEquals(0, call.status(), call.err());
        assertTrue(call.out().contains("converged after"), call.out());
        String svg = Files.readString(two);
        assertTrue(svg.startsWith("<svg") || svg.startsWith("<?xml"), svg.substring(0, 40));
        Path one = folder.resolve("one.svg");
        assertEquals(0, Call.of("minimize", "cosh(x)", "--start", "x=3", "--plot", one.toString()).status());
        assertTrue(Files.size(one) < Files.size(two), "one variable has no map");
    }

    @Test
    void badInputIsNamed() {
        bad("--start: y has no value", "x*y", "--start", "x=1");
        bad("--start: there is no z in the formula; there is x", "x^2", "--start", "x=1,z=2");
        bad("formula: there should be one to minimize, but there are 2", "x^2;x", "--start", "x=1");
        bad("--starts: should be from 1 to 1000000, but is 0", "x^2", "--start", "x=1", "--starts", "0");
        bad("--start: x should lie between 2.0 and Infinity (--lower, --upper), but is 1.0", "x^2", "--start", "x=1", "--lower", "x=2");
        bad("--plot: the file should end in .svg or .png, but is a.txt", "x^2", "--start", "x=1", "--plot", "a.txt");
        assertFalse(Call.of("minimize", "x^2", "--start", "x=1", "--method", "guess").err().isEmpty());
    }

    private static void bad(String message, String... more) {
        String[] args = new String[more.length + 1];
        args[0] = "minimize";
        System.arraycopy(more, 0, args, 1, more.length);
        Call call = Call.of(args);
        assertEquals(2, call.status(), call.err());
        assertEquals("wengert: " + message + "\n", call.err());
        assertEquals("", call.out());
    }
}
