package org.wengert.core.engine;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.HashMap;
import java.util.Map;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;

/**
 * Writes one block: straight-line code for one vector of points, or for one point.
 *
 * <p>Every value has a local variable
 * of its own: the JIT compiler finds out which of them live in registers. Inputs and values from other blocks are
 * loaded where they are first used, outputs stored as soon as they are there.
 */
abstract class FusedBlock {

    final CodeBuilder code;
    final FusedPlan plan;
    final Program p;

    private final TypeKind kind;
    final FusedFrame frame;
    private final Map<Integer, Integer> locals = new HashMap<>();
    private final Map<Integer, Integer> negated = new HashMap<>();

    // The sum over outputs that are checked, and one that waits for another to be multiplied with; -1 for none.
    private int checks = -1;
    private int pending = -1;

    FusedBlock(CodeBuilder code, FusedPlan plan, TypeKind kind, FusedFrame frame) {
        this.code = code;
        this.plan = plan;
        this.p = plan.p;
        this.kind = kind;
        this.frame = frame;
    }

    // ---- what vectors and numbers do differently; operands and results are on the stack ----------------

    /** Loads from array[at + offset]. */
    abstract void load(int array, int at, int offset);

    /** Stores the local variable to array[at + offset]. */
    abstract void store(int local, int array, int at, int offset);

    /** A constant, in all lanes. */
    abstract void constant(double c);

    /** The value of the uniform node v, in all lanes. */
    abstract void uniform(int v);

    abstract void add();

    abstract void multiply();

    abstract void negate();

    /** a·b + c of three on the stack. */
    abstract void multiplyAdd();

    /** Applies a row to operands in local variables. */
    abstract void apply(Elementary row, int[] x);

    /** Adds 1 where a guard of two local variables fails, to the number on the stack. */
    abstract void addFailure(Guard g, int left, int right);

    // ---- the block -----------------------------------------------------------------------------------

    /** Writes step k of the plan, as a block of a tile. */
    final void write(int k, FusedLayout layout) {
        pieces(k);
        finishChecks(k, layout);
        guards(plan.steps.get(k), k, layout);
        code.return_();
    }

    /** Writes the operations of step k, and its copies. */
    final void pieces(int k) {
        copyOutputs(plan.copies(k));
        FusedPlan.Step step = plan.steps.get(k);
        Map<Integer, Integer> last = new HashMap<>();
        for (int i = 0; i < step.pieces().size(); i++) {
            last.put(step.pieces().get(i).node(), i);
        }
        for (int i = 0; i < step.pieces().size(); i++) {
            FusedPlan.Piece piece = step.pieces().get(i);
            int v = piece.node();
            write(piece);
            keep(v);
            if (last.getOrDefault(v, -1) == i && plan.leaves(v, k)) {
                store(get(v), frame.s(), frame.sAt(), plan.slot(v) * frame.stride());
            }
            if (piece.to() == p.operandCount(v)) {
                for (int output : plan.outputsOf(v)) {
                    store(get(v), frame.outputs().apply(output));
                }
                if (plan.isChecked(v)) {
                    check(v);
                }
            }
        }
    }

    /** Outputs that are inputs, constants or uniform, or what was made long ago. */
    private void copyOutputs(int[] outputs) {
        for (int i : outputs) {
            int v = p.output(i);
            store(get(v), frame.outputs().apply(i));
            if (plan.isChecked(v) && plan.outputsOf(v).getFirst() == i) {
                check(v);
            }
        }
    }

    /** Leaves the value of a piece on the stack. */
    void write(FusedPlan.Piece piece) {
        int v = piece.node();
        Elementary row = p.row(v);
        if (row == Operations.PLUS && (plan.isAbsorbed(p.left(v)) || plan.isAbsorbed(p.right(v)))) {
            boolean onLeft = plan.isAbsorbed(p.left(v));
            product(onLeft ? p.left(v) : p.right(v));
            push(onLeft ? p.right(v) : p.left(v));
            multiplyAdd();
        } else if (row == Operations.MINUS && plan.isAbsorbed(p.right(v))) {
            int t = p.right(v);
            int negated = plan.negatedFactor(t);
            pushNegated(plan.factor(t, negated));
            push(plan.factor(t, 1 - negated));
            push(p.left(v));
            multiplyAdd();
        } else if (FusedPlan.isFold(row)) {
            fold(row, piece);
        } else {
            int[] x = new int[piece.to()];
            for (int i = 0; i < x.length; i++) {
                x[i] = get(p.operand(v, i));
            }
            apply(row, x);
        }
    }

