package org.wengert.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.core.scalar.ScalarMath.exp;
import static org.wengert.core.scalar.ScalarMath.sin;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Nary;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;
import org.wengert.core.simd.Kernels;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.RandomExpression;
import org.wengert.core.transform.Zeros;

/** The engines against {@link Program#run}, on random programs and their Jacobians. Run at every vector width. */
@Tag("simd")
class TileInterpreterTest {

    private static final int N = 4;
    private static final double[] NASTY = {
        0.0, -0.0, 1, -1, 0.5, 2, 1e-300, -1e300, Double.MIN_VALUE, Double.MAX_VALUE,
        Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN
    };

    private static double[][] points(SplittableRandom random, int count, boolean nasty) {
        double[][] points = new double[count][];
        for (int k = 0; k < count; k++) {
            points[k] = random.doubles(N, -1.5, 2.5)
                    .map(u -> nasty && random.nextInt(4) == 0 ? NASTY[random.nextInt(NASTY.length)] : u).toArray();
        }
        return points;
    }

    private static Program program(long seed, int steps, int m, int kind, double[] at) {
        var expression = new RandomExpression(seed, ElementaryTable.rows(), N, steps, m);
        boolean[] uniform = {false, (seed & 1) != 0, false, (seed & 2) != 0};
        Program p = Tracer.trace(at, uniform, expression::apply);
        return switch (kind) {
            case 0 -> p;
            case 1 -> Elimination.jacobian(p).program();
            default -> Elimination.jacobian(p, Zeros.GUARDED, 0, 1, 2, 3).program();
        };
    }

    /** In reproducible mode the same bits at every point, the same failing points, whatever the width of the vectors. */
    @Property(tries = 400, seed = "42")
    void theReproducibleInterpreterGivesTheBitsOfTheProgram(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int steps, @ForAll @IntRange(min = 1, max = 4) int m,
            @ForAll @IntRange(max = 2) int kind, @ForAll boolean nasty, @ForAll @IntRange(min = 1, max = 40) int count) {
        var random = new SplittableRandom(seed);
        double[][] points = points(random, count, nasty);
        Program p = program(seed, steps, m, kind, points[0]);
        double[][] plain = Tiles.run(p, new PlainEngine().compile(p), points);
        double[][] actual = Tiles.run(p, TileInterpreter.reproducible().compile(p), points);
        for (int k = 0; k < count; k++) {
            boolean holds = plain[k][p.outputs()] == 0;
            int at = k;
            assertEquals(holds, actual[k][p.outputs()] == 0, () -> "point " + at + " of\n" + p.listing());
            for (int i = 0; holds && i < p.outputs(); i++) {
                int output = i;
                assertEquals(plain[k][i], actual[k][i], () -> "output " + output + " at point " + at + " of\n" + p.listing());
            }
        }
    }

    /** The fast mode differs by rounding errors only; where they decide a comparison, nothing is compared. */
    @Property(tries = 300, seed = "42")
    void theFastInterpreterDiffersByRoundingErrorsOnly(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int steps, @ForAll @IntRange(min = 1, max = 3) int m,
            @ForAll @IntRange(max = 2) int kind) {
        List<String> jumps = List.of("floor", "ceil", "rint", "step", "signum", "select", "rem", "floorMod", "IEEEremainder", "nextUp");
        var smooth = ElementaryTable.rows().stream().filter(row -> !jumps.contains(row.name())).toList();
        var random = new SplittableRandom(seed);
        double[][] points = points(random, 20, false);
        Program value = Tracer.trace(points[0], new RandomExpression(seed, smooth, N, steps, m)::apply);
        Program p = kind == 0 ? value : Elimination.jacobian(value, kind == 1 ? Zeros.ABSORBED : Zeros.GUARDED, 0, 1, 2, 3).program();
        double[][] actual = Tiles.run(p, new TileInterpreter().compile(p), points);
        Workspace workspace = p.newWorkspace();
        double[] expected = new double[p.outputs()];
        for (int k = 0; k < points.length; k++) {
            if (!p.run(points[k], expected, workspace) || actual[k][p.outputs()] != 0) {
                continue;
            }
            double scale = 1;
            for (int v = 0; v < p.nodes(); v++) {
                double size = Math.abs(workspace.value(v));
                scale = size <= Double.MAX_VALUE ? Math.max(scale, size) : scale;
            }
            for (int i = 0; i < p.outputs(); i++) {
                int output = i;
                if (Double.isFinite(expected[i]) && Double.isFinite(actual[k][i])) {
                    assertEquals(expected[i], actual[k][i], 1e-9 * scale, () -> "output " + output + " of\n" + p.listing());
                }
            }
        }
    }

