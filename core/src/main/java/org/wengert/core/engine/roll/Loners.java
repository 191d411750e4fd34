package org.wengert.core.engine.roll;

import java.util.Arrays;
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

    // Operations that run in one loop begin here; of a scan, where its operands begin and how far apart they are, and its results.
    private final int[] runs;
    private final int[] scanned;
    private final int[] scanStep;
    private final int[] targetStep;

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
        int[] starts = new int[op.length + 1];
        int count = 0;
        for (int from = 0; from < op.length; ) {
            starts[count++] = from;
            from = Math.max(endOfScan(from), from + 1);
            boolean isScan = from - starts[count - 1] > 1;
            while (!isScan && from < op.length && op[from] == op[from - 1] && endOfScan(from) == from) {
                from++;
            }
        }
        starts[count] = op.length;
        this.runs = Arrays.copyOf(starts, count + 1);
        this.scanned = new int[count];
        this.scanStep = new int[count];
        this.targetStep = new int[count];
        for (int r = 0; r < count; r++) {
            int from = runs[r];
            if (endOfScan(from) == runs[r + 1] && runs[r + 1] > from) {
                scanned[r] = scanned(from);
                scanStep[r] = scanned(from + 1) - scanned[r];
                targetStep[r] = target[from + 1] - target[from];
            } else {
                scanned[r] = NO_SCAN;
            }
        }
    }

    /** The operand that an operation has besides the result of the one before. */
    private int scanned(int k) {
        return left[k] == target[k - 1] ? right[k] : left[k];
    }

    private boolean goesOn(int k) {
        return k < op.length && op[k] == op[k - 1] && (left[k] == target[k - 1] || right[k] == target[k - 1]);
    }

    /** The end of the longest run of products from operation {@code from} on that each take the one before; from if it is short. */
    private int endOfScan(int from) {
        if (from == 0 || rows[op[from]] != Operations.TIMES || !goesOn(from) || !goesOn(from + 1)) {
            return from;
        }
        int x = scanned(from + 1) - scanned(from);
        int t = target[from + 1] - target[from];
        int end = from + 2;
        while (goesOn(end) && scanned(end) - scanned(end - 1) == x && target[end] - target[end - 1] == t) {
            end++;
        }
        return end - from < SHORTEST_SCAN ? from : end;
    }

    private static final int NO_SCAN = -1;
    private static final int SHORTEST_SCAN = 8;

    /** How many operations these are. */
    int size() {
        return op.length;
    }

    /** Computes all, in order; whether all guards hold. Allocates only for n-ary rows other than the sum. */
    boolean run(double[] memory) {
        for (int r = 0; r + 1 < runs.length; r++) {
            if (scanned[r] == NO_SCAN) {
                run(rows[op[runs[r]]], runs[r], runs[r + 1], memory);
            } else {
                scan(r, memory);
            }
        }
        for (int k = 0; k < guards.length; k++) {
            if (!guards[k].holds(memory[guardLeft[k]], memory[guardRight[k]])) {
                return false;
            }
        }
        return true;
    }

    /** Operations of one row that follow one another. */
    private void run(Elementary row, int from, int end, double[] memory) {
        switch (row) {
            case Unary f -> {
                for (int k = from; k < end; k++) {
                    memory[target[k]] = f.value(memory[left[k]]);
                }
            }
            case Binary f when f == Operations.TIMES -> {
                for (int k = from; k < end; k++) {
                    memory[target[k]] = memory[left[k]] * memory[right[k]];
                }
            }
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

    /** Each product needs the one before. */
    private void scan(int r, double[] memory) {
        int from = runs[r];
        double product = memory[target[from - 1]];
        int x = scanned[r];
        int t = target[from];
        int xStep = scanStep[r];
        int tStep = targetStep[r];
        for (int k = runs[r + 1] - from; k > 0; k--) {
            product *= memory[x];
            memory[t] = product;
            x += xStep;
            t += tStep;
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
