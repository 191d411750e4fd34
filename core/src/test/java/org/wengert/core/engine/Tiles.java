package org.wengert.core.engine;

import java.util.Arrays;
import org.wengert.core.program.Program;

/** Runs code for tiles at points given as rows. */
final class Tiles {

    private Tiles() {}

    /**
     * The outputs at each point, and at the end of each row 0 where all guards hold.
     *
     * @param points one row a point, an entry for each input; those of uniform inputs are taken from the first row
     */
    static double[][] run(Program p, TileCode code, double[][] points) {
        double[] uniformInputs = new double[Uniforms.count(p)];
        int n = 0;
        for (int i = 0; i < p.inputs(); i++) {
            if (p.isUniform(i)) {
                uniformInputs[n++] = points[0][i];
            }
        }
        double[] uniform = new double[p.firstVarying()];
        Uniforms.evaluate(p, uniformInputs, uniform);
        int inAt = 16;
        int outAt = 8;
        int outputs = p.outputs() + (p.guards().isEmpty() ? 0 : 1);
        double[] in = new double[inAt + (p.inputs() - n) * TileCode.STRIDE];
        double[] out = new double[outAt + outputs * TileCode.STRIDE + 8];
        Arrays.fill(out, 77);
        double[] scratch = new double[code.scratch()];
        Arrays.fill(scratch, 55);
        double[][] results = new double[points.length][p.outputs() + 1];
        for (int first = 0; first < points.length; first += TileCode.WIDTH) {
            int count = Math.min(TileCode.WIDTH, points.length - first);
            for (int i = 0, column = 0; i < p.inputs(); i++) {
                for (int k = 0; k < count && !p.isUniform(i); k++) {
                    in[inAt + column * TileCode.STRIDE + k] = points[first + k][i];
                }
                column += p.isUniform(i) ? 0 : 1;
            }
            double[] before = in.clone();
            code.run(uniform, in, inAt, out, outAt, scratch, count);
            if (!Arrays.equals(before, in)) {
                throw new AssertionError("the inputs have been changed");
            }
            if (out[0] != 77 || out[out.length - 1] != 77) {
                throw new AssertionError("written outside of the columns");
            }
            for (int k = 0; k < count; k++) {
                for (int i = 0; i < outputs; i++) {
                    results[first + k][i] = out[outAt + i * TileCode.STRIDE + k];
                }
            }
        }
        return results;
    }
}
