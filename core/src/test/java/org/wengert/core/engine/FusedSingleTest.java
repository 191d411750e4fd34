package org.wengert.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;
import org.wengert.core.program.Tracer;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.RandomExpression;
import org.wengert.core.transform.Zeros;

/** Fused kernels in single precision against {@link Program#run}. The build runs this class once for each vector width and without vectors. */
@Tag("simd")
class FusedSingleTest {

    private static final double[] NASTY = {
        0.0, -0.0, 1, -1, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE,
        Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 0x1p100, -0x1p-100, 0.5, 2, -3
    };

    /** Floats of every kind; one in so many is nasty. */
    private static double[] numbers(int count, SplittableRandom random, int oneIn) {
        double[] x = new double[count];
        Arrays.setAll(x, i -> random.nextInt(oneIn) == 0 ? NASTY[random.nextInt(NASTY.length)] : (float) random.nextDouble(-3, 3));
        return x;
    }

    private static double[][] rows(int count, int inputs, SplittableRandom random, int oneIn) {
        double[][] rows = new double[count][];
        Arrays.setAll(rows, k -> numbers(inputs, random, oneIn));
        return rows;
    }

    // ---- single operations ---------------------------------------------------------------------------

    /** Rows of so many operands whose errors come from adding and multiplying in turn. */
    private static final Set<String> TAKE_SEVERAL_STEPS = Set.of("sum", "product", "sumOfSquares", "logSumExp");

