package org.wengert.core.engine;

import java.util.Arrays;
import org.wengert.core.elementary.Operations;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;

/**
 * Which products go into a fused multiply-add: a·b + c instead of a product and a sum.
 *
 * <p>A product used by one sum alone disappears into it. Of two that are added, one has to stay.
 */
final class Contraction {

    private final Program p;
    private final FusedForms forms;
    private final boolean[] absorbed;
    private final boolean[] second;

    private Contraction(Program p, FusedForms forms) {
        this.p = p;
        this.forms = forms;
        this.absorbed = new boolean[p.nodes()];
        this.second = new boolean[p.nodes()];
    }

    /** Leaves every operation as it is. */
    static Contraction none(Program p, FusedForms forms) {
        return new Contraction(p, forms);
    }

    /** Joins every product that can be with the addition that uses it. */
    static Contraction of(Program p, FusedForms forms) {
        var contraction = new Contraction(p, forms);
        contraction.absorbProducts();
        contraction.chooseNegated();
        return contraction;
    }

    /** Whether the product v has been joined with the addition that uses it. */
    boolean isAbsorbed(int v) {
        return absorbed[v];
    }

    /** Factor 0 or 1 of the absorbed product v. */
    int factor(int v, int i) {
        return i == 0 || p.row(v) == Operations.SQUARE ? p.left(v) : p.right(v);
    }

    /** The number of the factor that bears the sign where the absorbed product v is subtracted. */
    int negatedFactor(int v) {
        return second[v] ? 1 : 0;
    }

    /** The operands from to to (exclusive) of v, the factors of absorbed products in place of these. */
    int[] leaves(int v, int from, int to) {
        int[] leaves = new int[2 * (to - from)];
        int count = 0;
        for (int i = from; i < to; i++) {
            int t = p.operand(v, i);
            if (absorbed[t]) {
                leaves[count++] = factor(t, 0);
                leaves[count++] = factor(t, 1);
            } else {
                leaves[count++] = t;
            }
        }
        return Arrays.copyOf(leaves, count);
    }

    private void absorbProducts() {
        int[] uses = new int[p.nodes()];
        for (int v = p.firstVarying(); v < p.nodes(); v++) {
            for (int i = 0; i < p.operandCount(v); i++) {
                uses[p.operand(v, i)]++;
            }
        }
        for (int i = 0; i < p.outputs(); i++) {
            uses[p.output(i)] += 2;
        }
        for (Guard g : p.guards()) {
            uses[g.left()] += 2;
            uses[g.right()] += 2;
        }
        for (int v = p.firstVarying(); v < p.nodes(); v++) {
            if (!forms.addsUp(p.row(v))) {
                continue;
            }
            boolean afterFirst = false;
            for (int i = p.operandCount(v) - 1; i >= 0; i--) {
                int t = p.operand(v, i);
                boolean joins = uses[t] == 1 && t >= p.firstVarying()
                        && (p.row(t) == Operations.TIMES || p.row(t) == Operations.SQUARE);
                // Of two that are added or subtracted one has to stay; the first term of a longer sum is a product by itself.
                absorbed[t] = joins && (i > 0 || p.row(v) == Operations.PLUS && !afterFirst || FusedPlan.isFold(p.row(v)));
                afterFirst |= absorbed[t];
            }
        }
    }

    /**
     * x - a·b is fma(-a, b, x): the sign goes to the factor that most such products have, since it is changed but once
     * a block.
     */
    private void chooseNegated() {
        int[] subtracted = new int[p.nodes()];
        for (int v = p.firstVarying(); v < p.nodes(); v++) {
            if (p.row(v) == Operations.MINUS && absorbed[p.right(v)]) {
                subtracted[factor(p.right(v), 0)]++;
                subtracted[factor(p.right(v), 1)]++;
            }
        }
        for (int v = p.firstVarying(); v < p.nodes(); v++) {
            if (absorbed[v]) {
                second[v] = subtracted[factor(v, 1)] > subtracted[factor(v, 0)];
            }
        }
    }
}
