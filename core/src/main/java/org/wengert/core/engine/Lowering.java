package org.wengert.core.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Unary;
import org.wengert.core.program.Guard;
import org.wengert.core.program.Program;
import org.wengert.core.scalar.Relation;
import org.wengert.core.simd.Form;
import org.wengert.core.simd.Kernels;

/**
 * From a program to the kernel calls of the tile interpreter.
 *
 * <p>A product that only one sum needs is computed together with that sum, which saves a column's way to memory and back; it is
 * still rounded by itself. Outputs are computed in their own columns. Long sums add a few terms a pass, from left to right.
 */
final class Lowering {

    /** Between these bounds the square root of a sum of squares is right; see {@link Reductions#NORM}. */
    private static final double LEAST_SAFE = 0x1p-900;
    private static final double MOST_SAFE = 0x1p1000;

    private final Program p;
    private final Kernels kernels;
    private final boolean reproducible;
    private final Steps steps;

    /** Products that are computed in the sum that needs them. */
    private final boolean[] isFolded;

    /** Scalars that some operation needs as a column. */
    private final Map<Integer, Integer> filled = new HashMap<>();

    private final Map<Integer, List<Guard>> guardsByNode = new HashMap<>();
    private final Map<Integer, List<Integer>> copiesByNode = new HashMap<>();
    private final Set<Integer> numbers = new LinkedHashSet<>();
    private final List<Guard> uniformGuards = new ArrayList<>();
    private final List<Integer> pendingNumbers = new ArrayList<>();
    private int failures = -1;

    Lowering(Program p, Kernels kernels, boolean reproducible) {
        this.p = p;
        this.kernels = kernels;
        this.reproducible = reproducible;
        this.steps = new Steps(p.nodes());
        this.isFolded = new boolean[p.nodes()];
    }

    TileCode code() {
        placeInputs();
        placeOutputs();
        sortGuards();
        fold(uses());
        for (int v = 0; v < p.inputs(); v++) {
            if (isColumn(v)) {
                defined(v);
            }
        }
        for (int v = p.firstVarying(); v < p.nodes(); v++) {
            if (!isFolded[v]) {
                operation(v);
                defined(v);
            }
        }
        flushNumbers();
        return new InterpretedTile(
                steps.place(TileCode.WIDTH), p.guards().isEmpty() ? -1 : p.outputs(), uniformGuards.toArray(Guard[]::new));
    }

    // ---- places --------------------------------------------------------------------------------------

    private void placeInputs() {
        int columns = 0;
        for (int v = 0; v < p.inputs(); v++) {
            steps.put(v, p.isUniform(v)
                    ? Steps.placeIn(Steps.UNIFORM, v)
                    : Steps.placeIn(Steps.IN, TileCode.STRIDE * columns++));
        }
        for (int v = p.inputs(); v < p.firstVarying(); v++) {
            steps.put(v, Steps.placeIn(Steps.UNIFORM, v));
        }
    }

    /** A node that is an output lives in the output's column; whatever else an output may be is copied there. */
    private void placeOutputs() {
        for (int i = 0; i < p.outputs(); i++) {
            int v = p.output(i);
            int column = Steps.placeIn(Steps.OUT, TileCode.STRIDE * i);
            if (v >= p.firstVarying() && !steps.isPlaced(v)) {
                steps.put(v, column);
            } else if (isColumn(v)) {
                int copy = steps.newValue();
                steps.put(copy, column);
                copiesByNode.computeIfAbsent(v, _ -> new ArrayList<>()).add(copy);
            } else {
                int copy = steps.newValue();
                steps.put(copy, column);
                steps.call(kernels.of(Form.FILL), copy, v);
            }
        }
    }

    /** Whether a node differs from point to point. */
    private boolean isColumn(int v) {
        return v >= p.firstVarying() || p.isInput(v) && !p.isUniform(v);
    }

