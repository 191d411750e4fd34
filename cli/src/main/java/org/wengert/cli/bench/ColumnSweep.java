package org.wengert.cli.bench;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.TileCode;
import org.wengert.core.program.Program;
import org.wengert.core.program.Workspace;

/** A program over columns of points on the CPU, by an engine for tiles and a number of threads: what a GPU is compared with. */
final class ColumnSweep {

    private static final int WIDTH = TileCode.WIDTH;
    private static final int STRIDE = TileCode.STRIDE;

    private final Workers workers;
    private final Program program;
    private final TileCode code;

    ColumnSweep(Engine engine, Workers workers, Program program) {
        this.workers = workers;
        this.program = program;
        this.code = engine.compile(program);
    }

    /** Takes the results of a tile from a buffer. */
    private interface Taker {
        void take(int worker, double[] results, int first, int points);
    }

    /**
     * All outputs.
     *
     * @param inputs all inputs, of which the uniform ones are read
     * @param in     a column for each varying input
     * @param out    receives a column for each output
     * @return at how many points a guard failed; their results mean nothing
     */
    int run(double[] inputs, double[][] in, double[][] out, int points) {
        return sweep(inputs, in, points, (_, results, first, n) -> {
            for (int k = 0; k < out.length; k++) {
                System.arraycopy(results, k * STRIDE, out[k], first, n);
            }
        });
    }

    /** The sums of all outputs over all points; guards must hold. */
    double[] sums(double[] inputs, double[][] in, int points) {
        double[][] partial = new double[workers.threads()][program.outputs()];
        sweep(inputs, in, points, (worker, results, _, n) -> {
            for (int k = 0; k < program.outputs(); k++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += results[k * STRIDE + i];
                }
                partial[worker][k] += sum;
            }
        });
        double[] all = new double[program.outputs()];
        for (double[] part : partial) {
            Arrays.setAll(all, k -> all[k] + part[k]);
        }
        return all;
    }

    private int sweep(double[] inputs, double[][] in, int points, Taker taker) {
        Workspace workspace = program.newWorkspace();
        program.run(inputs, new double[program.outputs()], workspace);
        double[] uniform = new double[program.firstVarying()];
        Arrays.setAll(uniform, workspace::value);
        AtomicInteger failures = new AtomicInteger();
        int tiles = (points + WIDTH - 1) / WIDTH;
        workers.split(tiles, (worker, from, to) -> {
            double[] columns = new double[Math.max(1, in.length) * STRIDE];
            double[] results = new double[(program.outputs() + 1) * STRIDE];
            double[] scratch = new double[code.scratch()];
            int failed = 0;
            for (int tile = from; tile < to; tile++) {
                int first = tile * WIDTH;
                int n = Math.min(WIDTH, points - first);
                for (int j = 0; j < in.length; j++) {
                    System.arraycopy(in[j], first, columns, j * STRIDE, n);
                }
                code.run(uniform, columns, 0, results, 0, scratch, n);
                for (int i = 0; !program.guards().isEmpty() && i < n; i++) {
                    failed += results[program.outputs() * STRIDE + i] != 0 ? 1 : 0;
                }
                taker.take(worker, results, first, n);
            }
            failures.addAndGet(failed);
        });
        return failures.get();
    }
}
