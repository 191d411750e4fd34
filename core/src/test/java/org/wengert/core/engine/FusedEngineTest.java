package org.wengert.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
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
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Relation;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;
import org.wengert.core.simd.Kernels;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.RandomExpression;
import org.wengert.core.transform.Zeros;

/** Fused kernels against {@link Program#run}. The build runs this class once for each vector width and without vectors. */
@Tag("simd")
class FusedEngineTest {

    /** Vector mathematics, and sums that are rounded once less. */
    private static TileCheck.Agreement within(double ulps) {
        return (expected, actual, scale) -> Double.compare(expected, actual) == 0
                || Math.abs(expected - actual) <= ulps * Math.ulp(expected);
    }

    /** Rounding errors, measured by the largest number that a run has met. */
    private static final TileCheck.Agreement CLOSE = (expected, actual, scale) -> Double.compare(expected, actual) == 0
            || Math.abs(expected - actual) <= 1e-9 * scale || Double.isInfinite(scale * 1e9);

    private static Program of(Elementary row, int operands, boolean uniformFirst) {
        var builder = new ProgramBuilder();
        int[] x = new int[operands];
        for (int i = 0; i < operands; i++) {
            x[i] = builder.input(i == 0 && uniformFirst && operands > 1);
        }
        return builder.build(builder.apply(row, x));
    }

    private static Stream<Program> programs(Elementary row) {
        IntStream arities = switch (row) {
            case Unary _ -> IntStream.of(1);
            case Binary _ -> IntStream.of(2);
            case Nary f -> f.arity() == Nary.ANY ? IntStream.of(1, 2, 3, 7, 100) : IntStream.of(f.arity());
        };
        return arities.boxed().flatMap(n -> Stream.of(of(row, n, false), of(row, n, true)));
    }

