package org.wengert.core.engine;

import java.util.function.ToDoubleFunction;
import org.wengert.core.elementary.Nary;
import org.wengert.core.simd.Operands;

/**
 * A row of many operands, called point by point.
 *
 * @param function the row's own function
 * @param repairs  whether only points are done whose first operand, which is not handed to the function, is outside of
 *                 least and most: where a shorter way is not right
 * @param operands their places
 */
record Wide(ToDoubleFunction<double[]> function, boolean repairs, double least, double most, int[] operands) {

    private static final int[] NONE = {};

    static Wide of(Nary row) {
        return new Wide(row.value(), false, 0, 0, NONE);
    }

    static Wide repairing(Nary row, double least, double most) {
        return new Wide(row.value(), true, least, most, NONE);
    }

    Wide at(int[] places) {
        return new Wide(function, repairs, least, most, places);
    }

    void run(
            double[] r, int ri, double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch,
            int points) {
        int first = repairs ? 1 : 0;
        double[] x = Operands.array(operands.length - first);
        for (int point = 0; point < points; point++) {
            if (repairs) {
                double t = get(operands[0], uniform, in, inAt, out, outAt, scratch, point);
                if (t > least && t < most) {
                    continue;
                }
            }
            for (int i = 0; i < x.length; i++) {
                x[i] = get(operands[first + i], uniform, in, inAt, out, outAt, scratch, point);
            }
            r[ri + point] = function.applyAsDouble(x);
        }
    }

    private static double get(
            int place, double[] uniform, double[] in, int inAt, double[] out, int outAt, double[] scratch, int point) {
        int at = place >> 2;
        return switch (place & 3) {
            case Steps.SCRATCH -> scratch[at + point];
            case Steps.IN -> in[inAt + at + point];
            case Steps.OUT -> out[outAt + at + point];
            default -> uniform[at];
        };
    }
}
