package org.wengert.core.engine.roll;

import java.util.Arrays;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;

/**
 * The items of a program (its nodes, then its guards) sorted into classes of equal structure: two items are in
 * one class if they do the same with members of the same classes, down to the inputs, and are used alike. So the members of a class differ
 * only in WHICH members of its operands' classes they take, and none depends on another. Classes are numbered such that
 * each comes after the classes of its operands.
 *
 * <p>The inputs are one class and the constants another. An n-ary operation of many operands is a class of its own, and
 * so is a node that is used many times. A long chain of one row is one class too, the only one whose members depend on
 * each other: it is computed member by member.
 *
 * <p>One pass over the items with a table of the classes: time and memory are linear.
 */
final class Classes {

    /** The class of the inputs. */
    static final int INPUTS = 0;

    /** The class of the constants. */
    static final int CONSTANTS = 1;

    /** An n-ary operation of more operands is a class of its own, whose operands are not told apart. */
    static final int LONGEST = 32;

    /**
     * A node with at least so many uses is a class of its own: the same number in many elements, a parameter. What is
     * done with one parameter is not mixed up with what is done with another. Constants stay in their class, but what is done with one that is
     * used so often is told apart, too.
     */
    private static final int HUB = 64;

    /** A shorter chain of one row is no scan. */
    private static final int SHORTEST_CHAIN = 64;

    final Program program;

    /** The class of each item. */
    final int[] of;

    /** Which member of its class an item is. */
    final int[] index;

    /** The members of class c are {@code members[first[c]]} to {@code members[first[c + 1] - 1]}, in ascending order. */
    final int[] first;
    final int[] members;

    private final Guard[] guards;
    private final int nodes;
    private final int plus;
    private final int times;
    private final int sum;

    private int count = 2;
    private int[] code = new int[64];
    private int[] siteOfClass = new int[64];
    private final int[] uses;
    private final int[] site;

    // The chain that a node belongs to, from 1 on, or 0; and the class of each chain.
    private final int[] chain;
    private int chainCount;
    private final int[] scanClass;
    private int[] size = new int[64];
    private int[] operandFrom = new int[65];
    private int[] operandClass = new int[128];
    private int[] table = new int[256];
    private int tableUsed;

    // The operands of the item looked at last, and their classes.
    private int[] operand = new int[LONGEST];
    private int[] classOfOperand = new int[LONGEST];

    /**
     * Sorts the items of a program.
     *
     * @param far whether nodes are told apart by what uses them and what uses that, not by the former alone
     */
    Classes(Program p, boolean far) {
        this.program = p;
        this.guards = p.guards().toArray(Guard[]::new);
        this.nodes = p.nodes();
        this.plus = p.rows().indexOf(Operations.PLUS);
        this.times = p.rows().indexOf(Operations.TIMES);
        this.sum = p.rows().indexOf(Reductions.SUM);
        int items = nodes + guards.length;
        this.of = new int[items];
        this.index = new int[items];
        code[INPUTS] = -1;
        code[CONSTANTS] = -1;
        this.uses = uses();
        this.site = sites(far);
        this.chain = chains();
        this.scanClass = new int[chainCount + 1];
        for (int v = 0; v < items; v++) {
            boolean isHub = v < nodes && uses[v] >= HUB;
            int c = v < p.inputs() ? isHub ? add(-1, 0, 0) : INPUTS
                    : v < p.firstOperation() ? CONSTANTS
                    : isLong(v) ? add(code(v), 0, 0)
                    : v < nodes && chain[v] > 0 && continuesScan(v) ? scanClass[chain[v]]
                    : isHub ? add(code(v), 0, operands(v, isOrdered(v)))
                    : find(v);
            of[v] = c;
            index[v] = c == INPUTS ? v : size[c]++;
        }
        size[INPUTS] = p.inputs();
        this.first = new int[count + 1];
        for (int c = 0; c < count; c++) {
            first[c + 1] = first[c] + size[c];
        }
        this.members = new int[first[count]];
        for (int v = 0; v < items; v++) {
            members[first[of[v]] + index[v]] = v;
        }
        table = new int[0];
        for (int c = 2; c < count; c++) {
            order(c);
        }
    }

