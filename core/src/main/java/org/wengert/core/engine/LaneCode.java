package org.wengert.core.engine;

import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.core.program.Program;

/**
 * A program for {@value #LANES} points side by side: entry i of point k is at {@code 8 * i + k}. Where most of what a program reads is uniform, this takes little more
 * time than one point, since each operation is one instruction for all of them.
 *
 * <p>There is no code at first: it is made in the background once the program is hot, and does not come at all if running one point after the other
 * is faster. Results are those of fused kernels, which may leave a product unrounded before it is added.
 *
 * <p>Safe to share between threads; the arrays and the room of a call belong to the caller.
 */
public final class LaneCode {

    /** How many points. */
    public static final int LANES = 8;

    /** Longer programs take the JIT compiler too long. */
    private static final int MOST_OPERATIONS = 16_000;

    private final boolean hasGuards;
    private final int outputs;
    private final int inputs;
    private @Nullable Program program;
    private @Nullable PointCode single;
    private final Executor background;
    private volatile @Nullable PlacedCode code;

    // Threads may lose each other's counts, which does no harm.
    private long points;

    /**
     * Code to come.
     *
     * @param program with its uniform inputs marked
     * @param single  runs it at one point: what the code is compared with
     */
    public LaneCode(Program program, PointCode single) {
        this(program, single, CompileQueue.shared());
    }

    LaneCode(Program program, PointCode single, Executor background) {
        this.background = background;
        this.hasGuards = !program.guards().isEmpty();
        this.outputs = program.outputs();
        this.inputs = program.inputs() - Uniforms.count(program);
        boolean isShort = program.operations() <= MOST_OPERATIONS;
        this.program = isShort ? program : null;
        this.single = isShort ? Objects.requireNonNull(single, "single") : null;
    }

    /** Room for a call. */
    public static final class Room {
        private final double[] none = new double[0];
        private final double[] failures = new double[TileCode.STRIDE];
        private double[] scratch = none;

        /** Room that grows with the code. */
        public Room() {}
    }

    /** Whether there is code. */
    public boolean isReady() {
        return code != null;
    }

    /** Notes that points were run in another way, for want of code; asks for it if they are many. */
    public void missed(int count) {
        points += count;
        if (points >= Engines.HOT_POINTS) {
            ask();
        }
    }

    private void ask() {
        Program p;
        PointCode other;
        synchronized (this) {
            p = program;
            other = single;
            program = null;
            single = null;
        }
        if (p != null && other != null) {
            List<Column> in = columns(Column.Array.IN, inputs);
            List<Column> out = IntStream.rangeClosed(0, outputs)
                    .mapToObj(i -> i < outputs ? new Column(Column.Array.OUT, LANES * i) : new Column(Column.Array.WORK, 0)).toList();
            CompileQueue.attempt(background, this, alive -> {
                PlacedCode made = FusedEngine.fast().compile(p, in, out);
                if (WarmUp.of(p, oneByOne(p, other), sideBySide(p, made)).run().isEmpty()) {
                    alive.code = made;
                }
            });
        }
    }

    private static List<Column> columns(Column.Array array, int count) {
        return IntStream.range(0, count).mapToObj(i -> new Column(array, LANES * i)).toList();
    }

    /**
     * Runs the program at eight points, if there is code. Allocates nothing, once the room has been used.
     *
     * @param uniform the values of the nodes 0 to firstVarying - 1 of the program, see {@link Uniforms#evaluate}; entries of varying inputs are ignored
     * @param in      the varying inputs, 8 numbers each; not changed
     * @param out     receives the outputs, 8 numbers each
     * @return whether all guards hold at all points; if not, or if there is no code, the outputs mean nothing
     */
    public boolean run(double[] uniform, double[] in, double[] out, Room room) {
        PlacedCode now = code;
        if (now == null) {
            return false;
        }
        if (room.scratch.length < now.scratch()) {
            room.scratch = new double[now.scratch()];
        }
        now.run(uniform, in, out, room.none, room.failures, room.scratch, 0, LANES);
        for (int k = 0; hasGuards && k < LANES; k++) {
            if (room.failures[k] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Points of made-up numbers, eight by eight. */
    private static TileCode sideBySide(Program p, PlacedCode code) {
        double[] in = new SplittableRandom(1).doubles((long) LANES * p.inputs(), 0.5, 1.5).toArray();
        double[] out = new double[LANES * p.outputs()];
        double[] none = new double[0];
        double[] failures = new double[TileCode.STRIDE];
        return trial(code.scratch(), (uniform, scratch, points) -> {
            for (int k = 0; k < points; k += LANES) {
                code.run(uniform, in, out, none, failures, scratch, 0, LANES);
            }
        });
    }

    /** Points of made-up numbers, one after the other. */
    private static TileCode oneByOne(Program p, PointCode code) {
        double[] in = new SplittableRandom(1).doubles(p.inputs(), 0.5, 1.5).toArray();
        double[] out = new double[p.outputs()];
        return trial(0, (uniform, scratch, points) -> {
            for (int k = 0; k < points; k++) {
                code.run(in, out);
            }
        });
    }

    private interface Trial {
        void run(double[] uniform, double[] scratch, int points);
    }

    private static TileCode trial(int room, Trial trial) {
        return new TileCode() {
            @Override
            public int scratch() {
                return room;
            }

            @Override
            public void run(double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch, int points) {
                trial.run(uniform, scratch, points);
            }
        };
    }
}
