package org.wengert.core.program;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Arithmetic;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Unary;
import org.wengert.core.scalar.Relation;

/**
 * Writes a program, node by node. Nodes are numbered as they come, and an operation that is already there
 * is not written again but found: hash-consing makes common subexpressions one node. The operands of a
 * commutative operation may stand in either order.
 *
 * <p>On the way in, operations are simplified where the result is the same bit for bit whatever the
 * operands are, infinities, NaN and signed zeros included; see {@link Simplification}.
 *
 * <p>Takes about 30 bytes a node and well under a microsecond. Belongs to one thread at a time.
 */
public final class ProgramBuilder {

    /** The operation code of an input; its left operand is the number of the input. */
    static final int INPUT = -1;

    /** The operation code of a constant; its operands are the low and the high half of its bits. */
    static final int CONSTANT = -2;

    /** From so many additions and subtractions in a row on, subtractions are written as additions. */
    private static final int RUNNING_SUM = 16;

    /** How many places of the table are tried near the operands. */
    private static final int NEAR = 8;

    private final RowTable rows = new RowTable();

    // Parallel arrays, one entry a node: the row (or INPUT, CONSTANT) and its operands. A unary row has one;
    // an n-ary row has its operands in `arguments`, from `left` on, as many as `right` says.
    private int[] op = new int[64];
    private int[] left = new int[64];
    private int[] right = new int[64];
    private int size;

    private int[] arguments = new int[16];
    private int argumentsUsed;

    // Open addressing: node + 1, or 0 for a free place; a power of two in length and at most 2/3 full.
    private int[] table = new int[128];

    private int[] inputNodes = new int[8];
    private boolean[] uniform = new boolean[8];
    private int inputs;

    // In the order they came, each once: a loop may ask the same question often.
    private final Set<Guard> guards = new LinkedHashSet<>();

    /** A builder without nodes. */
    public ProgramBuilder() {}

    // ---- nodes ---------------------------------------------------------------------------------------

    /** A new input that takes one value a point. */
    public int input() {
        return input(false);
    }

    /**
     * A new input.
     *
     * @param isUniform whether it has one value for a whole batch of points
     * @return its node
     */
    public int input(boolean isUniform) {
        if (inputs == inputNodes.length) {
            inputNodes = Arrays.copyOf(inputNodes, 2 * inputs);
            uniform = Arrays.copyOf(uniform, 2 * inputs);
        }
        int node = append(INPUT, inputs, 0);
        inputNodes[inputs] = node;
        uniform[inputs++] = isUniform;
        return node;
    }

    /** The node of a constant. All NaN are one. */
    public int constant(double c) {
        long bits = Double.doubleToLongBits(c);
        return find(CONSTANT, (int) bits, (int) (bits >>> 32));
    }

    /** The node of f(x). */
    public int apply(Unary f, int x) {
        check(x);
        if (isConstant(x)) {
            return constant(f.value(constantValue(x)));
        }
        int simple = Simplification.of(this, f, x);
        return simple >= 0 ? simple : find(rows.index(f), x, 0);
    }

    /** The node of f(x, y). */
    public int apply(Binary f, int x, int y) {
        check(x);
        check(y);
        if (isConstant(x) && isConstant(y)) {
            return constant(f.value(constantValue(x), constantValue(y)));
        }
        int simple = Simplification.of(this, f, x, y);
        if (simple < 0 && f == Operations.MINUS && isRunningSum(x)) {
            // The same bits; and so what a loop adds and subtracts is gathered into one sum.
            return find(rows.index(Operations.PLUS), x, negate(y));
        }
        return simple >= 0 ? simple : find(rows.index(f), x, y);
    }

    /** Whether a node is the last of many additions and subtractions, each of which takes up the one before. */
    private boolean isRunningSum(int x) {
        int v = x;
        for (int i = 0; i < RUNNING_SUM; i++) {
            if (!is(v, Operations.PLUS) && !is(v, Operations.MINUS)) {
                return false;
            }
            boolean goesOnLeft = is(left[v], Operations.PLUS) || is(left[v], Operations.MINUS);
            v = goesOnLeft || is(v, Operations.MINUS) ? left[v] : right[v];
        }
        return true;
    }