    /**
     * Orders the members of a class by what they take of an operand's class, if that is more regular than the order
     * they were written in. A reverse sweep, for one, writes its nodes backwards; in the order of their operands they
     * belong to the same elements as these.
     */
    private void order(int c) {
        int e = size[c] < 2 ? -1 : leadingOperand(c);
        if (e < 0) {
            return;
        }
        int[] written = Arrays.copyOfRange(members, first[c], first[c + 1]);
        long[] keys = new long[size[c]];
        boolean ordered = true;
        for (int k = 0; k < keys.length; k++) {
            keys[k] = (long) index[operand(written[k], e)] << 32 | written[k];
            ordered &= k == 0 || keys[k - 1] <= keys[k];
        }
        if (ordered) {
            return;
        }
        int breaksAsWritten = breaks(c);
        Arrays.sort(keys);
        for (int k = 0; k < keys.length; k++) {
            members[first[c] + k] = (int) keys[k];
        }
        if (breaks(c) >= breaksAsWritten) {
            System.arraycopy(written, 0, members, first[c], written.length);
        }
        for (int k = 0; k < keys.length; k++) {
            index[member(c, k)] = k;
        }
    }

    /** How often the step from one member's operand to the next one's changes; going backwards counts once. */
    private int breaks(int c) {
        int count = 0;
        for (int e = 0; e < operands(c); e++) {
            int last = index[operand(member(c, 0), e)];
            int step = 0;
            for (int k = 1; k < size[c]; k++) {
                int at = index[operand(member(c, k), e)];
                count += at - last != step || k == 1 && step < 0 ? 1 : 0;
                step = at - last;
                last = at;
            }
            count += step < 0 ? 1 : 0;
        }
        return count;
    }

    /** The operand to order by: one whose class has as many members, else the one whose class has most; or -1. */
    private int leadingOperand(int c) {
        int best = -1;
        for (int e = 0; e < operands(c); e++) {
            int operand = operandClass(c, e);
            if (size[operand] == size[c] && operand > CONSTANTS) {
                return e;
            }
            if (size[operand] > 1 && operand != CONSTANTS && (best < 0 || size[operand] > size[operandClass(c, best)])) {
                best = e;
            }
        }
        return best;
    }

    /** The number of classes. */
    int count() {
        return count;
    }

    /** The number of members of a class. */
    int size(int c) {
        return size[c];
    }

    /** Member k of a class. */
    int member(int c, int k) {
        return members[first[c] + k];
    }

    /** Whether the members of a class are guards. */
    boolean isGuard(int c) {
        return code[c] >= program.rows().size();
    }

    /** Whether an item is an n-ary operation of many operands. */
    boolean isLong(int v) {
        return v < nodes && program.operandCount(v) > LONGEST;
    }

    /** The guard that an item is. */
    Guard guard(int v) {
        return guards[v - nodes];
    }

    /** The row that the members of a class apply. */
    Elementary row(int c) {
        return program.rows().get(code[c]);
    }

    /** The number of operands of each member of a class; 0 for inputs, constants and long operations. */
    int operands(int c) {
        return operandFrom[c + 1] - operandFrom[c];
    }

    /** The class of operand e. */
    int operandClass(int c, int e) {
        return operandClass[operandFrom[c] + e];
    }

    /** Which members of the class of operand e the members of a class take. */
    IndexMap operandMap(int c, int e) {
        int[] taken = new int[size[c]];
        for (int k = 0; k < taken.length; k++) {
            taken[k] = index[operand(member(c, k), e)];
        }
        return IndexMap.of(taken);
    }

    /** The number of operands of an item: a node or a guard. */
    int itemOperands(int v) {
        return v < nodes ? program.operandCount(v) : 2;
    }

