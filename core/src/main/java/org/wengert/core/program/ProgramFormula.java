package org.wengert.core.program;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.wengert.core.elementary.Elementary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.formula.Formula;

/** Writes a program as a formula, with as few parentheses as the grammar allows and without recursion. */
final class ProgramFormula {

    /** The longest formula that is written, in characters. */
    static final int LONGEST = 1_000_000;

    /** The deepest nesting of parentheses that formulas can have. */
    private static final int DEEPEST = 1000;

    // How strongly an expression binds, and how strongly a place demands it to.
    private static final int SUM = 1;
    private static final int PRODUCT = 2;
    private static final int SIGN = 3;
    private static final int POWER = 4;
    private static final int ATOM = 5;

    private final Program p;
    private final String[] names;

    // What remains to be written: text, or nodes with the strength that their place demands.
    private final Deque<Object> remaining = new ArrayDeque<>();

    private record Place(int node, int strength) {}

    private ProgramFormula(Program p, String[] names) {
        this.p = p;
        this.names = names;
    }

    static Formula of(Program p, String[] names) {
        if (names.length != p.inputs()) {
            throw new IllegalArgumentException(
                    "names must be " + p.inputs() + ", one per input of the program, but were " + names.length);
        }
        if (p.outputs() == 0) {
            throw new IllegalArgumentException("a formula has at least 1 output, but the program has none");
        }
        var writer = new ProgramFormula(p, names);
        writer.checkSize();
        return Formula.parse(writer.text(), p.rows()).withNames(List.of(names));
    }

    /** Lengths and depths follow from those of the operands; a shared node counts wherever it is used. */
    private void checkSize() {
        double[] length = new double[p.nodes()];
        int[] depth = new int[p.nodes()];
        for (int v = 0; v < p.nodes(); v++) {
            if (!p.isOperation(v)) {
                length[v] = leaf(v).length();
                continue;
            }
            length[v] = p.row(v).name().length() + 2;
            for (int i = 0; i < p.operandCount(v); i++) {
                length[v] += length[p.operand(v, i)] + 2;
                depth[v] = Math.max(depth[v], depth[p.operand(v, i)] + (inParentheses(v, i) ? 1 : 0));
            }
        }
        double total = 0;
        int deepest = 0;
        for (int i = 0; i < p.outputs(); i++) {
            total += length[p.output(i)];
            deepest = Math.max(deepest, depth[p.output(i)]);
        }
        if (total > LONGEST || deepest > DEEPEST) {
            throw new IllegalArgumentException(String.format(
                    "the formula would have about %.3g characters and parentheses %d deep, but may have %d and %d; the"
                            + " program of %d operations is the short form",
                    total, deepest, LONGEST, DEEPEST, p.operations()));
        }
    }

    private boolean inParentheses(int v, int i) {
        return isCall(v) || strength(p.operand(v, i)) < demand(v, i);
    }

    private boolean isCall(int v) {
        return strength(v) == ATOM;
    }

    private String text() {
        var text = new StringBuilder();
        for (int i = p.outputs() - 1; i >= 0; i--) {
            remaining.push(new Place(p.output(i), SUM));
            if (i > 0) {
                remaining.push("; ");
            }
        }
        while (!remaining.isEmpty()) {
            switch (remaining.pop()) {
                case Place place -> write(place, text);
                case Object piece -> text.append(piece);
            }
        }
        return text.toString();
    }

    private void write(Place place, StringBuilder text) {
        int v = place.node;
        if (strength(v) < place.strength) {
            text.append('(');
            remaining.push(")");
        }
        if (!p.isOperation(v)) {
            text.append(leaf(v));
            return;
        }
        if (isCall(v)) {
            text.append(p.row(v).name()).append('(');
            remaining.push(")");
        } else if (p.row(v) == Operations.NEGATE) {
            text.append('-');
        }
        for (int i = p.operandCount(v) - 1; i >= 0; i--) {
            remaining.push(new Place(p.operand(v, i), demand(v, i)));
            if (i > 0) {
                remaining.push(operator(v));
            }
        }
    }

    private String operator(int v) {
        Elementary row = p.row(v);
        return row == Operations.PLUS || row == Reductions.SUM ? " + "
                : row == Operations.MINUS ? " - "
                : row == Operations.TIMES ? "*"
                : row == Operations.DIV ? "/"
                : row == Powers.POW ? "^" : ", ";
    }

    /** How strongly operand i of v has to bind to need no parentheses. */
    private int demand(int v, int i) {
        return switch (strength(v)) {
            case SUM -> i == 0 ? SUM : PRODUCT;
            case PRODUCT -> i == 0 ? PRODUCT : SIGN;
            case SIGN -> SIGN;
            case POWER -> i == 0 ? ATOM : SIGN;
            default -> SUM;
        };
    }

    private int strength(int v) {
        if (p.isInput(v)) {
            return ATOM;
        }
        if (p.isConstant(v)) {
            double c = p.constant(v);
            return !Double.isFinite(c) ? PRODUCT : Double.doubleToRawLongBits(c) < 0 ? SIGN : ATOM;
        }
        Elementary row = p.row(v);
        return row == Operations.PLUS || row == Operations.MINUS || row == Reductions.SUM ? SUM
                : row == Operations.TIMES || row == Operations.DIV ? PRODUCT
                : row == Operations.NEGATE ? SIGN
                : row == Powers.POW ? POWER : ATOM;
    }

    private String leaf(int v) {
        if (p.isInput(v)) {
            return names[v];
        }
        double c = p.constant(v);
        if (Double.isNaN(c)) {
            return "0/0";
        }
        if (Double.isInfinite(c)) {
            return c > 0 ? "1/0" : "-1/0";
        }
        String digits = Double.toString(c).replace("E", "e");
        return digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
    }
}
