package org.wengert.core.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wengert.core.elementary.Arithmetic;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Unary;
import org.wengert.core.formula.Formula;

/**
 * A function as a list of elementary operations (a Wengert list) in single-assignment form: n inputs, m outputs,
 * no control flow. Immutable and safe to share between threads; made by {@link Tracer} or {@link ProgramBuilder},
 * and turned into other programs by the package {@code transform}.
 *
 * <h2>Layout</h2>
 *
 * Nodes are numbered from 0, each after its operands, grouped by kind:
 *
 * <pre>
 * 0 …                       inputs                  {@link #isUniform(int)} says which are the same for a whole batch
 * {@link #inputs()} …                constants               {@link #constant(int)}
 * {@link #firstOperation()} …        operations on uniform numbers and constants alone: once a batch
 * {@link #firstVarying()} … {@link #nodes()}  all other operations: once a point
 * </pre>
 *
 * An operation v applies row number {@link #rowIndex(int) rowIndex(v)} of {@link #rows()}: a {@link Unary} row to
 * {@link #left(int) left(v)}, a {@link Binary} row to {@code left(v)} and {@link #right(int) right(v)}, an
 * {@link Nary} row to {@link #operandCount(int) operandCount(v)} nodes {@link #operand(int, int) operand(v, i)}.
 * All of this is flat {@code int} arrays: an engine walks them with a loop over v. Equal operations on equal
 * operands are one node, so 20 bytes a node is what a program takes at the most, n-ary operands apart.
 *
 * <h2>Guards</h2>
 *
 * A program recorded from a function that compares numbers is right only where every comparison comes out
 * as it did then. {@link #guards()} lists these conditions, and whoever runs the program checks them.
 *
 * <h2>Values</h2>
 *
 * Every node's value is what its row computes in {@code double} arithmetic, so the outputs are bit for bit those
 * of the traced function. Sums of four or more terms are one {@link Reductions#SUM}, added from left to right.
 */
public final class Program {

    private final boolean[] uniform;
    private final double[] constants;
    private final List<Elementary> rows;
    private final int[] op;
    private final int[] left;
    private final int[] right;
    private final int[] arguments;
    private final int firstVarying;
    private final int[] outputs;
    private final List<Guard> guards;

    // Derived from rows, for the loops below.
    private final byte[] kinds;
    private final Elementary[] rowArray;

