package org.wengert.cli;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wengert.core.engine.TileCode;
import org.wengert.core.engine.TileInterpreter;
import org.wengert.core.engine.Uniforms;
import org.wengert.core.program.PathCache;
import org.wengert.core.program.Program;
import org.wengert.core.program.Workspace;
import org.wengert.core.scalar.Scalar;

/**
 * Runs a function over columns of points on all cores, slice by slice: one point after the other at first, and once there has been so
 * much work that vector code is worth its start, in tiles. A tile is run on the path that most points take, and points that take
 * other paths on theirs. The results are those of {@link Program#run} at each point, bit for bit, either way and by however many
 * threads. Safe to share between threads.
 */
final class BatchSweep {

    /** Paths of the function that are kept. */
    private static final int PATHS = 64;

    /** Points that one thread does in one go. */
    static final int SLICE = 16 * TileCode.WIDTH;

    /** So many operations take a second or two of one core; the start of the engine for tiles costs about half of that. */
    static final long OPERATIONS = 200_000_000;

    /** On so many paths the points of a tile are run together; those that are left then, one by one. */
    private static final int TOGETHER = 4;

    private final PathCache<Path> paths;
    private final long operationsBefore;
    private final AtomicLong operations = new AtomicLong();

    /** A path of the function: its program, the values of the nodes that are the same at all points, and the code for tiles once that is needed. */
    private static final class Path {
        final Program program;
        final double[] uniform;
        private @Nullable TileCode code;

        Path(Program program) {
            this.program = program;
            this.uniform = new double[program.firstVarying()];
            Uniforms.evaluate(program, new double[0], uniform);
        }

        synchronized TileCode code() {
            TileCode made = code;
            if (made == null) {
                made = TileInterpreter.reproducible().compile(program);
                code = made;
            }
            return made;
        }
    }

    /**
     * A function.
     *
     * @param inputs           how many, each a column
     * @param function         what is recorded
     * @param derive           makes the program that is run from that of a path
     * @param operationsBefore how many operations are done point after point before tiles are run
     */
    BatchSweep(int inputs, Function<Scalar[], Scalar[]> function, Function<Program, Program> derive, long operationsBefore) {
        this.operationsBefore = operationsBefore;
        this.paths = PathCache.of(new boolean[inputs], function, p -> new Path(derive.apply(p)), PATHS);
    }

    /** The program of the path that the function takes at a point. */
    Program program(double[] point) {
        return paths.at(point).program;
    }

    /**
     * Computes.
     *
     * @param in  a column for each input; not changed
     * @param out receives a column for each output
     */
    void run(double[][] in, double[][] out, int points) {
        slices(points).forEach(first -> new Slice(in, out).run(first, Math.min(points, first + SLICE)));
    }

    /** Where slices of so many points begin, for all cores. */
    static IntStream slices(int points) {
        return IntStream.range(0, (points + SLICE - 1) / SLICE).parallel().map(slice -> slice * SLICE);
    }

    /** A path with room for one point. */
    private record Taken(Path path, Workspace room) {}

    /** Some of the points, and the room of the thread that runs them. */
    private final class Slice {
        private final double[][] in;
        private final double[][] out;
        private final double[] x;
        private final double[] y;
        private final double[] columns;
        private final double[] results;
        private final int[] open = new int[TileCode.WIDTH];
        private double[] scratch = {};

        Slice(double[][] in, double[][] out) {
            this.in = in;
            this.out = out;
            this.x = new double[in.length];
            this.y = new double[out.length];
            this.columns = new double[in.length * TileCode.STRIDE];
            this.results = new double[(out.length + 1) * TileCode.STRIDE];
        }

        void run(int from, int to) {
            Taken usual = take(from);
            if (operations.get() >= operationsBefore) {
                tiles(usual, from, to);
            } else {
                oneByOne(usual, IntStream.range(from, to).toArray(), to - from);
                operations.addAndGet((long) (to - from) * usual.path.program.operations());
            }
        }

        private void tiles(Taken start, int from, int to) {
            Taken usual = start;
            for (int first = from; first < to; first += TileCode.WIDTH) {
                int left = Math.min(TileCode.WIDTH, to - first);
                for (int i = 0; i < left; i++) {
                    open[i] = first + i;
                }
                Taken taken = usual;
                int most = 0;
                for (int pass = 0; pass < TOGETHER && left > 0; pass++) {
                    taken = pass == 0 ? usual : take(open[0]);
                    int before = left;
                    left = together(taken, before);
                    if (before - left > most) {
                        most = before - left;
                        usual = taken;
                    }
                }
                oneByOne(taken, open, left);
            }
        }

        /** Runs the open points on a path, and gives how many stay open: those that take another. */
        private int together(Taken taken, int count) {
            for (int j = 0; j < in.length; j++) {
                for (int i = 0; i < count; i++) {
                    columns[j * TileCode.STRIDE + i] = in[j][open[i]];
                }
            }
            TileCode code = taken.path.code();
            if (scratch.length < code.scratch()) {
                scratch = new double[code.scratch()];
            }
            code.run(taken.path.uniform, columns, 0, results, 0, scratch, count);
            boolean guarded = !taken.path.program.guards().isEmpty();
            int left = 0;
            for (int i = 0; i < count; i++) {
                int row = open[i];
                if (guarded && results[out.length * TileCode.STRIDE + i] != 0) {
                    open[left++] = row;
                    continue;
                }
                for (int k = 0; k < out.length; k++) {
                    out[k][row] = results[k * TileCode.STRIDE + i];
                }
            }
            return left;
        }

        /** Runs points one after the other, each on the path of the one before if that is its own too. */
        private void oneByOne(Taken before, int[] rows, int count) {
            Taken taken = before;
            for (int i = 0; i < count; i++) {
                point(rows[i]);
                if (!taken.path.program.run(x, y, taken.room)) {
                    taken = take(rows[i]);
                }
                for (int k = 0; k < y.length; k++) {
                    out[k][rows[i]] = y[k];
                }
            }
        }

        private void point(int row) {
            for (int j = 0; j < x.length; j++) {
                x[j] = in[j][row];
            }
        }

        /** The path of a point; computes the results there. */
        private Taken take(int row) {
            point(row);
            Path path = paths.at(x);
            Workspace room = path.program.newWorkspace();
            path.program.run(x, y, room);
            return new Taken(path, room);
        }
    }
}
