package org.wengert.core.engine.roll;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.PlacedCode;
import org.wengert.core.engine.PointCode;
import org.wengert.core.engine.TileCode;
import org.wengert.core.program.Program;
import org.wengert.core.simd.Kernels;

/**
 * A program re-rolled: code for one point of many variables that runs on vectors.
 *
 * <p>Sums of many terms are added in a fixed order of their own, so values may differ in the last bits from those of
 * {@link Program#run}; they do not depend on the number of threads.
 *
 * <p>Immutable and safe to share between threads. A call by one thread allocates nothing once its room has been made, but
 * for rows of any number of arguments other than the sum.
 */
public final class RolledCode implements PointCode {

    /** What each thread must have to do, in operations, for others to be woken up for a stage: some thirty microseconds. */
    private static final long SHARED_WORK = 1_000_000;

    private final Program program;
    private final Plan plan;
    private final Layout layout;
    private final Loners[] loners;
    private final Stage[][] stages;

    private final Copies inputsToMemory = new Copies();
    private final Copies inputsToOutputs = new Copies();
    private final Copies memoryToOutputs = new Copies();

    private final AtomicReference<@Nullable Room> spare = new AtomicReference<>();

    private final int threads;
    private final long sharedWork;

    private RolledCode(
            Program program, Plan plan, Layout layout, Loners[] loners, Stage[][] stages, int threads, long sharedWork) {
        this.threads = threads;
        this.sharedWork = sharedWork;
        this.program = program;
        this.plan = plan;
        this.layout = layout;
        this.loners = loners;
        this.stages = stages;
        for (int i : layout.copiedInputs) {
            inputsToMemory.add(layout.slot[i], i);
        }
        new OutputPlaces(program, plan.classes).forEach((c, k, _, place) -> {
            int v = plan.classes.member(c, k);
            if (v < program.inputs()) {
                inputsToOutputs.add(place, v);
            } else if (layout.outputStart[c] == Layout.NONE && layout.scatters(c).isEmpty() && !layout.isFilled(place)) {
                memoryToOutputs.add(place, layout.slot[v]);
            }
        });
    }

    /**
     * Finds the runs of a program and compiles the programs of their elements. Takes time and memory linear in the size
     * of the program.
     *
     * @param program all inputs are read at every call, uniform or not
     * @param engine  runs the stages
     */
    public static RolledCode of(Program program, Engine engine) {
        return of(program, engine, 1);
    }

