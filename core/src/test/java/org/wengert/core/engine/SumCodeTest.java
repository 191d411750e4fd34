package org.wengert.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;
import org.wengert.core.program.Tracer;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Relation;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.scalar.ScalarMath;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.RandomExpression;
import org.wengert.core.transform.Zeros;

/** Running sums against {@link Program#run}, point after point. The build runs this class once for each vector width and without vectors. */
@Tag("simd")
class SumCodeTest {

    private static final int LANES = SumCode.LANES;
    private static final int STRIDE = TileCode.STRIDE;

    /** A tile of points, and sums to which it is added. */
    private static final class Tile {
        final Program p;
        final int points;
        final double[] uniformInputs;
        final double[] uniform;
        final double[] in;
        final double[] start;

        Tile(Program p, int points, SplittableRandom random, int nastyOneIn) {
            this.p = p;
            this.points = points;
            this.uniformInputs = TileCheck.numbers(p.inputs(), random, nastyOneIn);
            this.uniform = new double[p.firstVarying()];
            Workspace w = p.newWorkspace();
            p.run(uniformInputs, new double[p.outputs()], w);
            Arrays.setAll(uniform, w::value);
            this.in = TileCheck.numbers(3 + p.inputs() * STRIDE, random, nastyOneIn);
            this.start = TileCheck.numbers(5 + p.outputs() * LANES, random, Integer.MAX_VALUE);
        }

        private double[] point(int k) {
            double[] x = uniformInputs.clone();
            int column = 0;
            for (int i = 0; i < x.length; i++) {
                x[i] = p.isUniform(i) ? x[i] : in[3 + column++ * STRIDE + k];
            }
            return x;
        }

        /** The sums, one point after the other. */
        double[] expected() {
            double[] sums = start.clone();
            double[] y = new double[p.outputs()];
            Workspace w = p.newWorkspace();
            for (int k = 0; k < points; k++) {
                if (p.run(point(k), y, w)) {
                    for (int j = 0; j < y.length; j++) {
                        sums[5 + j * LANES + k % LANES] += y[j];
                    }
                }
            }
            return sums;
        }

        /** The sums by code; whether each point adds to them is held against the program. */
        double[] actual(SumCode sums, TileCode code) {
            double[] actual = start.clone();
            double[] out = new double[(p.outputs() + 1) * STRIDE];
            double[] scratch = TileCheck.numbers(Math.max(sums.scratch(), code.scratch()), new SplittableRandom(points), 3);
            boolean fails = sums.run(code, uniform, in, 3, actual, 5, out, scratch, points);
            double[] y = new double[p.outputs()];
            Workspace w = p.newWorkspace();
            boolean someFails = false;
            for (int k = 0; k < points; k++) {
                boolean holds = p.run(point(k), y, w);
                someFails |= !holds;
                if (fails) {
                    assertEquals(holds, out[p.outputs() * STRIDE + k] == 0, "point " + k);
                }
            }
            assertEquals(someFails, fails);
            return actual;
        }
    }

    private static void check(Program p, SplittableRandom random, int nastyOneIn) {
        for (int points : new int[] {256, 8 * random.nextInt(1, 32), random.nextInt(1, 256)}) {
            var tile = new Tile(p, points, random, nastyOneIn);
            double[] expected = tile.expected();
            for (Engine engine : List.of(FusedEngine.reproducible(), TileInterpreter.reproducible(), new PlainEngine())) {
                assertArrayEquals(expected, tile.actual(engine.sums(p), engine.compile(p)), engine.description() + "\n" + p.listing());
            }
        }
    }

    @Test
    void randomProgramsAndTheirJacobiansHaveTheSameBitsInReproducibleCode() {
        var random = new SplittableRandom(21);
        for (int seed = 0; seed < 30; seed++) {
            var f = new RandomExpression(seed, ElementaryTable.rows(), 4, 30, 3);
            Program p = Tracer.trace(TileCheck.numbers(4, random, 100), f::apply);
            check(p, random, 1000);
            check(p.withUniform(1, 2), random, 30);
            check(Elimination.jacobian(p, Zeros.GUARDED, 0, 1, 2, 3).program(), random, 1000);
            check(Elimination.jacobian(p.withUniform(0), Zeros.ABSORBED, 1, 3).program(), random, 30);
        }
    }

    /** With products that are not rounded. Of arithmetic alone: vector mathematics may change its last bits when it is compiled. */
    @Test
    void fastCodeHasTheBitsOfItsOwnColumns() {
        List<Elementary> rows = ElementaryTable.rows().stream().filter(row -> row.notes().family() == Family.ARITHMETIC).toList();
        var random = new SplittableRandom(22);
        for (int seed = 0; seed < 30; seed++) {
            var f = new RandomExpression(seed, rows, 4, 30, 3);
            Program p = Elimination.jacobian(Tracer.trace(TileCheck.numbers(4, random, 1000), f::apply), Zeros.GUARDED, 0, 1, 2, 3).program();
            TileCode code = FusedEngine.fast().compile(p);
            var tile = new Tile(p, 256, random, 1000);
            double[][] sums = new double[2][];
            for (SumCode each : List.of(FusedEngine.fast().sums(p), new ColumnSums(p))) {
                double[] totals = tile.start.clone();
                double[] scratch = new double[Math.max(each.scratch(), code.scratch())];
                each.run(code, tile.uniform, tile.in, 3, totals, 5, new double[(p.outputs() + 1) * STRIDE], scratch, 256);
                sums[each instanceof ColumnSums ? 1 : 0] = totals;
            }
            assertArrayEquals(sums[1], sums[0], p.listing());
        }
    }

