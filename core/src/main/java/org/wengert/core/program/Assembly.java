package org.wengert.core.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Reductions;

/**
 * Turns what a builder holds into a program: leaves out dead nodes, gathers chains of additions into n-ary sums,
 * and orders the nodes by kind. A few passes over flat arrays, each linear.
 */
final class Assembly {

    /** The shortest chain of additions that becomes one n-ary sum, in terms. */
    private static final int SHORTEST_SUM = 4;

    /** The right operand of a unary operation. */
    private static final int NO_OPERAND = -1;

    private final ProgramBuilder g;
    private final int[] outputs;
    private final List<Guard> guards;

    private final boolean[] live;
    private final boolean[] uniform;
    private final int[] uses;

    // For nodes that head a gathered sum: where its terms begin in `terms`, and how many there are.
    private final int[] termsFrom;
    private final int[] termsCount;
    private int[] terms = new int[16];
    private int termsUsed;

    Assembly(ProgramBuilder g, int[] outputs) {
        this.g = g;
        this.outputs = outputs;
        this.guards = g.guardList();
        this.live = new boolean[g.size()];
        this.uniform = new boolean[g.size()];
        this.uses = new int[g.size()];
        this.termsFrom = new int[g.size()];
        this.termsCount = new int[g.size()];
    }

    Program program() {
        markLive();
        markUniform();
        gatherSums();
        return renumbered();
    }

    /** How many operands a node has, and which: n-ary rows keep theirs apart. */
    private int operandCount(int v) {
        if (g.op(v) < 0) {
            return 0;
        }
        return switch (g.rows().kind(g.op(v))) {
            case RowTable.UNARY -> 1;
            case RowTable.BINARY -> 2;
            default -> g.right(v);
        };
    }

    private void use(int v) {
        live[v] = true;
        uses[v]++;
    }

    private void markLive() {
        for (int v : outputs) {
            use(v);
        }
        for (Guard guard : guards) {
            use(guard.left());
            use(guard.right());
        }
        for (int v = g.size() - 1; v >= 0; v--) {
            for (int i = 0, n = live[v] ? operandCount(v) : 0; i < n; i++) {
                use(g.operand(v, i));
            }
        }
    }

    private void markUniform() {
        for (int v = 0; v < g.size(); v++) {
            boolean is = g.op(v) != ProgramBuilder.INPUT || g.isUniformInput(g.left(v));
            for (int i = 0, n = operandCount(v); is && i < n; i++) {
                is = uniform[g.operand(v, i)];
            }
            uniform[v] = is;
        }
    }

    // ---- sums ----------------------------------------------------------------------------------------

    private boolean isSum(int v) {
        return g.is(v, Operations.PLUS) || g.is(v, Reductions.SUM);
    }

    private void gatherSums() {
        for (int v = g.size() - 1; v >= 0; v--) {
            if (live[v] && isSum(v)) {
                gather(v);
            }
        }
    }

    /**
     * Follows the chain of additions down from its head, as long as the next addition is used here alone. Where it is
     * the right operand, the two change places, which changes no bit. A sum of uniform numbers is left alone in
     * a varying one, since it is computed once for all points.
     */
    private void gather(int head) {
        int from = termsUsed;
        for (int v = head; v >= 0; ) {
            int next = -1;
            int last = operandCount(v) - 1;
            int first = g.operand(v, 0);
            if (last == 1 && !continues(first, head) && continues(g.operand(v, 1), head)) {
                next = g.operand(v, 1);
                term(first);
            } else {
                for (int i = last; i >= 1; i--) {
                    term(g.operand(v, i));
                }
                if (continues(first, head)) {
                    next = first;
                } else {
                    term(first);
                }
            }
            v = next;
        }
        int count = termsUsed - from;
        if (count < SHORTEST_SUM) {
            termsUsed = from;
            return;
        }
        for (int i = from, j = termsUsed - 1; i < j; i++, j--) {
            int t = terms[i];
            terms[i] = terms[j];
            terms[j] = t;
        }
        termsFrom[head] = from;
        termsCount[head] = count;
        absorbChain(head);
    }

