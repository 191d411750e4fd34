package org.wengert.core.transform;

import java.util.Set;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.program.Program;

/**
 * Whether a formula can be infinite or NaN at finite arguments, other than by overflow: whether it has poles, or
 * ends of its domain. Decides where derivative programs need the careful product.
 */
final class Finiteness {

    /** Rows that are finite wherever their arguments are, overflow apart. What is not listed counts as singular. */
    private static final Set<String> FINITE = Set.of(
            "plus", "minus", "times", "negate", "sum", "fma", "square", "abs", "min", "max", "signum",
            "floor", "ceil", "rint", "clamp", "select", "relu", "step",
            "exp", "expm1", "sin", "cos", "atan", "sinh", "cosh", "tanh", "sechSquared", "asinh",
            "sigmoid", "softplus", "logSigmoid", "erf", "erfc", "normalCdf", "besselJ0", "besselJ1");

    private Finiteness() {}

    /** Whether every operation of the program is finite wherever its operands are. */
    static boolean isCertain(Program program) {
        if (!ofConstants(program)) {
            return false;
        }
        for (int v = program.firstOperation(); v < program.nodes(); v++) {
            Elementary row = program.row(v);
            boolean divides = row == Operations.DIV;
            if (divides ? !isNonzeroConstant(program, program.right(v)) : row != Reductions.SUM && !FINITE.contains(row.name())) {
                return false;
            }
        }
        return true;
    }

    /** Whether all constants of the program are finite. */
    static boolean ofConstants(Program program) {
        for (int v = program.inputs(); v < program.firstOperation(); v++) {
            if (!Double.isFinite(program.constant(v))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNonzeroConstant(Program program, int v) {
        return program.isConstant(v) && program.constant(v) != 0;
    }
}
