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
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Unary;
import org.wengert.core.formula.DerivativeFormulas;
import org.wengert.core.formula.Formula;
import org.wengert.core.program.Program;
import org.wengert.core.program.ProgramBuilder;

/**
 * The partial derivatives of a program's operations, written into a program being built. The formula of
 * a partial becomes a small program once, and is then spliced in wherever the row is applied.
 */
final class LocalPartials {

    /** Up to so many arguments, f of the other arguments is written as it stands; beyond, from both ends. */
    private static final int FEW = 8;

    private final ProgramBuilder g;
    private final Program p;
    private final int[] node;
    private final PartialTemplates templates = new PartialTemplates();
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
        return templates.isZero(p.row(v), i);
    }

    /** The weight ∂v/∂(operand i). */
    int of(int v, int i) {
        Elementary row = p.row(v);
        if (row == Reductions.SUM) {
            return Weight.of(g.constant(1));
        }
        if (!DerivativeFormulas.exist(row)) {
            return opaque(v, row, i);
        }
        if (row == Powers.POW && i == 0 && p.isConstant(p.right(v))) {
            return ofConstantPower(node[p.left(v)], p.constant(p.right(v)));
        }
        PartialTemplates.Template t = templates.of(row, i);
        if (t.isZero()) {
            return Weight.ZERO;
        }
        int[] in;
        if (row instanceof Nary f && f.arity() == Nary.ANY) {
            in = new int[] {node[p.operand(v, i)], node[v], t.needsRest() ? rest(f, v, i) : node[v]};
        } else {
            in = new int[p.operandCount(v) + 1];
            for (int k = 0; k < in.length - 1; k++) {
                in[k] = node[p.operand(v, k)];
            }
            in[in.length - 1] = node[v];
        }
        return Weight.of(g.splice(t.program(), in)[t.program().output(0)], t.flags());
    }

    /** The partial of x^c is c·x^(c-1): with c known, a plain power, and for small whole c no power at all. */
    private int ofConstantPower(int x, double c) {
        if (c == 0) {
            return Weight.ZERO;
        }
        int power = g.apply(Powers.POW, x, g.constant(c - 1));
        return Weight.of(g.times(g.constant(c), power), c >= 1 ? 0 : Weight.SINGULAR);
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
        int flags = row.notes().family() == Family.PIECEWISE ? Weight.ZERO_WINS : Weight.SINGULAR;
        return Weight.of(g.apply(partial, in), flags);
    }
}
