package org.wengert.core.engine.roll;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Column;
import org.wengert.core.engine.PlacedCode;
import org.wengert.core.engine.TileCode;
import org.wengert.core.engine.Uniforms;
import org.wengert.core.program.Program;
import org.wengert.core.simd.Form;
import org.wengert.core.simd.Kernel;
import org.wengert.core.simd.Kernels;

/** A stage ready to run: its program as code for tiles of elements, where columns come from, and where results go. */
final class Stage {

    private static final Kernel SUM = Kernels.best().of(Form.SUM_LANES);

    /** Counts the gaps, if there are any. */
    private final int elements;
    private final @Nullable Spread spread;
    private final Program program;
    private final TileCode code;

    private final Source[] columns;
    private final Source[] uniform;

    // Where the stored classes go: among the outputs, side by side or scattered, or into memory.
    private final boolean[] toOutputs;
    private final Scatter[][] scatters;
    private final List<Fill> fills;
    private final int[] start;
    private final int[] sumSlot;

    // Where columns are that need not be copied: the code for it comes later.
    private final List<Column> inputPlaces;
    private final List<Column> outputPlaces;
    private final boolean[] isCopied;
    private boolean isAsked;
    private volatile @Nullable PlacedCode placed;

    Stage(StageProgram of, TileCode code, Layout layout) {
        Plan.StagePlan stage = of.stage();
        this.spread = layout.spreadOf(stage);
        this.elements = spread == null ? stage.elements() : spread.size;
        this.program = of.program();
        this.code = code;
        int varying = 0;
        for (int i = 0; i < of.leaves(); i++) {
            varying += program.isUniform(i) ? 0 : 1;
        }
        this.columns = new Source[varying];
        this.uniform = new Source[of.leaves() - varying];
        int nextColumn = 0;
        int nextUniform = 0;
        for (int i = 0; i < of.leaves(); i++) {
            Source source = source(of.leafClass(i), of.leafMap(i), layout);
            if (program.isUniform(i)) {
                uniform[nextUniform++] = source;
            } else {
                columns[nextColumn++] = source;
            }
        }
        this.toOutputs = new boolean[stage.stored().size()];
        this.fills = layout.fills(stage);
        this.scatters = new Scatter[toOutputs.length][];
        this.start = new int[toOutputs.length];
        for (int s = 0; s < start.length; s++) {
            int c = stage.stored().get(s);
            scatters[s] = layout.scatters(c).toArray(Scatter[]::new);
            toOutputs[s] = layout.outputStart[c] != Layout.NONE;
            start[s] = toOutputs[s] ? layout.outputStart[c] : layout.start[c];
        }
        this.sumSlot = new int[stage.summed().size()];
        for (int s = 0; s < sumSlot.length; s++) {
            sumSlot[s] = layout.sumSlot[stage.summed().get(s)];
        }
        this.isCopied = new boolean[columns.length];
        this.inputPlaces = inputPlaces();
        this.outputPlaces = outputPlaces();
    }