    /** Inputs, constants, uniform values, one value many times, and what is made lane by lane from an array. */
    @Test
    void anythingMayBeAnOutput() {
        var builder = new ProgramBuilder();
        int x = builder.input();
        int u = builder.input(true);
        int y = builder.input();
        int v = builder.apply(Operations.PLUS, u, builder.constant(2));
        int w = builder.apply(Operations.TIMES, x, v);
        int many = builder.apply(Reductions.LOG_SUM_EXP, IntStream.range(0, 100).map(i -> i % 3 == 0 ? w : i % 3 == 1 ? x : y).toArray());
        int root = builder.apply(Powers.SQRT, y);
        builder.guard(root, Relation.EQUAL, root, true);
        builder.guard(many, Relation.EQUAL, many, true);
        builder.guard(x, Relation.LESS, builder.constant(2.9), true);
        int[] outputs = IntStream.range(0, 3000).map(i -> List.of(x, u, v, w, builder.constant(-0.0), many, root, y).get(i % 8)).toArray();
        Program p = builder.build(outputs);
        check(p, new SplittableRandom(23), 1000);
    }

    /** A guard that fails now and then, then at every tile: the sums are right either way, before and after code gives up on such points. */
    @Test
    void tilesInWhichAGuardFailsAreSummedByColumns() {
        Program p = Tracer.trace(new double[] {1}, x -> new Scalar[] {
            ScalarMath.sqrt(x[0]), x[0].isLessThan(Scalar.of(2.5)) ? x[0].times(3) : x[0]
        });
        SumCode sums = FusedEngine.reproducible().sums(p);
        TileCode code = FusedEngine.reproducible().compile(p);
        var random = new SplittableRandom(24);
        for (int k = 0; k < 100; k++) {
            var tile = new Tile(p, 256, random, Integer.MAX_VALUE);
            boolean isRight = k % 7 != 0 && k < 60;
            for (int i = 0; i < tile.in.length && isRight; i++) {
                tile.in[i] = random.nextDouble(2.4);
            }
            assertArrayEquals(tile.expected(), tile.actual(sums, code), "tile " + k);
        }
    }

    @Test
    void whatIsAddedAfterInfinityIsNotLost() {
        Program p = Elimination.jacobian(
                Tracer.trace(new double[] {1, 2}, x -> new Scalar[] {x[0].div(x[1])}), Zeros.GUARDED, 0, 1).program();
        assertTrue(!p.guards().isEmpty());
        check(p, new SplittableRandom(25), 40);
    }

    @Test
    void sumsAreReplacedOnceTheyAreHot() {
        Program p = Tracer.trace(new double[] {1}, x -> new Scalar[] {x[0].times(x[0])});
        List<Runnable> waiting = new ArrayList<>();
        var engine = new HotSwap(new PlainEngine(), FusedEngine.reproducible(), 600, waiting::add);
        SumCode sums = engine.sums(p);
        SumCode first = sums.now();
        TileCode code = new PlainEngine().compile(p);
        var tile = new Tile(p, 256, new SplittableRandom(26), 10);
        for (int round = 0; round < 4; round++) {
            assertEquals(round < 3 ? 0 : 1, waiting.size());
            assertArrayEquals(tile.expected(), tile.actual(sums, code));
        }
        assertSame(first, sums.now());
        waiting.forEach(Runnable::run);
        assertNotSame(first, sums.now());
        for (SumCode each : List.of(sums, first, sums.now())) {
            assertArrayEquals(tile.expected(), tile.actual(each, code));
        }
    }

    @Test
    void aCallAllocatesNothing() {
        Program p = Elimination.jacobian(
                Tracer.trace(new double[] {1, 2}, x -> new Scalar[] {ScalarMath.sin(x[0]).times(x[1])}), Zeros.GUARDED, 0, 1).program();
        SumCode sums = FusedEngine.fast().sums(p);
        TileCode code = FusedEngine.fast().compile(p);
        double[] in = new double[2 * STRIDE];
        double[] totals = new double[p.outputs() * LANES];
        double[] out = new double[(p.outputs() + 1) * STRIDE];
        double[] scratch = new double[Math.max(sums.scratch(), code.scratch())];
        double[] uniform = new double[p.firstVarying()];
        assertEquals(0, Allocation.least(0, () -> sums.run(code, uniform, in, 0, totals, 0, out, scratch, 64)));
    }
}
