package org.wengert.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.engine.Precision;
import org.wengert.core.program.Program;

/**
 * The third rung: what nvcc makes of the kernels, CUDA's own elementary functions included, executed instruction by
 * instruction. Every row is close to the CPU's, whichever way the device's approximations err, from which CUDA's
 * functions start.
 */
class PtxTest {

    private static final int POINTS = 500;

    /** Units in the last place by which a row may differ from the CPU's. */
    private static final double CLOSE = 2;

    /** Rows whose steps add up their errors, on the CPU as on a device: what was seen, and one unit more. */
    private static final Map<String, Double> LESS_CLOSE = Map.ofEntries(
            Map.entry("erfc", 4.0), Map.entry("erfInv", 4.0), Map.entry("gamma", 6.0), Map.entry("normalCdf", 4.0),
            Map.entry("logNormalCdf", 5.0), Map.entry("inverseMills", 4.0), Map.entry("gelu", 4.0),
            Map.entry("logErfc", 5.0), Map.entry("logCosh", 5.0), Map.entry("erfcxDerivative", 6.0),
            Map.entry("polygamma", 16.0), Map.entry("digamma", 6.0), Map.entry("logGamma", 4.0));

    /** Rows with zeros where no argument is zero: near those, units of 1 and not of the value count. */
    private static final Set<String> ZEROS = Set.of("logGamma", "digamma", "polygamma", "besselJ", "besselJ0", "besselJ1",
            "sphericalBesselJ", "logSumExp");

    /** Rows in single precision that have functions of CUDA's own. */
    private static final List<String> SINGLE = List.of("sqrt", "cbrt", "hypot", "exp", "exp2", "exp10", "expm1", "log",
            "log2", "log10", "log1p", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinPi", "cosPi", "sinh", "cosh",
            "tanh", "asinh", "acosh", "atanh", "erf", "erfc", "gamma", "div", "reciprocal", "min", "clamp", "absorb");

    private static final double CLOSE_IN_SINGLE = 5;

    /** Rows that have one right result, down to the bit. */
    private static final Set<String> EXACT = Set.of("plus", "minus", "times", "div", "negate", "reciprocal", "square", "sum",
            "sqrt", "fma", "abs", "min", "max", "clamp", "select", "signum", "step", "relu", "leakyRelu", "absorb",
            "absorbEither", "whereNumber", "floor", "ceil", "rint", "rem", "IEEEremainder", "floorMod", "copySign", "nextUp",
            "product", "sumOfSquares", "norm", "toRadians", "toDegrees");

    private static final int PROGRAMS = 15;

    @TempDir
    private static Path folder;

    private static final List<CudaSource> ROWS = new ArrayList<>();
    private static final List<CudaSource> SINGLE_ROWS = new ArrayList<>();
    private static final FakeMemory MEMORY = new FakeMemory();
    private static PtxModule rows;
    private static PtxModule singleRows;

    @BeforeAll
    static void compile() throws IOException {
        for (Elementary row : Functions.rows()) {
            ROWS.add(CudaSource.of(Functions.row(row), Precision.DOUBLE));
        }
        for (String name : SINGLE) {
            SINGLE_ROWS.add(CudaSource.of(Functions.row(ElementaryTable.row(name).orElseThrow()), Precision.SINGLE));
        }
        rows = load(PtxCode.compile(folder, "rows", "compute_75", ROWS));
        singleRows = load(PtxCode.compile(folder, "single", "compute_100", SINGLE_ROWS));
    }

    private static PtxModule load(String ptx) {
        return PtxModule.load(ptx.getBytes(StandardCharsets.UTF_8), MEMORY);
    }

    /** Ordinary numbers, special ones, and all magnitudes. */
    private static double number(SplittableRandom random) {
        return random.nextInt(4) > 0
                ? Functions.number(random)
                : Math.copySign(Math.pow(10, random.nextDouble(-300, 300)), random.nextDouble(-1, 1));
    }

    private static double[][] points(Program p, SplittableRandom random) {
        double[][] in = new double[POINTS][p.inputs()];
        boolean order = Functions.TAKES_ORDER.contains(p.rows().getFirst().name());
        for (double[] x : in) {
            Arrays.setAll(x, _ -> number(random));
            if (order) {
                x[0] = random.nextInt(-1, 6) / (random.nextInt(6) == 0 ? 2.0 : 1.0);
            }
        }
        return in;
    }

