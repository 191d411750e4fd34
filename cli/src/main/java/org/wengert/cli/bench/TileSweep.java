package org.wengert.cli.bench;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.wengert.cli.bench.TileNumbers.Doubles;
import org.wengert.cli.bench.TileNumbers.Singles;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.Precision;
import org.wengert.core.engine.SingleTileCode;
import org.wengert.core.engine.TileCode;
import org.wengert.core.program.PathCache;
import org.wengert.core.program.Program;
import org.wengert.core.program.Tracer;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Scalar;
import org.wengert.core.transform.Zeros;

/**
 * A derivative program at many points, tile by tile, through the code of one engine. Points for which a guard of the first path
 * fails are gathered and run through the code of a second one; what fails there too is run alone.
 */
final class TileSweep {

    private static final int WIDTH = TileCode.WIDTH;
    private static final int STRIDE = TileCode.STRIDE;

    /** The program of one path, ready to run. */
    private record Path(Program program, Code code, double[] uniform) {

        static Path of(Engine engine, Precision precision, Program program, double[] point) {
            Workspace workspace = program.newWorkspace();
            program.run(point, new double[program.outputs()], workspace);
            double[] uniform = new double[program.firstVarying()];
            Arrays.setAll(uniform, workspace::value);
            Code code = switch (precision) {
                case DOUBLE -> new DoubleCode(engine.compile(program));
                case SINGLE -> new SingleCode(engine.compileSingle(program));
            };
            return new Path(program, code, uniform);
        }

        boolean hasGuards() {
            return !program.guards().isEmpty();
        }
    }

    /** Code for tiles of either precision. */
    private interface Code {

        int scratch();

        void run(double[] uniform, TileNumbers in, int inAt, TileNumbers out, int outAt, double[] scratch, int count);
    }

    private record DoubleCode(TileCode code) implements Code {

        @Override
        public int scratch() {
            return code.scratch();
        }

        @Override
        public void run(double[] uniform, TileNumbers in, int inAt, TileNumbers out, int outAt, double[] scratch, int count) {
            code.run(uniform, ((Doubles) in).array(), inAt, ((Doubles) out).array(), outAt, scratch, count);
        }
    }

    private record SingleCode(SingleTileCode code) implements Code {

        @Override
        public int scratch() {
            return 0;
        }

        @Override
        public void run(double[] uniform, TileNumbers in, int inAt, TileNumbers out, int outAt, double[] scratch, int count) {
            code.run(uniform, ((Singles) in).array(), inAt, ((Singles) out).array(), outAt, count);
        }
    }

    private final Precision precision;
    private final Workers workers;
    private final int points;
    private final int varying;
    private final int outputs;
    private final double[] rows;
    private final double[] fixed;
    private final TileNumbers in;
    private final TileNumbers out;
    private final Path first;
    private final Path second;
    private final PathCache<Program> alone;

    /** Prepares a sweep in double precision. */
    TileSweep(
            Engine engine, Workers workers, double[] fixed, double[] rows, int varying,
            Function<Scalar[], Scalar[]> function, BiFunction<Program, Zeros, Program> derive) {
        this(Precision.DOUBLE, engine, workers, fixed, rows, varying, function, derive);
    }

    /**
     * Prepares a sweep.
     *
     * @param precision what columns are stored and computed in
     * @param engine   what runs the programs
     * @param workers  the threads
     * @param fixed    the values of the first inputs, which are uniform
     * @param rows     the other inputs, a row a point; copied into tiles
     * @param varying  numbers in a row
     * @param function the function of all inputs
     * @param derive   makes the program to run from that of the function; outputs must be as many on every path
     */
    TileSweep(
            Precision precision, Engine engine, Workers workers, double[] fixed, double[] rows, int varying,
            Function<Scalar[], Scalar[]> function, BiFunction<Program, Zeros, Program> derive) {
        this.precision = precision;
        this.workers = workers;
        this.varying = varying;
        this.points = rows.length / varying;
        this.rows = rows;
        this.fixed = fixed;
        boolean[] uniform = new boolean[fixed.length + varying];
        Arrays.fill(uniform, 0, fixed.length, true);
        this.alone = PathCache.of(uniform, function, p -> derive.apply(p, Zeros.ABSORBED), 8);
        double[] start = point(0);
        this.first = Path.of(engine, precision, derive.apply(Tracer.trace(start, uniform, function), Zeros.GUARDED), start);
        this.outputs = first.program.outputs();
        double[] other = firstFailing();
        this.second = other == start
                ? first : Path.of(engine, precision, derive.apply(Tracer.trace(other, uniform, function), Zeros.GUARDED), other);
        int tiles = tiles();
        this.in = TileNumbers.of(precision, tiles * varying * STRIDE);
        this.out = TileNumbers.of(precision, tiles * (outputs + 1) * STRIDE);
        for (int i = 0; i < points; i++) {
            for (int j = 0; j < varying; j++) {
                in.set(((i / WIDTH) * varying + j) * STRIDE + i % WIDTH, rows[i * varying + j]);
            }
        }
    }

