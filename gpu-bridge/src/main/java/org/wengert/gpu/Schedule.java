package org.wengert.gpu;

import java.util.Arrays;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;

/**
 * An order in which the varying operations of a program are computed. Few values should wait for their last use at a
 * time, since each takes two registers of a thread: the order of the program, and the order in which one output after
 * the other is computed from its operands, are compared, and the one with fewer values waiting is taken.
 *
 * @param order the varying operations that outputs or guards need, each after its operands
 * @param live  the most values that wait for a use at the same time
 */
record Schedule(int[] order, int live) {

    /** The better of the two orders. */
    static Schedule of(Program p) {
        Schedule asWritten = counted(p, inOrder(p));
        Schedule byOutput = counted(p, byOutput(p));
        return byOutput.live < asWritten.live ? byOutput : asWritten;
    }

    private static int[] roots(Program p) {
        int[] roots = new int[p.outputs() + 2 * p.guards().size()];
        int n = 0;
        for (int i = 0; i < p.outputs(); i++) {
            roots[n++] = p.output(i);
        }
        for (Guard g : p.guards()) {
            roots[n++] = g.left();
            roots[n++] = g.right();
        }
        return roots;
    }

    private static int[] inOrder(Program p) {
        boolean[] needed = new boolean[p.nodes()];
        for (int v : roots(p)) {
            needed[v] = true;
        }
        int count = 0;
        int[] order = new int[p.nodes()];
        for (int v = p.nodes() - 1; v >= p.firstVarying(); v--) {
            if (needed[v]) {
                order[order.length - ++count] = v;
                for (int i = 0; i < p.operandCount(v); i++) {
                    needed[p.operand(v, i)] = true;
                }
            }
        }
        return Arrays.copyOfRange(order, order.length - count, order.length);
    }

    /** Depth first, with a stack of its own: programs can be deeper than a thread's. */
    private static int[] byOutput(Program p) {
        boolean[] done = new boolean[p.nodes()];
        int[] order = new int[p.nodes()];
        int count = 0;
        int[] stack = new int[p.nodes() + 1];
        int[] next = new int[p.nodes() + 1];
        for (int root : roots(p)) {
            int top = 0;
            stack[0] = root;
            next[0] = 0;
            while (top >= 0) {
                int v = stack[top];
                if (done[v] || v < p.firstVarying()) {
                    top--;
                } else if (next[top] < p.operandCount(v)) {
                    stack[top + 1] = p.operand(v, next[top]++);
                    next[++top] = 0;
                } else {
                    done[v] = true;
                    order[count++] = v;
                    top--;
                }
            }
        }
        return Arrays.copyOf(order, count);
    }

    private static Schedule counted(Program p, int[] order) {
        int[] lastUse = new int[p.nodes()];
        for (int k = 0; k < order.length; k++) {
            for (int i = 0; i < p.operandCount(order[k]); i++) {
                lastUse[p.operand(order[k], i)] = k;
            }
        }
        int live = 0;
        int most = 0;
        boolean[] seen = new boolean[p.nodes()];
        for (int k = 0; k < order.length; k++) {
            for (int i = 0; i < p.operandCount(order[k]); i++) {
                int u = p.operand(order[k], i);
                live += waits(p, u) && !seen[u] && p.isInput(u) ? 1 : 0;
                seen[u] = true;
            }
            most = Math.max(most, live);
            for (int i = 0; i < p.operandCount(order[k]); i++) {
                int u = p.operand(order[k], i);
                if (waits(p, u) && lastUse[u] == k) {
                    lastUse[u] = -1;
                    live--;
                }
            }
            live += lastUse[order[k]] > k ? 1 : 0; // an output is stored at once
        }
        return new Schedule(order, most);
    }

    private static boolean waits(Program p, int v) {
        return !p.isConstant(v) && !p.isUniform(v);
    }
}
