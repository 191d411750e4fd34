package org.wengert.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Unary;
import org.wengert.core.engine.Precision;
import org.wengert.core.program.Program;
import org.wengert.core.transform.Adjoint;
import org.wengert.core.transform.JacobianProgram;
import org.wengert.core.transform.Tangent;
import org.wengert.core.transform.Zeros;

/**
 * The first rung: generated kernels, compiled by a C++ compiler and run on the CPU with Java's own elementary
 * functions, give the bits that the programs give.
 */
class HostKernelsTest {

    private static final int RANDOM_PROGRAMS = 200;

    @TempDir
    private static Path folder;

    private static final JacobianProgram BUNDLE = Functions.bundleAdjustment(Zeros.GUARDED);
    private static final CudaSource COLUMNS = CudaSource.of(BUNDLE.program(), Precision.DOUBLE);
    private static final CudaSource CAREFUL =
            CudaSource.of(Functions.bundleAdjustment(Zeros.ABSORBED).program(), Precision.DOUBLE);
    private static final CudaSource NORMAL_EQUATIONS =
            CudaSource.of(BUNDLE.program(), Precision.DOUBLE, Reduction.gaussNewton(BUNDLE));
    private static final Program MIXTURE = Functions.gaussianMixture(Zeros.GUARDED);
    private static final CudaSource MIXTURE_COLUMNS = CudaSource.of(MIXTURE, Precision.DOUBLE);
    private static final CudaSource MIXTURE_SUMS =
            CudaSource.of(MIXTURE, Precision.DOUBLE, Reduction.sums(0, MIXTURE.outputs()));
    private static final List<CudaSource> ROWS = new ArrayList<>();
    private static final List<CudaSource> RANDOM = new ArrayList<>();

    private static HostKernels kernels;

    @BeforeAll
    static void compile() throws Exception {
        Tool.needed("g++");
        List<CudaSource> all = new ArrayList<>(
                List.of(COLUMNS, CAREFUL, NORMAL_EQUATIONS, MIXTURE_COLUMNS, MIXTURE_SUMS));
        for (Elementary row : Functions.rows()) {
            ROWS.add(CudaSource.of(Functions.row(row), Precision.DOUBLE));
        }
        for (int seed = 0; seed < RANDOM_PROGRAMS; seed++) {
            Program p = Functions.random(seed, 30);
            RANDOM.add(CudaSource.of(switch (seed % 4) {
                case 0 -> Tangent.columns(p.select(0), Zeros.GUARDED, 0, 1);
                case 1 -> Adjoint.gradient(p.select(0), 0, 1, 2);
                default -> p;
            }, Precision.DOUBLE));
        }
        all.addAll(ROWS);
        all.addAll(RANDOM);
        kernels = new HostKernels(folder, "rung1", all);
    }

    /** Runs a kernel and the program itself; gives at how many points guards held. */
    private static int compare(CudaSource source, double[][] in) throws Throwable {
        return compare(kernels, source, in);
    }

    private static int compare(HostKernels kernels, CudaSource source, double[][] in) throws Throwable {
        Program p = source.program();
        var workspace = p.newWorkspace();
        double[] expected = new double[p.outputs()];
        double[][] out = kernels.columns(source, in);
        int held = 0;
        for (int i = 0; i < in.length; i++) {
            String where = "at " + Arrays.toString(in[i]);
            if (!p.run(in[i], expected, workspace)) {
                assertNull(out[i], where);
                continue;
            }
            held++;
            assertTrue(out[i] != null, where + ": no guard should fail");
            for (int k = 0; k < expected.length; k++) {
                int output = k;
                assertEquals(Double.doubleToLongBits(expected[k]), Double.doubleToLongBits(out[i][k]),
                        () -> "output " + output + " " + where + " should be " + expected[output] + ", but is "
                                + out[0].length + "\n" + p.listing() + source.text());
            }
        }
        return held;
    }

    private static double[][] bundlePoints(int n) {
        var random = new SplittableRandom(5);
        return IntStream.range(0, n).mapToObj(_ -> Functions.bundlePoint(random)).toArray(double[][]::new);
    }

    /** Points that share their uniform inputs. */
    private static double[][] points(Program p, int n, SplittableRandom random) {
        double[][] in = new double[n][p.inputs()];
        for (int j = 0; j < p.inputs(); j++) {
            double shared = Functions.number(random);
            for (double[] x : in) {
                x[j] = p.isUniform(j) ? shared : Functions.number(random);
            }
        }
        return in;
    }

    @Test
    void theJacobianOfBundleAdjustmentHasTheBitsOfTheProgram() throws Throwable {
        assertEquals(1000, compare(COLUMNS, bundlePoints(1000)));
        assertEquals(1000, compare(CAREFUL, bundlePoints(1000)));
    }

