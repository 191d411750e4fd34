package org.wengert.core.program;

import org.wengert.core.elementary.Binary;
import org.wengert.core.elementary.Nary;
import org.wengert.core.elementary.Operations;
import org.wengert.core.elementary.Powers;
import org.wengert.core.elementary.Reductions;
import org.wengert.core.elementary.Unary;

/**
 * What a {@link ProgramBuilder} writes more simply. A rule stands here only if it changes no bit of any
 * result, whatever the operands: finite, infinite, NaN (all NaN are one), 0.0 or -0.0.
 *
 * <pre>
 * x · 1  =  x          x / 1  =  x          x - 0.0  =  x        x + -0.0  =  x        -(-x)  =  x
 * x · -1 = -x          x / -1 = -x          x / 2ⁿ = x · 2⁻ⁿ     (-0.0) - x = -x
 * x + (-y) = x - y     (-x) + y = y - x     x - (-y) = x + y
 * (-x) · y = -(x · y)   (-x) / y = -(x / y)   x / (-y) = -(x / y)
 * sum(x) = x           sum(x, y) = x + y        x^0 = 1          x^1 = x          x^2 = x · x
 * </pre>
 *
 * <p>So signs travel towards the results, where additions and subtractions swallow most of them.
 *
 * <p>Not among them, because they are false: x · 0 = 0 (x infinite or NaN; and the sign), x + 0.0 = x
 * (x = -0.0), 0.0 - x = -x (x = 0.0), x - x = 0 and x / x = 1 (x infinite, NaN or zero), and any change in
 * the order of additions. In a derivative the zeros that structure determines are never written at all.
 */
final class Simplification {

    /** There is no simpler form. */
    static final int NONE = -1;

    private Simplification() {}

    /** A simpler node for f(x), or {@link #NONE}. */
    static int of(ProgramBuilder g, Unary f, int x) {
        return f == Operations.NEGATE && g.is(x, Operations.NEGATE) ? g.left(x) : NONE;
    }

    /** A simpler node for f(x, y), not both constant, or {@link #NONE}. */
    static int of(ProgramBuilder g, Binary f, int x, int y) {
        if (f == Operations.PLUS) {
            return plus(g, x, y);
        }
        if (f == Operations.TIMES) {
            return times(g, x, y);
        }
        if (f == Operations.MINUS) {
            return minus(g, x, y);
        }
        if (f == Operations.DIV) {
            return div(g, x, y);
        }
        return f == Powers.POW && g.isConstant(y) ? pow(g, x, g.constantValue(y)) : NONE;
    }

    /** A simpler node for f(x), not all constant, or {@link #NONE}. */
    static int of(ProgramBuilder g, Nary f, int[] x) {
        if (f != Reductions.SUM) {
            return NONE;
        }
        return x.length == 1 ? x[0] : x.length == 2 ? g.plus(x[0], x[1]) : NONE;
    }

    private static int plus(ProgramBuilder g, int x, int y) {
        if (g.isConstant(x, -0.0)) {
            return y;
        }
        if (g.isConstant(y, -0.0)) {
            return x;
        }
        if (g.is(y, Operations.NEGATE)) {
            return g.minus(x, g.left(y));
        }
        return g.is(x, Operations.NEGATE) ? g.minus(y, g.left(x)) : NONE;
    }

    private static int minus(ProgramBuilder g, int x, int y) {
        if (g.isConstant(y, 0.0)) {
            return x;
        }
        if (g.isConstant(x, -0.0)) {
            return g.negate(y);
        }
        return g.is(y, Operations.NEGATE) ? g.plus(x, g.left(y)) : NONE;
    }

    private static int times(ProgramBuilder g, int x, int y) {
        int simple = g.isConstant(x) ? byConstant(g, y, g.constantValue(x))
                : g.isConstant(y) ? byConstant(g, x, g.constantValue(y)) : NONE;
        if (simple != NONE) {
            return simple;
        }
        if (g.is(x, Operations.NEGATE)) {
            return negativeProduct(g, g.left(x), y);
        }
        return g.is(y, Operations.NEGATE) ? negativeProduct(g, g.left(y), x) : NONE;
    }

    private static int negativeProduct(ProgramBuilder g, int x, int y) {
        return g.isConstant(y) ? g.times(x, g.constant(-g.constantValue(y))) : g.negate(g.times(x, y));
    }

    private static int byConstant(ProgramBuilder g, int x, double c) {
        return c == 1 ? x : c == -1 ? g.negate(x) : NONE;
    }

    private static int div(ProgramBuilder g, int x, int y) {
        if (g.isConstant(y)) {
            double c = g.constantValue(y);
            int simple = byConstant(g, x, c);
            if (simple != NONE || hasExactReciprocal(c)) {
                return simple != NONE ? simple : g.times(x, g.constant(1 / c));
            }
        }
        if (g.is(x, Operations.NEGATE)) {
            return g.negate(g.apply(Operations.DIV, g.left(x), y));
        }
        return g.is(y, Operations.NEGATE) ? g.negate(g.apply(Operations.DIV, x, g.left(y))) : NONE;
    }

    private static int pow(ProgramBuilder g, int x, double c) {
        return c == 0 ? g.constant(1) : c == 1 ? x : c == 2 ? g.times(x, x) : NONE;
    }

    /** Whether c is a power of two and 1/c is one too. */
    private static boolean hasExactReciprocal(double c) {
        long mantissa = Double.doubleToLongBits(c) & 0xF_FFFF_FFFF_FFFFL;
        return mantissa == 0 && Math.abs(c) >= Double.MIN_NORMAL && Math.abs(1 / c) >= Double.MIN_NORMAL;
    }
}
