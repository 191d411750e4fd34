package org.wengert.core.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.core.engine.FusedPlan.Kind;
import org.wengert.core.engine.FusedPlan.Piece;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;

/**
 * The order in which the operations of a program run, so that few values wait at any time.
 *
 * <p>Operations come depth first from the outputs, so that most values are used soon after they are made. A sum takes each
 * of its terms as soon as those before it are there, not all at its end: in a reverse sweep the adjoint of an input adds
 * up while the sweep goes on, one number instead of all its terms. Its terms keep their order, and the sum its
 * bits.
 *
 * <p>What runs on vectors, what runs lane by lane and what takes an array of operands are kept apart: such phases
 * alternate, each as long as dependences allow.
 */
final class FusedOrder {

    private final Program p;
    private final Contraction contraction;
    private final FusedForms forms;
    private final List<Piece> pieces = new ArrayList<>();

    // For sums that are under way: how many operands they have taken, and the lists of sums that wait for a node.
    private final int[] taken;
    private final int[] firstWaiting;
    private final int[] nextWaiting;
    private final boolean[] made;

    private FusedOrder(Program p, Contraction contraction, FusedForms forms) {
        this.p = p;
        this.contraction = contraction;
        this.forms = forms;
        this.taken = new int[p.nodes()];
        this.firstWaiting = new int[p.nodes()];
        this.nextWaiting = new int[p.nodes()];
        this.made = new boolean[p.nodes()];
        Arrays.fill(firstWaiting, -1);
    }

    /** The pieces of all varying operations that the outputs and guards need; those of an operation in the order of its operands. */
    static List<Piece> of(Program p, Contraction contraction, FusedForms forms) {
        var order = new FusedOrder(p, contraction, forms);
        order.depthFirst();
        return order.byPhase();
    }

    private boolean isVarying(int v) {
        return v >= p.firstVarying();
    }

    // ---- depth first ---------------------------------------------------------------------------------

    /** Operands first, outputs one after the other, then what guards alone need. */
    private void depthFirst() {
        boolean[] seen = new boolean[p.nodes()];
        int[] roots = new int[p.outputs() + 2 * p.guards().size()];
        for (int i = 0; i < p.outputs(); i++) {
            roots[i] = p.output(i);
        }
        for (int i = 0; i < p.guards().size(); i++) {
            Guard g = p.guards().get(i);
            roots[p.outputs() + 2 * i] = g.left();
            roots[p.outputs() + 2 * i + 1] = g.right();
        }
        waitForTerms();
        int[] stack = new int[64];
        for (int root : roots) {
            int top = 0;
            stack[top++] = root;
            while (top > 0) {
                int v = stack[--top];
                if (v < 0) { // all operands have been placed
                    place(~v);
                    continue;
                }
                if (seen[v] || !isVarying(v)) {
                    continue;
                }
                seen[v] = true;
                int[] x = contraction.leaves(v, 0, p.operandCount(v));
                if (top + x.length + 1 > stack.length) {
                    stack = Arrays.copyOf(stack, 2 * (top + x.length + 1));
                }
                stack[top++] = ~v;
                for (int i = x.length - 1; i >= 0; i--) {
                    stack[top++] = x[i];
                }
            }
        }
    }

    /** All operands of v are there: what it has not taken yet. */
    private void place(int v) {
        if (!made[v]) {
            take(v, p.operandCount(v));
        }
    }

    private void take(int v, int to) {
        pieces.add(new Piece(v, taken[v], to));
        taken[v] = to;
        if (to == p.operandCount(v)) {
            made[v] = true;
            goOn(v);
        }
    }

    // ---- sums that wait for their terms -----------------------------------------------------------------

    private void waitForTerms() {
        for (int v = p.firstVarying(); v < p.nodes(); v++) {
            if (p.operandCount(v) > 2 && FusedPlan.isFold(p.row(v))) {
                await(v, firstMissing(v));
            }
        }
    }

    /** The node that operand i of v still waits for, or -1. */
    private int missing(int v, int i) {
        for (int t : contraction.leaves(v, i, i + 1)) {
            if (isVarying(t) && !made[t]) {
                return t;
            }
        }
        return -1;
    }

    private int firstMissing(int v) {
        int missing = -1;
        for (int i = 0; i < p.operandCount(v) && missing < 0; i++) {
            missing = missing(v, i);
        }
        return missing;
    }

    private void await(int v, int node) {
        if (node >= 0) {
            nextWaiting[v] = firstWaiting[node];
            firstWaiting[node] = v;
        }
    }

    /** Sums that have waited for v take it and all operands after it that are there. */
    private void goOn(int v) {
        int sum = firstWaiting[v];
        while (sum >= 0) {
            int next = nextWaiting[sum];
            if (!made[sum]) {
                goOnWith(sum);
            }
            sum = next;
        }
    }

    private void goOnWith(int sum) {
        int to = taken[sum];
        int count = p.operandCount(sum);
        int missing = -1;
        while (to < count && (missing = missing(sum, to)) < 0) {
            to++;
        }
        if (to > Math.max(taken[sum], 1)) {
            take(sum, to);
        }
        if (to < count) {
            await(sum, missing);
        }
    }

    // ---- phases --------------------------------------------------------------------------------------

    /** Sorts by phase; the number of a phase is 4 · level + kind. */
    private List<Piece> byPhase() {
        int[] phase = new int[p.nodes()];
        long[] keys = new long[pieces.size()];
        for (int k = 0; k < keys.length; k++) {
            Piece piece = pieces.get(k);
            int v = piece.node();
            int least = phase[v];
            for (int t : contraction.leaves(v, piece.from(), piece.to())) {
                least = Math.max(least, phase[t]);
            }
            Kind kind = forms.kind(p, v);
            phase[v] = least + Math.floorMod(kind.number - least, 4);
            keys[k] = (long) phase[v] << 32 | k;
        }
        Arrays.sort(keys);
        List<Piece> sorted = new ArrayList<>(keys.length);
        for (long key : keys) {
            sorted.add(pieces.get((int) key));
        }
        return sorted;
    }
}
