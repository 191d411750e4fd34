package org.wengert.core.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;
import org.wengert.core.scalar.Relation;

/**
 * How a program is cut into blocks of straight-line code: in which order operations run, which products go into a
 * fused multiply-add, where a block ends, and which values go from one block to another through a column of scratch
 * space.
 *
 * <p>Operations are ordered depth first from the outputs, so that most values are used soon after they are made. What
 * runs on vectors, what runs lane by lane and what takes an array of operands are kept apart: such phases alternate,
 * each as long as dependences allow.
 */
final class FusedPlan {

    /** How the operations of a step run. */
    enum Kind {
        /** Vector arithmetic. */
        VECTOR(0),

        /** Calls of vector mathematics. They spill all registers, so that they are best among themselves. */
        CALLS(1),

        /** One lane after the other. */
        SCALAR(2),

        /** Rows that take an array of operands, one lane after the other. */
        ARRAY(3);

        private final int number;

        Kind(int number) {
            this.number = number;
        }
    }

    /** Operands from to to (exclusive) of an operation: all of them, but for long sums. */
    record Piece(int node, int from, int to) {}

    /** A block: its pieces, and the guards that are checked at its end. */
    record Step(Kind kind, List<Piece> pieces, List<Guard> guards) {

        boolean isVector() {
            return kind == Kind.VECTOR || kind == Kind.CALLS;
        }

        boolean runsBlocks() {
            return kind != Kind.ARRAY;
        }
    }

    /** The most bytes of code in a block, about; with guards and estimates that are wrong it stays under 8,000. */
    private static final int MOST_BYTES = Integer.getInteger("wengert.fused.block", 6000);

    /** With guards. */
    private static final int MOST_BYTES_IN_ALL = 7400;

    private static final int LOAD_BYTES = 18;
    private static final int STORE_BYTES = 18;
    private static final int GUARD_BYTES = 50;

    /** The most calls of vector mathematics in a block. */
    private static final int MOST_CALLS = Integer.getInteger("wengert.fused.calls", 12);

    /** The most terms that a piece of a sum has. */
    private static final int MOST_TERMS = 64;

    final Program p;
    final List<Step> steps = new ArrayList<>();

    /** Whether there are guards that say of an output that it is not NaN. */
    boolean checksNumbers;

    /** Whether there are other guards. */
    boolean checksOthers;

    /** The number of columns of scratch space. */
    int slots;

    private final FusedForms forms;
    private final boolean together;
    private final boolean[] absorbed;
    private final boolean[] second;
    private final int[] step;
    private final int[] lastUse;
    private final int[] slot;
    private final int[] column;
    private final List<List<Integer>> outputsOf;
    private int[] bytes = new int[16];
    private final BitSet checkedNumbers = new BitSet();

    /**
     * Plans.
     *
     * @param forms     which operations there is code for, and of what kind
     * @param contracts whether a product that is used once, by a sum, is joined with the addition
     * @param together  whether guards that say of outputs that they are numbers are checked together
     */
    FusedPlan(Program p, FusedForms forms, boolean contracts, boolean together) {
        this.p = p;
        this.forms = forms;
        this.together = together;
        int n = p.nodes();
        this.absorbed = new boolean[n];
        this.second = new boolean[n];
        this.step = new int[n];
        this.lastUse = new int[n];
        this.slot = new int[n];
        this.column = new int[p.inputs()];
        this.outputsOf = new ArrayList<>();
        int varying = 0;
        for (int i = 0; i < column.length; i++) {
            column[i] = p.isUniform(i) ? -1 : varying++;
        }
        indexOutputs();
        if (contracts) {
            absorbProducts();
        }
        split(byPhase(depthFirst()));
        placeGuards();
        assignSlots();
    }

    // ---- what code generators ask --------------------------------------------------------------------

    /** Whether the product v has been joined with the addition that uses it. */
    boolean isAbsorbed(int v) {
        return absorbed[v];
    }

    /** Whether node v is computed for each point. */
    boolean isVarying(int v) {
        return v >= p.firstVarying();
    }

    /** Whether v is an input with a column of its own. */
    boolean isColumn(int v) {
        return p.isInput(v) && column[v] >= 0;
    }

    /** The number of the column of the varying input v. */
    int column(int v) {
        return column[v];
    }

    /** The column of scratch space of v, or -1 if v does not leave its block. */
    int slot(int v) {
        return slot[v];
    }

    /** The numbers of the outputs that v is. */
    List<Integer> outputsOf(int v) {
        return outputsOf.get(v);
    }