    @Example
    void outputsMayBeInputsConstantsUniformNumbersAndTheSameNodeTwice() {
        Program p = Tracer.trace(new double[] {1, 2}, new boolean[] {false, true}, x -> {
            Scalar s = sin(x[0]);
            return new Scalar[] {x[0], x[1], s, s, x[1].plus(1), new org.wengert.core.scalar.Real(7), s.plus(s)};
        });
        double[][] points = IntStream.range(0, 300).mapToObj(k -> new double[] {k * 0.1, 2}).toArray(double[][]::new);
        for (Engine engine : List.of(new PlainEngine(), new TileInterpreter(), TileInterpreter.reproducible())) {
            double[][] y = Tiles.run(p, engine.compile(p), points);
            for (int k = 0; k < points.length; k++) {
                double s = Math.sin(k * 0.1);
                assertArrayEquals(new double[] {k * 0.1, 2, s, s, 3, 7, s + s, 0}, y[k], 1e-15);
            }
        }
    }

    @Example
    void aGuardOnUniformNumbersFailsEverywhereOrNowhere() {
        Program p = Tracer.trace(new double[] {1, 2}, new boolean[] {false, true},
                x -> new Scalar[] {x[1].isLessThan(3) ? x[0].times(x[1]) : x[0]});
        TileCode code = new TileInterpreter().compile(p);
        assertEquals(0, Tiles.run(p, code, new double[][] {{1, 2}})[0][1]);
        assertEquals(1, Tiles.run(p, code, new double[][] {{1, 4}})[0][1]);
    }

    @Example
    void longSumsAndRowsOfManyArgumentsAgree() {
        Program p = Tracer.trace(new double[9], x -> {
            Scalar sum = x[0].times(x[1]);
            for (int i = 1; i < 9; i++) {
                sum = sum.plus(i % 3 == 0 ? x[i] : i % 3 == 1 ? x[i].times(x[i - 1]) : x[i].times(1.25));
            }
            return new Scalar[] {
                sum, ScalarMath.sum(x), x[0].apply(row("product"), x), x[0].apply(row("sumOfSquares"), x),
                x[0].apply(row("norm"), x), x[0].apply(row("logSumExp"), x)
            };
        });
        var random = new SplittableRandom(5);
        double[][] points = new double[500][];
        for (int k = 0; k < points.length; k++) {
            double scale = k % 4 == 0 ? 1e-170 : k % 4 == 1 ? 1e160 : 1;
            points[k] = random.doubles(9, -2, 2).map(u -> scale * u).toArray();
        }
        double[][] y = Tiles.run(p, new TileInterpreter().compile(p), points);
        double[][] same = Tiles.run(p, TileInterpreter.reproducible().compile(p), points);
        for (int k = 0; k < points.length; k++) {
            double[] expected = p.value(points[k]);
            for (int i = 0; i < expected.length; i++) {
                close(expected[i], y[k][i], 4);
                assertEquals(expected[i], same[k][i], "output " + i);
            }
        }
    }

