package org.wengert.core.engine;

import java.util.List;
import org.wengert.core.elementary.Nary;
import org.wengert.core.program.Program;

/** An operation on an array of operands, point by point. */
final class FusedLanes implements FusedPart {

    private static final int UNIFORM = 0;
    private static final int INPUT = 1;
    private static final int SCRATCH = 2;
    private static final int CONSTANT = 3;

    private final Nary row;
    private final int result;
    private final int[] outputs;

    // Operand i is the uniform node, or the column at an offset, or the constant, that place[i] says.
    private final byte[] from;
    private final int[] place;
    private final double[] constants;
    private final Spares<double[]> arrays;

    FusedLanes(FusedPlan plan, int v, int stride) {
        Program p = plan.p;
        int n = p.operandCount(v);
        this.row = (Nary) p.row(v);
        this.result = plan.slot(v) * stride;
        List<Integer> numbers = plan.outputsOf(v);
        this.outputs = numbers.stream().mapToInt(i -> i * TileCode.STRIDE).toArray();
        this.from = new byte[n];
        this.place = new int[n];
        this.constants = new double[n];
        for (int i = 0; i < n; i++) {
            int t = p.operand(v, i);
            if (plan.isColumn(t)) {
                from[i] = INPUT;
                place[i] = plan.column(t) * TileCode.STRIDE;
            } else if (p.isConstant(t)) {
                from[i] = CONSTANT;
                constants[i] = p.constant(t);
            } else if (!plan.isVarying(t)) {
                from[i] = UNIFORM;
                place[i] = t;
            } else {
                from[i] = SCRATCH;
                place[i] = plan.slot(t) * stride;
            }
        }
        this.arrays = new Spares<>(() -> new double[n]);
    }

    @Override
    public void run(double[] u, double[] in, int inAt, double[] out, int outAt, double[] s, int points) {
        double[] x = arrays.take();
        for (int k = 0; k < points; k++) {
            for (int i = 0; i < x.length; i++) {
                x[i] = switch (from[i]) {
                    case UNIFORM -> u[place[i]];
                    case INPUT -> in[inAt + place[i] + k];
                    case SCRATCH -> s[place[i] + k];
                    default -> constants[i];
                };
            }
            double y = row.value(x);
            s[result + k] = y;
            for (int at : outputs) {
                out[outAt + at + k] = y;
            }
        }
        arrays.give(x);
    }
}