    @Test
    void aPointWhereADerivativeIsNotANumberIsReported() throws Throwable {
        double[][] in = bundlePoints(3);
        Arrays.fill(in[1], 0, 3, 0.0); // no rotation: 0/0
        double[][] out = kernels.columns(COLUMNS, in);
        assertTrue(out[0] != null && out[2] != null);
        assertNull(out[1]);
    }

    @Test
    void contractedProductsAndSumsWouldBeNoticed() throws Throwable {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "fused multiply-adds need an option of their own elsewhere");
        var contracted = new HostKernels(folder, "contracted", List.of(COLUMNS), "-O2", "-mfma", "-ffp-contract=fast");
        assertThrows(AssertionError.class, () -> compare(contracted, COLUMNS, bundlePoints(1000)));
    }

    @Test
    void theGradientOfAMixtureHasTheBitsOfTheProgram() throws Throwable {
        var random = new SplittableRandom(6);
        double[] parameters = random.doubles(Functions.PARAMETERS, -1, 1).toArray();
        double[][] in = new double[500][];
        for (int i = 0; i < in.length; i++) {
            in[i] = Arrays.copyOf(parameters, MIXTURE.inputs());
            in[i][Functions.PARAMETERS] = random.nextDouble(-2, 2);
            in[i][Functions.PARAMETERS + 1] = random.nextDouble(-2, 2);
        }
        assertEquals(500, compare(MIXTURE_COLUMNS, in));
        assertTrue(MIXTURE_COLUMNS.uniforms().outputs() > 0 && MIXTURE_COLUMNS.varyingInputs().length == 2);
    }

    @Test
    void everyRowOfTheTableHasTheBitsOfJava() throws Throwable {
        var random = new SplittableRandom(7);
        for (CudaSource source : ROWS) {
            Program p = source.program();
            double[][] in = points(p, 400, random);
            if (Functions.TAKES_ORDER.contains(p.rows().getFirst().name())) {
                for (double[] x : in) {
                    x[0] = random.nextInt(-1, 6) / (random.nextInt(6) == 0 ? 2.0 : 1.0);
                }
            }
            assertEquals(400, compare(source, in), p.rows()::toString);
        }
    }

    @Test
    void allRowsRunOnADeviceButTheIncompleteGammaFunctions() {
        List<String> without = ElementaryTable.rows().stream()
                .filter(row -> !CudaRows.has(row)).map(Elementary::name).sorted().toList();
        assertEquals(List.of("gammaDensity", "gammaDensityShape", "regularizedGammaP", "regularizedGammaPShape",
                "regularizedGammaQ"), without);
    }

    @Test
    void rowsOfUsersAreRefusedByName() {
        Program p = Functions.row(Unary.of("mine", x -> x, x -> 1));
        var e = assertThrows(IllegalArgumentException.class, () -> CudaSource.of(p, Precision.DOUBLE));
        assertEquals("program cannot run on a GPU: the function mine has no CUDA form", e.getMessage());
    }

    @Test
    void randomProgramsAndTheirDerivativesHaveTheBitsOfTheProgram() throws Throwable {
        var random = new SplittableRandom(8);
        int held = 0;
        for (CudaSource source : RANDOM) {
            held += compare(source, points(source.program(), 40, random));
        }
        assertTrue(held > RANDOM_PROGRAMS * 40 / 10, "guards held at only " + held + " points");
    }

    @Test
    void sumsAreTakenInTheStatedOrderWhateverTheNumberOfBlocks() throws Throwable {
        double[][] in = bundlePoints(2 * CudaSource.CHUNK + 777);
        Arrays.fill(in[CudaSource.CHUNK + 3], 0, 3, 0.0); // drops out
        double[] expected = InOrder.sums(NORMAL_EQUATIONS, in);
        for (int blocks : new int[] {1, 3}) {
            double[] sums = kernels.sums(NORMAL_EQUATIONS, in, blocks);
            for (int e = 0; e < expected.length; e++) {
                assertEquals(expected[e], sums[e], "entry " + e + " with " + blocks + " blocks");
            }
        }
    }

    @Test
    void theSumOfGradientsIsTakenInTheStatedOrder() throws Throwable {
        var random = new SplittableRandom(9);
        double[] parameters = random.doubles(Functions.PARAMETERS, -1, 1).toArray();
        double[][] in = new double[300][];
        for (int i = 0; i < in.length; i++) {
            in[i] = Arrays.copyOf(parameters, MIXTURE.inputs());
            in[i][Functions.PARAMETERS] = random.nextDouble(-2, 2);
            in[i][Functions.PARAMETERS + 1] = random.nextDouble(-2, 2);
        }
        assertEquals(Arrays.toString(InOrder.sums(MIXTURE_SUMS, in)),
                Arrays.toString(kernels.sums(MIXTURE_SUMS, in, 1)));
    }
}
