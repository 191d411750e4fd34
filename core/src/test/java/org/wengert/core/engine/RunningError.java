package org.wengert.core.engine;

import java.util.Set;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Program;

/**
 * How far a program in single precision may be from the same program in double precision, at one point: a running error analysis.
 *
 * <p>The program runs in double precision, and with each value v goes a bound e. It takes what the row makes of operands that are off by
 * their bounds, one at a time: Σ max |f(…, xᵢ ± eᵢ, …) - f(x)|, and adds the rounding of the result. That is the first-order error; what is
 * left out is of second order in 6e-8, unless the function bends within its error.
 */
final class RunningError {

    /** The unit roundoff of single precision. */
    private static final double U = 0x1p-24;

    /** The least float. */
    private static final double TINY = Float.MIN_VALUE;

    /** Rows that are no arithmetic are within 4 units in the last place of a float. */
    private static final double ROW = 8;

    private static final Set<String> EXACT = Set.of("abs", "min", "max", "negate", "select", "relu", "step", "clamp", "copySign", "signum", "floor", "ceil", "rint");

    final double[] value;
    final double[] bound;
    private final Program p;

    RunningError(Program p, double[] x) {
        this.p = p;
        this.value = new double[p.nodes()];
        this.bound = new double[p.nodes()];
        for (int v = 0; v < p.nodes(); v++) {
            if (p.isInput(v)) {
                value[v] = x[v];
            } else if (p.isConstant(v)) {
                value[v] = p.constant(v);
            } else {
                double[] operands = new double[p.operandCount(v)];
                for (int i = 0; i < operands.length; i++) {
                    operands[i] = value[p.operand(v, i)];
                }
                value[v] = apply(p.row(v), operands);
                bound[v] = v < p.firstVarying() ? 0 : ofOperation(v, operands);
            }
            if (v < p.firstVarying()) {
                bound[v] = Math.abs((float) value[v] - value[v]); // rounded once
            }
            if (!(Math.abs(value[v]) + bound[v] < Float.MAX_VALUE)) {
                bound[v] = Double.POSITIVE_INFINITY; // overflow, or no number: nothing is claimed of what depends on it
            }
        }
    }

    private double ofOperation(int v, double[] x) {
        Elementary row = p.row(v);
        double e = 0;
        double sizes = 0;
        for (int i = 0; i < x.length; i++) {
            double at = x[i];
            double off = bound[p.operand(v, i)];
            if (off > 0) {
                x[i] = at + off;
                double above = Math.abs(apply(row, x) - value[v]);
                x[i] = at - off;
                double below = Math.abs(apply(row, x) - value[v]);
                x[i] = at;
                double worse = Math.max(above, below);
                e += Double.isNaN(worse) || Double.isInfinite(off) ? Double.POSITIVE_INFINITY : worse;
            }
            sizes += Math.abs(at);
        }
        if (row instanceof Nary && !staysInRange(x)) {
            return Double.POSITIVE_INFINITY;
        }
        double y = Math.abs(value[v]);
        double rounding;
        if (EXACT.contains(row.name())) {
            rounding = 0;
        } else if (row == Reductions.SUM) {
            rounding = x.length * sizes;
        } else if (row == Reductions.PRODUCT || row == Reductions.SUM_OF_SQUARES) {
            rounding = 2 * x.length * y;
        } else if (row.notes().family() == Family.ARITHMETIC || row == Powers.SQRT) {
            rounding = y;
        } else {
            rounding = ROW * (row instanceof Nary ? x.length * (y + sizes) : y);
        }
        return e + U * rounding + (rounding == 0 ? 0 : row.notes().family() == Family.ARITHMETIC ? x.length * TINY : Float.MIN_NORMAL);
    }

    /** Whether all products and sums of squares of some of the operands are in the range of floats. */
    private static boolean staysInRange(double[] x) {
        double greatest = x.length;
        double least = 1;
        for (double operand : x) {
            double size = Math.abs(operand);
            greatest *= Math.max(1, size);
            least *= size == 0 ? 1 : Math.min(1, size);
        }
        return greatest * greatest < Float.MAX_VALUE && least * least > Float.MIN_NORMAL;
    }

    private static double apply(Elementary row, double[] x) {
        return switch (row) {
            case Unary f -> f.value(x[0]);
            case Binary f -> f.value(x[0], x[1]);
            case Nary f -> f.value(x);
        };
    }
}
