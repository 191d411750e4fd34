package org.wengert.tests.fuzz;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.wengert.core.engine.Engine;
import org.wengert.core.engine.TileCode;
import org.wengert.core.program.Program;
import org.wengert.core.program.Workspace;

/**
 * Runs a program by an engine: the point in several places of a tile among other points, so that every lane and the rest of a
 * vector are looked at, and all of them must agree.
 */
record Tile(Engine engine) implements Paths.Runner {

    /** Not a multiple of any vector length. */
    private static final int POINTS = 37;

    @Override
    public double[] run(Program p, double[] x) {
        TileCode code = engine.compile(p);
        int m = p.outputs();
        boolean hasGuards = !p.guards().isEmpty();
        double[] in = new double[(p.inputs() + 1) * TileCode.STRIDE];
        double[] out = new double[(m + 2) * TileCode.STRIDE];
        var random = new SplittableRandom(7);
        for (int i = 0; i < p.inputs(); i++) {
            for (int k = 0; k < POINTS; k++) {
                in[i * TileCode.STRIDE + k] = k % 3 == 0 || k == POINTS - 1 ? x[i] : random.nextDouble(-3, 3);
            }
        }
        double[] before = in.clone();
        Workspace workspace = p.newWorkspace();
        p.run(x, new double[m], workspace);
        double[] uniform = new double[p.firstVarying()];
        Arrays.setAll(uniform, workspace::value);
        code.run(uniform, in, 0, out, 0, new double[code.scratch()], POINTS);
        if (!Arrays.equals(before, in)) {
            throw new AssertionError(engine.description() + " changed its input");
        }
        double[] result = new double[m];
        for (int i = 0; i < m; i++) {
            result[i] = out[i * TileCode.STRIDE];
            for (int k = 3; k < POINTS; k += 3) {
                double there = out[i * TileCode.STRIDE + k];
                // The rest of a tile may be computed by the scalar twin.
                if (Double.compare(there, result[i]) != 0 && !(Math.abs(there - result[i]) <= 64 * Math.ulp(result[i]))) {
                    throw new AssertionError(engine.description() + ": output " + i + " is " + result[i] + " at place 0 of a tile and "
                            + there + " at place " + k);
                }
            }
        }
        if (hasGuards && out[m * TileCode.STRIDE] != 0) {
            throw new AssertionError(engine.description() + " says that a guard fails which holds: " + p.listing());
        }
        return result;
    }
}
