package org.wengert.core.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Family;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;
import org.wengert.core.scalar.Relation;

/**
 * How a program is cut into blocks of straight-line code: where a block ends, and which values go from one block to
 * another through a column of scratch space. {@link Contraction} says which products go into a fused multiply-add,
 * {@link FusedOrder} in which order operations run.
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

        final int number;

        Kind(int number) {
            this.number = number;
        }
    }

    /** What becomes of outputs. */
    enum Outputs {
        /** They are stored, and each guard is checked by itself. */
        STORED,

        /** They are stored, and guards that say of outputs that they are numbers are checked together. */
        CHECKED_TOGETHER,

        /** They are added to running sums, at which such guards are checked when all points are done. */
        SUMMED
    }

    /** Operands from to to (exclusive) of an operation: all of them, but for sums, which take them as they come. */
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

    /** An operation that is more outputs than this is stored at so many where it is made, and copied to the others. */
    private static final int MOST_OUTPUTS = 16;

    /** The outputs that are inputs, constants or uniform, or the same as many others, and the step that copies them. */
    private final Map<Integer, int[]> copies = new HashMap<>();

    private final FusedForms forms;
    final Outputs outputs;
    private final Contraction contraction;
    private final int[] step;
    private final int[] lastUse;
    private final int[] slot;
    private final int[] column;
    private final List<List<Integer>> outputsOf;
    private int[] sizes = new int[16];
    private final BitSet checkedNumbers = new BitSet();

    /**
     * Plans.
     *
     * @param forms     which operations there is code for, and of what kind
     * @param contracts whether a product that is used once, by a sum, is joined with the addition
     * @param outputs   what becomes of outputs
     */
    FusedPlan(Program p, FusedForms forms, boolean contracts, Outputs outputs) {
        this.p = p;
        this.forms = forms;
        this.outputs = outputs;
        this.contraction = contracts ? Contraction.of(p, forms) : Contraction.none(p, forms);
        int n = p.nodes();
        this.step = new int[n];
        this.lastUse = new int[n];
        this.slot = new int[n];
        this.column = new int[p.inputs()];
        this.outputsOf = new ArrayList<>();
        int varying = 0;
        for (int i = 0; i < column.length; i++) {
            column[i] = p.isUniform(i) ? -1 : varying++;
        }
        int[] later = indexOutputs();
        int[] copied = IntStream.range(0, p.outputs()).filter(i -> !isVarying(p.output(i))).toArray();
        FusedForms.Room room = forms.room(forms.plainKind());
        int few = room.most() / (8 * (room.load() + stored(room)));
        if (copied.length > few) {
            openForCopies(copied, 8 * few);
        }
        split(FusedOrder.of(p, contraction, forms));
        if (copied.length <= few) {
            int first = 0;
            while (!steps.get(first).runsBlocks()) {
                first++;
            }
            copies.put(first, copied);
        }
        openForCopies(later, 8 * few);
        placeGuards();
        assignSlots();
    }

    // ---- what code generators ask --------------------------------------------------------------------

    /** Whether the product v has been joined with the addition that uses it. */
    boolean isAbsorbed(int v) {
        return contraction.isAbsorbed(v);
    }

    /** Factor 0 or 1 of the absorbed product v. */
    int factor(int v, int i) {
        return contraction.factor(v, i);
    }

    /** The number of the factor that bears the sign where the absorbed product v is subtracted. */
    int negatedFactor(int v) {
        return contraction.negatedFactor(v);
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

    /** The outputs that step k copies. */
    int[] copies(int k) {
        return copies.getOrDefault(k, new int[0]);
    }

    /** Whether a guard only says that an output is a number, and blocks can see that. */
    boolean isNumberCheck(Guard g) {
        int v = g.left();
        return outputs != Outputs.STORED && g.relation() == Relation.EQUAL && g.outcome() && v == g.right() && !outputsOf(v).isEmpty()
                && !(isVarying(v) && forms.kind(p, v) == Kind.ARRAY);
    }

    /** Whether the node v, an output, must be looked at for the guards that say of outputs that they are numbers. */
    boolean isChecked(int v) {
        return checkedNumbers.get(v);
    }

    /**
     * Returns what is to be copied after all else, because its node is so many outputs already, or made by code that stores what it makes
     * and adds nothing.
     */
    private int[] indexOutputs() {
        List<Integer> none = List.of();
        for (int v = 0; v < p.nodes(); v++) {
            outputsOf.add(none);
        }
        var later = IntStream.builder();
        for (int i = 0; i < p.outputs(); i++) {
            int v = p.output(i);
            if (outputsOf.get(v).isEmpty()) {
                outputsOf.set(v, new ArrayList<>());
            }
            boolean isStored = outputs == Outputs.SUMMED && p.isOperation(v) && forms.kind(p, v) == Kind.ARRAY;
            if (isVarying(v) && (isStored || outputsOf.get(v).size() == MOST_OUTPUTS)) {
                later.add(i);
            } else {
                outputsOf.get(v).add(i);
            }
        }
        return later.build().toArray();
    }

    // ---- blocks --------------------------------------------------------------------------------------

    /** Steps of their own for many copies. */
    private void openForCopies(int[] copied, int most) {
        for (int from = 0; from < copied.length; from += most) {
            int k = steps.size();
            open(forms.plainKind());
            sizes[k] = forms.room(forms.plainKind()).most();
            int[] chunk = Arrays.copyOfRange(copied, from, Math.min(from + most, copied.length));
            copies.put(k, chunk);
            for (int i : chunk) {
                lastUse[p.output(i)] = k;
            }
        }
    }

    private void split(List<Piece> whole) {
        List<Piece> order = cut(whole);
        int[] lastAt = lastUses(order);
        int[] usedIn = new int[p.nodes()];
        Arrays.fill(usedIn, -1);
        Arrays.fill(lastUse, -1);
        Arrays.fill(step, -1);
        int goingOn = 0; // how many values of the open block are used after the piece that was last
        int calls = 0;
        for (int i = 0; i < order.size(); i++) {
            Piece piece = order.get(i);
            int v = piece.node();
            Kind kind = forms.kind(p, v);
            FusedForms.Room room = forms.room(kind);
            int[] x = used(piece);
            int moreCalls = forms.calls(p.row(v));
            int at = steps.size() - 1;
            int more = size(piece, x, usedIn, at);
            int going = goingOn + change(piece, x, lastAt, at, i);
            if (at < 0 || steps.get(at).kind != kind || kind == Kind.ARRAY
                    || sizes[at] + more + going * room.store() > room.most()
                    || calls > 0 && moreCalls > 0 && calls + moreCalls > MOST_CALLS) {
                if (at >= 0) {
                    sizes[at] += goingOn * forms.room(steps.get(at).kind).store();
                }
                open(kind);
                at++;
                calls = 0;
                more = size(piece, x, usedIn, at);
                going = change(piece, x, lastAt, at, i);
            }
            steps.get(at).pieces.add(piece);
            for (int t : x) {
                usedIn[t] = at;
                lastUse[t] = at;
            }
            usedIn[v] = at;
            step[v] = at;
            sizes[at] += more;
            goingOn = going;
            calls += moreCalls;
        }
        if (steps.stream().noneMatch(Step::runsBlocks)) {
            open(forms.plainKind()); // for outputs that are inputs or constants
        }
    }

    /** Pieces with so many terms at most. */
    private List<Piece> cut(List<Piece> whole) {
        List<Piece> order = new ArrayList<>();
        for (Piece piece : whole) {
            int length = forms.goesInPieces(p.row(piece.node)) ? MOST_TERMS : piece.to;
            for (int from = piece.from; from < piece.to; from += length) {
                order.add(new Piece(piece.node, from, Math.min(piece.to, from + length)));
            }
        }
        return order;
    }

    /** For each node the number of the last piece that uses it. */
    private int[] lastUses(List<Piece> order) {
        int[] lastAt = new int[p.nodes()];
        Arrays.fill(lastAt, -1);
        for (int i = 0; i < order.size(); i++) {
            for (int t : used(order.get(i))) {
                lastAt[t] = i;
            }
        }
        return lastAt;
    }

    /** What a piece reads, the sum so far among it; each once. */
    private int[] used(Piece piece) {
        int[] x = contraction.leaves(piece.node, piece.from, piece.to);
        if (piece.from > 0) {
            x = Arrays.copyOf(x, x.length + 1);
            x[x.length - 1] = piece.node;
        }
        return Arrays.stream(x).distinct().toArray();
    }

    /** What a piece takes of the room of a block, but for what goes on to other blocks. */
    private int size(Piece piece, int[] x, int[] usedIn, int block) {
        int v = piece.node;
        FusedForms.Room room = forms.room(forms.kind(p, v));
        int size = forms.size(p.row(v), piece.to - piece.from);
        for (int t : x) {
            size += usedIn[t] == block ? 0 : room.load();
        }
        // An output is stored, and may be added to what is checked.
        boolean isDone = piece.to == p.operandCount(v);
        return isDone ? size + outputsOf(v).size() * (stored(room) + forms.size(Operations.TIMES, 2)) : size;
    }

    /** What it takes of the room of a block that an output is stored, or added to a sum. */
    private int stored(FusedForms.Room room) {
        return outputs == Outputs.SUMMED ? room.load() + forms.size(Operations.PLUS, 2) + room.store() : room.store();
    }

    /** By how much piece i changes the number of values of the block that are used afterwards. */
    private int change(Piece piece, int[] x, int[] lastAt, int block, int i) {
        int change = step[piece.node] != block && lastAt[piece.node] > i ? 1 : 0;
        for (int t : x) {
            change -= step[t] == block && lastAt[t] == i ? 1 : 0;
        }
        return change;
    }

    private Step open(Kind kind) {
        var opened = new Step(kind, new ArrayList<>(), new ArrayList<>());
        steps.add(opened);
        if (steps.size() > sizes.length) {
            sizes = Arrays.copyOf(sizes, 2 * steps.size());
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
                if (outputs == Outputs.CHECKED_TOGETHER) {
                    checkedNumbers.set(g.left());
                }
                continue;
            }
            int at = Math.max(stepOf(g.left()), stepOf(g.right()));
            while (at < steps.size() && !hasRoomForGuard(at)) {
                at++;
            }
            if (at == steps.size()) {
                open(forms.plainKind());
            }
            steps.get(at).guards.add(g);
            sizes[at] += forms.room(steps.get(at).kind).guard();
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

    private boolean hasRoomForGuard(int at) {
        FusedForms.Room room = forms.room(steps.get(at).kind);
        return steps.get(at).runsBlocks() && sizes[at] + room.guard() <= room.mostWithGuards();
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