    @TestFactory
    Stream<DynamicTest> everyRowHasItsOwnBitsInReproducibleCode() {
        var random = new SplittableRandom(11);
        return ElementaryTable.rows().stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> programs(row)
                .forEach(p -> TileCheck.check(p, FusedEngine.reproducible().compile(p), 101, random, 3, TileCheck.SAME_BITS))));
    }

    @TestFactory
    Stream<DynamicTest> everyRowIsWithinAFewUlpInFastCode() {
        var random = new SplittableRandom(12);
        return ElementaryTable.rows().stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> programs(row)
                .forEach(p -> TileCheck.check(p, FusedEngine.fast().compile(p), 256, random, 3, within(6)))));
    }

    /** Compiled vector code has said 1 for 1 to the power of infinity or NaN, where Java says NaN. */
    @Test
    void powersAreThoseOfJavaOnceTheyAreCompiled() {
        Program p = of(Powers.POW, 2, false);
        TileCode code = FusedEngine.fast().compile(p);
        WarmUp.of(p, TileInterpreter.with(Kernels.scalar()).compile(p), code).run(); // whichever is faster
        TileCheck.check(p, code, 256, new SplittableRandom(15), 1, within(2));
    }

    @Test
    void randomProgramsAndTheirJacobiansHaveTheSameBitsInReproducibleCode() {
        random((p, r) -> TileCheck.check(
                p, FusedEngine.reproducible().compile(p), r.nextInt(1, 40), r, 10, TileCheck.SAME_BITS));
    }

    @Test
    void randomProgramsAreCloseInFastCode() {
        List<Elementary> smooth = ElementaryTable.rows().stream().filter(FusedEngineTest::isTame).toList();
        var random = new SplittableRandom(14);
        for (int seed = 0; seed < 40; seed++) {
            var f = new RandomExpression(seed, smooth, 4, 20, 3);
            Program p = Tracer.trace(TileCheck.numbers(4, random, 1000), f::apply);
            TileCheck.check(p, FusedEngine.fast().compile(p), 64, random, 1000, CLOSE);
        }
    }

    /** Rows whose results change by little if an operand does. */
    private static boolean isTame(Elementary row) {
        return List.of("plus", "minus", "times", "square", "negate", "abs", "min", "max", "sin", "cos", "tanh", "sigmoid",
                "atan", "fma", "sum", "sumOfSquares", "softplus", "logSumExp", "relu", "erf", "norm", "logCosh", "hypot",
                "clamp").contains(row.name());
    }

    private static void random(java.util.function.BiConsumer<Program, SplittableRandom> check) {
        var random = new SplittableRandom(13);
        for (int seed = 0; seed < 60; seed++) {
            var f = new RandomExpression(seed, ElementaryTable.rows(), 4, 30, 3);
            Program p = Tracer.trace(TileCheck.numbers(4, random, 100), f::apply);
            check.accept(p, random);
            check.accept(p.withUniform(1, 2), random);
            check.accept(Elimination.jacobian(p, Zeros.GUARDED, 0, 1, 2, 3).program(), random);
            check.accept(Elimination.jacobian(p.withUniform(0), Zeros.ABSORBED, 1, 3).program(), random);
        }
    }

    @Test
    void aProductUsedByOneSumIsNotRoundedInFastCode() {
        Program p = Tracer.trace(new double[3], x -> new Scalar[] {x[0].times(x[1]).plus(x[2])});
        TileCode code = FusedEngine.fast().compile(p);
        double[] in = new double[3 * TileCode.STRIDE];
        double x = 1 + 0x1p-30;
        in[0] = x;
        in[TileCode.STRIDE] = x;
        in[2 * TileCode.STRIDE] = -1;
        double[] out = new double[TileCode.STRIDE];
        code.run(new double[p.firstVarying()], in, 0, out, 0, new double[code.scratch()], 1);
        assertEquals(Math.fma(x, x, -1), out[0]);
    }

    @Test
    void tenThousandOperationsAreSplitIntoBlocks() {
        Program p = large(30_000);
        assertTrue(p.operations() >= 10_000, p::toString);
        var random = new SplittableRandom(15);
        TileCheck.check(p, FusedEngine.reproducible().compile(p), 19, random, 50, TileCheck.SAME_BITS);
        TileCheck.check(p, FusedEngine.fast().compile(p), 19, random, 1000, CLOSE);
    }

    /** Values that live long and values that live short, and mathematics in between. */
    private static Program large(int operations) {
        return Tracer.trace(new double[] {0.3, -0.2, 1.5}, x -> {
            Scalar[] recent = {x[0], x[1], x[2], x[0].times(x[1]), x[1].minus(x[2])};
            Scalar[] sums = new Scalar[] {x[0], x[1]};
            for (int i = 0; i < operations / 3; i++) {
                Scalar a = recent[i % 5];
                Scalar b = recent[(i * 7 + 3) % 5];
                Scalar c = i % 50 == 0 ? ScalarMath.sin(a) : i % 171 == 0 ? ScalarMath.erf(a) : a.times(b);
                recent[i % 5] = c.minus(b.times(0.25 + i % 3));
                sums[i % 2] = i % 9 == 0 ? sums[i % 2].plus(c) : sums[i % 2];
            }
            return new Scalar[] {sums[0], recent[0], sums[1], x[1]};
        });
    }

    @Test
    void aSumOfThousandsOfTermsIsWorkedOffInPieces() {
        var random = new SplittableRandom(16);
        for (Nary row : List.of(Reductions.SUM, Reductions.PRODUCT, Reductions.SUM_OF_SQUARES, Reductions.LOG_SUM_EXP)) {
            Program p = of(row, 3_000, false);
            TileCheck.check(p, FusedEngine.reproducible().compile(p), 5, random, 10_000, TileCheck.SAME_BITS);
        }
    }

    @Test
    void outputsMayBeInputsConstantsAndUniform() {
        var builder = new ProgramBuilder();
        int x = builder.input();
        int u = builder.input(true);
        int v = builder.apply(Operations.PLUS, u, builder.constant(2));
        int w = builder.apply(Operations.TIMES, x, v);
        Program p = builder.build(x, u, v, w, w, builder.constant(-0.0), x);
        var random = new SplittableRandom(17);
        TileCheck.check(p, FusedEngine.fast().compile(p), 256, random, 3, TileCheck.SAME_BITS);
        TileCheck.check(p, FusedEngine.fast().compile(p), 1, random, 3, TileCheck.SAME_BITS);
    }

    /** The Jacobian of a band has mostly constants: more than one method has room for. */
    @Test
    void thousandsOfOutputsMayBeConstants() {
        var builder = new ProgramBuilder();
        int x = builder.input();
        int square = builder.times(x, x);
        int root = builder.apply(Powers.SQRT, x);
        int[] outputs = IntStream.range(0, 5000).map(i -> i % 3 == 0 ? square : i % 7 == 0 ? x : builder.constant(i % 5)).toArray();
        outputs[4999] = root;
        builder.guard(root, Relation.EQUAL, root, true);
        Program p = builder.build(outputs);
        var random = new SplittableRandom(19);
        TileCheck.check(p, FusedEngine.fast().compile(p), 70, random, 3, TileCheck.SAME_BITS);
        TileCheck.check(p, FusedEngine.reproducible().compile(p), 70, random, 3, TileCheck.SAME_BITS);
        PointCode code = PointEngine.compiled().compile(p);
        double[] expected = new double[p.outputs()];
        double[] actual = new double[p.outputs()];
        for (double at : new double[] {0.25, 2, -1}) {
            boolean holds = p.run(new double[] {at}, expected, p.newWorkspace());
            assertEquals(holds, code.run(new double[] {at}, actual));
            assertArrayEquals(holds ? expected : new double[] {Double.NaN}, holds ? actual : Arrays.copyOf(actual, 1));
        }
    }

    @Test
    void infiniteOutputsPassTheGuardThatLooksForNaN() {
        Program p = Elimination.jacobian(
                Tracer.trace(new double[2], x -> new Scalar[] {x[0].div(x[1])}), Zeros.GUARDED, 0, 1).program();
        assertTrue(!p.guards().isEmpty());
        TileCheck.check(p, FusedEngine.fast().compile(p), 256, new SplittableRandom(18), 2, TileCheck.SAME_BITS);
    }

    @Test
    void theDescriptionSaysWhichVectorsThereAre() {
        assertTrue(FusedEngine.fast().description().contains(Kernels.best().description()));
    }

    @Test
    void aCallAllocatesNothing() {
        Program p = large(300);
        TileCode code = FusedEngine.fast().compile(p);
        double[] in = new double[3 * TileCode.STRIDE];
        double[] out = new double[p.outputs() * TileCode.STRIDE];
        double[] scratch = new double[code.scratch()];
        double[] uniform = new double[p.firstVarying()];
        Arrays.setAll(uniform, i -> p.isConstant(i) ? p.constant(i) : 0);
        assertEquals(0, Allocation.least(0, () -> code.run(uniform, in, 0, out, 0, scratch, 64)));
    }
}