    /** The column of a node, whatever it is. */
    private int column(int v) {
        if (isColumn(v)) {
            return v;
        }
        return filled.computeIfAbsent(v, _ -> {
            int value = steps.newValue();
            steps.call(kernels.of(Form.FILL), value, v);
            return value;
        });
    }

    // ---- guards --------------------------------------------------------------------------------------

    private void sortGuards() {
        for (Guard g : p.guards()) {
            if (Uniforms.isUniform(p, g)) {
                uniformGuards.add(g);
            } else if (g.relation() == Relation.EQUAL && g.outcome() && g.left() == g.right()) {
                numbers.add(unsigned(g.left()));
            } else {
                int last = !isColumn(g.left()) ? g.right() : !isColumn(g.right()) ? g.left() : Math.max(g.left(), g.right());
                guardsByNode.computeIfAbsent(last, _ -> new ArrayList<>()).add(g);
            }
        }
        if (!p.guards().isEmpty()) {
            failures = steps.newValue();
            steps.put(failures, Steps.placeIn(Steps.OUT, TileCode.STRIDE * p.outputs()));
            steps.call(kernels.of(Form.ZERO), failures);
        }
    }

    /** The node without signs in front: it is a number where the node is. */
    private int unsigned(int node) {
        int v = node;
        while (v >= p.firstVarying() && p.row(v) == Operations.NEGATE) {
            v = p.left(v);
        }
        return v;
    }

    /** What is to be done as soon as a node has its value. */
    private void defined(int v) {
        for (int copy : copiesByNode.getOrDefault(v, List.of())) {
            steps.call(kernels.of(Form.COPY), copy, v);
        }
        for (Guard g : guardsByNode.getOrDefault(v, List.of())) {
            steps.call(kernels.of(failing(g)), failures, column(g.left()), column(g.right()), failures);
        }
        if (numbers.contains(v)) {
            pendingNumbers.add(v);
            if (pendingNumbers.size() == 4) {
                flushNumbers();
            }
        }
    }

    private static Form failing(Guard g) {
        return switch (g.relation()) {
            case LESS -> g.outcome() ? Form.UNLESS_LESS : Form.IF_LESS;
            case AT_MOST -> g.outcome() ? Form.UNLESS_AT_MOST : Form.IF_AT_MOST;
            case EQUAL -> g.outcome() ? Form.UNLESS_EQUAL : Form.IF_EQUAL;
            case SAME -> g.outcome() ? Form.UNLESS_SAME : Form.IF_SAME;
        };
    }

    /** Four nodes a pass are looked at for NaN. */
    private void flushNumbers() {
        if (!pendingNumbers.isEmpty()) {
            int last = pendingNumbers.getLast();
            int[] four = new int[4];
            for (int i = 0; i < four.length; i++) {
                four[i] = i < pendingNumbers.size() ? pendingNumbers.get(i) : last;
            }
            steps.call(kernels.of(Form.NAN), failures, four);
            pendingNumbers.clear();
        }
    }

    // ---- folding -------------------------------------------------------------------------------------

    private int[] uses() {
        int[] uses = new int[p.nodes()];
        for (int i = 0; i < p.outputs(); i++) {
            uses[p.output(i)]++;
        }
        for (Guard g : p.guards()) {
            uses[g.left()]++;
            uses[g.right()]++;
        }
        for (int v = p.firstVarying(); v < p.nodes(); v++) {
            for (int i = 0, n = p.operandCount(v); i < n; i++) {
                uses[p.operand(v, i)]++;
            }
        }
        return uses;
    }

    private void fold(int[] uses) {
        for (int v = p.firstVarying(); v < p.nodes(); v++) {
            Elementary row = p.row(v);
            boolean isSum = row == Reductions.SUM;
            if (row != Operations.PLUS && row != Operations.MINUS && !isSum) {
                continue;
            }
            for (int i = 0, n = p.operandCount(v); i < n; i++) {
                int u = p.operand(v, i);
                // What the product is added to must be a column: the term beside it, or the sum of the terms before.
                int other = n > 1 ? p.operand(v, i == 0 ? 1 : 0) : -1;
                boolean hasPartner = isSum && i > 0 || n > 1 && isColumn(other);
                boolean folds = isProduct(u)
                        || isScaling(u) && (isSum && i > 1 || row == Operations.PLUS && !isProduct(other) && !isScaling(other));
                isFolded[u] |= hasPartner && uses[u] == 1 && folds;
            }
        }
    }

