package org.wengert.core.engine;

import java.util.Arrays;
import org.wengert.core.program.Guard;
import org.wengert.core.simd.Kernel;

/**
 * The calls of {@link Steps}, made strip by strip.
 *
 * @param placed        the calls
 * @param failures      the number of the column of failures; -1 without guards
 * @param uniformGuards guards that hold at all points or at none
 */
record InterpretedTile(Steps.Placed placed, int failures, Guard[] uniformGuards) implements TileCode {

    @Override
    public int scratch() {
        return placed.scratch();
    }

    @Override
    public void run(double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch, int points) {
        int strip = placed.strip();
        for (int first = 0; first < points; first += strip) {
            strip(uniform, in, inAt + first, out, outAt + first, scratch, Math.min(strip, points - first));
        }
        if (uniformGuards.length > 0 && !Uniforms.hold(uniformGuards, uniform)) {
            int at = outAt + failures * STRIDE;
            Arrays.fill(out, at, at + points, 1);
        }
    }

    private void strip(double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch, int points) {
        Kernel[] kernels = placed.kernels();
        int[] places = placed.places();
        for (int k = 0, at = 0; k < kernels.length; k++, at += 5) {
            int r = places[at];
            int a = places[at + 1];
            int b = places[at + 2];
            int c = places[at + 3];
            int d = places[at + 4];
            Kernel kernel = kernels[k];
            if (kernel == null) {
                wide(k, r, uniform, in, inAt, out, outAt, scratch, points);
                continue;
            }
            kernel.run(
                    array(r, scratch, in, out, uniform), offset(r, inAt, outAt),
                    array(a, scratch, in, out, uniform), offset(a, inAt, outAt),
                    array(b, scratch, in, out, uniform), offset(b, inAt, outAt),
                    array(c, scratch, in, out, uniform), offset(c, inAt, outAt),
                    array(d, scratch, in, out, uniform), offset(d, inAt, outAt),
                    points);
        }
    }

    private void wide(
            int k, int r, double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch, int points) {
        Wide wide = placed.wides()[k];
        if (wide != null) {
            wide.run(array(r, scratch, in, out, uniform), offset(r, inAt, outAt), uniform, in, inAt, out, outAt, scratch, points);
        }
    }

    private static double[] array(int place, double[] scratch, double[] in, double[] out, double[] uniform) {
        return switch (place & 3) {
            case Steps.SCRATCH -> scratch;
            case Steps.IN -> in;
            case Steps.OUT -> out;
            default -> uniform;
        };
    }

    private static int offset(int place, int inAt, int outAt) {
        int offset = place >> 2;
        return switch (place & 3) {
            case Steps.IN -> inAt + offset;
            case Steps.OUT -> outAt + offset;
            default -> offset;
        };
    }
}