    /**
     * The node of f(x₀, …, xₙ₋₁).
     *
     * @param x the operands; not changed
     */
    public int apply(Nary f, int... x) {
        if (f.arity() != Nary.ANY && x.length != f.arity()) {
            throw new IllegalArgumentException(f + " takes " + f.arity() + " arguments, but was given " + x.length);
        }
        boolean allConstant = true;
        for (int node : x) {
            check(node);
            allConstant &= isConstant(node);
        }
        if (allConstant) {
            double[] values = new double[x.length];
            Arrays.setAll(values, i -> constantValue(x[i]));
            return constant(f.value(values));
        }
        int simple = Simplification.of(this, f, x);
        return simple >= 0 ? simple : find(rows.index(f), x);
    }

    /** The node of a row with as many operands as it takes. */
    public int apply(Elementary f, int... x) {
        return switch (f) {
            case Unary u when x.length == 1 -> apply(u, x[0]);
            case Binary b when x.length == 2 -> apply(b, x[0], x[1]);
            case Nary n -> apply(n, x);
            default -> throw new IllegalArgumentException(f + " was given " + x.length + " arguments");
        };
    }

    // ---- arithmetic, for the reader's sake ------------------------------------------------------------

    /** x + y. */
    public int plus(int x, int y) {
        return apply(Operations.PLUS, x, y);
    }

    /** x - y. */
    public int minus(int x, int y) {
        return apply(Operations.MINUS, x, y);
    }

    /** x · y. */
    public int times(int x, int y) {
        return apply(Operations.TIMES, x, y);
    }

    /** -x. */
    public int negate(int x) {
        return apply(Operations.NEGATE, x);
    }

    /** This builder as an arithmetic whose numbers are nodes: formulas can be evaluated in it. */
    public Arithmetic<Integer> arithmetic() {
        return new Arithmetic<>() {
            @Override
            public Integer constant(double c) {
                return ProgramBuilder.this.constant(c);
            }

            @Override
            public Integer apply(Unary f, Integer x) {
                return ProgramBuilder.this.apply(f, x.intValue());
            }

            @Override
            public Integer apply(Binary f, Integer x, Integer y) {
                return ProgramBuilder.this.apply(f, x.intValue(), y.intValue());
            }

            @Override
            public Integer apply(Nary f, List<Integer> x) {
                return ProgramBuilder.this.apply(f, x.stream().mapToInt(Integer::intValue).toArray());
            }
        };
    }

    /**
     * Writes all operations of another program into this one, without its guards.
     *
     * @param program what to copy
     * @param inputs  the nodes that take the place of its inputs
     * @return for each node of the program the node it has become; the caller's own
     */
    public int[] splice(Program program, int... inputs) {
        if (inputs.length != program.inputs()) {
            throw new IllegalArgumentException("inputs must have " + program.inputs() + " entries, one per input of"
                    + " the program, but has " + inputs.length);
        }
        int[] node = new int[program.nodes()];
        System.arraycopy(inputs, 0, node, 0, inputs.length);
        for (int v = inputs.length; v < node.length; v++) {
            node[v] = copy(program, v, node);
        }
        return node;
    }

    /** Writes the node v of a program whose operands have become the nodes given. */
    public int copy(Program program, int v, int[] node) {
        if (program.isConstant(v)) {
            return constant(program.constant(v));
        }
        return switch (program.row(v)) {
            case Unary f -> apply(f, node[program.left(v)]);
            case Binary f -> apply(f, node[program.left(v)], node[program.right(v)]);
            case Nary f -> {
                int[] x = new int[program.operandCount(v)];
                for (int i = 0; i < x.length; i++) {
                    x[i] = node[program.operand(v, i)];
                }
                yield apply(f, x);
            }
        };
    }

    // ---- guards --------------------------------------------------------------------------------------