    private List<Column> inputPlaces() {
        List<Column> places = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            Column place = columns[i].place();
            isCopied[i] = place == null;
            places.add(place == null ? new Column(Column.Array.WORK, i * TileCode.STRIDE) : place);
        }
        return places;
    }

    /** The stored classes, the summed ones, and failures. */
    private List<Column> outputPlaces() {
        List<Column> places = new ArrayList<>();
        for (int s = 0; s <= start.length + sumSlot.length; s++) {
            places.add(s >= start.length || scatters[s].length > 0
                    ? new Column(Column.Array.WORK, (columns.length + s) * TileCode.STRIDE)
                    : new Column(toOutputs[s] ? Column.Array.OUT : Column.Array.MEMORY, start[s]));
        }
        return places;
    }

    private Source source(int c, IndexMap map, Layout layout) {
        IndexMap places = layout.places(c, map);
        if (spread != null && !map.isConstant()) {
            places = spread.spread(places);
        }
        if (c == Classes.INPUTS) {
            return new Source(Source.Array.INPUTS, 0, places);
        }
        return layout.outputStart[c] != Layout.NONE
                ? new Source(Source.Array.OUTPUTS, layout.outputStart[c], places)
                : new Source(Source.Array.MEMORY, layout.start[c], places);
    }

    int elements() {
        return elements;
    }

    int tiles() {
        return (elements + TileCode.WIDTH - 1) / TileCode.WIDTH;
    }

    /** Operations an element, for people and for the choice of what pays. */
    int operations() {
        return program.operations();
    }

    /** The columns that are gathered one by one. */
    int irregularColumns() {
        int count = 0;
        for (Source s : columns) {
            count += s.isIrregular() ? 1 : 0;
        }
        return count;
    }

    int columns() {
        return columns.length;
    }

    int sums() {
        return sumSlot.length;
    }

    /** How many numbers the columns of one tile take. */
    int room() {
        return (columns.length + start.length + sumSlot.length + 1) * TileCode.STRIDE;
    }

    /** The code that serves a whole call. */
    TileCode code() {
        return code.now();
    }

    /** The code that serves a whole call without copying columns, if there is any. */
    @Nullable PlacedCode placed() {
        return placed;
    }

    /** Asks for code that copies no columns, once a fused kernel serves; a stage of less than one tile is left alone. */
    void considerPlaces(TileCode served) {
        if (!isAsked && elements >= TileCode.WIDTH && PlacedCode.replaces(served)) {
            isAsked = true;
            PlacedCode.askFor(this, program, served, inputPlaces, outputPlaces, (stage, code) -> stage.placed = code);
        }
    }

    /** What one element takes, in operations: the choice of how many threads pay. */
    long work() {
        return (long) elements * (program.operations() + columns.length);
    }

    int uniformValues() {
        return program.firstVarying();
    }

    /** How many numbers are the same for all elements and are read from memory. */
    int uniformInputs() {
        return uniform.length;
    }

    /** Computes what is the same for all elements. */
    void computeUniform(double[] in, double[] memory, double[] out, double[] inputs, double[] values) {
        for (int i = 0; i < uniform.length; i++) {
            inputs[i] = uniform[i].value(in, memory, out);
        }
        Uniforms.evaluate(program, inputs, values);
    }

    /**
     * Runs one tile.
     *
     * @param with    the {@link #code()} of the whole call
     * @param inPlace the {@link #placed()} of the whole call
     * @param partial receives the sums of this tile, one for each summed class, at {@code sum * tiles() + tile}
     * @return whether all guards hold
     */
    boolean runTile(TileCode with, @Nullable PlacedCode inPlace, int tile, double[] uniformValues, double[] in, double[] memory,
            double[] out, RolledCode.Bench bench, double[] partial) {
        double[] work = bench.work;
        int first = tile * TileCode.WIDTH;
        int points = Math.min(TileCode.WIDTH, elements - first);
        // In place, the last tile begins earlier, to be full: what it has in common with the one before is computed twice.
        int before = inPlace == null ? 0 : TileCode.WIDTH - points;
        boolean holds = program.guards().isEmpty();
        int at = 0;
        for (int c = 0; c < columns.length; c++) {
            if (inPlace == null || isCopied[c]) {
                columns[c].fill(in, memory, out, first - before, points + before, work, at);
            }
            at += TileCode.STRIDE;
        }
        if (inPlace == null) {
            with.run(uniformValues, work, 0, work, at, bench.scratch, points);
            for (int s = 0; s < start.length; s++) {
                if (scatters[s].length == 0) {
                    System.arraycopy(work, at + s * TileCode.STRIDE, toOutputs[s] ? out : memory, start[s] + first, points);
                }
            }
        } else {
            holds |= inPlace.run(uniformValues, in, out, memory, work, bench.scratch, first - before, points + before);
        }
        at += before;
        for (Scatter[] of : scatters) {
            for (Scatter scatter : of) {
                scatter.run(work, at, first, points, out);
            }
            at += TileCode.STRIDE;
        }
        for (int k = 0; k < fills.size(); k++) {
            fills.get(k).run(first, points, first + points == elements, out);
        }
        for (int s = 0; s < sumSlot.length; s++) {
            clearGaps(work, at, first, points);
            partial[s * tiles() + tile] = sum(work, at, points, bench.lanes);
            at += TileCode.STRIDE;
        }
        if (!holds) {
            clearGaps(work, at, first, points);
            for (int k = at; k < at + points; k++) {
                if (work[k] != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private void clearGaps(double[] column, int at, int first, int points) {
        if (spread != null) {
            spread.clearGaps(column, at, first, points);
        }
    }

    /** Adds the sums of the tiles, in their order. */
    void addSums(double[] partial, double[] memory) {
        int tiles = tiles();
        for (int s = 0; s < sumSlot.length; s++) {
            double sum = 0;
            for (int tile = 0; tile < tiles; tile++) {
                sum += partial[s * tiles + tile];
            }
            memory[sumSlot[s]] = sum;
        }
    }

    /**
     * The sum of a column, in eight parts side by side, so that it depends neither on vector width nor on threads. What lies
     * behind the column in its last vector is overwritten.
     */
    private static double sum(double[] work, int at, int points, double[] lanes) {
        int padded = (points + Kernels.LANES - 1) / Kernels.LANES * Kernels.LANES;
        Arrays.fill(work, at + points, at + padded, 0);
        Arrays.fill(lanes, 0);
        SUM.run(lanes, 0, work, at, work, at, work, at, work, at, points);
        return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
    }
}