    /**
     * {@link #of(Program, Engine)} for several threads, which share the tiles of stages that are long enough. Results do
     * not depend on their number.
     *
     * @param threads the most threads that work on one call, the calling one among them; at least 1
     */
    public static RolledCode of(Program program, Engine engine, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, but was " + threads);
        }
        return of(program, engine, threads, SHARED_WORK);
    }

    /** The same, where a thread is woken up for so many operations of a stage. */
    static RolledCode of(Program program, Engine engine, int threads, long sharedWork) {
        // Nodes are told apart by what follows from afar, which finds the rhythm of loops. Where there is none, that only makes classes small.
        var far = new Plan(program, true);
        List<StageProgram> farPrograms = far.programs();
        boolean isRegular = StageProgram.gathered(farPrograms) == 0;
        var near = isRegular ? far : new Plan(program, false);
        List<StageProgram> nearPrograms = isRegular ? farPrograms : near.programs();
        boolean isNearBetter = StageProgram.cost(near, nearPrograms) < StageProgram.cost(far, farPrograms);
        var plan = isNearBetter ? near : far;
        List<StageProgram> programs = isNearBetter ? nearPrograms : farPrograms;
        var layout = new Layout(plan, programs);
        Map<Program, TileCode> compiled = new HashMap<>();
        List<List<Stage>> byPhase = new ArrayList<>();
        for (int phase = 0; phase < plan.phases; phase++) {
            byPhase.add(new ArrayList<>());
        }
        for (StageProgram of : programs) {
            TileCode code = compiled.computeIfAbsent(of.program(), engine::compile);
            byPhase.get(of.stage().phase()).add(new Stage(of, code, layout));
        }
        Stage[][] stages = byPhase.stream().map(list -> list.toArray(Stage[]::new)).toArray(Stage[][]::new);
        return new RolledCode(program, plan, layout, Loners.of(plan, layout), stages, threads, sharedWork);
    }

    /**
     * Runs the program at a point.
     *
     * @param in  the inputs, n entries; not changed
     * @param out receives m outputs, NaN if a guard fails; must not be in
     * @return whether all guards hold; if not, this is the wrong program for the point
     */
    @Override
    public boolean run(double[] in, double[] out) {
        if (in.length != program.inputs()) {
            throw new IllegalArgumentException("in must have " + program.inputs() + " entries, but has " + in.length);
        }
        if (out.length != program.outputs()) {
            throw new IllegalArgumentException("out must have " + program.outputs() + " entries, but has " + out.length);
        }
        if (in == out) {
            throw new IllegalArgumentException("out must not be the array of in");
        }
        Room room = spare.getAndSet(null);
        if (room == null) {
            room = new Room(this);
        }
        boolean holds = run(in, out, room);
        spare.set(room);
        if (!holds) {
            Arrays.fill(out, Double.NaN);
        }
        return holds;
    }

    private boolean run(double[] in, double[] out, Room room) {
        double[] memory = room.memory;
        inputsToMemory.run(in, memory);
        for (int phase = 0; phase < stages.length; phase++) {
            if (!loners[phase].run(memory)) {
                return false;
            }
            for (int k = 0; k < stages[phase].length; k++) {
                Stage stage = stages[phase][k];
                stage.computeUniform(in, memory, out, room.uniformInputs[phase][k], room.uniform);
                if (!tiles(stage, in, out, room)) {
                    return false;
                }
                stage.addSums(room.partial, memory);
            }
        }
        inputsToOutputs.run(in, out);
        memoryToOutputs.run(memory, out);
        return true;
    }

    private boolean tiles(Stage stage, double[] in, double[] out, Room room) {
        TileCode code = stage.code();
        PlacedCode placed = stage.placed();
        if (placed == null) {
            stage.considerPlaces(code);
        }
        int shares = (int) Math.min(Math.min(threads, stage.tiles()), stage.work() / sharedWork);
        if (shares > 1) {
            return room.team(shares).run(shares, stage, code, placed, in, out, room);
        }
        Bench bench = room.bench;
        bench.prepare(code, placed);
        for (int tile = 0, n = stage.tiles(); tile < n; tile++) {
            if (!stage.runTile(code, placed, tile, room.uniform, in, room.memory, out, bench, room.partial)) {
                return false;
            }
        }
        return true;
    }

    /** What was found, for people. */
    public RollReport report() {
        long lone = 0;
        for (Loners l : loners) {
            lone += l.size();
        }
        int count = 0;
        int instructions = 0;
        int inPlace = 0;
        long columns = 0;
        long irregular = 0;
        for (Stage[] phase : stages) {
            for (Stage s : phase) {
                count++;
                instructions += s.operations();
                inPlace += s.placed() == null ? 0 : 1;
                columns += (long) s.columns() * s.elements();
                irregular += (long) s.irregularColumns() * s.elements();
            }
        }
        int large = 0;
        for (int c = 2; c < plan.classes.count(); c++) {
            large += plan.isLarge(c) ? 1 : 0;
        }
        return new RollReport(program.nodes(), large, stages.length, count, instructions, inPlace, lone,
                columns == 0 ? 0 : (double) irregular / columns);
    }

    /** The room of one call. */
    static final class Room {

        final double[] memory;
        final double[][][] uniformInputs;
        final double[] uniform;
        final double[] partial;
        final Bench bench;
        private final int work;
        private @Nullable Team team;

        private Room(RolledCode code) {
            int work = 0;
            int uniform = 0;
            int partial = 0;
            for (Stage[] phase : code.stages) {
                for (Stage s : phase) {
                    work = Math.max(work, s.room());
                    uniform = Math.max(uniform, s.uniformValues());
                    partial = Math.max(partial, s.sums() * s.tiles());
                }
            }
            this.memory = new double[code.layout.size];
            this.work = work;
            this.bench = new Bench(work);
            this.uniform = new double[uniform];
            this.uniformInputs = new double[code.stages.length][][];
            for (int phase = 0; phase < uniformInputs.length; phase++) {
                Stage[] of = code.stages[phase];
                uniformInputs[phase] = new double[of.length][];
                Arrays.setAll(uniformInputs[phase], k -> new double[of[k].uniformInputs()]);
            }
            this.partial = new double[partial];
            Program p = code.program;
            for (int v = p.inputs(); v < p.firstOperation(); v++) {
                memory[code.layout.slot[v]] = p.constant(v);
            }
        }

        private Team team(int size) {
            Team known = team;
            if (known == null || known.size() < size) {
                known = new Team(size, work);
                team = known;
            }
            return known;
        }
    }

    /** Where one thread works on a tile. */
    static final class Bench {

        final double[] work;
        final double[] lanes = new double[Kernels.LANES];
        double[] scratch = new double[0];

        Bench(int work) {
            this.work = new double[work];
        }

        /** Makes room for code, which may have been replaced by other code since the last call. */
        void prepare(TileCode code, @Nullable PlacedCode placed) {
            int needed = placed == null ? code.scratch() : placed.scratch();
            if (scratch.length < needed) {
                scratch = new double[needed];
            }
        }
    }
}