    /** -∞ twice and then a number: terms that add nothing, wherever they stand. */
    @Example
    void infiniteTermsOfALogarithmOfExponentialsAgree() {
        double[] terms = {Double.NEGATIVE_INFINITY, 0, -3, Double.POSITIVE_INFINITY, Double.NaN};
        int points = terms.length * terms.length * terms.length;
        Program p = Tracer.trace(new double[3], x -> new Scalar[] {x[0].apply(row("logSumExp"), x)});
        for (Engine engine : List.of(new TileInterpreter(), TileInterpreter.with(Kernels.scalar()), TileInterpreter.reproducible(), FusedEngine.fast())) {
            TileCode code = engine.compile(p);
            double[] in = new double[3 * TileCode.STRIDE];
            double[] out = new double[2 * TileCode.STRIDE];
            for (int k = 0; k < points; k++) {
                in[k] = terms[k % terms.length];
                in[TileCode.STRIDE + k] = terms[k / terms.length % terms.length];
                in[2 * TileCode.STRIDE + k] = terms[k / terms.length / terms.length];
            }
            code.run(new double[p.firstVarying()], in, 0, out, 0, new double[code.scratch()], points);
            for (int k = 0; k < points; k++) {
                double expected = p.value(in[k], in[TileCode.STRIDE + k], in[2 * TileCode.STRIDE + k])[0];
                boolean same = Double.compare(expected, out[k]) == 0 || Math.abs(expected - out[k]) <= 4 * Math.ulp(expected);
                assertTrue(same, engine.description() + ": " + out[k] + " of " + in[k] + ", " + in[TileCode.STRIDE + k] + ", "
                        + in[2 * TileCode.STRIDE + k]);
            }
        }
    }

    private static void close(double expected, double actual, double ulps) {
        if (Double.isFinite(expected)) {
            assertEquals(expected, actual, ulps * Math.ulp(expected));
        } else {
            assertEquals(expected, actual);
        }
    }

    private static Nary row(String name) {
        return (Nary) ElementaryTable.row(name).orElseThrow();
    }

    /** A program with more live values than the caches hold is done in strips. */
    @Example
    void aVeryWideProgramAgrees() {
        int n = 40;
        Program p = Tracer.trace(new double[n], x -> {
            Scalar[] all = new Scalar[n * n];
            for (int i = 0; i < n * n; i++) {
                all[i] = x[i / n].times(x[i % n]).plus(exp(x[i % n].times(i * 1e-3)));
            }
            Scalar[] y = new Scalar[3];
            for (int k = 0; k < 3; k++) {
                y[k] = all[0];
                for (int i = 1; i < n * n; i++) {
                    y[k] = y[k].plus(all[i * (7 + k) % (n * n)].times(all[i]));
                }
            }
            return y;
        });
        var random = new SplittableRandom(6);
        double[][] points = new double[300][];
        for (int k = 0; k < points.length; k++) {
            points[k] = random.doubles(n, -1, 1).toArray();
        }
        double[][] y = Tiles.run(p, TileInterpreter.reproducible().compile(p), points);
        for (int k = 0; k < points.length; k++) {
            double[] expected = p.value(points[k]);
            for (int i = 0; i < 3; i++) {
                assertEquals(expected[i], y[k][i]);
            }
        }
    }

    @Example
    void aHotCallAllocatesNothing() {
        Program p = Elimination.jacobian(Tracer.trace(new double[N], x -> new Scalar[] {
            exp(x[0]).times(sin(x[1])).plus(x[2].div(x[3].plus(3))), x[0].apply(row("norm"), x), x[0].apply(row("logSumExp"), x),
            x[0].apply(row("clamp"), new Scalar[] {x[0], x[1], x[2]})
        }), Zeros.GUARDED, 0, 1, 2, 3).program();
        for (Engine engine : List.of(new TileInterpreter(), TileInterpreter.reproducible())) {
            TileCode code = engine.compile(p);
            double[] in = new double[N * TileCode.STRIDE];
            double[] out = new double[(p.outputs() + 1) * TileCode.STRIDE];
            double[] scratch = new double[code.scratch()];
            double[] uniform = new double[p.firstVarying()];
            Uniforms.evaluate(p, new double[0], uniform);
            long least = Allocation.least(0, () -> code.run(uniform, in, 0, out, 0, scratch, 256));
            assertEquals(0, least, engine.description() + " allocates");
        }
    }

    @Example
    void anEngineSaysWhatItIs() {
        assertTrue(new TileInterpreter().description().startsWith("tile interpreter, "));
    }
}