    /**
     * Makes the program right only where {@code left} stands in the relation to {@code right}, or where it
     * does not. The same guard twice counts once; one between two constants is dropped.
     */
    public void guard(int leftNode, Relation relation, int rightNode, boolean outcome) {
        check(leftNode);
        check(rightNode);
        Objects.requireNonNull(relation, "relation");
        if (!(isConstant(leftNode) && isConstant(rightNode))) {
            guards.add(new Guard(leftNode, relation, rightNode, outcome));
        }
    }

    /** Copies all guards of a program whose nodes have become the nodes given. */
    public void guards(Program program, int[] node) {
        for (Guard g : program.guards()) {
            guard(node[g.left()], g.relation(), node[g.right()], g.outcome());
        }
    }

    /** The number of guards so far. */
    public int guards() {
        return guards.size();
    }

    // ---- the result ----------------------------------------------------------------------------------

    /**
     * The program with these outputs: what they and the guards do not need is left out, long sums become
     * n-ary. The builder can go on.
     *
     * @param outputs nodes; the same may come more than once
     */
    public Program build(int... outputs) {
        for (int node : outputs) {
            check(node);
        }
        return new Assembly(this, outputs).program();
    }

    // ---- looking back --------------------------------------------------------------------------------

    /** The number of nodes written so far. */
    public int size() {
        return size;
    }

    /** The number of inputs so far. */
    public int inputs() {
        return inputs;
    }

    /** The node of input i. */
    public int inputNode(int i) {
        return inputNodes[Objects.checkIndex(i, inputs)];
    }

    /** Whether the node is a constant. */
    public boolean isConstant(int node) {
        return op[node] == CONSTANT;
    }

    /** Whether the node is the constant c, bit for bit. */
    public boolean isConstant(int node, double c) {
        return isConstant(node) && Double.doubleToLongBits(constantValue(node)) == Double.doubleToLongBits(c);
    }

    /** The value of a constant node. */
    public double constantValue(int node) {
        return Double.longBitsToDouble((right[node] & 0xFFFFFFFFL) << 32 | left[node] & 0xFFFFFFFFL);
    }

    /**
     * The row that a node applies.
     *
     * @return null if it is an input or a constant
     */
    public @Nullable Elementary row(int node) {
        return op[node] >= 0 ? rows.row(op[node]) : null;
    }

    /** Operand i of a node that applies a row. */
    public int operand(int node, int i) {
        if (rows.kind(op[node]) == RowTable.NARY) {
            return arguments[left[node] + i];
        }
        return i == 0 ? left[node] : right[node];
    }

    /** Whether the node is an application of this row. */
    public boolean is(int node, Elementary row) {
        return op[node] >= 0 && rows.row(op[node]) == row;
    }

    int op(int node) {
        return op[node];
    }

    int left(int node) {
        return left[node];
    }

    int right(int node) {
        return right[node];
    }

    int argument(int i) {
        return arguments[i];
    }

    boolean isUniformInput(int i) {
        return uniform[i];
    }

    RowTable rows() {
        return rows;
    }

    List<Guard> guardList() {
        return List.copyOf(guards);
    }

    // ---- hash-consing --------------------------------------------------------------------------------

    private void check(int node) {
        if (node < 0 || node >= size) {
            throw new IllegalArgumentException("node must be 0 to " + (size - 1) + ", but was " + node);
        }
    }

    private int append(int code, int a, int b) {
        if (size == op.length) {
            int longer = Math.toIntExact(Math.min(size * 2L, Integer.MAX_VALUE - 8));
            op = Arrays.copyOf(op, longer);
            left = Arrays.copyOf(left, longer);
            right = Arrays.copyOf(right, longer);
        }
        op[size] = code;
        left[size] = a;
        right[size] = b;
        return size++;
    }

