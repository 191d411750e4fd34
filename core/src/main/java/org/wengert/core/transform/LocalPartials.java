package org.wengert.core.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Unary;
import org.wengert.core.formula.DerivativeFormulas;
import org.wengert.core.formula.Formula;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;
import org.wengert.core.program.Sums;

/**
 * The partial derivatives of a program's operations, written into a program being built. The formula of
 * a partial becomes a small program once, and is then spliced in wherever the row is applied.
 */
final class LocalPartials {

    /** Up to so many arguments, f of the other arguments is written as it stands; beyond, from both ends. */
    private static final int FEW = 8;

    /** One partial of a row: f's arguments and its value (and f of the rest) to the partial. */
    private record Template(Program program, int flags, boolean isZero, boolean needsRest) {}

    private final ProgramBuilder g;
    private final Program p;
    private final int[] node;
    private final IdentityHashMap<Elementary, @Nullable Template[]> templates = new IdentityHashMap<>();
    private final IdentityHashMap<Elementary, @Nullable Elementary[]> opaque = new IdentityHashMap<>();

    // The results of "f of the rest" for the operation asked about last.
    private int restOf = -1;
    private int[] rest = {};

    /**
     * The partials of a program.
     *
     * @param g    the program being written
     * @param p    the program that is differentiated
     * @param node the nodes of g that the nodes of p have become
     */
    LocalPartials(ProgramBuilder g, Program p, int[] node) {
        this.g = g;
        this.p = p;
        this.node = node;
    }

    /** Whether ∂v/∂(operand i) is zero by structure. */
    boolean isZero(int v, int i) {
        Elementary row = p.row(v);
        return row != Sums.SUM && DerivativeFormulas.exist(row) && template(row, i).isZero;
    }

    /** The weight ∂v/∂(operand i). */
    int of(int v, int i) {
        Elementary row = p.row(v);
        if (row == Sums.SUM) {
            return Weight.of(g.constant(1));
        }
        if (!DerivativeFormulas.exist(row)) {
            return opaque(v, row, i);
        }
        Template t = template(row, i);
        if (t.isZero) {
            return Weight.ZERO;
        }
        int[] in;
        if (row instanceof Nary f && f.arity() == Nary.ANY) {
            in = new int[] {node[p.operand(v, i)], node[v], t.needsRest ? rest(f, v, i) : node[v]};
        } else {
            in = new int[p.operandCount(v) + 1];
            for (int k = 0; k < in.length - 1; k++) {
                in[k] = node[p.operand(v, k)];
            }
            in[in.length - 1] = node[v];
        }
        return Weight.of(g.splice(t.program, in)[t.program.output(0)], t.flags);
    }

    // ---- rows with formulas --------------------------------------------------------------------------

    private Template template(Elementary row, int i) {
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
        if (row == ZeroLaws.ABSORB) {
            // Of absorb(partial, tangent): the partial may be infinite, and a zero tangent wins over its derivative.
            return i == 0 ? Weight.ZERO_WINS : Weight.SINGULAR;
        }
        return (Finiteness.isCertain(partial) ? 0 : Weight.SINGULAR)
                | (row.notes().family() == Family.PIECEWISE ? Weight.ZERO_WINS : 0);
    }

    /** f of all operands of v but operand i. */
    private int rest(Nary f, int v, int i) {
        if (restOf != v) {
            int[] x = new int[p.operandCount(v)];
            Arrays.setAll(x, k -> node[p.operand(v, k)]);
            rest = x.length <= FEW || f.notes().family() == Family.USER ? restsAsTheyStand(f, x) : restsFromEnds(f, x);
            restOf = v;
        }
        return rest[i];
    }

    private int[] restsAsTheyStand(Nary f, int[] x) {
        int[] result = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            int[] others = new int[x.length - 1];
            System.arraycopy(x, 0, others, 0, i);
            System.arraycopy(x, i + 1, others, i, others.length - i);
            result[i] = join(f, others);
        }
        return result;
    }

    /** The rows of the table that ask for the rest are associative: f(x₀ … xₙ) = f(f(x₀ … xᵢ), f(xᵢ₊₁ … xₙ)). */
    private int[] restsFromEnds(Nary f, int[] x) {
        int[] result = new int[x.length];
        int[] after = new int[x.length];
        for (int i = x.length - 2; i >= 0; i--) {
            after[i] = i == x.length - 2 ? x[i + 1] : g.apply(f, x[i + 1], after[i + 1]);
        }
        int before = x[0];
        result[0] = after[0];
        for (int i = 1; i < x.length; i++) {
            result[i] = i == x.length - 1 ? before : g.apply(f, before, after[i]);
            before = g.apply(f, before, x[i]);
        }
        return result;
    }

    private int join(Nary f, int[] x) {
        return x.length == 0 ? g.constant(f.value(new double[0])) : g.apply(f, x);
    }

    // ---- rows without formulas -----------------------------------------------------------------------

    private int opaque(int v, Elementary row, int i) {
        int n = p.operandCount(v);
        @Nullable Elementary[] known = opaque.computeIfAbsent(row, _ -> new Elementary[n]);
        if (known.length < n) {
            known = Arrays.copyOf(known, n);
            opaque.put(row, known);
        }
        Elementary partial = known[i];
        if (partial == null) {
            partial = OpaquePartials.of(row, i);
            known[i] = partial;
        }
        int[] in = new int[n];
        Arrays.setAll(in, k -> node[p.operand(v, k)]);
        int flags = Weight.SINGULAR | (row.notes().family() == Family.PIECEWISE ? Weight.ZERO_WINS : 0);
        return Weight.of(g.apply(partial, in), flags);
    }
}
