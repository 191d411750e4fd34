package org.wengert.core.transform;

import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Piecewise;
import org.wengert.core.elementary.ZeroLaws;
import org.wengert.core.program.ProgramBuilder;
import org.wengert.core.scalar.Relation;

/** Sums and products of derivatives in a program being written; see the rules in the package's description. */
final class Products {

    private final ProgramBuilder g;
    private final Zeros zeros;

    Products(ProgramBuilder g, Zeros zeros) {
        this.g = g;
        this.zeros = zeros;
    }

    /** a ⊗ b: the factor nearer to the outputs on the left, the one nearer to the inputs on the right. */
    int times(int a, int b) {
        if (a == Weight.ZERO || b == Weight.ZERO) {
            return Weight.ZERO;
        }
        int x = Weight.node(a);
        int y = Weight.node(b);
        if (isZero(y)) {
            return b;
        }
        int flags = (a | b) & (Weight.SINGULAR | Weight.ZERO_WINS);
        int selected = selection(x, y);
        selected = selected >= 0 ? selected : selection(y, x);
        if (selected >= 0) {
            return Weight.of(selected, flags);
        }
        boolean plain = zeros == Zeros.GUARDED || isOrdinaryConstant(x) || isOrdinaryConstant(y);
        if (!plain && Weight.isSingular(a) && Weight.zeroWins(a)) {
            return Weight.of(g.apply(ZeroLaws.ABSORB_EITHER, x, y), flags);
        }
        if (!plain && (Weight.isSingular(a) || g.isConstant(x))) {
            return Weight.of(absorb(x, y), flags);
        }
        if (!plain && Weight.zeroWins(a) && Weight.isSingular(b)) {
            return Weight.of(absorb(y, x), flags);
        }
        return Weight.of(g.times(x, y), flags);
    }

    /** The product with a partial that selects: select(c, 1, 0) times y is select(c, y, 0). None if it does not, -1. */
    private int selection(int x, int y) {
        if (!g.is(x, Piecewise.SELECT) || g.isConstant(y)) {
            return -1;
        }
        int yes = g.operand(x, 1);
        int no = g.operand(x, 2);
        if (g.isConstant(yes, 1) && g.isConstant(no, 0)) {
            return g.apply(Piecewise.SELECT, g.operand(x, 0), y, no);
        }
        return g.isConstant(yes, 0) && g.isConstant(no, 1)
                ? g.apply(Piecewise.SELECT, g.operand(x, 0), yes, y)
                : -1;
    }

    /** y == 0 ? 0 : x · y, with signs in front, where sums swallow them. */
    private int absorb(int x, int y) {
        if (g.is(x, Operations.NEGATE)) {
            return g.negate(absorb(g.operand(x, 0), y));
        }
        return g.is(y, Operations.NEGATE) ? g.negate(absorb(x, g.operand(y, 0))) : g.apply(ZeroLaws.ABSORB, x, y);
    }

    /** a + b. */
    int plus(int a, int b) {
        if (a == Weight.ZERO || b == Weight.ZERO) {
            return a == Weight.ZERO ? b : a;
        }
        int flags = (a | b) & Weight.SINGULAR | a & b & Weight.ZERO_WINS;
        int sum = sum(Weight.node(a), Weight.node(b));
        return isZero(sum) ? Weight.ZERO : Weight.of(sum, flags);
    }

    /** x + y, with signs in front; only the sign of a zero can differ. */
    private int sum(int x, int y) {
        return g.is(x, Operations.NEGATE) && g.is(y, Operations.NEGATE)
                ? g.negate(g.plus(g.operand(x, 0), g.operand(y, 0)))
                : g.plus(x, y);
    }

    /** The derivative of a value as an output: no number where the value is none. */
    int output(int weight, int value) {
        int d = output(weight);
        if (weight == Weight.ZERO || g.isConstant(value)) {
            return d;
        }
        if (zeros == Zeros.GUARDED) {
            guardNumber(value);
            return d;
        }
        return g.apply(ZeroLaws.WHERE_NUMBER, d, value);
    }

    /** A derivative as an output. */
    int output(int weight) {
        int d = weight == Weight.ZERO ? g.constant(0) : Weight.node(weight);
        if (zeros == Zeros.GUARDED) {
            guardNumber(d);
        }
        return d;
    }

    private void guardNumber(int node) {
        g.guard(node, Relation.EQUAL, node, true);
    }

    private boolean isZero(int node) {
        return g.isConstant(node) && g.constantValue(node) == 0;
    }

    /** A constant that is neither zero nor infinite nor NaN: no rule about zeros is needed beside it. */
    private boolean isOrdinaryConstant(int node) {
        if (!g.isConstant(node)) {
            return false;
        }
        double c = g.constantValue(node);
        return c != 0 && Math.abs(c) <= Double.MAX_VALUE;
    }
}