    /** Operand i of an item, in the order of the program. */
    int itemOperand(int v, int i) {
        if (v < nodes) {
            return program.operand(v, i);
        }
        return i == 0 ? guards[v - nodes].left() : guards[v - nodes].right();
    }

    /** Operand e of an item in the order of its class. */
    int operand(int v, int e) {
        operands(v, isOrdered(v));
        return operand[e];
    }

    // ---- scans ---------------------------------------------------------------------------------------

    /** Whether the members of a class are a scan: each the result of the same row of the member before and of one number more. */
    boolean isScan(int c) {
        return c > CONSTANTS && first[c] < first[c + 1] && member(c, 0) < nodes && member(c, 0) >= program.firstOperation()
                && chain[member(c, 0)] > 0 && scanClass[chain[member(c, 0)]] == c;
    }

    /** The operand of a binary node that applies the same row; -1 if there is none. */
    private int previous(int v) {
        if (!(program.row(v) instanceof Binary)) {
            return -1;
        }
        int row = program.rowIndex(v);
        int l = program.left(v);
        int r = program.right(v);
        if (program.isOperation(l) && program.rowIndex(l) == row) {
            return l;
        }
        return row == times && program.isOperation(r) && program.rowIndex(r) == row ? r : -1;
    }

    /** Finds long chains of one row, such as the products of the first k numbers for all k. */
    private int[] chains() {
        int[] depth = new int[nodes];
        int[] number = new int[nodes];
        for (int v = program.firstOperation(); v < nodes; v++) {
            int u = previous(v);
            depth[v] = u < 0 ? 0 : depth[u] + 1;
        }
        for (int end = nodes - 1; end >= program.firstOperation(); end--) {
            if (depth[end] < SHORTEST_CHAIN || number[end] != 0) {
                continue;
            }
            int length = 0;
            for (int v = end; v >= 0 && number[v] == 0; v = previous(v)) {
                length++;
            }
            int mark = length < SHORTEST_CHAIN ? -1 : ++chainCount;
            for (int v = end; mark > 0 && v >= 0 && number[v] == 0; v = previous(v)) {
                number[v] = mark;
            }
        }
        return number;
    }

    /** Whether a node of a chain joins the class of the chain: its new number must not come after the class's first member. */
    private boolean continuesScan(int v) {
        int u = previous(v);
        if (u < 0) {
            return false;
        }
        int c = scanClass[chain[v]];
        int other = of[program.left(v) == u ? program.right(v) : program.left(v)];
        if (c == 0) {
            scanClass[chain[v]] = add(code(v), 0, 0);
            return true;
        }
        return of[u] == c && other < c;
    }

    private int[] uses() {
        int[] uses = new int[nodes];
        for (int v = program.firstOperation(); v < nodes; v++) {
            for (int i = 0, n = program.operandCount(v); i < n; i++) {
                uses[program.operand(v, i)]++;
            }
        }
        return uses;
    }

    /**
     * Where each node is first used, and, if that is asked for, where what uses it is: by which row, and as which operand. Nodes that do the same at different
     * places of a loop's body, the two differences in (a-b)² + (c-d)² for one, are told apart by what follows, so that each
     * class has the rhythm of the loop.
     */
    private int[] sites(boolean far) {
        int[] near = new int[nodes];
        int[] sites = new int[nodes];
        int most = 4 * program.rows().size() + 4;
        for (int v = nodes - 1; v >= program.firstOperation(); v--) {
            int n = program.operandCount(v);
            for (int i = n - 1; i >= 0; i--) {
                int u = program.operand(v, i);
                near[u] = 4 * program.rowIndex(v) + (n > 2 ? 0 : i + 1);
                sites[u] = near[u] + (far ? most * near[v] : 0);
            }
        }
        return sites;
    }

    // ---- the table -----------------------------------------------------------------------------------