    @TestFactory
    Stream<DynamicTest> everyRowIsWithinAFewUlpOfAFloat() {
        var random = new SplittableRandom(12);
        return ElementaryTable.rows().stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> {
            IntStream arities = switch (row) {
                case Unary _ -> IntStream.of(1);
                case Binary _ -> IntStream.of(2);
                case Nary f -> f.arity() == Nary.ANY ? IntStream.of(1, 2, 3, 7) : IntStream.of(f.arity());
            };
            arities.forEach(n -> {
                var builder = new ProgramBuilder();
                Program p = builder.build(builder.apply(row, IntStream.range(0, n).map(_ -> builder.input()).toArray()));
                SingleTileCode code = FusedEngine.fast().compileSingle(p);
                for (int round = 0; round < 8; round++) {
                    double[][] x = rows(256, n, random, 3);
                    double[][] y = SingleRun.run(p, code, x);
                    for (int k = 0; k < x.length; k++) {
                        checkRow(row, p, x[k], y[k][0]);
                    }
                }
            });
        }));
    }

    private static void checkRow(Elementary row, Program p, double[] x, double actual) {
        double[] y = new double[1];
        p.run(x, y, p.newWorkspace());
        float expected = (float) y[0];
        double tolerance = 4 * Math.ulp(expected) + Float.MIN_NORMAL;
        if (TAKE_SEVERAL_STEPS.contains(row.name()) && x.length > 1) {
            tolerance = new RunningError(p, x).bound[p.output(0)];
        }
        if (Float.compare(expected, (float) actual) != 0 && tolerance < Double.POSITIVE_INFINITY
                && !(Math.abs(y[0] - actual) <= tolerance)) {
            assertEquals(expected, (float) actual, row + " at " + Arrays.toString(x));
        }
    }

    // ---- whole programs ------------------------------------------------------------------------------

    /** What was found out about a program at a few points. */
    private static final class Tally {
        private int points;
        private int outputs;
        private int tight;
        private int doubtful;
    }

    /** Programs of all rows with comparisons, and programs of their derivatives. */
    @Test
    void randomProgramsAndTheirJacobiansStayWithinTheirRunningErrors() {
        var random = new SplittableRandom(13);
        var tally = new Tally();
        for (int seed = 0; seed < 60; seed++) {
            var f = new RandomExpression(seed, ElementaryTable.rows(), 4, 30, 3);
            Program p = Tracer.trace(numbers(4, random, 100), f::apply);
            check(p, random, tally);
            check(p.withUniform(1, 2), random, tally);
            check(Elimination.jacobian(p, Zeros.GUARDED, 0, 1, 2, 3).program(), random, tally);
            check(Elimination.jacobian(p.withUniform(0), Zeros.ABSORBED, 1, 3).program(), random, tally);
        }
        assertTrue(tally.outputs > 4_000, () -> "only " + tally.outputs + " outputs were compared");
        assertTrue(tally.tight > tally.outputs / 2, () -> "only " + tally.tight + " of " + tally.outputs + " bounds say much");
        // These programs compare zeros, infinities and no numbers more often than others do.
        assertTrue(tally.doubtful < tally.points / 5, () -> tally.doubtful + " of " + tally.points + " points are in doubt");
    }

    private static void check(Program p, SplittableRandom random, Tally tally) {
        double[][] x = rows(64, p.inputs(), random, 20);
        for (double[] row : x) {
            for (int i = 0; i < row.length; i++) {
                row[i] = p.isUniform(i) ? x[0][i] : row[i];
            }
        }
        double[][] y = SingleRun.run(p, FusedEngine.fast().compileSingle(p), x);
        for (int k = 0; k < x.length; k++) {
            var error = new RunningError(p, x[k]);
            boolean holds = y[k][p.outputs()] == 0;
            boolean inDoubt = false;
            boolean right = true;
            for (Guard g : p.guards()) {
                double l = error.value[g.left()];
                double r = error.value[g.right()];
                double off = 2 * (error.bound[g.left()] + error.bound[g.right()]);
                boolean sure = Math.abs(l - r) > off;
                right &= g.holds(l, r);
                assertTrue(!holds || g.holds(l, r) || !sure, () -> g + " is not seen to fail at " + l + " " + r);
                boolean close = Math.abs(l - r) <= 2 * SingleTileCode.CLOSE * (Math.abs(l) + Math.abs(r)) + 2 * Float.MIN_NORMAL + off;
                inDoubt |= !sure || close || Double.isNaN(off);
            }
            tally.points++;
            if (!holds) {
                tally.doubtful += right ? 1 : 0;
                assertTrue(!right || inDoubt, "guards are said to fail at " + Arrays.toString(x[k]));
            }
            for (int j = 0; j < p.outputs() && holds && right; j++) {
                double expected = error.value[p.output(j)];
                double bound = 2 * error.bound[p.output(j)] + Math.abs((float) expected - expected);
                if (bound < Double.POSITIVE_INFINITY) {
                    tally.outputs++;
                    tally.tight += bound < 1e-4 * Math.abs(expected) || bound == 0 ? 1 : 0;
                    if (!(Math.abs(expected - y[k][j]) <= bound)) {
                        assertEquals(expected, y[k][j], bound, "output " + j + " at " + Arrays.toString(x[k]) + "\n" + p.listing());
                    }
                }
            }
        }
    }

    /** Where all intermediate values are whole numbers of at most 24 bits, nothing is rounded. */
    @Test
    void programsOfSmallWholeNumbersAreExact() {
        List<Elementary> whole = ElementaryTable.rows().stream().filter(row -> Set.of("plus", "minus", "times", "negate", "square", "abs",
                "min", "max", "fma", "sum", "select", "relu", "clamp", "sumOfSquares", "floor", "ceil", "rint", "step", "signum").contains(row.name())).toList();
        var random = new SplittableRandom(14);
        int compared = 0;
        for (int seed = 0; seed < 60; seed++) {
            var f = new RandomExpression(seed, whole, 4, 12, 3);
            double[] at = {1, 2, -1, 3};
            Program p = Elimination.jacobian(Tracer.trace(at, f::apply), Zeros.ABSORBED, 0, 1, 2, 3).program();
            double[][] x = new double[100][];
            Arrays.setAll(x, k -> random.ints(4, -4, 5).asDoubleStream().toArray());
            double[][] y = SingleRun.run(p, FusedEngine.fast().compileSingle(p), x);
            Workspace workspace = p.newWorkspace();
            double[] expected = new double[p.outputs()];
            for (int k = 0; k < x.length; k++) {
                boolean holds = p.run(x[k], expected, workspace);
                boolean exact = IntStream.range(0, p.nodes()).mapToDouble(workspace::value)
                        .allMatch(v -> Math.abs(v) <= 1 << 20 && v * 4096 == Math.rint(v * 4096));
                if (holds && exact && y[k][p.outputs()] == 0) {
                    assertArrayEquals(expected, Arrays.copyOf(y[k], expected.length), p.listing());
                    compared++;
                }
            }
        }
        assertTrue(compared > 1000, "only " + compared + " points were compared");
    }

    // ---- comparisons ---------------------------------------------------------------------------------

    private static boolean holds(Program p, double... x) {
        return SingleRun.run(p, FusedEngine.fast().compileSingle(p), new double[][] {x})[0][p.outputs()] == 0;
    }

    @Test
    void inputsAreComparedAsTheyAre() {
        Program p = Tracer.trace(new double[] {1, 2}, x -> new Scalar[] {
            x[0].isLessThan(0.5) ? x[0] : x[1].isGreaterThan(x[0]) ? x[1] : x[0]});
        float half = 0.5f;
        assertTrue(holds(p, half, Math.nextUp(half)));
        assertTrue(!holds(p, Math.nextDown(half), 2));
        assertTrue(!holds(p, half, half));
        assertTrue(!holds(p, Double.NaN, 1));
    }

    @Test
    void computedNumbersThatAreCloseAreLeftToDoublePrecision() {
        Program p = Tracer.trace(new double[] {3, 2}, x -> new Scalar[] {x[0].times(x[0]).isGreaterThan(x[1].times(x[1])) ? x[0] : x[1]});
        assertTrue(holds(p, 3, 2));
        assertTrue(holds(p, 1 + 0x1p-12, 1));
        if (FusedEngine.fast().compileSingle(p) instanceof FusedSingleCode) {
            assertTrue(!holds(p, 1 + 0x1p-20, 1), "too close");
            assertTrue(!holds(p, 0x1p100, 3), "too large");
            assertTrue(!holds(p, 0x1p-80, 0), "too small");
        } else {
            assertTrue(holds(p, 1 + 0x1p-20, 1));
        }
        assertTrue(!holds(p, 2, 3));
    }

    @Test
    void uniformNumbersAreComparedBeforeTheyAreRounded() {
        Program p = Tracer.trace(new double[] {1, 2, 3}, x -> new Scalar[] {
            x[0].times(x[0]).isLessThan(x[1].times(x[1])) ? x[2].times(x[1]) : x[2]}).withUniform(0, 1);
        assertTrue(holds(p, 1, 1 + 1e-12, 5));
        assertTrue(!holds(p, 1, 1, 5));
        assertEquals(5 * 3.0f, SingleRun.run(p, FusedEngine.fast().compileSingle(p), new double[][] {{1, 3, 5}})[0][0]);
    }

    // ---- edges ---------------------------------------------------------------------------------------

    @Test
    void whatIsTooLargeBecomesInfiniteAndWhatIsTooSmallZero() {
        Program p = Tracer.trace(new double[] {3}, x -> new Scalar[] {x[0].times(x[0]), x[0].times(0x1p-149), x[0].times(-1), x[0].plus(1e300)});
        double[][] y = SingleRun.run(p, FusedEngine.fast().compileSingle(p), new double[][] {{0x1p100}, {-0x1p-100}, {-0.0}, {1}, {0.5}, {Double.NaN}});
        assertEquals(Double.POSITIVE_INFINITY, y[0][0]);
        assertEquals(0, y[1][0]);
        assertEquals(0.0, y[2][2]);
        assertEquals(1.0, Math.copySign(1, y[2][2]));
        assertEquals(Float.MIN_VALUE, y[3][1]);
        assertEquals(0, y[4][1], "half of the least number is rounded to even");
        assertEquals(Double.POSITIVE_INFINITY, y[3][3]);
        assertTrue(Double.isNaN(y[5][0]));
    }

    @Test
    void longProgramsAreSplitIntoBlocks() {
        Program p = large(12_000);
        var tally = new Tally();
        check(p, new SplittableRandom(15), tally);
        assertTrue(tally.outputs > 0);
    }

    /** Values that live long and values that live short, and mathematics in between, some of it lane by lane. */
    private static Program large(int operations) {
        return Tracer.trace(new double[] {0.3, -0.2, 1.5}, x -> {
            Scalar[] recent = {x[0], x[1], x[2], x[0].times(x[1]), x[1].minus(x[2])};
            Scalar[] sums = new Scalar[] {x[0], x[1]};
            for (int i = 0; i < operations / 3; i++) {
                Scalar a = recent[i % 5];
                Scalar b = recent[(i * 7 + 3) % 5];
                Scalar c = i % 50 == 0 ? ScalarMath.sin(a) : i % 171 == 0 ? ScalarMath.erf(a) : a.plus(b);
                recent[i % 5] = c.times(0.25 + i % 3 * 0.125);
                sums[i % 2] = i % 9 == 0 ? sums[i % 2].plus(c) : sums[i % 2];
            }
            return new Scalar[] {sums[0], recent[0], sums[1], x[1]};
        });
    }

    @Test
    void aCallAllocatesNothing() {
        Program p = large(300);
        for (Engine engine : List.of(FusedEngine.fast(), FusedEngine.reproducible(), new TileInterpreter())) {
            SingleTileCode code = engine.compileSingle(p);
            float[] in = new float[3 * TileCode.STRIDE];
            float[] out = new float[p.outputs() * TileCode.STRIDE];
            double[] uniform = new double[p.firstVarying()];
            Arrays.setAll(uniform, i -> p.isConstant(i) ? p.constant(i) : 0);
            assertEquals(0, Allocation.least(0, () -> code.run(uniform, in, 0, out, 0, 64)), engine.description());
        }
    }

    // ---- other engines -------------------------------------------------------------------------------

    /** Without code of their own, engines compute in double precision and round once. */
    @Test
    void reproducibleCodeRoundsTheEagerValues() {
        var random = new SplittableRandom(16);
        for (int seed = 0; seed < 30; seed++) {
            var f = new RandomExpression(seed, ElementaryTable.rows(), 4, 20, 3);
            Program p = Tracer.trace(numbers(4, random, 100), f::apply);
            double[][] x = rows(50, 4, random, 10);
            double[] expected = new double[3];
            for (Engine engine : List.of(FusedEngine.reproducible(), TileInterpreter.reproducible(), new PlainEngine())) {
                double[][] y = SingleRun.run(p, engine.compileSingle(p), x);
                for (int k = 0; k < x.length; k++) {
                    boolean holds = p.run(x[k], expected, p.newWorkspace());
                    assertEquals(holds, y[k][3] == 0);
                    for (int j = 0; j < 3 && holds; j++) {
                        assertEquals((float) expected[j], (float) y[k][j], engine.description());
                    }
                }
            }
        }
    }

    @Test
    void hotProgramsAreSwapped() {
        Program p = large(100);
        double[][] x = rows(100, 3, new SplittableRandom(17), 100_000);
        List<Runnable> waiting = new ArrayList<>();
        SingleTileCode code = new HotSwap(new PlainEngine(), FusedEngine.fast(), 250, waiting::add).compileSingle(p);
        SingleTileCode first = code.now();
        double[][] expected = SingleRun.run(p, new PlainEngine().compileSingle(p), x);
        for (int round = 0; round < 4; round++) {
            assertEquals(round < 3 ? 0 : 1, waiting.size());
            assertArrayEquals(expected, SingleRun.run(p, code, x));
        }
        assertSame(first, code.now());
        waiting.forEach(Runnable::run);
        assertNotSame(first, code.now());
        assertArrayEquals(SingleRun.run(p, FusedEngine.fast().compileSingle(p), x), SingleRun.run(p, code, x));
    }

    /** A row with an array of operands has no vector form: its program runs in double precision. */
    @Test
    void rowsOfManyOperandsAreWidened() {
        var row = ElementaryTable.row("norm").orElseThrow();
        var builder = new ProgramBuilder();
        Program p = builder.build(builder.apply(row, builder.input(), builder.input(), builder.input()));
        SingleTileCode code = FusedEngine.fast().compileSingle(p);
        assertInstanceOf(WidenedTile.class, code);
        assertEquals((float) Math.sqrt(14), SingleRun.run(p, code, new double[][] {{1, 2, 3}})[0][0]);
    }
}