    /** CUDA's hypot may overflow at the largest numbers. */
    private static boolean mayOverflow(String row, double[] x) {
        return row.equals("hypot") && Math.max(Math.abs(x[0]), Math.abs(x[1])) == Double.MAX_VALUE;
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void everyRowIsCloseToTheCpu(int bias) {
        rows.bias = bias;
        var random = new SplittableRandom(7);
        List<String> beyond = new ArrayList<>();
        for (CudaSource source : ROWS) {
            Program p = source.program();
            String name = p.rows().getFirst().name();
            double bound = LESS_CLOSE.getOrDefault(name, CLOSE);
            double[][] in = points(p, random);
            double[][] out = PtxCode.columns(rows, MEMORY, source, in, 2);
            for (int i = 0; i < POINTS; i++) {
                double expected = p.value(in[i])[0];
                double unit = Math.ulp(ZEROS.contains(name) ? Math.max(1, Math.abs(expected)) : expected);
                boolean same = Double.compare(expected, out[i][0]) == 0;
                if (!same && !(Math.abs(expected - out[i][0]) <= bound * unit && (expected != 0 || unit > 1e-20))
                        && !mayOverflow(name, in[i])) {
                    beyond.add(name + Arrays.toString(in[i]) + " should be " + expected + ", but is " + out[i][0] + ", "
                            + Math.abs(expected - out[i][0]) / unit + " units away");
                }
            }
        }
        assertEquals(List.of(), beyond);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void rowsInSinglePrecisionAreCloseToTheCpu(int bias) {
        singleRows.bias = bias;
        var random = new SplittableRandom(9);
        List<String> beyond = new ArrayList<>();
        for (CudaSource source : SINGLE_ROWS) {
            Program p = source.program();
            double[][] in = new double[POINTS][p.inputs()];
            for (double[] x : in) {
                Arrays.setAll(x, _ -> (float) Functions.number(random));
            }
            double[][] out = PtxCode.columns(singleRows, MEMORY, source, in, 2);
            for (int i = 0; i < POINTS; i++) {
                double exact = p.value(in[i])[0];
                double error = Math.abs(exact - out[i][0]) / Math.ulp((float) exact);
                if (Double.compare((float) exact, out[i][0]) != 0 && !(error <= CLOSE_IN_SINGLE)) {
                    beyond.add(p.rows().getFirst().name() + Arrays.toString(in[i]) + " should be " + exact + ", but is "
                            + out[i][0] + ", " + error + " units away");
                }
            }
        }
        assertEquals(List.of(), beyond);
    }

    @Test
    void randomProgramsOfExactRowsHaveTheBitsOfTheProgram() throws IOException {
        List<Elementary> exact = Functions.rows().stream().filter(row -> EXACT.contains(row.name())).toList();
        assertEquals(EXACT.size(), exact.size());
        List<CudaSource> sources = new ArrayList<>();
        for (int seed = 0; seed < PROGRAMS; seed++) {
            sources.add(CudaSource.of(Functions.random(seed, 30, exact), Precision.DOUBLE));
        }
        PtxModule module = load(PtxCode.compile(folder, "random", "compute_90", sources));
        var random = new SplittableRandom(8);
        int held = 0;
        for (CudaSource source : sources) {
            Program p = source.program();
            double[][] in = new double[100][p.inputs()];
            for (double[] x : in) {
                Arrays.setAll(x, j -> p.isUniform(j) && x != in[0] ? in[0][j] : Functions.number(random));
            }
            double[][] out = PtxCode.columns(module, MEMORY, source, in, 2);
            for (int i = 0; i < in.length; i++) {
                String where = "at " + Arrays.toString(in[i]) + "\n" + p.listing();
                double[] expected = new double[p.outputs()];
                assertEquals(p.run(in[i], expected, p.newWorkspace()), out[i] != null, where);
                for (int k = 0; out[i] != null && k < expected.length; k++) {
                    held++;
                    assertEquals(Double.doubleToLongBits(expected[k]), Double.doubleToLongBits(out[i][k]), where);
                }
            }
        }
        assertTrue(held > PROGRAMS * 100 / 10, "guards held for only " + held + " outputs");
    }

    @Test
    void whatIsNotPtxIsRefusedAsADriverDoes() {
        var e = assertThrows(GpuException.class, () -> load("\u007fELF"));
        assertEquals(GpuException.INVALID_IMAGE, e.code());
    }

    @Test
    void anInstructionThatIsNotKnownIsNamed() {
        var e = assertThrows(IllegalArgumentException.class, () -> load("""
                .version 9.0
                .visible .entry f() { .reg .f64 %d<3>; add.f64 %d0, %d1, %d2; ret; }
                """));
        assertTrue(String.valueOf(e.getMessage()).startsWith("the instruction add.f64 is not known here"));
    }
}