    /**
     * The node of an operation. Where it is looked for first follows from the younger of its operands: a function that is
     * recorded, or a sweep over a program, works where it last worked, so the table is walked through like a list and
     * stays in the cache. What finds no place there goes where its hash says.
     */
    private int find(int code, int a, int b) {
        boolean commutes = code >= 0 && rows.isCommutative(code);
        int mask = table.length - 1;
        if (code >= 0) {
            int near = near(a, b);
            for (int i = 0; i < NEAR; i++) {
                int place = near + i & mask;
                int entry = table[place];
                if (entry == 0) {
                    return enter(place, code, a, b);
                }
                if (is(entry - 1, code, a, b, commutes)) {
                    return entry - 1;
                }
            }
        }
        int h = hash(code, a, b, commutes);
        for (int place = h & mask; ; place = place + step(h) & mask) {
            int entry = table[place];
            if (entry == 0) {
                return enter(place, code, a, b);
            }
            if (is(entry - 1, code, a, b, commutes)) {
                return entry - 1;
            }
        }
    }

    private boolean is(int node, int code, int a, int b, boolean commutes) {
        return op[node] == code
                && (left[node] == a && right[node] == b || commutes && left[node] == b && right[node] == a);
    }

    private int enter(int place, int code, int a, int b) {
        int node = append(code, a, b);
        table[place] = node + 1;
        growIfFull();
        return node;
    }

    private static int near(int a, int b) {
        int younger = Math.max(a, b);
        return younger + (younger >>> 1);
    }

    private int find(int code, int[] x) {
        int mask = table.length - 1;
        int h = hash(code, x, 0, x.length);
        for (int place = h & mask; ; place = place + step(h) & mask) {
            int entry = table[place];
            if (entry == 0) {
                if (argumentsUsed + x.length > arguments.length) {
                    arguments = Arrays.copyOf(arguments, Math.max(2 * arguments.length, argumentsUsed + x.length));
                }
                System.arraycopy(x, 0, arguments, argumentsUsed, x.length);
                int node = append(code, argumentsUsed, x.length);
                argumentsUsed += x.length;
                table[place] = node + 1;
                growIfFull();
                return node;
            }
            int node = entry - 1;
            if (op[node] == code && right[node] == x.length
                    && Arrays.equals(arguments, left[node], left[node] + x.length, x, 0, x.length)) {
                return node;
            }
        }
    }

    private void growIfFull() {
        if (3L * size <= 2L * table.length) {
            return;
        }
        int[] longer = new int[2 * table.length];
        int mask = longer.length - 1;
        for (int node = 0; node < size; node++) {
            if (op[node] == INPUT) {
                continue;
            }
            longer[freePlace(longer, node, mask)] = node + 1;
        }
        table = longer;
    }

    private int freePlace(int[] in, int node, int mask) {
        if (op[node] >= 0 && rows.kind(op[node]) != RowTable.NARY) {
            int near = near(left[node], right[node]);
            for (int i = 0; i < NEAR; i++) {
                if (in[near + i & mask] == 0) {
                    return near + i & mask;
                }
            }
        }
        int h = hash(node);
        int place = h & mask;
        while (in[place] != 0) {
            place = place + step(h) & mask;
        }
        return place;
    }

    /** Steps differ and are odd: places near operands lie close together, where steps of one would get stuck. */
    private static int step(int h) {
        return h >>> 15 | 1;
    }

    private int hash(int node) {
        int code = op[node];
        return code >= 0 && rows.kind(code) == RowTable.NARY
                ? hash(code, arguments, left[node], right[node])
                : hash(code, left[node], right[node], code >= 0 && rows.isCommutative(code));
    }

    private static int hash(int code, int a, int b, boolean commutes) {
        int first = commutes ? Math.min(a, b) : a;
        int second = commutes ? Math.max(a, b) : b;
        return mix((code * 0x9E3779B1 + first) * 0x85EBCA77 + second);
    }

    private static int hash(int code, int[] x, int from, int count) {
        int h = code;
        for (int i = 0; i < count; i++) {
            h = h * 0x9E3779B1 + x[from + i];
        }
        return mix(h);
    }

    // The finalizer of MurmurHash3: every input bit changes every output bit with probability about one half.
    private static int mix(int h) {
        int k = h;
        k = (k ^ k >>> 16) * 0x85EBCA6B;
        k = (k ^ k >>> 13) * 0xC2B2AE35;
        return k ^ k >>> 16;
    }
}