    /** Whether a guard only says that an output is a number, and blocks can see that. */
    boolean isNumberCheck(Guard g) {
        int v = g.left();
        return together && g.relation() == Relation.EQUAL && g.outcome() && v == g.right() && !outputsOf(v).isEmpty()
                && !(isVarying(v) && forms.kind(p, v) == Kind.ARRAY);
    }

    /** Whether the node v, an output, must be looked at for the guards that say of outputs that they are numbers. */
    boolean isChecked(int v) {
        return checkedNumbers.get(v);
    }

    // ---- order ---------------------------------------------------------------------------------------

    private void indexOutputs() {
        List<Integer> none = List.of();
        for (int v = 0; v < p.nodes(); v++) {
            outputsOf.add(none);
        }
        for (int i = 0; i < p.outputs(); i++) {
            int v = p.output(i);
            if (outputsOf.get(v).isEmpty()) {
                outputsOf.set(v, new ArrayList<>());
            }
            outputsOf.get(v).add(i);
        }
    }

    /** A product used by one sum alone disappears into it. Of two that are added, one has to stay. */
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
                boolean joins = uses[t] == 1 && isVarying(t)
                        && (p.row(t) == Operations.TIMES || p.row(t) == Operations.SQUARE);
                // The first operand of a sum begins it; in a sum of two the other one can.
                absorbed[t] = joins && (i > 0 || p.row(v) == Operations.PLUS && !afterFirst);
                afterFirst |= absorbed[t];
            }
        }
        chooseNegated();
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

    /** Factor 0 or 1 of the absorbed product v. */
    int factor(int v, int i) {
        return i == 0 || p.row(v) == Operations.SQUARE ? p.left(v) : p.right(v);
    }

    /** The number of the factor that bears the sign where the absorbed product v is subtracted. */
    int negatedFactor(int v) {
        return second[v] ? 1 : 0;
    }

    /** The operands of v, those of absorbed products in place of these. */
    private int[] leaves(int v, int from, int to) {
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

    private int[] leaves(int v) {
        return leaves(v, 0, p.operandCount(v));
    }

    /** The varying operations, operands first, outputs one after the other, then what guards alone need. */
    private int[] depthFirst() {
        int[] order = new int[p.nodes() - p.firstVarying()];
        int count = 0;
        boolean[] seen = new boolean[p.nodes()];
        int[] roots = new int[p.outputs() + 2 * p.guards().size()];
        for (int i = 0; i < p.outputs(); i++) {
            roots[i] = p.output(i);
        }
        for (int i = 0; i < p.guards().size(); i++) {
            roots[p.outputs() + 2 * i] = p.guards().get(i).left();
            roots[p.outputs() + 2 * i + 1] = p.guards().get(i).right();
        }
        int[] stack = new int[64];
        for (int root : roots) {
            int top = 0;
            stack[top++] = root;
            while (top > 0) {
                int v = stack[--top];
                if (v < 0) { // all operands have been placed
                    order[count++] = ~v;
                    continue;
                }
                if (seen[v] || !isVarying(v)) {
                    continue;
                }
                seen[v] = true;
                int[] x = leaves(v);
                if (top + x.length + 1 > stack.length) {
                    stack = Arrays.copyOf(stack, 2 * (top + x.length + 1));
                }
                stack[top++] = ~v;
                for (int i = x.length - 1; i >= 0; i--) {
                    stack[top++] = x[i];
                }
            }
        }
        return Arrays.copyOf(order, count);
    }

    /** Sorts by phase; the number of a phase is 4 · level + kind. */
    private int[] byPhase(int[] order) {
        int[] phase = new int[p.nodes()];
        long[] keys = new long[order.length];
        for (int k = 0; k < order.length; k++) {
            int v = order[k];
            int least = 0;
            for (int t : leaves(v)) {
                least = Math.max(least, phase[t]);
            }
            int kind = forms.kind(p, v).number;
            phase[v] = least + Math.floorMod(kind - least, 4);
            keys[k] = (long) phase[v] << 32 | k;
        }
        Arrays.sort(keys);
        int[] sorted = new int[order.length];
        for (int k = 0; k < sorted.length; k++) {
            sorted[k] = order[(int) keys[k]];
        }
        return sorted;
    }

    // ---- blocks --------------------------------------------------------------------------------------

    private void split(int[] order) {
        int[] loadedIn = new int[p.nodes()];
        Arrays.fill(loadedIn, -1);
        Arrays.fill(lastUse, -1);
        int calls = 0;
        for (int v : order) {
            Kind kind = forms.kind(p, v);
            int count = p.operandCount(v);
            int length = forms.goesInPieces(p.row(v)) ? MOST_TERMS : count;
            for (int from = 0; from < count; from += length) {
                int to = Math.min(count, from + length);
                int[] x = leaves(v, from, to);
                int more = forms.bytes(p.row(v), to - from) + (1 + 2 * outputsOf(v).size()) * STORE_BYTES;
                int moreCalls = forms.calls(p.row(v));
                Step last = steps.isEmpty() ? null : steps.getLast();
                if (last == null || last.kind != kind || kind == Kind.ARRAY
                        || bytes[steps.size() - 1] + more + x.length * LOAD_BYTES > MOST_BYTES
                        || calls > 0 && moreCalls > 0 && calls + moreCalls > MOST_CALLS) {
                    last = open(kind);
                    calls = 0;
                }
                int at = steps.size() - 1;
                last.pieces.add(new Piece(v, from, to));
                for (int t : x) {
                    if (loadedIn[t] != at) {
                        loadedIn[t] = at;
                        more += LOAD_BYTES;
                    }
                    lastUse[t] = at;
                }
                if (from > 0) {
                    lastUse[v] = at;
                }
                loadedIn[v] = at;
                step[v] = at;
                bytes[at] += more;
                calls += moreCalls;
            }
        }
        if (steps.stream().noneMatch(Step::runsBlocks)) {
            open(forms.plainKind()); // for outputs that are inputs or constants
        }
    }

    private Step open(Kind kind) {
        var opened = new Step(kind, new ArrayList<>(), new ArrayList<>());
        steps.add(opened);
        if (steps.size() > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * steps.size());
        }
        return opened;
    }

    /** A guard is checked where the later of its operands is made, or in the next block that can. */
    private void placeGuards() {
        for (Guard g : p.guards()) {
            if (!forms.checks(p, g)) {
                continue;
            }
            if (isNumberCheck(g)) {
                checkedNumbers.set(g.left());
                continue;
            }
            int at = Math.max(stepOf(g.left()), stepOf(g.right()));
            while (at < steps.size() && (!steps.get(at).runsBlocks() || bytes[at] + GUARD_BYTES > MOST_BYTES_IN_ALL)) {
                at++;
            }
            if (at == steps.size()) {
                open(forms.plainKind());
            }
            steps.get(at).guards.add(g);
            bytes[at] += GUARD_BYTES;
            lastUse[g.left()] = Math.max(lastUse[g.left()], at);
            lastUse[g.right()] = Math.max(lastUse[g.right()], at);
            checksOthers = true;
        }
        checksNumbers = !checkedNumbers.isEmpty();
        // A NaN among the operands of arithmetic is seen in its result.
        BitSet seen = (BitSet) checkedNumbers.clone();
        for (int v = p.nodes() - 1; v >= p.firstOperation(); v--) {
            if (seen.get(v) && passesNaN(p.row(v))) {
                for (int i = 0; i < p.operandCount(v); i++) {
                    seen.set(p.operand(v, i));
                    checkedNumbers.clear(p.operand(v, i));
                }
            }
        }
    }

    private static boolean passesNaN(Elementary row) {
        return row.notes().family() == Family.ARITHMETIC || row == Powers.SQRT || isFold(row);
    }

    private int stepOf(int v) {
        return isVarying(v) ? step[v] : 0;
    }

    /** Values that leave their block get a column, and give it back after their last use. */
    private void assignSlots() {
        Arrays.fill(slot, -1);
        List<List<Integer>> ending = new ArrayList<>();
        for (int k = 0; k < steps.size(); k++) {
            ending.add(new ArrayList<>());
        }
        List<Integer> free = new ArrayList<>();
        for (int k = 0; k < steps.size(); k++) {
            for (Piece piece : steps.get(k).pieces) {
                int v = piece.node;
                if (slot[v] < 0 && (lastUse[v] > k || steps.get(k).kind == Kind.ARRAY)) {
                    slot[v] = free.isEmpty() ? slots++ : free.removeLast();
                    ending.get(Math.max(k, lastUse[v])).add(slot[v]);
                }
            }
            free.addAll(ending.get(k));
        }
    }

    /** Whether v goes on to a block after block k. */
    boolean leaves(int v, int k) {
        return slot[v] >= 0 && lastUse[v] > k;
    }

    /** Whether a row works off any number of operands from left to right. */
    static boolean isFold(Elementary row) {
        return row == Reductions.SUM || row == Reductions.PRODUCT || row == Reductions.SUM_OF_SQUARES;
    }
}
