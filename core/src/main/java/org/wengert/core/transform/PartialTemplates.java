package org.wengert.core.transform;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Unary;
import org.wengert.core.elementary.ZeroLaws;
import org.wengert.core.formula.DerivativeFormulas;
import org.wengert.core.formula.Formula;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;

/** The formulas of partial derivatives that rows state, each read into a small program once. */
final class PartialTemplates {

    /**
     * One partial derivative of a row.
     *
     * @param program   the row's arguments and its value to the partial; for a row of any number of arguments one argument,
     *                  the value, and the row of the rest
     * @param flags     of {@link Weight}
     * @param isZero    whether the partial is zero by structure
     * @param needsRest whether the row of the rest is used
     */
    record Template(Program program, int flags, boolean isZero, boolean needsRest) {}

    private final IdentityHashMap<Elementary, @Nullable Template[]> templates = new IdentityHashMap<>();

    /** Whether ∂f/∂(argument i) is zero by structure. */
    boolean isZero(Elementary row, int i) {
        return row != Reductions.SUM && DerivativeFormulas.exist(row) && of(row, i).isZero;
    }

    /** ∂f/∂(argument i) of a row that states it as a formula. */
    Template of(Elementary row, int i) {
        @Nullable Template[] known = templates.computeIfAbsent(row, r -> new Template[count(r)]);
        int k = known.length == 1 ? 0 : i;
        Template t = known[k];
        if (t == null) {
            t = read(row, k);
            known[k] = t;
        }
        return t;
    }

    private static int count(Elementary row) {
        return switch (row) {
            case Unary _ -> 1;
            case Binary _ -> 2;
            case Nary f -> f.arity() == Nary.ANY ? 1 : f.arity();
        };
    }

    private static Template read(Elementary row, int i) {
        Formula formula = switch (row) {
            case Unary f -> DerivativeFormulas.dx(f);
            case Binary f -> i == 0 ? DerivativeFormulas.dx(f) : DerivativeFormulas.dy(f);
            case Nary f -> DerivativeFormulas.partial(f, i);
        };
        var builder = new ProgramBuilder();
        List<Integer> in = new ArrayList<>();
        for (int k = 0; k < formula.names().size(); k++) {
            in.add(builder.input());
        }
        Program program = builder.build(formula.evaluate(builder.arithmetic(), in).getFirst());
        int out = program.output(0);
        boolean isZero = program.isConstant(out) && program.constant(out) == 0;
        boolean needsRest = row instanceof Nary f && f.arity() == Nary.ANY && uses(program, 2);
        return new Template(program, flags(row, i, program), isZero, needsRest);
    }

    private static boolean uses(Program program, int input) {
        for (int v = program.firstOperation(); v < program.nodes(); v++) {
            for (int k = 0; k < program.operandCount(v); k++) {
                if (program.operand(v, k) == input) {
                    return true;
                }
            }
        }
        return program.output(0) == input;
    }

    private static int flags(Elementary row, int i, Program partial) {
        if (row == ZeroLaws.ABSORB || row == ZeroLaws.ABSORB_EITHER) {
            // Of absorb(partial, tangent): the partial may be infinite, and a zero tangent wins over its derivative.
            return i == 0 ? Weight.ZERO_WINS : Weight.SINGULAR;
        }
        if (row.notes().family() == Family.PIECEWISE) {
            // Finite wherever the value is a number, unless the formula itself speaks of infinities or NaN.
            return Weight.ZERO_WINS | (Finiteness.ofConstants(partial) ? 0 : Weight.SINGULAR);
        }
        return Finiteness.isCertain(partial) ? 0 : Weight.SINGULAR;
    }
}
