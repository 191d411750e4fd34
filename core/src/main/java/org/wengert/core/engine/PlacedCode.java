package org.wengert.core.engine;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.wengert.core.program.Program;

/**
 * A program made ready to run over tiles whose columns lie anywhere in a few arrays: where points are neighbours in memory, as elements of
 * a loop are, tiles need not be copied together first.
 *
 * <p>Results are those of the fused kernel with columns side by side, bit for bit. Immutable and safe to share between threads; the
 * arrays of a call belong to the caller.
 */
public final class PlacedCode {

    private final PlacedPart[] parts;
    private final FusedLayout layout;
    private final boolean hasGuards;
    private final boolean checksNumbers;
    private final boolean checksOthers;
    private final Column failures;
    private final Column[] checked;

    PlacedCode(FusedPlan plan, FusedLayout layout, PlacedPart[] parts, List<Column> outputs) {
        Program p = plan.p;
        this.parts = parts;
        this.layout = layout;
        this.hasGuards = !p.guards().isEmpty();
        this.checksNumbers = plan.checksNumbers;
        this.checksOthers = plan.checksOthers;
        this.failures = outputs.get(p.outputs());
        if (failures.array() != Column.Array.WORK) {
            throw new IllegalArgumentException("outputs must end with a column of WORK, but end with " + failures);
        }
        this.checked = p.guards().stream()
                .filter(plan::isNumberCheck)
                .map(g -> outputs.get(plan.outputsOf(g.left()).getFirst()))
                .toArray(Column[]::new);
    }

    /** How many numbers of scratch space a call needs. */
    public int scratch() {
        return layout.scratch();
    }

    /**
     * Runs the program at the points of a tile. Allocates nothing.
     *
     * @param uniform the values of the nodes 0 to firstVarying - 1 of the program; entries of varying inputs are ignored
     * @param in      holds columns
     * @param out     holds or receives columns
     * @param memory  holds or receives columns
     * @param work    holds or receives columns of this tile
     * @param scratch room for {@link #scratch()} numbers, from 0 on; of the calling thread alone
     * @param first   the first point of the tile: what is added to offsets of columns, but for those of WORK
     * @param points  how many points: a multiple of 8, at most {@link TileCode#WIDTH}
     * @return whether all guards hold for certain; if not, the column of failures says where they do
     */
    public boolean run(double[] uniform, double[] in, double[] out, double[] memory, double[] work, double[] scratch, int first,
            int points) {
        if (hasGuards && !checksOthers) {
            Arrays.fill(work, failures.offset(), failures.offset() + points, 0);
        }
        for (PlacedPart part : parts) {
            part.run(uniform, in, out, memory, work, scratch, first, points);
        }
        if (!checksNumbers || !layout.mayBeNaN(scratch, points)) {
            return !checksOthers;
        }
        lookForNaN(out, memory, work, scratch, first, points);
        return false;
    }

    /** The sum of x·0 at a point is not 0 if a checked output is NaN or infinite there, and only then is a look due. */
    private void lookForNaN(double[] out, double[] memory, double[] work, double[] scratch, int first, int points) {
        int numbers = layout.numbersAt();
        for (int i = 0; i < points; i++) {
            if (scratch[numbers + i] != 0 && isNaNSomewhere(out, memory, work, first, i)) {
                work[failures.offset() + i] = Double.NaN;
            }
        }
    }

    private boolean isNaNSomewhere(double[] out, double[] memory, double[] work, int first, int i) {
        for (Column c : checked) {
            double x = switch (c.array()) {
                case OUT -> out[c.offset() + first + i];
                case MEMORY -> memory[c.offset() + first + i];
                default -> work[c.offset() + i];
            };
            if (Double.isNaN(x)) {
                return true;
            }
        }
        return false;
    }

    /** Whether code is a fused kernel, which code in place can replace. */
    public static boolean replaces(TileCode serving) {
        return serving instanceof FusedCode;
    }

    /**
     * Makes code for columns in place, in the background. It comes when it has been warmed up, and does not come at all if copying
     * columns together turns out to be faster.
     *
     * @param holder  what the code is for; it is not kept alive, and without it the code is not made
     * @param p       the program
     * @param serving the fused kernel that serves
     * @param inputs  where the columns of varying inputs are; where they are copied to if that is WORK
     * @param outputs where the columns of the outputs are, and behind them that of failures, which must be in WORK
     * @param ready   receives the holder and the code, in another thread; must name the holder by its argument alone
     * @throws IllegalArgumentException if there is no code to {@link #replaces replace}
     */
    public static <T> void askFor(T holder, Program p, TileCode serving, List<Column> inputs, List<Column> outputs,
            BiConsumer<T, PlacedCode> ready) {
        if (!(serving instanceof FusedCode fused)) {
            throw new IllegalArgumentException("serving must be a fused kernel, but is " + serving);
        }
        CompileQueue.attempt(CompileQueue.shared(), holder, alive -> {
            PlacedCode code = fused.engine().compile(p, inputs, outputs);
            var trial = new Trial(code, fused, inputs, outputs);
            if (WarmUp.of(p, trial.copying(), trial.inPlace()).run().isEmpty()) {
                ready.accept(alive, code);
            }
        });
    }

    /** Runs a tile of made-up numbers in place, and the way it goes without. */
    private static final class Trial {

        private final PlacedCode code;
        private final TileCode other;
        private final List<Column> inputs;
        private final List<Column> outputs;
        private final Map<Column.Array, double[]> arrays = new EnumMap<>(Column.Array.class);

        Trial(PlacedCode code, TileCode other, List<Column> inputs, List<Column> outputs) {
            this.code = code;
            this.other = other;
            this.inputs = inputs;
            this.outputs = outputs;
            Map<Column.Array, Integer> lengths = new EnumMap<>(Column.Array.class);
            for (List<Column> columns : List.of(inputs, outputs)) {
                for (Column c : columns) {
                    lengths.merge(c.array(), c.offset() + TileCode.STRIDE, Math::max);
                }
            }
            var random = new SplittableRandom(1);
            for (Column.Array array : Column.Array.values()) {
                arrays.put(array, random.doubles(lengths.getOrDefault(array, 0), 0.5, 1.5).toArray());
            }
        }

        private double[] of(Column.Array array) {
            return Objects.requireNonNull(arrays.get(array));
        }

        TileCode inPlace() {
            double[] ofInputs = of(Column.Array.IN);
            double[] ofOutputs = of(Column.Array.OUT);
            double[] memory = of(Column.Array.MEMORY);
            double[] work = of(Column.Array.WORK);
            return new TileCode() {
                @Override
                public int scratch() {
                    return code.scratch();
                }

                @Override
                public void run(double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch, int points) {
                    code.run(uniform, ofInputs, ofOutputs, memory, work, scratch, 0, points);
                }
            };
        }

        TileCode copying() {
            return new TileCode() {
                @Override
                public int scratch() {
                    return other.scratch();
                }

                @Override
                public void run(double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch, int points) {
                    for (int i = 0; i < inputs.size(); i++) {
                        Column c = inputs.get(i);
                        if (c.array() != Column.Array.WORK) {
                            System.arraycopy(of(c.array()), c.offset(), in, inAt + i * STRIDE, points);
                        }
                    }
                    other.run(uniform, in, inAt, out, outAt, scratch, points);
                    for (int i = 0; i < outputs.size(); i++) {
                        Column c = outputs.get(i);
                        if (c.array() != Column.Array.WORK) {
                            System.arraycopy(out, outAt + i * STRIDE, of(c.array()), c.offset(), points);
                        }
                    }
                }
            };
        }
    }
}