    private int code(int v) {
        if (v < nodes) {
            return program.rowIndex(v);
        }
        Guard g = guards[v - nodes];
        int relation = switch (g.relation()) {
            case LESS -> 0;
            case AT_MOST -> 1;
            case EQUAL -> 2;
            case SAME -> 3;
        };
        return program.rows().size() + 2 * relation + (g.outcome() ? 1 : 0);
    }

    /** Whether the order of operands changes no bit, or, of a sum, only the rounding. */
    private boolean isOrdered(int v) {
        int k = v < nodes ? program.rowIndex(v) : -1;
        return k >= 0 && (k == plus || k == times || k == sum);
    }

    /** Finds the operands of an item and their classes, by class where their order is free; how many there are. */
    private int operands(int v, boolean byClass) {
        if (v >= nodes) {
            set(0, guards[v - nodes].left());
            set(1, guards[v - nodes].right());
            return 2;
        }
        int n = program.operandCount(v);
        for (int i = 0; i < n; i++) {
            int u = program.operand(v, i);
            int c = of[u];
            int at = i;
            while (byClass && at > 0 && classOfOperand[at - 1] > c) {
                operand[at] = operand[at - 1];
                classOfOperand[at] = classOfOperand[at - 1];
                at--;
            }
            operand[at] = u;
            classOfOperand[at] = c;
        }
        return n;
    }

    private void set(int i, int u) {
        operand[i] = u;
        classOfOperand[i] = of[u];
    }

    private int find(int v) {
        int n = operands(v, isOrdered(v));
        int key = code(v);
        int where = v < nodes ? site[v] : 0;
        for (int i = 0; i < n; i++) {
            if (classOfOperand[i] == CONSTANTS && uses[operand[i]] >= HUB) {
                where = 31 * where + operand[i];
            }
        }
        int mask = table.length - 1;
        for (int place = hash(key, where, classOfOperand, 0, n) & mask; ; place = place + 1 & mask) {
            int c = table[place] - 1;
            if (c < 0) {
                c = add(key, where, n);
                table[place] = c + 1;
                tableUsed++;
                growIfFull();
                return c;
            }
            if (code[c] == key && siteOfClass[c] == where && operands(c) == n
                    && Arrays.equals(operandClass, operandFrom[c], operandFrom[c + 1], classOfOperand, 0, n)) {
                return c;
            }
        }
    }

    private int add(int key, int where, int n) {
        int c = count++;
        if (c + 2 > operandFrom.length) {
            code = Arrays.copyOf(code, 2 * c);
            siteOfClass = Arrays.copyOf(siteOfClass, 2 * c);
            size = Arrays.copyOf(size, 2 * c);
            operandFrom = Arrays.copyOf(operandFrom, 2 * c + 1);
        }
        code[c] = key;
        siteOfClass[c] = where;
        int from = operandFrom[c];
        if (from + n > operandClass.length) {
            operandClass = Arrays.copyOf(operandClass, 2 * (from + n));
        }
        System.arraycopy(classOfOperand, 0, operandClass, from, n);
        operandFrom[c + 1] = from + n;
        return c;
    }

    private void growIfFull() {
        if (2 * tableUsed <= table.length) {
            return;
        }
        int[] longer = new int[2 * table.length];
        int mask = longer.length - 1;
        for (int entry : table) {
            if (entry == 0) {
                continue;
            }
            int c = entry - 1;
            int place = hash(code[c], siteOfClass[c], operandClass, operandFrom[c], operands(c)) & mask;
            while (longer[place] != 0) {
                place = place + 1 & mask;
            }
            longer[place] = entry;
        }
        table = longer;
    }

    private static int hash(int key, int where, int[] classes, int from, int n) {
        int h = (key ^ where) * 0x9E3779B1;
        for (int i = 0; i < n; i++) {
            h = (h ^ h >>> 15) * 0x85EBCA77 + classes[from + i];
        }
        h = (h ^ h >>> 16) * 0xC2B2AE35;
        return h ^ h >>> 13;
    }
}
