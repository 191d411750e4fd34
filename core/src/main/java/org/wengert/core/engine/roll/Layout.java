package org.wengert.core.engine.roll;

import java.util.Arrays;
import org.wengert.core.program.Program;

/**
 * Where values live. Memory holds the constants, the members of small classes (inputs that are used very often among
 * them), the inputs and lone members of large classes that lone operations need, the stored classes, and one sum for each class that is summed up. A stored
 * class whose members are outputs in a row is stored among the outputs right away.
 */
final class Layout {

    /** No place. */
    static final int NONE = -1;

    private final Plan plan;
    private final Program p;

    /** Where in memory an item is; {@link #NONE} if it is not there. */
    final int[] slot;

    /** Where in memory a class begins; {@link #NONE} if it is not there as a whole. */
    final int[] start;

    /** Where among the outputs a class begins; {@link #NONE} if it is not stored there. */
    final int[] outputStart;

    /** Where in memory the sum of a class is; {@link #NONE} if it is not summed up. */
    final int[] sumSlot;

    /** The inputs that memory has a copy of, and where. */
    final int[] copiedInputs;

    /** The number of values in memory. */
    final int size;

    Layout(Plan plan) {
        this.plan = plan;
        Classes classes = plan.classes;
        this.p = classes.program;
        this.slot = filled(classes.of.length);
        this.start = filled(classes.count());
        this.outputStart = filled(classes.count());
        this.sumSlot = filled(classes.count());
        findOutputsInARow();
        int next = 0;
        for (int c = Classes.CONSTANTS; c < classes.count(); c++) {
            if (plan.summed[c]) {
                sumSlot[c] = next++;
            }
            boolean here = c == Classes.CONSTANTS || !plan.isLarge(c) && !classes.isGuard(c)
                    || plan.stored[c] && outputStart[c] == NONE;
            if (here) {
                start[c] = next;
                for (int k = 0; k < classes.size(c); k++) {
                    slot[classes.member(c, k)] = next++;
                }
            }
        }
        for (int v = p.firstOperation(); v < p.nodes(); v++) {
            if (plan.alone[v] && slot[v] == NONE) {
                slot[v] = next++;
            }
        }
        int[] copied = new int[16];
        int count = 0;
        for (int v = 0; v < p.inputs(); v++) {
            if (slot[v] != NONE) {
                copied = count < copied.length ? copied : Arrays.copyOf(copied, 2 * count);
                copied[count++] = v;
            }
        }
        for (int v = p.firstOperation(); v < plan.alone.length; v++) {
            for (int i = 0, n = plan.alone[v] ? classes.itemOperands(v) : 0; i < n; i++) {
                int u = classes.itemOperand(v, i);
                if (u < p.inputs() && slot[u] == NONE) {
                    slot[u] = next++;
                    copied = count < copied.length ? copied : Arrays.copyOf(copied, 2 * count);
                    copied[count++] = u;
                }
            }
        }
        this.copiedInputs = Arrays.copyOf(copied, count);
        this.size = next;
    }

    private static int[] filled(int n) {
        int[] none = new int[n];
        Arrays.fill(none, NONE);
        return none;
    }

    private void findOutputsInARow() {
        Classes classes = plan.classes;
        for (int i = 0; i < p.outputs(); i++) {
            int v = p.output(i);
            int c = classes.of[v];
            if (classes.index[v] == 0 && plan.isLarge(c) && plan.stored[c] && plan.isReadByStagesAlone(c)
                    && plan.outputs[c] == classes.size(c) && areOutputsFrom(c, i)) {
                outputStart[c] = i;
            }
        }
    }

    private boolean areOutputsFrom(int c, int from) {
        int n = plan.classes.size(c);
        if (from + n > p.outputs()) {
            return false;
        }
        for (int k = 0; k < n; k++) {
            if (p.output(from + k) != plan.classes.member(c, k)) {
                return false;
            }
        }
        return true;
    }
}