    private boolean isProduct(int u) {
        return u >= p.firstVarying() && p.row(u) == Operations.TIMES && isColumn(p.left(u)) && isColumn(p.right(u));
    }

    private boolean isScaling(int u) {
        return u >= p.firstVarying() && p.row(u) == Operations.TIMES && isColumn(p.left(u)) != isColumn(p.right(u));
    }

    // ---- operations ----------------------------------------------------------------------------------

    private void operation(int v) {
        Elementary row = p.row(v);
        if (row == Operations.PLUS) {
            plus(v, p.left(v), p.right(v));
        } else if (row == Operations.MINUS) {
            minus(v, p.left(v), p.right(v));
        } else if (row == Operations.TIMES) {
            times(v, p.left(v), p.right(v));
        } else if (row == Operations.DIV) {
            binary(v, p.left(v), p.right(v), Form.DIV, Form.DIV_SCALAR, Form.SCALAR_DIV);
        } else if (row == Reductions.SUM) {
            sum(v);
        } else {
            switch (row) {
                case Unary f -> steps.call(kernels.of(f), v, p.left(v));
                case Binary f -> steps.call(kernels.of(f), v, column(p.left(v)), column(p.right(v)));
                case Nary f -> nary(v, f);
            }
        }
    }

    private void binary(int v, int x, int y, Form columns, Form right, Form left) {
        if (!isColumn(x)) {
            steps.call(kernels.of(left), v, x, y);
        } else {
            steps.call(kernels.of(isColumn(y) ? columns : right), v, x, y);
        }
    }

    private void times(int v, int x, int y) {
        if (isColumn(x)) {
            steps.call(kernels.of(isColumn(y) ? Form.MUL : Form.MUL_SCALAR), v, x, y);
        } else {
            steps.call(kernels.of(Form.MUL_SCALAR), v, y, x);
        }
    }

    private void plus(int result, int x, int y) {
        boolean foldX = isFolded(x);
        boolean foldY = isFolded(y);
        if (foldX && foldY) {
            steps.call(kernels.of(Form.MUL_ADD_MUL), result, p.left(x), p.right(x), p.left(y), p.right(y));
        } else if (foldX) {
            productPlus(result, x, y);
        } else if (foldY) {
            productPlus(result, y, x);
        } else if (isColumn(x)) {
            steps.call(kernels.of(isColumn(y) ? Form.ADD : Form.ADD_SCALAR), result, x, y);
        } else {
            steps.call(kernels.of(Form.ADD_SCALAR), result, y, x);
        }
    }

    /** The product x plus the column y. */
    private void productPlus(int result, int x, int y) {
        int a = p.left(x);
        int b = p.right(x);
        if (isColumn(a) && isColumn(b)) {
            steps.call(kernels.of(Form.MUL_ADD), result, a, b, y);
        } else {
            steps.call(kernels.of(Form.SCALE_ADD), result, isColumn(a) ? a : b, isColumn(a) ? b : a, y);
        }
    }

    private boolean isFolded(int v) {
        return v < p.nodes() && isFolded[v];
    }

    private void minus(int v, int x, int y) {
        boolean foldX = isFolded(x);
        boolean foldY = isFolded(y);
        if (foldX && foldY) {
            steps.call(kernels.of(Form.MUL_SUB_MUL), v, p.left(x), p.right(x), p.left(y), p.right(y));
        } else if (foldX) {
            steps.call(kernels.of(Form.MUL_SUB), v, p.left(x), p.right(x), y);
        } else if (foldY) {
            steps.call(kernels.of(Form.SUB_MUL), v, p.left(y), p.right(y), x);
        } else {
            binary(v, x, y, Form.SUB, Form.SUB_SCALAR, Form.SCALAR_SUB);
        }
    }