    /** From left to right, going on where the piece before left off. */
    private void fold(Elementary row, FusedPlan.Piece piece) {
        int v = piece.node();
        if (piece.from() > 0) {
            push(v);
        }
        for (int i = piece.from(); i < piece.to(); i++) {
            int t = p.operand(v, i);
            if (plan.isAbsorbed(t) && i == 0) {
                product(t);
                multiply();
                continue;
            }
            if (plan.isAbsorbed(t)) {
                int sum = keepTemporary();
                product(t);
                pushLocal(sum);
                multiplyAdd();
                continue;
            }
            push(t);
            if (row == Reductions.SUM_OF_SQUARES) {
                push(t);
                multiply();
            }
            if (i > 0) {
                if (row == Reductions.PRODUCT) {
                    multiply();
                } else {
                    add();
                }
            }
        }
    }

    /** The two factors of an absorbed product. */
    private void product(int t) {
        push(plan.factor(t, 0));
        push(plan.factor(t, 1));
    }

    private void pushNegated(int v) {
        Integer local = negated.get(v);
        if (local == null) {
            push(v);
            negate();
            local = keepTemporary();
            negated.put(v, local);
        }
        pushLocal(local);
    }

    /**
     * Adds products of outputs that must not be NaN: the sum is NaN if one of them is. It may be NaN or infinite without
     * that, if numbers are very large; then a closer look at the point is taken at the end of the tile.
     */
    private void check(int v) {
        if (pending < 0) {
            pending = get(v);
            return;
        }
        pushLocal(pending);
        push(v);
        if (checks < 0) {
            multiply();
        } else {
            pushLocal(checks);
            multiplyAddOrNot();
        }
        checks = keepTemporary();
        pending = -1;
    }

    /** Adds the sum times 0, which is 0 or NaN, to that of the blocks before. */
    private void finishChecks(int k, FusedLayout layout) {
        if (pending < 0 && checks < 0) {
            return;
        }
        pushLocal(pending >= 0 ? pending : checks);
        if (pending >= 0 && checks >= 0) {
            pushLocal(checks);
            add();
        }
        constant(0);
        if (k == layout.firstChecks()) {
            multiply();
        } else {
            load(frame.s(), frame.sAt(), layout.numbersAt());
            multiplyAddOrNot();
        }
        store(keepTemporary(), frame.s(), frame.sAt(), layout.numbersAt());
    }

    private void guards(FusedPlan.Step step, int k, FusedLayout layout) {
        if (step.guards().isEmpty()) {
            return;
        }
        FusedFrame.Place fail = frame.outputs().apply(p.outputs());
        if (k == layout.firstGuards()) {
            constant(0);
        } else {
            load(fail);
        }
        for (Guard g : step.guards()) {
            int sum = keepTemporary();
            int left = get(g.left());
            int right = get(g.right());
            pushLocal(sum);
            addFailure(g, left, right);
        }
        store(keepTemporary(), fail);
    }

    /** a·b + c, rounded as is cheapest. */
    void multiplyAddOrNot() {
        int sum = keepTemporary();
        multiply();
        pushLocal(sum);
        add();
    }

    // ---- values --------------------------------------------------------------------------------------

    private void load(FusedFrame.Place place) {
        load(place.array(), place.at(), place.offset());
    }

    private void store(int local, FusedFrame.Place place) {
        int stored = local;
        if (place.isSum()) {
            load(place);
            pushLocal(local);
            add();
            stored = keepTemporary();
        }
        store(stored, place.array(), place.at(), place.offset());
    }

    /** Pushes the value of a node. */
    final void push(int v) {
        pushLocal(get(v));
    }

    final void pushLocal(int local) {
        code.loadLocal(kind, local);
    }

    /** Moves the top of the stack to a new local variable. */
    final int keepTemporary() {
        int local = code.allocateLocal(kind);
        code.storeLocal(kind, local);
        return local;
    }

    private int keep(int v) {
        int local = keepTemporary();
        locals.put(v, local);
        return local;
    }

    /** The local variable of a node, loaded if need be. */
    final int get(int v) {
        Integer known = locals.get(v);
        if (known != null) {
            return known;
        }
        if (plan.isColumn(v)) {
            load(frame.inputs().apply(plan.column(v)));
        } else if (p.isConstant(v)) {
            constant(p.constant(v));
        } else if (!plan.isVarying(v)) {
            uniform(v);
        } else {
            load(frame.s(), frame.sAt(), plan.slot(v) * frame.stride());
        }
        return keep(v);
    }
}
