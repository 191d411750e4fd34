package org.wengert.core.engine;

import java.util.Arrays;
import org.wengert.core.program.Program;

/** A program in single precision at points given as rows: the twin of {@link Tiles}. */
final class SingleRun {

    private SingleRun() {}

    /**
     * The outputs at each point, and at the end of each row 0 where all guards hold.
     *
     * @param points one row a point, an entry for each input; those of uniform inputs are taken from the first row
     */
    static double[][] run(Program p, SingleTileCode code, double[][] points) {
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
        int outAt = 24;
        float[] in = new float[inAt + (p.inputs() - n) * TileCode.STRIDE];
        float[] out = new float[outAt + (p.outputs() + 1) * TileCode.STRIDE];
        Arrays.fill(in, Float.NaN);
        Arrays.fill(out, 77);
        for (int k = 0; k < points.length; k++) {
            int column = 0;
            for (int i = 0; i < p.inputs(); i++) {
                if (!p.isUniform(i)) {
                    in[inAt + column++ * TileCode.STRIDE + k] = (float) points[k][i];
                }
            }
        }
        float[] before = in.clone();
        code.run(uniform, in, inAt, out, outAt, points.length);
        for (int i = 0; i < outAt; i++) {
            if (out[i] != 77) {
                throw new AssertionError("written in front of the outputs");
            }
        }
        if (!Arrays.equals(before, in)) {
            throw new AssertionError("the inputs were changed");
        }
        double[][] results = new double[points.length][p.outputs() + 1];
        for (int k = 0; k < points.length; k++) {
            for (int j = 0; j < p.outputs(); j++) {
                results[k][j] = out[outAt + j * TileCode.STRIDE + k];
            }
            results[k][p.outputs()] = p.guards().isEmpty() ? 0 : out[outAt + p.outputs() * TileCode.STRIDE + k];
        }
        return results;
    }
}
