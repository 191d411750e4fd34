package org.wengert.gpu;

import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.engine.Precision;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;

/**
 * Programs as kernels of single precision compute them: what depends on uniform inputs alone in double precision, all
 * other operations on numbers of single precision, each rounded. That is the one right result for basic operations: rounding
 * their double result once more changes nothing.
 */
final class Rounded {

    private Rounded() {}

    /** Runs a program in a precision; false if a guard fails. */
    static boolean run(Program p, Precision precision, double[] x, double[] out) {
        if (precision == Precision.DOUBLE) {
            return p.run(x, out, p.newWorkspace());
        }
        double[] value = new double[p.nodes()];
        for (int v = 0; v < value.length; v++) {
            if (p.isInput(v)) {
                value[v] = x[v];
            } else if (p.isConstant(v)) {
                value[v] = p.constant(v);
            } else {
                double[] operands = new double[p.operandCount(v)];
                boolean uniform = v < p.firstVarying();
                for (int i = 0; i < operands.length; i++) {
                    double operand = value[p.operand(v, i)];
                    operands[i] = uniform ? operand : (float) operand;
                }
                double y = switch (p.row(v)) {
                    case Unary f -> f.value().applyAsDouble(operands[0]);
                    case Binary f -> f.value().applyAsDouble(operands[0], operands[1]);
                    case Nary f -> f.value().applyAsDouble(operands);
                };
                value[v] = uniform ? y : (float) y;
            }
        }
        for (Guard g : p.guards()) {
            double a = (float) value[g.left()];
            double b = (float) value[g.right()];
            boolean holds = switch (g.relation()) {
                case LESS -> a < b;
                case AT_MOST -> a <= b;
                case EQUAL -> a == b;
                case SAME -> Double.compare(a, b) == 0;
            };
            if (holds != g.outcome()) {
                return false;
            }
        }
        for (int k = 0; k < out.length; k++) {
            out[k] = (float) value[p.output(k)];
        }
        return true;
    }
}
