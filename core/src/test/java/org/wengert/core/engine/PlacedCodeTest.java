package org.wengert.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.wengert.core.elementary.ElementaryTable;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Elimination;
import org.wengert.core.transform.RandomExpression;
import org.wengert.core.transform.Zeros;

/** Kernels whose columns lie anywhere. The build runs this class once for each vector width and without vectors. */
@Tag("simd")
class PlacedCodeTest {

    private static final int POINTS = 48;
    private static final List<Column.Array> ARRAYS = List.of(Column.Array.values());

    /** Spreads the columns of a call over the arrays of placed code, and collects the results. */
    private static final class Spread implements TileCode {

        private final List<Column> inputs = new ArrayList<>();
        private final List<Column> outputs = new ArrayList<>();
        private final int first;
        private final Map<Column.Array, double[]> arrays = new EnumMap<>(Column.Array.class);
        private final PlacedCode code;

        Spread(Program p, FusedEngine engine, SplittableRandom random) {
            this.first = random.nextInt(40);
            Map<Column.Array, Integer> lengths = new EnumMap<>(Column.Array.class);
            for (int i = 0; i < p.inputs(); i++) {
                if (!p.isUniform(i)) {
                    inputs.add(column(ARRAYS.get(random.nextInt(4)), lengths, random));
                }
            }
            for (int i = 0; i < p.outputs(); i++) {
                outputs.add(column(ARRAYS.get(1 + random.nextInt(3)), lengths, random));
            }
            outputs.add(column(Column.Array.WORK, lengths, random));
            for (Column.Array array : Column.Array.values()) {
                arrays.put(array, TileCheck.numbers(lengths.getOrDefault(array, 0) + first + WIDTH, random, 3));
            }
            this.code = engine.compile(p, inputs, outputs);
        }

        /** Somewhere behind the columns that the array has already. */
        private static Column column(Column.Array array, Map<Column.Array, Integer> lengths, SplittableRandom random) {
            int at = lengths.getOrDefault(array, 0) + random.nextInt(5);
            lengths.put(array, at + POINTS);
            return new Column(array, at);
        }

        private double[] array(Column.Array array) {
            return Objects.requireNonNull(arrays.get(array));
        }

        private int at(Column c) {
            return c.offset() + (c.array() == Column.Array.WORK ? 0 : first);
        }

        @Override
        public int scratch() {
            return code.scratch();
        }

        @Override
        public void run(double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch, int points) {
            for (int i = 0; i < inputs.size(); i++) {
                Column c = inputs.get(i);
                System.arraycopy(in, inAt + i * STRIDE, array(c.array()), at(c), points);
            }
            code.run(uniform, array(Column.Array.IN), array(Column.Array.OUT), array(Column.Array.MEMORY),
                    array(Column.Array.WORK), scratch, first, points);
            for (int i = 0; i < outputs.size(); i++) {
                Column c = outputs.get(i);
                System.arraycopy(array(c.array()), at(c), out, outAt + i * STRIDE, points);
            }
        }
    }

    private static List<Program> programs(int seeds) {
        List<Program> programs = new ArrayList<>();
        var random = new SplittableRandom(31);
        for (int seed = 0; seed < seeds; seed++) {
            var f = new RandomExpression(seed, ElementaryTable.rows(), 4, 30, 3);
            Program p = Tracer.trace(TileCheck.numbers(4, random, 100), f::apply);
            programs.add(p);
            programs.add(p.withUniform(1, 2));
            programs.add(Elimination.jacobian(p, Zeros.GUARDED, 0, 1, 2, 3).program());
        }
        return programs;
    }

    @Test
    void resultsAreThoseOfProgramsWhereverColumnsLie() {
        var random = new SplittableRandom(32);
        int compiled = 0;
        for (Program p : programs(40)) {
            Spread spread;
            try {
                spread = new Spread(p, FusedEngine.reproducible(), random);
            } catch (UnsupportedOperationException e) {
                continue; // rows that take an array of operands
            }
            compiled++;
            TileCheck.check(p, spread, POINTS, random, 20, TileCheck.SAME_BITS);
        }
        assertTrue(compiled > 30, "only " + compiled + " programs were compiled");
    }

    @Test
    void resultsAreThoseOfTheFusedKernelBitForBit() {
        var random = new SplittableRandom(33);
        for (Program p : programs(15)) {
            Spread spread;
            try {
                spread = new Spread(p, FusedEngine.fast(), random);
            } catch (UnsupportedOperationException e) {
                continue;
            }
            TileCode fused = FusedEngine.fast().compile(p);
            double[] uniform = TileCheck.numbers(p.firstVarying(), random, 100);
            for (int v = 0; v < p.firstVarying(); v++) {
                uniform[v] = p.isConstant(v) ? p.constant(v) : uniform[v];
            }
            double[] in = TileCheck.numbers(p.inputs() * TileCode.STRIDE, random, 50);
            double[] expected = new double[(p.outputs() + 1) * TileCode.STRIDE];
            double[] actual = expected.clone();
            fused.run(uniform, in, 0, expected, 0, new double[fused.scratch()], POINTS);
            spread.run(uniform, in, 0, actual, 0, new double[spread.scratch()], POINTS);
            int columns = p.outputs() + (p.guards().isEmpty() ? 0 : 1);
            for (int c = 0; c < columns; c++) {
                int from = c * TileCode.STRIDE;
                assertArrayEquals(Arrays.copyOfRange(expected, from, from + POINTS),
                        Arrays.copyOfRange(actual, from, from + POINTS), "column " + c + "\n" + p.listing());
            }
        }
    }

    @Test
    void failuresMustBeInWork() {
        Program p = Tracer.trace(new double[1], x -> new Scalar[] {x[0].times(x[0])});
        List<Column> in = List.of(new Column(Column.Array.IN, 0));
        List<Column> out = List.of(new Column(Column.Array.OUT, 0), new Column(Column.Array.OUT, 300));
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> FusedEngine.fast().compile(p, in, out)).getMessage());
        assertTrue(message.contains("WORK"), message);
        assertThrows(IllegalArgumentException.class, () -> new Column(Column.Array.IN, -1));
    }

    @Test
    void onlyFusedKernelsAreReplaced() {
        Program p = Tracer.trace(new double[1], x -> new Scalar[] {x[0].times(x[0])});
        TileCode interpreted = new TileInterpreter().compile(p);
        assertFalse(PlacedCode.replaces(interpreted));
        assertTrue(PlacedCode.replaces(FusedEngine.fast().compile(p)));
        assertThrows(IllegalArgumentException.class,
                () -> PlacedCode.askFor(this, p, interpreted, List.of(), List.of(), (_, _) -> {}));
    }
}