    private int tiles() {
        return (points + WIDTH - 1) / WIDTH;
    }

    private double[] point(int i) {
        double[] point = Arrays.copyOf(fixed, fixed.length + varying);
        System.arraycopy(rows, i * varying, point, fixed.length, varying);
        return point;
    }

    /** A point for which the first path is wrong, or the first point if there is none. */
    private double[] firstFailing() {
        Workspace workspace = first.program.newWorkspace();
        double[] results = new double[outputs];
        for (int i = 0; first.hasGuards() && i < points; i++) {
            double[] point = point(i);
            if (!first.program.run(point, results, workspace)) {
                return point;
            }
        }
        return point(0);
    }

    void run() {
        workers.split(tiles(), (_, from, to) -> new Part().run(from, to));
    }

    /** The results, a row a point. */
    double[] results() {
        double[] all = new double[points * outputs];
        for (int i = 0; i < points; i++) {
            for (int j = 0; j < outputs; j++) {
                all[i * outputs + j] = out.get(((i / WIDTH) * (outputs + 1) + j) * STRIDE + i % WIDTH);
            }
        }
        return all;
    }

    /** The work of one thread in one sweep. */
    private final class Part {

        private final double[] scratch = new double[Math.max(first.code.scratch(), second.code.scratch())];
        private final TileNumbers gathered = TileNumbers.of(precision, first.hasGuards() ? varying * STRIDE : 0);
        private final TileNumbers again = TileNumbers.of(precision, first.hasGuards() ? (outputs + 1) * STRIDE : 0);
        private final int[] failing = new int[WIDTH];
        private final int[] where = new int[WIDTH];
        private int waiting;

        void run(int from, int to) {
            for (int tile = from; tile < to; tile++) {
                int here = Math.min(WIDTH, points - tile * WIDTH);
                int at = tile * (outputs + 1) * STRIDE;
                first.code.run(first.uniform, in, tile * varying * STRIDE, out, at, scratch, here);
                int failures = first.hasGuards() ? out.notZero(at + outputs * STRIDE, here, failing) : 0;
                for (int f = 0; f < failures; f++) {
                    gather(tile, failing[f]);
                }
            }
            scatter();
        }

        private void gather(int tile, int i) {
            for (int j = 0; j < varying; j++) {
                gathered.set(j * STRIDE + waiting, in.get((tile * varying + j) * STRIDE + i));
            }
            where[waiting++] = tile * WIDTH + i;
            if (waiting == WIDTH) {
                scatter();
            }
        }

        private void scatter() {
            if (waiting == 0) {
                return;
            }
            second.code.run(second.uniform, gathered, 0, again, 0, scratch, waiting);
            for (int k = 0; k < waiting; k++) {
                int to = where[k] / WIDTH * (outputs + 1) * STRIDE + where[k] % WIDTH;
                if (second.hasGuards() && again.get(outputs * STRIDE + k) != 0) {
                    double[] result = alone.at(point(where[k])).value(point(where[k]));
                    for (int j = 0; j < outputs; j++) {
                        out.set(to + j * STRIDE, result[j]);
                    }
                } else {
                    for (int j = 0; j < outputs; j++) {
                        out.set(to + j * STRIDE, again.get(j * STRIDE + k));
                    }
                }
            }
            waiting = 0;
        }
    }
}