    /** Keeps the arrays. */
    Program(
            boolean[] uniform, double[] constants, List<Elementary> rows,
            int[] op, int[] left, int[] right, int[] arguments,
            int firstVarying, int[] outputs, List<Guard> guards) {
        this.uniform = uniform;
        this.constants = constants;
        this.rows = List.copyOf(rows);
        this.op = op;
        this.left = left;
        this.right = right;
        this.arguments = arguments;
        this.firstVarying = firstVarying;
        this.outputs = outputs;
        this.guards = List.copyOf(guards);
        this.kinds = new byte[rows.size()];
        this.rowArray = rows.toArray(Elementary[]::new);
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = RowTable.kind(rowArray[i]);
        }
    }

    // ---- shape ---------------------------------------------------------------------------------------

    /** n, the number of inputs; they are the nodes 0 to n - 1. */
    public int inputs() {
        return uniform.length;
    }

    /** m, the number of outputs. */
    public int outputs() {
        return outputs.length;
    }

    /** The number of nodes: inputs, constants and operations. */
    public int nodes() {
        return uniform.length + constants.length + op.length;
    }

    /** The number of constants; they are the nodes after the inputs. */
    public int constants() {
        return constants.length;
    }

    /** The number of operations; they are the nodes after the constants. */
    public int operations() {
        return op.length;
    }

    /** The first node that is an operation; {@link #nodes()} if there is none. */
    public int firstOperation() {
        return uniform.length + constants.length;
    }

    /** The first operation that depends on a varying input; {@link #nodes()} if there is none. */
    public int firstVarying() {
        return firstVarying;
    }

    /** The node that is output i; may be an input or a constant too. */
    public int output(int i) {
        return outputs[i];
    }

    /** The conditions under which this program is right; unmodifiable. */
    public List<Guard> guards() {
        return guards;
    }

    /** The different rows that operations apply; unmodifiable. */
    public List<Elementary> rows() {
        return rows;
    }

    // ---- nodes ---------------------------------------------------------------------------------------

    /** Whether node v is an input. */
    public boolean isInput(int v) {
        return v < uniform.length;
    }

    /** Whether node v is a constant. */
    public boolean isConstant(int v) {
        return v >= uniform.length && v < firstOperation();
    }

    /** Whether node v is an operation. */
    public boolean isOperation(int v) {
        return v >= firstOperation();
    }

    /** The value of the constant node v. */
    public double constant(int v) {
        return constants[v - uniform.length];
    }

    /** Whether node v has the same value at all points of a batch: it depends on uniform inputs alone. */
    public boolean isUniform(int v) {
        return isInput(v) ? uniform[v] : v < firstVarying;
    }

    /** The row that operation v applies. */
    public Elementary row(int v) {
        return rowArray[op[v - firstOperation()]];
    }

    /** The number of that row in {@link #rows()}. */
    public int rowIndex(int v) {
        return op[v - firstOperation()];
    }

    /** The first operand of the unary or binary operation v. */
    public int left(int v) {
        return left[v - firstOperation()];
    }

    /** The second operand of the binary operation v. */
    public int right(int v) {
        return right[v - firstOperation()];
    }

    /** The number of operands of node v; none for inputs and constants. */
    public int operandCount(int v) {
        if (!isOperation(v)) {
            return 0;
        }
        byte kind = kinds[rowIndex(v)];
        return kind == RowTable.NARY ? right(v) : kind;
    }

    /** Operand i of operation v, whatever the kind of its row. */
    public int operand(int v, int i) {
        if (kinds[rowIndex(v)] == RowTable.NARY) {
            return arguments[left(v) + i];
        }
        return i == 0 ? left(v) : right(v);
    }

    /** For each node, whether an output depends on it; the others serve guards alone. */
    public boolean[] reachingOutputs() {
        boolean[] reaches = new boolean[nodes()];
        for (int v : outputs) {
            reaches[v] = true;
        }
        for (int v = nodes() - 1; v >= firstOperation(); v--) {
            for (int i = 0; reaches[v] && i < operandCount(v); i++) {
                reaches[operand(v, i)] = true;
            }
        }
        return reaches;
    }

    // ---- evaluation ----------------------------------------------------------------------------------

    /** Room for {@link #run}. */
    public Workspace newWorkspace() {
        int longest = 0;
        for (int v = firstOperation(); v < nodes(); v++) {
            if (isOpaqueNary(v)) {
                longest = Math.max(longest, operandCount(v));
            }
        }
        double[][] operands = new double[longest + 1][];
        for (int v = firstOperation(); v < nodes(); v++) {
            if (isOpaqueNary(v)) {
                int n = operandCount(v);
                operands[n] = operands[n] == null ? new double[n] : operands[n];
            }
        }
        return new Workspace(this, nodes(), operands);
    }

    private boolean isOpaqueNary(int v) {
        return row(v) instanceof Nary f && f != Reductions.SUM;
    }

    /**
     * Runs the program at a point. This is the plain reference that engines are compared with: one operation
     * after the other, a few nanoseconds each, and no allocation.
     *
     * @param in        the inputs, n entries; not changed
     * @param out       receives m outputs; NaN if a guard fails
     * @param workspace from {@link #newWorkspace} of this program
     * @return whether all guards hold; if not, this is the wrong program for the point
     */
    public boolean run(double[] in, double[] out, Workspace workspace) {
        length(in, inputs(), "in");
        length(out, outputs(), "out");
        if (workspace.program != this) {
            throw new IllegalArgumentException("workspace must be this program's, but belongs to another");
        }
        double[] value = workspace.values;
        System.arraycopy(in, 0, value, 0, in.length);
        System.arraycopy(constants, 0, value, in.length, constants.length);
        int first = firstOperation();
        for (int k = 0; k < op.length; k++) {
            Elementary row = rowArray[op[k]];
            value[first + k] = switch (kinds[op[k]]) {
                case RowTable.UNARY -> ((Unary) row).value(value[left[k]]);
                case RowTable.BINARY -> binary((Binary) row, value[left[k]], value[right[k]]);
                default -> row == Reductions.SUM
                        ? sum(value, left[k], right[k])
                        : nary((Nary) row, value, left[k], workspace.operands[right[k]]);
            };
        }
        if (firstFailing(workspace) >= 0) {
            Arrays.fill(out, Double.NaN);
            return false;
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = value[outputs[i]];
        }
        return true;
    }

    private static double binary(Binary f, double x, double y) {
        // The four that most operations are, without a call through the row.
        if (f == Operations.PLUS) {
            return x + y;
        }
        if (f == Operations.TIMES) {
            return x * y;
        }
        if (f == Operations.MINUS) {
            return x - y;
        }
        return f == Operations.DIV ? x / y : f.value(x, y);
    }

    private double sum(double[] value, int from, int count) {
        double sum = value[arguments[from]];
        for (int i = 1; i < count; i++) {
            sum += value[arguments[from + i]];
        }
        return sum;
    }

    private double nary(Nary f, double[] value, int from, double[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = value[arguments[from + i]];
        }
        return f.value(x);
    }

    /** The first guard that failed in the last run, or -1. */
    public int firstFailing(Workspace workspace) {
        for (int i = 0; i < guards.size(); i++) {
            Guard g = guards.get(i);
            if (!g.holds(workspace.value(g.left()), workspace.value(g.right()))) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The outputs at a point.
     *
     * @param in the inputs, n entries; not changed
     * @return m entries; the caller's own
     * @throws IllegalStateException if a guard fails there
     */
    public double[] value(double... in) {
        Workspace workspace = newWorkspace();
        double[] out = new double[outputs()];
        if (!run(in, out, workspace)) {
            int failing = firstFailing(workspace);
            Guard g = guards.get(failing);
            throw new IllegalStateException("the program is not right at " + Arrays.toString(in) + ": guard " + failing
                    + " (" + ProgramText.guard(this, g) + ") fails, since the values are "
                    + workspace.value(g.left()) + " and " + workspace.value(g.right()));
        }
        return out;
    }

    /**
     * The outputs in any arithmetic: double-double, intervals, text, another program. Guards are not
     * checked, since an arithmetic need not have an order.
     *
     * @param <T>        the numbers
     * @param arithmetic supplies the operations
     * @param in         the inputs, n entries; not changed
     * @return m entries; the caller's own
     */
    public <T> List<T> evaluate(Arithmetic<T> arithmetic, List<? extends T> in) {
        if (in.size() != inputs()) {
            throw new IllegalArgumentException("in must have " + inputs() + " entries, but has " + in.size());
        }
        List<T> value = new ArrayList<>(nodes());
        value.addAll(in);
        for (double c : constants) {
            value.add(arithmetic.constant(c));
        }
        for (int v = firstOperation(); v < nodes(); v++) {
            value.add(switch (row(v)) {
                case Unary f -> arithmetic.apply(f, value.get(left(v)));
                case Binary f -> arithmetic.apply(f, value.get(left(v)), value.get(right(v)));
                case Nary f -> {
                    List<T> x = new ArrayList<>(operandCount(v));
                    for (int i = 0; i < operandCount(v); i++) {
                        x.add(value.get(operand(v, i)));
                    }
                    yield arithmetic.apply(f, x);
                }
            });
        }
        List<T> out = new ArrayList<>(outputs());
        for (int node : outputs) {
            out.add(value.get(node));
        }
        return out;
    }

    // ---- variants ------------------------------------------------------------------------------------

    /**
     * The same program with other inputs uniform.
     *
     * @param inputs the inputs that have one value for a whole batch; all others vary
     */
    public Program withUniform(int... inputs) {
        boolean[] is = new boolean[inputs()];
        for (int i : inputs) {
            is[Objects.checkIndex(i, is.length)] = true;
        }
        return rebuilt(is, outputs);
    }

    /**
     * The program of some outputs alone, with all guards.
     *
     * @param chosen the outputs to keep, in this order; none leaves the guards and what they need
     */
    public Program select(int... chosen) {
        return rebuilt(uniform, Arrays.stream(chosen).map(this::output).toArray());
    }

    /**
     * The program of outputs in another order, with all guards: those of a matrix in its order, say, with zeros between them.
     *
     * @param chosen for each output of the new program, which output it is, or -1 for the constant 0
     */
    public Program arrange(int... chosen) {
        return rebuilt(uniform, Arrays.stream(chosen).map(i -> i == -1 ? -1 : output(i)).toArray());
    }

    /** Node -1 stands for the constant 0. */
    private Program rebuilt(boolean[] isUniform, int[] outputNodes) {
        var builder = new ProgramBuilder();
        int[] in = new int[inputs()];
        for (int i = 0; i < in.length; i++) {
            in[i] = builder.input(isUniform[i]);
        }
        int[] node = builder.splice(this, in);
        builder.guards(this, node);
        return builder.build(Arrays.stream(outputNodes).map(v -> v == -1 ? builder.constant(0) : node[v]).toArray());
    }

    // ---- text ----------------------------------------------------------------------------------------

    /** The program as text, one line a node: for people. */
    public String listing() {
        return ProgramText.listing(this);
    }

    /** The program as a graph in the language of Graphviz. */
    public String dot() {
        return ProgramText.dot(this);
    }

    /**
     * The program as a formula with all shared subexpressions written out, which {@code Formula.parse} reads back: the
     * outputs, separated by semicolons. Guards are left out. Where expressions swell, the formula is refused; the
     * program is the short form then.
     *
     * @param names one name per input
     * @return a formula in these variables, in this order
     * @throws IllegalArgumentException if the formula would be longer than {@value ProgramFormula#LONGEST} characters, or
     *                                  nested too deeply to be read back
     */
    public Formula toFormula(String... names) {
        return ProgramFormula.of(this, names);
    }

    // ---- bytes ---------------------------------------------------------------------------------------

    /**
     * Writes the program: a few bytes an operation, constants to the last bit, rows by name, with a version in front.
     *
     * @param out is flushed, and left open
     */
    public void write(OutputStream out) throws IOException {
        ProgramFormat.write(this, out);
    }

    /**
     * Reads a program whose rows are all in the table.
     *
     * @param in read as far as the program goes, and left open
     * @throws IOException if the bytes are no program of a known version, are damaged, or name an unknown row
     */
    public static Program read(InputStream in) throws IOException {
        return ProgramFormat.read(in, _ -> null);
    }

    /**
     * Reads a program that may apply rows of the user's own.
     *
     * @param in   read as far as the program goes, and left open
     * @param more the user's row of a name, or null to look the name up in the table
     * @throws IOException as for {@link #read(InputStream)}
     */
    public static Program read(InputStream in, Function<String, @Nullable Elementary> more) throws IOException {
        return ProgramFormat.read(in, more);
    }

    /** Equal programs have the same nodes in the same order, down to the bits of constants. */
    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Program p
                && Arrays.equals(uniform, p.uniform)
                && Arrays.equals(constants, p.constants)
                && rows.equals(p.rows)
                && Arrays.equals(op, p.op)
                && Arrays.equals(left, p.left)
                && Arrays.equals(right, p.right)
                && Arrays.equals(arguments, p.arguments)
                && Arrays.equals(outputs, p.outputs)
                && guards.equals(p.guards);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(left) + Arrays.hashCode(right)) + Arrays.hashCode(outputs);
    }

    @Override
    public String toString() {
        return "program of " + inputs() + " inputs, " + operations() + " operations and " + outputs() + " outputs"
                + (guards.isEmpty() ? "" : ", right where " + guards.size() + " guards hold");
    }

    private static void length(double[] array, int length, String name) {
        if (array.length != length) {
            throw new IllegalArgumentException(
                    name + " must have " + length + " entries, but has " + array.length);
        }
    }
}
