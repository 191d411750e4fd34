package org.wengert.core.engine;

import java.util.Arrays;
import org.wengert.core.program.Program;
import org.wengert.core.simd.Form;
import org.wengert.core.simd.Kernel;
import org.wengert.core.simd.Kernels;

/**
 * Sums of columns that are computed first.
 *
 * @param outputs   how many columns are added up
 * @param isGuarded whether there is a column of failures
 */
record ColumnSums(int outputs, boolean isGuarded) implements SumCode {

    private static final int STRIDE = TileCode.STRIDE;
    private static final Kernel SUM = Kernels.best().of(Form.SUM_LANES);

    ColumnSums(Program program) {
        this(program.outputs(), !program.guards().isEmpty());
    }

    @Override
    public int scratch() {
        return 0;
    }

    @Override
    public boolean run(
            TileCode code, double[] uniform, double[] in, int inAt, double[] sums, int sumsAt, double[] out, double[] scratch, int points) {
        code.run(uniform, in, inAt, out, 0, scratch, points);
        boolean fails = false;
        for (int i = 0; isGuarded && i < points; i++) {
            if (out[outputs * STRIDE + i] != 0) {
                fails = true;
                for (int c = 0; c < outputs; c++) {
                    out[c * STRIDE + i] = 0;
                }
            }
        }
        int padded = (points + LANES - 1) / LANES * LANES;
        for (int c = 0; c < outputs; c++) {
            Arrays.fill(out, c * STRIDE + points, c * STRIDE + padded, 0);
            SUM.run(sums, sumsAt + c * LANES, out, c * STRIDE, out, 0, out, 0, out, 0, padded);
        }
        return fails;
    }
}
