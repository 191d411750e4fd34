package org.wengert.core.engine.roll;

import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;

/** The operations that are computed one by one in one phase, and the guards that are checked one by one. */
final class Loners {

    private final Elementary[] rows;

    // One entry an operation: the number of its row, where its operands are in memory (of an n-ary one: where they are
    // listed, and how many), and where its result goes.
    private final int[] op;
    private final int[] left;
    private final int[] right;
    private final int[] target;
    private final int[] arguments;

    private final Guard[] guards;
    private final int[] guardLeft;
    private final int[] guardRight;

    private Loners(Elementary[] rows, int[] op, int[] left, int[] right, int[] target, int[] arguments,
            Guard[] guards, int[] guardLeft, int[] guardRight) {
        this.rows = rows;
        this.op = op;
        this.left = left;
        this.right = right;
        this.target = target;
        this.arguments = arguments;
        this.guards = guards;
        this.guardLeft = guardLeft;
        this.guardRight = guardRight;
    }

    /** How many operations these are. */
    int size() {
        return op.length;
    }

    /** Computes all, in order; whether all guards hold. Allocates only for n-ary rows other than the sum. */
    boolean run(double[] memory) {
        for (int from = 0; from < op.length; ) {
            int end = from + 1;
            while (end < op.length && op[end] == op[from]) {
                end++;
            }
            run(rows[op[from]], from, end, memory);
            from = end;
        }
        for (int k = 0; k < guards.length; k++) {
            if (!guards[k].holds(memory[guardLeft[k]], memory[guardRight[k]])) {
                return false;
            }
        }
        return true;
    }

    /** Operations of one row that follow one another: scans are long ones. */
    private void run(Elementary row, int from, int end, double[] memory) {
        switch (row) {
            case Unary f -> {
                for (int k = from; k < end; k++) {
                    memory[target[k]] = f.value(memory[left[k]]);
                }
            }
            case Binary f when f == Operations.TIMES -> products(from, end, memory);
            case Binary f when f == Operations.PLUS -> {
                for (int k = from; k < end; k++) {
                    memory[target[k]] = memory[left[k]] + memory[right[k]];
                }
            }
            case Binary f -> {
                for (int k = from; k < end; k++) {
                    memory[target[k]] = f.value(memory[left[k]], memory[right[k]]);
                }
            }
            case Nary f -> {
                for (int k = from; k < end; k++) {
                    memory[target[k]] = f == Reductions.SUM
                            ? sum(memory, left[k], right[k]) : nary(f, memory, left[k], right[k]);
                }
            }
        }
    }

    /** In a scan each product needs the one before: it is kept at hand instead of being stored and loaded again. */
    private void products(int from, int end, double[] memory) {
        int last = -1;
        double product = 0;
        for (int k = from; k < end; k++) {
            double x = left[k] == last ? product : memory[left[k]];
            double y = right[k] == last ? product : memory[right[k]];
            product = x * y;
            last = target[k];
            memory[last] = product;
        }
    }

    /** Four partial sums: a chain of a million additions would take a million times the latency of one. */
    private double sum(double[] memory, int from, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        int end = from + count;
        for (; i + 3 < end; i += 4) {
            a += memory[arguments[i]];
            b += memory[arguments[i + 1]];
            c += memory[arguments[i + 2]];
            d += memory[arguments[i + 3]];
        }
        for (; i < end; i++) {
            a += memory[arguments[i]];
        }
        return a + b + (c + d);
    }

    private double nary(Nary f, double[] memory, int from, int count) {
        double[] x = new double[count];
        for (int i = 0; i < count; i++) {
            x[i] = memory[arguments[from + i]];
        }
        return f.value(x);
    }

    // ---- building ------------------------------------------------------------------------------------

    /** The loners of each phase. */
    static Loners[] of(Plan plan, Layout layout) {
        Classes classes = plan.classes;
        Program p = classes.program;
        int[] operations = new int[plan.phases];
        int[] arguments = new int[plan.phases];
        int[] guards = new int[plan.phases];
        for (int v = p.firstOperation(); v < plan.alone.length; v++) {
            if (plan.alone[v]) {
                int phase = phase(plan, v);
                if (v >= p.nodes()) {
                    guards[phase]++;
                } else {
                    operations[phase]++;
                    arguments[phase] += p.row(v) instanceof Nary ? p.operandCount(v) : 0;
                }
            }
        }
        Filler[] fillers = new Filler[plan.phases];
        for (int phase = 0; phase < fillers.length; phase++) {
            fillers[phase] = new Filler(plan, layout, operations[phase], arguments[phase], guards[phase]);
        }
        for (int v = p.firstOperation(); v < plan.alone.length; v++) {
            if (plan.alone[v]) {
                fillers[phase(plan, v)].add(v);
            }
        }
        Loners[] result = new Loners[plan.phases];
        for (int phase = 0; phase < result.length; phase++) {
            result[phase] = fillers[phase].loners();
        }
        return result;
    }

    private static int phase(Plan plan, int v) {
        int c = plan.classes.of[v];
        return plan.isLarge(c) ? plan.alonePhase[c] : plan.phase[c];
    }

    /** Writes the loners of one phase. */
    private static final class Filler {

        private final Plan plan;
        private final Layout layout;
        private final Program p;
        private final int[] op;
        private final int[] left;
        private final int[] right;
        private final int[] target;
        private final int[] arguments;
        private final Guard[] guards;
        private final int[] guardLeft;
        private final int[] guardRight;
        private int operations;
        private int argumentsUsed;
        private int guardsUsed;

        Filler(Plan plan, Layout layout, int operations, int arguments, int guards) {
            this.plan = plan;
            this.layout = layout;
            this.p = plan.classes.program;
            this.op = new int[operations];
            this.left = new int[operations];
            this.right = new int[operations];
            this.target = new int[operations];
            this.arguments = new int[arguments];
            this.guards = new Guard[guards];
            this.guardLeft = new int[guards];
            this.guardRight = new int[guards];
        }

        void add(int v) {
            if (v >= p.nodes()) {
                Guard g = plan.classes.guard(v);
                guards[guardsUsed] = g;
                guardLeft[guardsUsed] = layout.slot[g.left()];
                guardRight[guardsUsed++] = layout.slot[g.right()];
                return;
            }
            int k = operations++;
            op[k] = p.rowIndex(v);
            target[k] = layout.slot[v];
            if (p.row(v) instanceof Nary f) {
                left[k] = argumentsUsed;
                addArguments(v, f == Reductions.SUM && plan.classes.isLong(v));
                right[k] = argumentsUsed - left[k];
            } else {
                left[k] = layout.slot[p.left(v)];
                right[k] = p.row(v) instanceof Binary ? layout.slot[p.right(v)] : 0;
            }
        }

        /** The terms of a long sum that are all members of a class are replaced by the sum of that class. */
        private void addArguments(int v, boolean isLongSum) {
            for (int i = 0; i < p.operandCount(v); i++) {
                int u = p.operand(v, i);
                int c = plan.classes.of[u];
                if (!(isLongSum && plan.summed[c])) {
                    arguments[argumentsUsed++] = layout.slot[u];
                } else if (plan.classes.index[u] == 0) {
                    arguments[argumentsUsed++] = layout.sumSlot[c];
                }
            }
        }

        Loners loners() {
            return new Loners(p.rows().toArray(Elementary[]::new), op, left, right, target, arguments,
                    guards, guardLeft, guardRight);
        }
    }
}