    private boolean continues(int v, int head) {
        return uses[v] == 1 && isSum(v) && uniform[v] == uniform[head];
    }

    /** The inner additions of a gathered chain are not computed on their own. */
    private void absorbChain(int head) {
        for (int v = head; v >= 0; ) {
            int next = -1;
            if (continues(g.operand(v, 0), head)) {
                next = g.operand(v, 0);
            } else if (operandCount(v) == 2 && continues(g.operand(v, 1), head)) {
                next = g.operand(v, 1);
            }
            if (next >= 0) {
                live[next] = false;
            }
            v = next;
        }
    }

    private void term(int v) {
        if (termsUsed == terms.length) {
            terms = Arrays.copyOf(terms, 2 * termsUsed);
        }
        terms[termsUsed++] = v;
    }

    // ---- the program ---------------------------------------------------------------------------------

    private Program renumbered() {
        int n = g.size();
        int[] number = new int[n];
        int next = g.inputs();
        int argumentsNeeded = 0;
        int constants = 0;
        for (int v = 0; v < n; v++) {
            if (g.op(v) == ProgramBuilder.INPUT) {
                number[v] = g.left(v);
            } else if (live[v] && g.isConstant(v)) {
                constants++;
                number[v] = next++;
            } else if (live[v] && isNary(v)) {
                argumentsNeeded = Math.addExact(argumentsNeeded, termsCount[v] > 0 ? termsCount[v] : g.right(v));
            }
        }
        int first = next;
        int[] order = new int[n];
        int firstVarying = first;
        for (int pass = 0; pass < 2; pass++) {
            firstVarying = next;
            for (int v = 0; v < n; v++) {
                if (g.op(v) >= 0 && live[v] && uniform[v] == (pass == 0)) {
                    order[next - first] = v;
                    number[v] = next++;
                }
            }
        }

        double[] constantPool = new double[constants];
        int[] op = new int[next - first];
        int[] left = new int[op.length];
        int[] right = new int[op.length];
        int[] arguments = new int[argumentsNeeded];
        int argumentsUsed = 0;
        for (int v = 0; v < n; v++) {
            if (live[v] && g.isConstant(v)) {
                constantPool[number[v] - g.inputs()] = g.constantValue(v);
            }
        }
        var rows = new RowTable();
        for (int k = 0; k < op.length; k++) {
            int v = order[k];
            boolean gathered = termsCount[v] > 0;
            op[k] = rows.index(gathered ? Reductions.SUM : g.rows().row(g.op(v)));
            if (isNary(v)) {
                left[k] = argumentsUsed;
                right[k] = gathered ? termsCount[v] : g.right(v);
                for (int i = 0; i < right[k]; i++) {
                    arguments[argumentsUsed++] = number[gathered ? terms[termsFrom[v] + i] : g.operand(v, i)];
                }
            } else {
                left[k] = number[g.left(v)];
                right[k] = rows.kind(op[k]) == RowTable.BINARY ? number[g.right(v)] : NO_OPERAND;
            }
        }

        boolean[] uniformInputs = new boolean[g.inputs()];
        for (int i = 0; i < uniformInputs.length; i++) {
            uniformInputs[i] = g.isUniformInput(i);
        }
        int[] outputNodes = new int[outputs.length];
        Arrays.setAll(outputNodes, i -> number[outputs[i]]);
        List<Guard> renumberedGuards = new ArrayList<>(guards.size());
        for (Guard old : guards) {
            renumberedGuards.add(new Guard(number[old.left()], old.relation(), number[old.right()], old.outcome()));
        }
        return new Program(
                uniformInputs, constantPool, rows.list(), op, left, right, arguments,
                firstVarying, outputNodes, renumberedGuards);
    }

    private boolean isNary(int v) {
        return termsCount[v] > 0 || g.op(v) >= 0 && g.rows().kind(g.op(v)) == RowTable.NARY;
    }
}