    /** ((t₀ + t₁) + t₂) + …, the running sum in the column of the result. */
    private void sum(int v) {
        int n = p.operandCount(v);
        if (n < 2) {
            copy(v);
            return;
        }
        int first = p.operand(v, 0);
        int second = p.operand(v, 1);
        if (!isColumn(first) && (!isColumn(second) || isFolded[second])) {
            first = column(first);
        }
        plus(v, first, second);
        for (int i = 2; i < n; ) {
            int t = p.operand(v, i);
            int plain = 0;
            while (plain < 3 && i + plain < n && isColumn(p.operand(v, i + plain)) && !isFolded[p.operand(v, i + plain)]) {
                plain++;
            }
            switch (plain) {
                case 0, 1 -> plus(v, v, t);
                case 2 -> steps.call(kernels.of(Form.ADD3), v, v, t, p.operand(v, i + 1));
                default -> steps.call(kernels.of(Form.ADD4), v, v, t, p.operand(v, i + 1), p.operand(v, i + 2));
            }
            i += Math.max(1, plain);
        }
    }

    /** A reduction of one term. */
    private void copy(int v) {
        steps.call(kernels.of(Form.COPY), v, column(p.operand(v, 0)));
    }

    private void nary(int v, Nary row) {
        int n = p.operandCount(v);
        if (row == Reductions.PRODUCT && n > 0) {
            if (n == 1) {
                copy(v);
                return;
            }
            int first = p.operand(v, 0);
            int second = p.operand(v, 1);
            times(v, isColumn(first) || isColumn(second) ? first : column(first), second);
            for (int i = 2; i < n; i++) {
                times(v, v, p.operand(v, i));
            }
        } else if (row == Reductions.SUM_OF_SQUARES && n > 0) {
            sumOfSquares(v, v);
        } else if (row == Reductions.NORM && n > 0) {
            int squares = steps.newValue();
            sumOfSquares(v, squares);
            steps.call(kernels.of(Powers.SQRT), v, squares);
            int[] operands = new int[n + 1];
            operands[0] = squares;
            for (int i = 0; i < n; i++) {
                operands[1 + i] = p.operand(v, i);
            }
            steps.call(Wide.repairing(row, LEAST_SAFE, MOST_SAFE), v, operands);
        } else if (row == Reductions.LOG_SUM_EXP && n > 0 && !reproducible) {
            int greatest = steps.newValue();
            int others = steps.newValue();
            steps.call(kernels.of(Form.COPY), greatest, column(p.operand(v, 0)));
            steps.call(kernels.of(Form.ZERO), others);
            for (int i = 1; i < n; i++) {
                steps.call(kernels.of(Form.LOG_SUM_EXP_TERM), others, greatest, column(p.operand(v, i)), others);
            }
            steps.call(kernels.of(Form.LOG_SUM_EXP), v, greatest, others);
        } else if (row.arity() != Nary.ANY && row.arity() <= 4) {
            int[] operands = new int[n];
            for (int i = 0; i < n; i++) {
                operands[i] = column(p.operand(v, i));
            }
            steps.call(kernels.of(row), v, operands);
        } else {
            int[] operands = new int[n];
            for (int i = 0; i < n; i++) {
                operands[i] = p.operand(v, i);
            }
            steps.call(Wide.of(row), v, operands);
        }
    }

    private void sumOfSquares(int v, int result) {
        int first = column(p.operand(v, 0));
        steps.call(kernels.of(Form.MUL), result, first, first);
        for (int i = 1; i < p.operandCount(v); i++) {
            int x = column(p.operand(v, i));
            steps.call(kernels.of(Form.MUL_ADD), result, x, x, result);
        }
    }
}
